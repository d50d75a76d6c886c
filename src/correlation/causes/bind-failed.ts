import { lineOf } from '../processes/logged-process.ts'
import { failedBindOf } from '../sockets/failed-bind.ts'
import type { CauseRule } from './cause.ts'

/** Another program owns the port that the process could not bind. */
export const bindFailed: CauseRule = ({ facts, judgement, scene }) => {
  const bind = failedBindOf(scene.failedBinds, facts.wire)
  if (!bind || judgement.verdict !== 'wrong-service') return null
  return {
    verdict: 'bind-failed',
    claim: `The process could not bind port ${bind.port}${bind.event.errorName ? ` (${bind.event.errorName})` : ''} (${lineOf(bind.process, bind.event)}): another program owns it, and the client talks to that one.`,
    confidence: judgement.confidence,
  }
}
