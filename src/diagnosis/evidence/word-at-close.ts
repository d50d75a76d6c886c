import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { PATIENCE } from '../fact.ts'
import { lateAnswer } from './late-answer.ts'
import { AT_ONCE } from './pending-message.ts'
import { gaveUp } from './stance.ts'

/** What the server said when the client had given up. Times are nanoseconds, the frame is an id. */
export interface WordAtClose {
  /** From the request to the client's FIN, and from there to the server's word. */
  readonly waited: number
  readonly after: number
  readonly frame: number
}

/**
 * The client waited in vain and closed both its sides, and right upon that the server said something: it reacts to the close, as
 * TLS does by an alert, and does not answer. Null where it did not, or had answered nothing before.
 */
export function wordAtClose(flow: FlowView): WordAtClose | null {
  if (!gaveUp(flow) || flow.answered < 2) return null
  const late = flow.signals(Signal.LATE_REPLY).at(-1)
  const fin = flow.signals(Signal.FIN).find(({ side }) => side === flow.client)
  if (late === undefined || fin === undefined || flow.lastReply - late.time > AT_ONCE) return null
  const after = late.time - fin.time
  const waited = lateAnswer(late).delay - after
  return after >= 0 && after <= AT_ONCE && waited >= PATIENCE ? { waited, after, frame: late.frame } : null
}
