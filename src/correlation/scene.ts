import type { Evidence } from '../diagnosis/finding.ts'
import type { LogEvent } from '../log/event.ts'
import type { CaptureSpan } from './clocks/nominal-time.ts'
import type { ConnectionFacts } from './connection-facts.ts'
import type { ClientWords } from './processes/client-log.ts'
import { type LoggedProcess, timeOf } from './processes/logged-process.ts'
import type { FailedBind } from './sockets/failed-bind.ts'
import type { PortLink } from './sockets/port-link.ts'
import type { Moment } from './wire/moment-log.ts'
import type { WireConnection } from './wire/wire-connection.ts'
import type { WireIndex } from './wire/wire-index.ts'

/** Everything that rules look at: what packets and logs say, tied together. */
export interface Scene {
  readonly wire: WireIndex
  readonly capture: CaptureSpan
  /** One per log, the parts of a rotated log as one, in the order given. */
  readonly processes: readonly LoggedProcess[]
  /** Why a log is not on the capture's clock, by log. */
  readonly refusals: ReadonlyMap<number, string>
  readonly links: readonly PortLink[]
  readonly failedBinds: readonly FailedBind[]
  readonly facts: readonly ConnectionFacts[]
  readonly clients: ReadonlyMap<WireConnection, ClientWords>
}

/** A finding lists at most this many frames or lines of a kind: a reader looks the others up. */
const MOST_LISTED = 12

/** A line of one of the logs given. */
type Place = Pick<LogEvent, 'log' | 'line'>

/** Evidence from lines, quoting the first; where a log was cut into parts, those in the first one's part. */
export function lines(process: LoggedProcess, events: readonly LogEvent[], text: string): Evidence {
  const quote = events[0]?.text
  const { log, numbers } = placesOf(process, events)
  return {
    text,
    capture: null,
    frames: [],
    log,
    lines: numbers.slice(0, MOST_LISTED),
    ...(quote === undefined ? {} : { quote }),
  }
}

/** Evidence from frames; where captures follow one another, those of the first one's capture. */
export function frames(moments: readonly (Moment | null | undefined)[], text: string): Evidence {
  const present = moments.flatMap((moment) => (moment ? [moment] : []))
  const capture = present[0]?.capture ?? null
  const numbers = present.filter((moment) => moment.capture === capture).map((moment) => moment.frame)
  return {
    text,
    capture,
    frames: [...new Set(numbers)].sort((a, b) => a - b).slice(0, MOST_LISTED),
    log: null,
    lines: [],
  }
}

/** Evidence from a frame and a line that speak of the same, with their distance in time. */
export function paired(moment: Moment, process: LoggedProcess, event: LogEvent, text: string): Evidence {
  const time = timeOf(process, event)
  return {
    text,
    capture: moment.capture,
    frames: [moment.frame],
    log: event.log,
    lines: [event.line],
    quote: event.text,
    ...(time === null || !process.clock
      ? {}
      : { apart: { ms: (time - moment.time) / 1e6, uncertaintyMs: process.clock.uncertainty / 1e6 } }),
  }
}

/** Evidence that something is absent: where it was looked for. */
export function absent(process: LoggedProcess, text: string, grounds: readonly Place[]): Evidence {
  const { log, numbers } = placesOf(process, grounds)
  return { text, capture: null, frames: [], log, lines: numbers }
}

function placesOf(process: LoggedProcess, places: readonly Place[]): { log: number; numbers: number[] } {
  const log = places[0]?.log ?? process.log
  const own = places.filter((place) => place.log === log).map((place) => place.line)
  return { log, numbers: [...new Set(own)].sort((a, b) => a - b) }
}

/** Calls a socket what its log calls it. */
export const socketName = (handle: string | null): string => (handle === null ? 'a socket' : `socket ${handle}`)
/** The same behind a word that says which one: “the listening socket 5”. */
export const namedSocket = (handle: string | null): string => (handle === null ? 'socket' : `socket ${handle}`)
