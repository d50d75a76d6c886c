import type { LogEvent } from '../../log/event.ts'
import { type LoggedProcess, timeOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress, type WireIndex } from '../wire/wire-index.ts'

/** A process that could not bind, and the connections that reached another program on its port. */
export interface FailedBind {
  readonly process: LoggedProcess
  readonly event: LogEvent
  readonly port: number | string
  /** The line or another log names the port; else it is the only one that is left. */
  readonly stated: boolean
  readonly reached: ReadonlySet<WireConnection>
}

/** More addresses and ports than one process asks for; a log that names others each time is not searched for all. */
const MOST = 64

/**
 * Finds bind failures that were never made good by a later listening line, with what happened on their port. One that is tried
 * again is told of once: what reached the port after a later try did so after the first.
 */
export function failedBinds(
  processes: readonly LoggedProcess[],
  wire: WireIndex,
  clientPorts: ReadonlySet<number>,
): FailedBind[] {
  return processes.flatMap((process) => {
    if (!process.clock || !process.file.kinds.has('bind-failed')) return []
    return firstOfEach(notMadeGood(process.file.events)).flatMap((event) => {
      const port = event.port ?? unstatedPort(wire, clientPorts)
      if (port === null) return []
      const time = timeOf(process, event) ?? Number.NEGATIVE_INFINITY
      const reached = wire
        .ofServerPort(port)
        .filter((found) => found.refusals.length === 0 && found.end >= time)
        .filter((found) => sameAddress(event.address, found.connection.server.address))
      return [{ process, event, port, stated: event.port !== null, reached: new Set(reached) }]
    })
  })
}

/** The failure, if any, for which a connection reached another program. */
export const failedBindOf = (all: readonly FailedBind[], wire: WireConnection): FailedBind | null =>
  all.find(({ reached }) => reached.has(wire)) ?? null

/** The line by which a process that tried again got the port. */
export const madeGood = (process: LoggedProcess, failed: LogEvent): LogEvent | undefined =>
  process.file.events.find(
    (event) =>
      event.kind === 'listening' &&
      event.order > failed.order &&
      (event.port === failed.port || event.handle === failed.handle),
  )

/** A process that retries may get the port later: its listening line names the port, or the socket, or neither as well. */
function notMadeGood(events: readonly LogEvent[]): LogEvent[] {
  const ports = new Set<LogEvent['port']>()
  const handles = new Set<LogEvent['handle']>()
  const failed: LogEvent[] = []
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index]!
    if (event.kind === 'listening') {
      ports.add(event.port)
      handles.add(event.handle)
    } else if (event.kind === 'bind-failed' && !ports.has(event.port) && !handles.has(event.handle)) failed.push(event)
  }
  return failed.reverse()
}

function firstOfEach(failed: readonly LogEvent[]): LogEvent[] {
  const firsts = new Map<string, LogEvent>()
  for (const event of failed) {
    const asked = `${event.address}:${event.port}`
    if (!firsts.has(asked)) firsts.set(asked, event)
    if (firsts.size === MOST) break
  }
  return [...firsts.values()]
}

/** Without a port in the line: the one that clients name, or the only one in the capture. */
function unstatedPort(wire: WireIndex, clientPorts: ReadonlySet<number>): number | string | null {
  const ports = wire.serverPorts()
  const named = ports.filter((port) => typeof port === 'number' && clientPorts.has(port))
  if (named.length === 1) return named[0]!
  return ports.length === 1 ? ports[0]! : null
}
