import type { LogFile } from '../log/event.ts'
import { anchorsOf } from './anchors.ts'
import { clientWords, portsNamedByClients } from './client-log.ts'
import { factsOf } from './connection-facts.ts'
import { failedBinds } from './failed-bind.ts'
import { clockOf, type GivenClock, type LogClock, type Refusal } from './log-clock.ts'
import type { LoggedProcess } from './logged-process.ts'
import { type CaptureSpan, nominalTimes } from './nominal-time.ts'
import { portLinks } from './port-link.ts'
import type { Scene } from './scene.ts'
import { replaySockets } from './socket-table.ts'
import type { WireConnection } from './wire-connection.ts'
import { WireIndex } from './wire-index.ts'

/** What the user said of the logs' clocks. */
export interface ClockOptions {
  /** Nanoseconds to add to a stamp without zone to get UTC; null to find it. */
  readonly zone: number | null
  /** Days since 1970-01-01 of stamps without date; null to take the capture's. */
  readonly logDate: number | null
  /** Nanoseconds to add to a log's stamps, by the log's index. */
  readonly offsets: ReadonlyMap<number, number>
}

/** Puts every log on the capture's clock, replays its sockets, and ties lines to connections. */
export function buildScene(
  connections: readonly WireConnection[],
  capture: CaptureSpan,
  files: readonly LogFile[],
  options: ClockOptions,
): Scene {
  const wire = new WireIndex(connections)
  const tables = files.map((file) => replaySockets(file.events))
  const clocks = clocksOf(files, capture, options, (file, index, times) =>
    anchorsOf(file.events, tables[index]!, wire, times),
  )
  const processes: LoggedProcess[] = files.map((file, log) => {
    const clock = clocks[log]!
    return { log, file, table: tables[log]!, clock: 'reason' in clock ? null : clock }
  })
  const refusals = new Map(clocks.flatMap((clock, log) => ('reason' in clock ? [[log, clock.reason] as const] : [])))
  const clientPorts = portsNamedByClients(processes.filter((process) => process.clock !== null))
  const links = processes.flatMap((process) => portLinks(process, wire, clientPorts))
  return {
    wire,
    capture,
    processes,
    refusals,
    links,
    failedBinds: failedBinds(processes, wire, clientPorts),
    facts: factsOf(wire, processes, links),
    clients: clientWords(processes, wire),
  }
}

/** Logs without a zone that were given together were mostly written by one host: where one's zone is known, the others follow. */
function clocksOf(
  files: readonly LogFile[],
  capture: CaptureSpan,
  options: ClockOptions,
  anchorsFor: (
    file: LogFile,
    index: number,
    times: NonNullable<ReturnType<typeof nominalTimes>>,
  ) => ReturnType<typeof anchorsOf>,
): (LogClock | Refusal)[] {
  const known = files.map((file, index) => {
    const times = nominalTimes(file, capture, options.logDate)
    return times && { times, anchors: anchorsFor(file, index, times) }
  })
  const place = (index: number, preferred: number | null): LogClock | Refusal => {
    const file = files[index]!
    const found = known[index]
    const given: GivenClock = {
      zone: file.zoned ? null : options.zone,
      offset: options.offsets.get(index) ?? null,
      dated: options.logDate !== null,
    }
    if (!found) return { reason: 'none of its lines has a time stamp that could be read' }
    return clockOf(file, found.times, found.anchors, capture, given, preferred)
  }
  const first = files.map((_, index) => place(index, null))
  const sure = first.find((clock, index) => !('reason' in clock) && clock.pairs > 1 && !files[index]!.zoned)
  if (!sure || 'reason' in sure) return first
  return files.map((file, index) => (file.zoned || first[index] === sure ? first[index]! : place(index, sure.offset)))
}
