import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import { lineOf } from '../processes/logged-process.ts'
import type { LogVerdictRule } from '../verdict-rule.ts'

/** One line that agrees with the packets may do so by chance, and be of an accept that was late. */
const PAIRS_NEEDED = 2

/**
 * Nothing for seconds, then everything at once, is what an accept queue looks like. The log shows the accept at the handshake: what
 * took the time came after it.
 */
export const acceptedInTime: LogVerdictRule = ({ acceptDelay, accepted, process, wire }) => {
  if (wire.connection.verdict !== 'delayed-accept' || !accepted || !acceptDelay || !process?.clock) return null
  const { pairs, uncertainty } = process.clock
  if (!process.file.zoned && pairs < PAIRS_NEEDED) return null
  if (acceptDelay.measured + uncertainty >= LATE_ACCEPT) return null
  const line = lineOf(process, accepted.accepted!)
  const reply = wire.serverPushes[0]
  const wait = reply && wire.established ? ` ${formatDuration(reply.time - wire.established.time)} later` : ' late'
  return {
    verdict: 'slow-responder',
    confidence: 'likely',
    reasons: [`${line} accepts it at its handshake, and its first answer comes${wait}`],
    against: [
      { verdict: 'delayed-accept', reason: `${line} accepts it at its handshake` },
      { verdict: 'never-accepted', reason: `${line} accepts it` },
    ],
  }
}
