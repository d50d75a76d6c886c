import { State } from '../../flow/row.ts'
import type { VerdictRule } from '../rule.ts'
import { isUnanswered } from '../stance.ts'
import { muteCauses } from './mute-causes.ts'

/** The client sent, closed, and the server closed too: it had read everything, and nothing was due. */
export const healthyOneWay: VerdictRule = {
  verdict: 'healthy-one-way',
  holds: ({ flow }) =>
    isUnanswered(flow) && flow.has(State.FIN << flow.client) && flow.has(State.FIN << flow.server) ? 'likely' : null,
  candidates: muteCauses,
}
