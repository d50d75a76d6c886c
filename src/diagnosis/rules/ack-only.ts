import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { areRolesGuessed, isUnanswered } from '../evidence/stance.ts'
import { Fact, PATIENCE, REPEATED } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Confidence } from '../verdict.ts'
import { muteCauses, muteVariant } from './mute-causes.ts'

/** Handshake, client data acknowledged, no payload byte from the server: the symptom, where its cause is not decidable. */
export const ackOnly: VerdictRule = {
  verdict: 'ack-only',
  needs: [Fact.ACKED],
  certain: [Fact.ASKED_AGAIN],
  holds,
  candidates: muteCauses,
  variant: muteVariant,
}

function holds(judged: Case): Confidence | null {
  const { flow } = judged
  if (!isUnanswered(flow) || flow.acknowledged(flow.client) === 0) return null
  if (flow.hasUnseen(flow.server) || !isLong(judged)) return null
  return areRolesGuessed(flow) ? 'suspected' : 'certain'
}

/** The client waited long enough for an answer. */
function isLong(judged: Case): boolean {
  const { flow } = judged
  const push = flow.oldestSignal(Signal.PUSH)
  const first = Number.isNaN(push) ? flow.pendingSince : push
  // A request may have been sent just before the capture ended.
  const since = Math.min(first, flow.pendingSince)
  return (flow.unanswered >= 2 && flow.lastTime - since > REPEATED) || judged.waiting > PATIENCE
}

/** Too little time, too little data, or acknowledgments missing: nothing can be said. */
export const undecided: VerdictRule = {
  verdict: 'insufficient',
  needs: [Fact.SEEN],
  holds: 'certain',
  candidates: (judged) =>
    isUnanswered(judged.flow)
      ? muteCauses(judged).map((cause) =>
          cause.standing === 'supported' ? { ...cause, standing: 'possible' as const } : cause,
        )
      : [],
  // No variant of mute causes is 0: see `muteVariant`.
  variant: (judged) => (isUnanswered(judged.flow) ? muteVariant(judged) : 0),
}
