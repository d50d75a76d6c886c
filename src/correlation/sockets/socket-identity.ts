import type { LogEvent } from '../../log/event.ts'
import { shapeOf } from '../../log/facts/shapes.ts'
import { PROMPT } from '../clocks/anchor.ts'
import { plainAddress } from '../wire/wire-index.ts'
import type { SocketLife } from './socket-life.ts'

/** What a line calls its socket, within the process: the handle, else the peer; null where it names neither. */
export function keyOf(event: LogEvent): string | null {
  const process = event.process ?? ''
  if (event.handle !== null) return `${process}/${event.handle}`
  if (event.peerPort !== null) return `${process}/${event.peerAddress ?? '*'}:${event.peerPort}`
  return null
}

/** The peer's port, within the process: a line may leave its address out. */
export const peerKey = (event: LogEvent): string => `${event.process ?? ''}/${event.peerPort}`

/** The thread, within the process; null where the line names none. */
export const threadKey = (event: LogEvent): string | null =>
  event.thread === null ? null : `${event.process ?? ''}/${event.thread}`

/**
 * True where a line can only be of the accept that made `life`: it follows at once, in other words, by the same thread, and
 * names nothing else. A line in the same words is of the next one.
 */
export function tellsAgain(life: SocketLife, event: LogEvent): boolean {
  const { first, toldBy, ended, received, sent, accepted } = life
  if (namesAnother(first, event)) return false
  if (accepted === null || ended !== null || received.length + sent.length > 0) return false
  if (first.thread !== event.thread || first.process !== event.process) return false
  if (Math.abs((event.time ?? 0) - (first.time ?? 0)) > PROMPT) return false
  if (toldBy.some((told) => namesAnother(told, event))) return false
  const shape = shapeOf(event.text)
  return toldBy.every((told) => shapeOf(told.text) !== shape)
}

/** True where a line cannot speak of an accepted socket, though its peer's port is the same. */
export const isOfAnother = ({ handle, accepted }: SocketLife, event: LogEvent): boolean =>
  areApart(handle, event.handle) || (accepted !== null && comeFromApart(accepted, event))

/** True where two lines cannot speak of one connection. */
const namesAnother = (one: LogEvent, other: LogEvent): boolean =>
  areApart(one.handle, other.handle) || areApart(one.peerPort, other.peerPort) || comeFromApart(one, other)

/** Two ways to print one address (of version 4 within version 6) do not make it two; most are printed alike, and are not read. */
const comeFromApart = (one: LogEvent, other: LogEvent): boolean =>
  areApart(one.peerAddress, other.peerAddress) && areApart(peerOf(one), peerOf(other))

/** Both are known, and not the same. */
const areApart = <T>(one: T | null, other: T | null): boolean => one !== null && other !== null && one !== other

const peerOf = ({ peerAddress }: LogEvent): string | null => (peerAddress === null ? null : plainAddress(peerAddress))
