import type { LogFile } from '../log/event.ts'
import type { NamedClients } from './accepts/accept-grounds.ts'
import { anchorsOf, datableLines } from './clocks/anchors.ts'
import { beatClockOf } from './clocks/beat-clock.ts'
import { type ClockOptions, clocksOf } from './clocks/log-clocks.ts'
import type { CaptureSpan } from './clocks/nominal-time.ts'
import { RecurringLines } from './clocks/recurring-lines.ts'
import { factsOf } from './connection-facts.ts'
import { clientWords, portsNamedByClients } from './processes/client-log.ts'
import type { LoggedProcess } from './processes/logged-process.ts'
import { processLogs } from './processes/process-log.ts'
import type { Scene } from './scene.ts'
import { failedBinds } from './sockets/failed-bind.ts'
import { withListenersNumbers } from './sockets/listeners-numbers.ts'
import { portLinks } from './sockets/port-link.ts'
import { replaySockets } from './sockets/socket-table.ts'
import type { WireConnection } from './wire/wire-connection.ts'
import { WireIndex } from './wire/wire-index.ts'

/** Puts every log on the capture's clock, replays its sockets, and ties lines to connections. */
export function buildScene(
  connections: readonly WireConnection[],
  capture: CaptureSpan,
  files: readonly LogFile[],
  options: ClockOptions,
  named: NamedClients,
): Scene {
  const wire = new WireIndex(connections)
  const logs = processLogs(files).map((log) => ({ ...log, file: withListenersNumbers(log.file) }))
  const tables = logs.map(({ file }) => replaySockets(file.events))
  const datable = logs.map(({ file }, index) => datableLines(file.events, tables[index]!))
  const recurring = logs.map(({ file }) => new RecurringLines(file.events))
  const clocks = clocksOf(logs, capture, options, {
    anchorsOf: (index, times) => anchorsOf(datable[index]!, wire, times),
    beatsOf: (index, times, anchors) => beatClockOf(recurring[index]!, wire, times, capture, anchors),
  })
  const processes: LoggedProcess[] = logs.map((written, index) => {
    const clock = clocks[index]!
    const table = tables[index]!
    return { ...written, log: written.logs.at(-1)!, table, clock: 'reason' in clock ? null : clock }
  })
  const refusals = new Map(
    clocks.flatMap((clock, index) =>
      'reason' in clock && !isListing(processes[index]!.file) ? [[processes[index]!.log, clock.reason] as const] : [],
    ),
  )
  const clientPorts = portsNamedByClients(processes.filter((process) => process.clock !== null))
  const links = processes.flatMap((process) => portLinks(process, wire, clientPorts))
  return {
    wire,
    capture,
    processes,
    refusals,
    links,
    failedBinds: failedBinds(processes, wire, clientPorts),
    facts: factsOf(wire, processes, links, named),
    clients: clientWords(processes, wire),
  }
}

/** A listing of sockets alone is no process's log, and needs no clock: its rows name both ends of what they tell of. */
const isListing = ({ stamped, events, kinds }: LogFile): boolean =>
  stamped === 0 &&
  kinds.has('connection-listed') &&
  events.every(({ kind }) => kind === 'queue-length' || kind === 'connection-listed')
