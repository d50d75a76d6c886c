import { State } from '../../flow/row.ts'
import { Fact } from '../fact.ts'
import { rhythmOf } from '../rhythm.ts'
import type { VerdictRule } from '../rule.ts'
import { isUnanswered } from '../stance.ts'
import { muteCauses, muteVariant } from './mute-causes.ts'
import { closedUnasked } from './server-idle-close.ts'

/**
 * The client sent, closed, and the server closed too with FIN: it had read everything. That nothing was due is likely
 * for a transfer; a client that repeats itself evenly may have been asking.
 */
export const healthyOneWay: VerdictRule = {
  verdict: 'healthy-one-way',
  needs: [Fact.UNANSWERED | Fact.CLIENT_FIN | Fact.SERVER_FIN],
  holds: ({ flow }) =>
    isUnanswered(flow) &&
    flow.has(State.FIN << flow.client) &&
    flow.has(State.FIN << flow.server) &&
    !closedUnasked(flow) &&
    rhythmOf(flow) === null
      ? 'likely'
      : null,
  candidates: muteCauses,
  variant: muteVariant,
}
