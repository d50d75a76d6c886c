import { quotedLine } from '../processes/logged-process.ts'
import { saidOf } from '../processes/said-of.ts'
import type { CauseRule } from './cause.ts'

/** One end speaks TLS, the other does not, or they do not agree. */
export const tlsFailed: CauseRule = ({ facts, scene }) => {
  const said = saidOf(facts, scene, 'tls-failed')
  return (
    said && {
      verdict: 'tls-failed',
      claim: `The connection was taken and the TLS handshake failed (${quotedLine(facts.process!, said.event)}): one end may speak plain where the other speaks TLS.`,
      confidence: said.isOwn ? 'likely' : 'suspected',
    }
  )
}
