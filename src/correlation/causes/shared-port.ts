import { basename } from 'node:path'
import { greatest, least } from '../../extremes.ts'
import type { LogEvent } from '../../log/event.ts'
import { STARTING } from '../clocks/anchor.ts'
import { type LoggedProcess, lineOf, timeOf } from '../processes/logged-process.ts'
import { sameAddress } from '../wire/wire-index.ts'
import type { CauseRule } from './cause.ts'

/** A worker, by the first line in which it says that it listens on the port. */
interface Worker {
  readonly process: LoggedProcess
  readonly event: LogEvent
}

/**
 * Several workers listen on the port, each with a queue of its own (SO_REUSEPORT): the system gives a connection to one of
 * them by its addresses and ports, whether that accepts or not.
 */
export const sharedPort: CauseRule = ({ facts, scene }) => {
  const { process, accepted, link } = facts
  if (!process || !link || accepted !== null) return null
  const isOfPort = ({ kind, port, address }: LogEvent): boolean =>
    kind === 'listening' && port === link.port && sameAddress(address, facts.wire.connection.server.address)
  const sharing = listeningTogether(scene.processes, isOfPort)
  const logs = new Set(sharing.map((worker) => worker.process))
  const accepting = new Set([...logs].flatMap((log) => log.file.events.flatMap(acceptingIn(log))))
  const idle = sharing.filter((worker) => !accepting.has(ownerOf(worker)))
  if (idle.length === 0 || idle.length === sharing.length) return null
  return {
    verdict: 'shared-port',
    claim: `${sharing.length} workers listen on port ${link.port}, each with a queue of its own (SO_REUSEPORT), as it seems, and ${idle.map(nameOf).join(' and ')} (${lineOf(idle[0]!.process, idle[0]!.event)}) accepts none: what the system gives to it waits for ever.`,
    confidence: 'suspected',
  }
}

/** Who writes a line: a thread or a process, as the log names either; else all that the log is of. */
const ownerOf = ({ process, event }: Worker): string => `${process.log}/${event.process ?? ''}/${event.thread ?? ''}`

const acceptingIn =
  (process: LoggedProcess) =>
  (event: LogEvent): string[] =>
    event.kind === 'accept' ? [ownerOf({ process, event })] : []

const nameOf = ({ process, event }: Worker): string => event.thread ?? `the process of ${basename(process.file.path)}`

/** The first lines of each worker that tell of listening on a port, where all start together; a restart is none. */
function listeningTogether(processes: readonly LoggedProcess[], isOfPort: (event: LogEvent) => boolean): Worker[] {
  const byOwner = new Map<string, Worker>()
  for (const process of processes)
    for (const event of process.file.events) {
      if (process.clock === null || !isOfPort(event)) continue
      const worker = { process, event }
      if (!byOwner.has(ownerOf(worker))) byOwner.set(ownerOf(worker), worker)
    }
  const workers = [...byOwner.values()]
  if (workers.length < 2) return []
  const times = workers.map(({ process, event }) => timeOf(process, event) ?? Number.NaN)
  const isTogether = greatest(times) - least(times) <= STARTING
  return isTogether && !workers.some(({ process }) => endsBetween(process, workers)) ? workers : []
}

/** One that ended between the lines of its log began anew, and is the same worker. */
function endsBetween(process: LoggedProcess, workers: readonly Worker[]): boolean {
  const own = workers.filter((worker) => worker.process === process)
  return process.file.events.some(
    ({ kind, order }) =>
      (kind === 'process-end' || kind === 'close') && order > own[0]!.event.order && order < own.at(-1)!.event.order,
  )
}
