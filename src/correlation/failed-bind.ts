import type { LogEvent } from '../log/event.ts'
import { type LoggedProcess, timeOf } from './logged-process.ts'
import type { WireConnection } from './wire-connection.ts'
import { sameAddress, type WireIndex } from './wire-index.ts'

/** A process that could not bind, and the connections that reached another program on its port. */
export interface FailedBind {
  readonly process: LoggedProcess
  readonly event: LogEvent
  readonly port: number | string
  /** The line or another log names the port; else it is the only one that is left. */
  readonly stated: boolean
  readonly reached: readonly WireConnection[]
}

/** Finds bind failures that were never made good by a later listening line, with what happened on their port. */
export function failedBinds(
  processes: readonly LoggedProcess[],
  wire: WireIndex,
  clientPorts: ReadonlySet<number>,
): FailedBind[] {
  return processes.flatMap((process) =>
    process.file.events.flatMap((event) => {
      if (event.kind !== 'bind-failed' || !process.clock || madeGood(process, event) !== undefined) return []
      const port = event.port ?? unstatedPort(wire, clientPorts)
      if (port === null) return []
      const time = timeOf(process, event) ?? Number.NEGATIVE_INFINITY
      const reached = wire
        .ofServerPort(port)
        .filter((found) => found.refusals.length === 0 && found.end >= time)
        .filter((found) => sameAddress(event.address, found.connection.server.address))
      return [{ process, event, port, stated: event.port !== null, reached }]
    }),
  )
}

/** The line by which a process that tried again got the port. */
export const madeGood = (process: LoggedProcess, failed: LogEvent): LogEvent | undefined =>
  process.file.events.find(
    (event) =>
      event.kind === 'listening' &&
      event.order > failed.order &&
      (event.port === failed.port || event.handle === failed.handle),
  )

/** Without a port in the line: the one that clients name, or the only one in the capture. */
function unstatedPort(wire: WireIndex, clientPorts: ReadonlySet<number>): number | string | null {
  const ports = wire.serverPorts()
  const named = ports.filter((port) => typeof port === 'number' && clientPorts.has(port))
  if (named.length === 1) return named[0]!
  return ports.length === 1 ? ports[0]! : null
}
