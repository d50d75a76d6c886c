import { quotedLine } from '../processes/logged-process.ts'
import { closedListener } from '../sockets/closed-listener.ts'
import type { CauseRule } from './cause.ts'

/** The process closed its listening socket, and the kernel goes on completing handshakes for whoever else holds it. */
export const listenerLeftOpen: CauseRule = ({ facts, scene }) => {
  const closed = closedListener(facts, scene)
  return (
    closed && {
      verdict: 'listener-closed',
      claim: `The process had closed its listening socket (${quotedLine(closed.process, closed.event)}), and the kernel still completes handshakes: another process, such as a child that inherited it, holds it open and does not accept.`,
      confidence: 'suspected',
    }
  )
}
