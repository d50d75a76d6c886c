import type { LogEvent } from '../../log/event.ts'
import { PROMPT } from '../clocks/anchor.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import { type LoggedProcess, slackOf, timeOf } from './logged-process.ts'

/** What the connecting process wrote of one connection. */
export interface ClientWords {
  readonly process: LoggedProcess
  readonly connected: LogEvent
  /** Status lines and complaints while the connection lived. */
  readonly statuses: readonly LogEvent[]
  readonly complaints: readonly LogEvent[]
}

/** Server ports that connecting processes name. */
export function portsNamedByClients(processes: readonly LoggedProcess[]): Set<number> {
  const ports = new Set<number>()
  for (const process of processes)
    for (const event of process.file.events)
      if (event.kind.startsWith('connect') && event.peerPort !== null) ports.add(event.peerPort)
  return ports
}

/**
 * Ties each `connected` line to the handshake that it speaks of: by port where it names one, and only where a single
 * handshake was completed within the line's uncertainty.
 */
export function clientWords(processes: readonly LoggedProcess[], wire: WireIndex): Map<WireConnection, ClientWords> {
  const words = new Map<WireConnection, ClientWords>()
  for (const process of processes) {
    if (!process.clock) continue
    for (const event of process.file.events) {
      if (event.kind !== 'connected') continue
      const found = handshakeOf(process, event, wire)
      if (found && !words.has(found)) words.set(found, saidDuring(process, event, found))
    }
  }
  return words
}

function handshakeOf(process: LoggedProcess, event: LogEvent, wire: WireIndex): WireConnection | null {
  const time = timeOf(process, event)
  if (time === null) return null
  const until = time + slackOf(process)
  const near = wire
    .ofServerPort(event.peerPort)
    .filter(
      (found) =>
        found.established !== null && found.established.time <= until && found.established.time >= time - PROMPT,
    )
  return near.length === 1 ? near[0]! : null
}

function saidDuring(process: LoggedProcess, connected: LogEvent, found: WireConnection): ClientWords {
  const from = timeOf(process, connected) ?? 0
  const next = process.file.events.find(
    (event) => event.kind === 'connected' && event.order > connected.order && event.thread === connected.thread,
  )
  const until = next
    ? (timeOf(process, next) ?? Number.POSITIVE_INFINITY)
    : found.end + PROMPT + (process.clock?.uncertainty ?? 0)
  const during = process.file.events.filter((event) => {
    const time = timeOf(process, event)
    return (
      event.order >= connected.order &&
      time !== null &&
      time >= from &&
      time <= until &&
      event.thread === connected.thread
    )
  })
  return {
    process,
    connected,
    statuses: during.filter((event) => event.kind === 'status' || (event.kind === 'connected' && event.value !== null)),
    complaints: during.filter(
      (event) => event.kind === 'no-answer' || event.kind === 'error' || event.kind === 'peer-close',
    ),
  }
}
