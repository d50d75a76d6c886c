import { greatest, least } from '../../extremes.ts'
import type { LogEvent } from '../../log/event.ts'
import { STARTING } from '../anchor.ts'
import { type LoggedProcess, lineOf, timeOf } from '../logged-process.ts'
import type { CauseRule } from './cause.ts'

/**
 * Several workers listen on the port, each with a queue of its own (SO_REUSEPORT): the system gives a connection to one of
 * them by its addresses and ports, whether that accepts or not.
 */
export const sharedPort: CauseRule = ({ facts }) => {
  const { process, accepted, link } = facts
  if (!process || !link || accepted !== null) return null
  const sharing = listeningTogether(process, link.port)
  const accepting = new Set(process.file.events.flatMap((event) => (event.kind === 'accept' ? [ownerOf(event)] : [])))
  const idle = sharing.filter((event) => !accepting.has(ownerOf(event)))
  if (idle.length === 0 || idle.length === sharing.length) return null
  return {
    verdict: 'shared-port',
    claim: `${sharing.length} workers listen on port ${link.port}, each with a queue of its own (SO_REUSEPORT), as it seems, and ${idle.map(({ thread }) => thread).join(' and ')} (${lineOf(process, idle[0]!)}) accepts none: what the system gives to it waits for ever.`,
    confidence: 'suspected',
  }
}

/** Who writes a line: a thread or a process, as the log names either. */
const ownerOf = ({ process, thread }: LogEvent): string => `${process ?? ''}/${thread ?? ''}`

/** The first lines of each worker that tell of listening on a port, where all start together; a restart is none. */
function listeningTogether(process: LoggedProcess, port: number | string): LogEvent[] {
  const byOwner = new Map<string, LogEvent>()
  for (const event of process.file.events)
    if (event.kind === 'listening' && event.port === port && event.thread !== null && !byOwner.has(ownerOf(event)))
      byOwner.set(ownerOf(event), event)
  const lines = [...byOwner.values()]
  if (lines.length < 2) return []
  const times = lines.map((event) => timeOf(process, event) ?? Number.NaN)
  return greatest(times) - least(times) <= STARTING && !endsBetween(process, lines) ? lines : []
}

const endsBetween = ({ file }: LoggedProcess, lines: readonly LogEvent[]): boolean =>
  file.events.some(
    ({ kind, order }) =>
      (kind === 'process-end' || kind === 'close') && order > lines[0]!.order && order < lines.at(-1)!.order,
  )
