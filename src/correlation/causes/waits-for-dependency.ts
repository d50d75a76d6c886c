import { quotedLine } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'
import { isBeforeWait } from './is-before-wait.ts'

/** The process listens, and waits for another service before it accepts. */
export const waitsForDependency: CauseRule = (focus) => {
  const { facts } = focus
  const { process } = facts
  // Who waits may say so again and again.
  const said = process?.file.events.findLast(
    (event) => event.pattern === 'waits-for-dependency' && isBeforeWait(facts, event),
  )
  if (!process || !said || facts.accepted !== null || facts.wire.serverPushes.length > 0) return null
  if (goesOnAccepting(focus, said)) return null
  const arrived = process.file.events.some(({ kind, order }) => kind === 'connected' && order > said.order)
  if (arrived) return null
  return {
    verdict: 'waits-for-dependency',
    claim: `The process listens and waits for another service (${quotedLine(process, said)}); no accept follows.`,
    confidence: 'suspected',
  }
}
