import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import { acceptedLate } from '../neighbours.ts'
import { lineOf } from '../processes/logged-process.ts'
import { stalledAt } from '../processes/standstill.ts'
import type { LogVerdictRule } from '../verdict-rule.ts'

/**
 * It was being answered, then no longer, until the process went on: another connection, which waited for its accept at
 * the same time, shows that the process and not this request was slow.
 */
export const standstill: LogVerdictRule = (facts, scene) => {
  if (facts.wire.connection.verdict !== 'slow-responder' && facts.wire.connection.verdict !== 'healthy') return null
  if (!facts.process || (facts.acceptDelay?.least ?? 0) >= LATE_ACCEPT) return null
  const { start, end } = facts.wire
  for (const other of acceptedLate(scene, facts.process, start, end)) {
    if (other === facts || !other.wire.established) continue
    const wait = stalledAt(facts, other.wire.established.time)
    if (!wait || wait.until === null) continue
    return {
      verdict: 'peer-stalled',
      confidence: 'likely',
      reasons: [
        `it was answered until the process stood still for ${formatDuration(wait.until - wait.since)}: the connection of port ${other.wire.connection.client.port} was not accepted in that time either (${lineOf(facts.process, other.accepted!.accepted!)})`,
      ],
      against: [{ verdict: 'slow-responder', reason: 'it is answered before that time and after it' }],
    }
  }
  return null
}
