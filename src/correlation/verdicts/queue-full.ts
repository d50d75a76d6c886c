import type { Verdict } from '../../diagnosis/verdict.ts'
import { formatDuration } from '../../text/duration.ts'
import { EARLY } from '../clocks/anchor.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { countBefore, ofListener } from '../neighbours.ts'
import { timeOf } from '../processes/logged-process.ts'
import type { LogVerdictRule } from '../verdict-rule.ts'

const LOOKS_LIKE: ReadonlySet<Verdict> = new Set([
  'healthy',
  'slow-responder',
  'syn-unanswered',
  'delayed-accept',
  'idle',
])

/** No queue is longer in practice: Linux caps it at net.core.somaxconn, 4096. */
const QUEUE = 4096

/** Its SYNs were ignored while earlier connections stood in the accept queue, by the log: the queue was full. */
export const queueFull: LogVerdictRule = (facts, scene) => {
  const { syns, synAcks, connection } = facts.wire
  const first = syns[0]
  if (!first || syns.length < 2 || !facts.link || !LOOKS_LIKE.has(connection.verdict)) return null
  // Answered before the SYN was repeated: the repetition crossed the answer.
  if (synAcks[0] && synAcks[0].time < syns[1]!.time) return null
  const all = ofListener(scene, facts.link)
  const count = countBefore(all, first.time)
  const waiting = all
    .slice(Math.max(0, count - QUEUE), count)
    .filter((other) => other !== facts && waitedAt(other, first.time))
  if (waiting.length === 0) return null
  const until = synAcks[0] ? `for ${formatDuration(synAcks[0].time - first.time)}` : 'to the end'
  const one = waiting.length === 1
  return {
    verdict: 'backlog-overflow',
    confidence: 'likely',
    reasons: [
      `${syns.length} SYNs were ignored ${until} while ${waiting.length} ${one ? 'connection' : 'connections'} to the same port stood in the accept queue, by the log`,
    ],
    against: [{ verdict: 'syn-unanswered', reason: 'the port answers others: its queue was full' }],
  }
}

/** Complete before `time`, and accepted after it, or not at all though the log would show it. */
function waitedAt(facts: ConnectionFacts, time: number): boolean {
  if (!facts.wire.established || facts.wire.established.time > time) return false
  if (!facts.accepted || !facts.process) return facts.acceptGround !== null && facts.wire.serverPushes.length === 0
  const accept = timeOf(facts.process, facts.accepted.accepted)
  return accept !== null && accept > time + EARLY
}
