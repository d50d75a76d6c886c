import { lineOf } from '../processes/logged-process.ts'
import { whyRefused } from '../sockets/why-refused.ts'
import type { CauseRule } from './cause.ts'

/** Nothing listened, and a line tells why. */
export const refused: CauseRule = ({ facts, judgement, scene }) => {
  const why = judgement.verdict === 'refused' ? whyRefused(facts, scene) : null
  if (!why) return null
  const claim = `Nothing listened where the client connected: ${why.because} (${lineOf(why.process, why.event)}).`
  return { verdict: why.verdict, claim, confidence: 'likely' }
}
