import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import { muteCauses, muteVariant } from '../evidence/mute-causes.ts'
import { areRolesGuessed, isUnanswered } from '../evidence/stance.ts'
import { Fact, PATIENCE, REPEATED } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Confidence } from '../verdict.ts'

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
  if (flow.hasUnseen(flow.server)) return null
  if (isLong(judged)) return areRolesGuessed(flow) ? 'suspected' : 'certain'
  return isOneOfMany(judged) ? 'likely' : null
}

/** One client may be in a hurry; so many of a port that never served one show what they wait for. */
const MANY = 3

/** The client broke off what it had waited for; so short a time tells nothing by itself, but the port answers nobody. */
function isOneOfMany({ flow, life, waiting }: Case): boolean {
  return flow.has(State.RST << flow.client) && waiting > REPEATED && life.served === 0 && life.connections >= MANY
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
