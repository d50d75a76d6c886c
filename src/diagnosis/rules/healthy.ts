import { State } from '../../flow/row.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import { lacksGreeting } from './greeting-missing.ts'

/** The client shut its side first and got its answer after that. */
export const halfClose: VerdictRule = {
  verdict: 'half-close',
  needs: [Fact.DATA_AFTER_FIN],
  holds: ({ flow }) => {
    const first = flow.firstFin
    return flow.has(State.DATA_AFTER_FIN) && first?.side === flow.client ? 'certain' : null
  },
}

/** The server sends, the client only listens. */
export const healthyServerPush: VerdictRule = {
  verdict: 'healthy-server-push',
  needs: [Fact.SERVER_PUSH],
  holds: 'likely',
}

/** Requests are answered. */
export const healthy: VerdictRule = { verdict: 'healthy', needs: [Fact.SERVED | Fact.ANSWERED], holds: 'certain' }

/** The server spoke, and which request it answered is not seen. */
export const served: VerdictRule = { verdict: 'healthy', needs: [Fact.SERVED], holds: 'likely' }

/** Established, and no payload in either direction. */
export const idle: VerdictRule = {
  verdict: 'idle',
  needs: [Fact.IDLE],
  holds: 'certain',
  candidates: (judged) => [
    { verdict: 'idle', standing: 'supported', reasons: ['no payload was sent by either end'] },
    lacksGreeting(judged)
      ? {
          verdict: 'never-accepted',
          standing: 'supported',
          reasons: [`the server greeted ${judged.life.greeted} other clients of the port, and not this one`],
        }
      : {
          verdict: 'never-accepted',
          standing: 'possible',
          reasons: ['the kernel answers keep-alives by itself: whether a process took the connection cannot be seen'],
        },
  ],
}
