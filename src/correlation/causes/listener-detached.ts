import { lineOf } from '../processes/logged-process.ts'
import { namedSocket } from '../scene.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

/** The process itself took the listening socket out of what it polls, and did not put it back. */
export const listenerDetached: CauseRule = (focus) => {
  const { facts } = focus
  const life = facts.link?.listener
  const detached = life?.detached
  if (!life || !detached || facts.accepted !== null || goesOnAccepting(focus, detached)) return null
  const again = [...life.attachments.map(({ event }) => event), ...life.readable]
  if (again.some(({ order }) => order > detached.order)) return null
  return {
    verdict: 'listener-detached',
    claim: `The process took the listening ${namedSocket(life.handle)} out of what it polls or keeps (${lineOf(facts.process!, detached)}), and no accept follows: nothing tells it of connections that wait.`,
    confidence: 'likely',
  }
}
