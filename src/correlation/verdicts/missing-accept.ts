import type { Verdict } from '../../diagnosis/verdict.ts'
import { formatDuration } from '../../text/duration.ts'
import { absenceConfidence, lacksAccept } from '../accepts/missing-accept.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { firstMissed, lastServed } from '../neighbours.ts'
import { extentOf, lineOf } from '../processes/logged-process.ts'
import { standstillAt } from '../processes/standstill.ts'
import type { Scene } from '../scene.ts'
import { isOpen, type LogVerdictRule, type Override } from '../verdict-rule.ts'

/** How a queued connection ends when its listener goes; without accept none of these names the cause. */
const ENDED: ReadonlySet<Verdict> = new Set(['server-died', 'reset-unread-data', 'half-close', 'peer-stalled'])

/** No accept line where the log would show one: never accepted, or no longer, or the whole process stands still. */
export const missingAccept: LogVerdictRule = (facts, scene) => {
  const { verdict } = facts.wire.connection
  if (!lacksAccept(facts) || !(isOpen(verdict) || ENDED.has(verdict))) return null
  return stoodStill(facts, scene) ?? stopped(facts, scene) ?? never(facts)
}

const whereLooked = (facts: ConnectionFacts): string =>
  `the log shows no accept of it in ${extentOf(facts.process!)}, where it ${facts.acceptGround!.text}`

const listedAs = ({ queue }: ConnectionFacts): string[] => (queue === null ? [] : [queue.says])

const against = (facts: ConnectionFacts): Override['against'] =>
  (['accepted-never-read', 'accepted-no-reply', 'healthy-one-way', 'reset-unread-data', 'wrong-service'] as const).map(
    (verdict) => ({
      verdict,
      reason:
        verdict === 'wrong-service'
          ? `the logged process itself listens on port ${facts.link!.port}`
          : whereLooked(facts),
    }),
  )

function stoodStill(facts: ConnectionFacts, scene: Scene): Override | null {
  const still = standstillAt(scene, facts)
  if (!still) return null
  const others = still.stalled.length
  return {
    verdict: 'peer-stalled',
    confidence: still.silentAfter === null ? 'suspected' : 'likely',
    reasons: [
      `the process stopped answering ${others === 1 ? 'another connection' : `${others} other connections`} before this one was made: it stands still as a whole`,
      whereLooked(facts),
    ],
    against: against(facts),
  }
}

/** The listener accepted before this connection, and no more after it: there is an onset. */
function stopped(facts: ConnectionFacts, scene: Scene): Override | null {
  const made = facts.wire.established?.time ?? facts.wire.start
  // A queue is first in, first out: one that was served and made later shows that the listener went on.
  const last = lastServed(scene, facts.link!)
  if (!last || last.wire.start >= made) return null
  // Nor is there an onset where one was left out while later ones were served.
  const first = firstMissed(scene, facts.link!)
  if (first !== null && first.wire.start < last.wire.start) return null
  return {
    verdict: 'accept-stopped',
    confidence: absenceConfidence(facts),
    reasons: [
      `the same listener accepted others before, the last from port ${last.wire.connection.client.port}, ${formatDuration(made - last.wire.start)} earlier`,
      whereLooked(facts),
      ...listedAs(facts),
    ],
    against: [
      ...against(facts),
      { verdict: 'never-accepted', reason: 'the listener did accept before: there is an onset' },
    ],
  }
}

function never(facts: ConnectionFacts): Override {
  const unmatched = facts.link!.listener?.notMatched[0]
  const reasons: [string, ...string[]] = [whereLooked(facts)]
  reasons.push(...listedAs(facts))
  if (unmatched)
    reasons.unshift(
      `${lineOf(facts.process!, unmatched)}: the listening socket matched no entry of the process’s table`,
    )
  if (facts.coverage === 'silent') reasons.push('the log’s last line is older than this connection')
  return { verdict: 'never-accepted', confidence: absenceConfidence(facts), reasons, against: against(facts) }
}
