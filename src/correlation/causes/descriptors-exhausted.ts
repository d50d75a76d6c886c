import { lineOf } from '../logged-process.ts'
import { saysExhausted } from '../rules/descriptors-exhausted.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

/** No descriptor was left to accept with. */
export const descriptorsExhausted: CauseRule = (focus) => {
  const { facts } = focus
  const { process } = facts
  const failed = process?.file.events.find(saysExhausted)
  if (!process || !failed || facts.accepted !== null || goesOnAccepting(focus, failed)) return null
  return {
    verdict: 'descriptors-exhausted',
    claim: `accept() failed with ${failed.errorName} (${lineOf(process, failed)}): the process had no descriptor left, and this connection stayed in the accept queue.`,
    confidence: 'likely',
  }
}
