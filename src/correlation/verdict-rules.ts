import type { Judgement } from '../diagnosis/verdict.ts'
import type { Scene } from './scene.ts'
import { type LogVerdictRule, overridden } from './verdict-rule.ts'
import { accepted } from './verdicts/accepted.ts'
import { acceptedInTime } from './verdicts/accepted-in-time.ts'
import { lateAccept } from './verdicts/late-accept.ts'
import { missingAccept } from './verdicts/missing-accept.ts'
import { ownerListed } from './verdicts/owner-listed.ts'
import { queueFull } from './verdicts/queue-full.ts'
import { queueListed } from './verdicts/queue-listed.ts'
import { standstill } from './verdicts/standstill.ts'
import { wrongService } from './verdicts/wrong-service.ts'

/** In this order: the first that has something to say decides. Who owns the port comes before what its owner does. */
const VERDICT_RULES: readonly LogVerdictRule[] = [
  wrongService,
  queueFull,
  lateAccept,
  acceptedInTime,
  standstill,
  missingAccept,
  queueListed,
  accepted,
  ownerListed,
]

/** The connections whose judgement the logs change, by stream. */
export function overrides(scene: Scene): Map<number, Judgement> {
  const changed = new Map<number, Judgement>()
  for (const facts of scene.facts)
    for (const rule of VERDICT_RULES) {
      const override = rule(facts, scene)
      if (!override) continue
      changed.set(facts.wire.connection.stream, overridden(facts.wire.connection, override))
      break
    }
  return changed
}
