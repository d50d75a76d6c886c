import type { LogEvent } from '../../log/event.ts'
import type { RootCause } from '../chain.ts'
import { acceptsAfter, type LoggedProcess, lineOf } from '../processes/logged-process.ts'
import { namedSocket } from '../scene.ts'
import type { CauseRule } from './cause.ts'

/** An edge-triggered poll reports a queue once: whoever accepts one connection then leaves the next ones in it. */
function oneAcceptAPoll(process: LoggedProcess, polled: LogEvent): RootCause | null {
  if (!/EPOLLET|\bedge[ -]?trigger/i.test(polled.text)) return null
  return {
    verdict: 'queue-not-drained',
    claim: `The edge-triggered poll reported the listening socket readable (${lineOf(process, polled)}), and accept() was not called until the queue was empty: what stays in it is not reported again.`,
    confidence: 'suspected',
  }
}

/** The socket was found readable, keeps its place, and still no accept follows. */
export const acceptHeldUp: CauseRule = ({ facts, judgement }) => {
  const life = facts.link?.listener
  const polled = life?.readable.at(-1)
  const unaccepted = judgement.verdict === 'never-accepted' || judgement.verdict === 'accept-stopped'
  if (!polled || !unaccepted || facts.accepted !== null || facts.process?.file.kinds.has('not-matched')) return null
  if (acceptsAfter(facts.process!, polled)) return oneAcceptAPoll(facts.process!, polled)
  return {
    verdict: 'accept-held-up',
    claim: `The poll reported the listening ${namedSocket(life!.handle)} readable (${lineOf(facts.process!, polled)})${life!.attachments.length > 0 ? ', nothing took its place in the table,' : ''} and no accept() followed: the code that accepts was held up or does not run.`,
    confidence: 'likely',
  }
}
