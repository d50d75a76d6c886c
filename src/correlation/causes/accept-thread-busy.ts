import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { ofProcess } from '../neighbours.ts'
import { type LoggedProcess, lineOf } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

/** Lines by which a thread serves a connection that it took. */
const SERVES: ReadonlySet<string> = new Set(['recv', 'send'])

/**
 * The thread that accepts serves connections itself, and has not come back from one whose client still waits: whoever comes
 * next stays in the accept queue. Another thread goes on writing: the process lives.
 */
export const acceptThreadBusy: CauseRule = (focus) => {
  const { facts, scene } = focus
  const { process, accepted } = facts
  if (!process || accepted !== null) return null
  const accepts = process.file.events.filter(({ kind }) => kind === 'accept')
  const last = accepts.at(-1)
  const thread = last?.thread ?? null
  if (last === undefined || thread === null || accepts.some((event) => event.thread !== thread)) return null
  const own = process.file.events.filter((event) => event.thread === thread && event.process === last.process)
  const serving = own.at(-1)!
  if (!SERVES.has(serving.kind) || serving.order < last.order || goesOnAccepting(focus, last)) return null
  const held = servedBy(serving, process, ofProcess(scene, process))
  if (held !== null && [...held.accepted!.received, ...held.accepted!.sent].some((line) => line.thread !== thread))
    return null
  if (held === null || !othersGoOn(process, serving)) return null
  return {
    verdict: 'accept-thread-busy',
    claim: `The thread that accepts (${thread}) serves connections itself: it has not come back from that of port ${held.wire.connection.client.port}, which it accepted (${lineOf(process, last)}) and served (${lineOf(process, serving)}), so that whoever came next stayed in the accept queue.`,
    confidence: 'suspected',
  }
}

/** The connection whose line that is, where its client still waits for an answer. */
function servedBy(line: LogEvent, process: LoggedProcess, all: readonly ConnectionFacts[]): ConnectionFacts | null {
  const life = process.table.livesOf([line]).get(line)
  const own = life === undefined ? undefined : all.find(({ accepted }) => accepted === life)
  if (own === undefined || own.wire.serverCloses.length > 0) return null
  const asked = own.wire.lastClientPush?.time ?? Number.NEGATIVE_INFINITY
  return asked > (own.wire.lastServerPush?.time ?? Number.NEGATIVE_INFINITY) ? own : null
}

/** Lines of other threads behind it: else the whole process may stand still. */
const othersGoOn = (process: LoggedProcess, serving: LogEvent): boolean => {
  const last = process.clock === null ? null : process.clock.of(serving)
  return last !== null && process.clock!.to - process.clock!.uncertainty > last
}
