import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Speech } from '../../flow/speech.ts'
import type { Case } from '../case.ts'
import { muteCauses, muteVariant } from '../evidence/mute-causes.ts'
import { rhythmOf } from '../evidence/rhythm.ts'
import { isUnanswered } from '../evidence/stance.ts'
import { Fact, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import { closedUnasked } from './server-idle-close.ts'

/** Clients of these wait for an answer to each request. */
const ASKS: readonly Speech[] = [
  Speech.HTTP_REQUEST,
  Speech.HTTP2,
  Speech.TLS,
  Speech.REDIS_COMMAND,
  Speech.POSTGRES_START,
]

/** Its protocol has each request answered; or the port answers others, and on this one the server closed first. */
export const wasOwedAnswer = ({ flow, life }: Case): boolean =>
  ASKS.includes(flow.speech(flow.client)) || (life.served > 0 && flow.firstFin?.side === flow.server)

/** The server closed first, long after the last that it was sent: at the end of its patience, not of a transfer. */
const gaveUpReading = (flow: FlowView): boolean =>
  flow.firstFin?.side === flow.server && flow.firstFin.time - flow.lastPush > PATIENCE

/**
 * The client sent, closed, and the server closed too with FIN: it had read everything. That nothing was due is likely
 * for a transfer; a client that repeats itself evenly may have been asking.
 */
export const healthyOneWay: VerdictRule = {
  verdict: 'healthy-one-way',
  needs: [Fact.UNANSWERED | Fact.CLIENT_FIN | Fact.SERVER_FIN],
  holds: (judged) => {
    const { flow } = judged
    const closed = flow.has(State.FIN << flow.client) && flow.has(State.FIN << flow.server)
    if (!isUnanswered(flow) || !closed || closedUnasked(flow) || gaveUpReading(flow)) return null
    return rhythmOf(flow) === null && !wasOwedAnswer(judged) ? 'likely' : null
  },
  candidates: muteCauses,
  variant: muteVariant,
}
