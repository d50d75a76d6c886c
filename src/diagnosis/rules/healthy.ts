import { State } from '../../flow/row.ts'
import type { VerdictRule } from '../rule.ts'
import { hasAsked, isEstablished, isServed } from '../stance.ts'
import { lacksGreeting } from './greeting-missing.ts'

/** The client shut its side first and got its answer after that. */
export const halfClose: VerdictRule = {
  verdict: 'half-close',
  holds: ({ flow }) => {
    const first = flow.firstFin
    return flow.has(State.DATA_AFTER_FIN) && first?.side === flow.client ? 'certain' : null
  },
}

/** The server sends, the client only listens. */
export const healthyServerPush: VerdictRule = {
  verdict: 'healthy-server-push',
  holds: ({ flow }) => (flow.payload(flow.client) === 0 && flow.payload(flow.server) > 0 ? 'likely' : null),
}

/** Requests are answered. */
export const healthy: VerdictRule = {
  verdict: 'healthy',
  holds: ({ flow }) => (isServed(flow) ? (flow.answered > 0 ? 'certain' : 'likely') : null),
}

/** Established, and no payload in either direction. */
export const idle: VerdictRule = {
  verdict: 'idle',
  holds: ({ flow }) => (isEstablished(flow) && !hasAsked(flow) && !isServed(flow) ? 'certain' : null),
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
