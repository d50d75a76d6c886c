import type { LogEvent } from '../../log/event.ts'
import { acceptsAfter, quotedLine } from '../logged-process.ts'
import type { CauseRule } from './cause.ts'

/** The client gave up before it was accepted: accept() is called again for the next one (POSIX: ECONNABORTED). */
const isOfOneClient = (event: LogEvent): boolean => event.errorName === 'ECONNABORTED'

/** accept() failed for another reason, or the code that accepts ended, and no accept follows. */
export const acceptFailed: CauseRule = ({ facts }) => {
  const { process } = facts
  const failed = process?.file.events.findLast((event) => event.kind === 'accept-failed' && !isOfOneClient(event))
  if (!process || !failed || facts.accepted !== null) return null
  if (acceptsAfter(process, failed)) return null
  const how = failed.errorName === null ? 'The code that accepts ended' : `accept() failed with ${failed.errorName}`
  return {
    verdict: 'accept-failed',
    claim: `${how} (${quotedLine(process, failed)}), and no accept follows: this connection stayed in the accept queue.`,
    confidence: 'likely',
  }
}
