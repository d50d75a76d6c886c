import type { Verdict } from '../../diagnosis/verdict.ts'
import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import { lineOf } from '../processes/logged-process.ts'
import type { LogVerdictRule } from '../verdict-rule.ts'

/** What answers after a long wait look like without a log. */
const LOOKS_LIKE: ReadonlySet<Verdict> = new Set([
  'slow-responder',
  'healthy',
  'delayed-accept',
  'peer-stalled',
  'half-close',
  'ack-only',
])

/** Nothing for seconds because nobody had accepted yet; then everything that had queued is answered. */
export const lateAccept: LogVerdictRule = (facts) => {
  const { acceptDelay, accepted, wire } = facts
  if (!accepted || !acceptDelay || acceptDelay.least < LATE_ACCEPT || !LOOKS_LIKE.has(wire.connection.verdict))
    return null
  const reply = wire.serverPushes[0]
  if (!reply || !wire.established || reply.time - wire.established.time < acceptDelay.least) return null
  const line = lineOf(facts.process!, accepted.accepted!)
  return {
    verdict: 'delayed-accept',
    confidence: 'likely',
    reasons: [
      `${line} accepts it ${formatDuration(acceptDelay.measured)} after the handshake, and its first answer follows`,
    ],
    against: [
      { verdict: 'never-accepted', reason: `${line} accepts it` },
      { verdict: 'slow-responder', reason: 'the time passed before the accept, not before an answer to what was read' },
    ],
  }
}
