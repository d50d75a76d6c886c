import { quotedLine } from '../logged-process.ts'
import { saidOf } from '../said-of.ts'
import type { CauseRule } from './cause.ts'

/** Accepted, and the thread that should serve it waits for another. */
export const waitsForLock: CauseRule = ({ facts, scene }) => {
  const said =
    facts.accepted === null || facts.wire.serverPushes.length > 0 ? null : saidOf(facts, scene, 'waits-for-lock')
  return (
    said && {
      verdict: 'waits-for-lock',
      claim: `The process accepted the connection, and what should serve it waits for a lock (${quotedLine(facts.process!, said.event)}).`,
      confidence: said.isOwn ? 'likely' : 'suspected',
    }
  )
}
