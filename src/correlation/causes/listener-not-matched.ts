import { lineOf } from '../processes/logged-process.ts'
import { namedSocket } from '../scene.ts'
import type { CauseRule } from './cause.ts'

/** The listening socket was found readable, and the process had no entry for it. */
export const listenerNotMatched: CauseRule = ({ facts }) => {
  const line = facts.link?.listener?.notMatched[0]
  if (!line || facts.accepted !== null) return null
  return {
    verdict: 'listener-not-matched',
    claim: `The poll reported the listening ${namedSocket(facts.link!.listener!.handle)}, and the process found no table entry for it (${lineOf(facts.process!, line)}): accept() was not called. What removed the entry is not in the log.`,
    confidence: 'likely',
  }
}
