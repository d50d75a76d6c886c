import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import { areRolesGuessed, isUnanswered } from '../stance.ts'
import type { Confidence } from '../verdict.ts'
import { muteCauses } from './mute-causes.ts'

/** After the first retransmission time-out (RFC 6298 §2.1) silence is no longer the ordinary delay of an answer. */
const PATIENCE = 1e9
/** A client that sends again has waited itself; sooner than TCP's least time-out it may just have more to send. */
const REPEATED = 200e6

/** Handshake, client data acknowledged, no payload byte from the server: the symptom, where its cause is not decidable. */
export const ackOnly: VerdictRule = {
  verdict: 'ack-only',
  needs: [Fact.UNANSWERED],
  holds,
  candidates: muteCauses,
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
  return (flow.unanswered >= 2 && flow.lastTime - first > REPEATED) || judged.waiting > PATIENCE
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
}
