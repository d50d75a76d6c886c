import type { LogEvent } from '../../log/event.ts'
import { type LoggedProcess, quotedLine } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'
import { isBeforeWait } from './is-before-wait.ts'

/** A trace has about as many lines before the frame that tells. */
const TRACE = 60
/** A line that tells of one accept that was not posted again tells of the end of accepting, whatever the error. */
const NOT_AGAIN = /\bnot[ \t]+(?:re-?)?(?:posted|armed|issued)\b/i

/** What a line says of a call that failed, and what of the code around it. */
const OF_A_CALL = /\b(?:fail|err)/i
const OF_THE_CODE = /\b(?:loop|thread|task|acceptor|stop|exit|end|terminat|no longer|giv(?:ing|en) up|gave up)/i

/** The client gave up before it was accepted: accept() is called again for the next one (POSIX: ECONNABORTED). */
const isOfOneClient = ({ errorName, text }: LogEvent): boolean => errorName === 'ECONNABORTED' && !NOT_AGAIN.test(text)

/** accept() failed for another reason, or the code that accepts ended, and no accept follows. */
export const acceptFailed: CauseRule = (focus) => {
  const { facts } = focus
  const { process } = facts
  if (!process || facts.accepted !== null) return null
  const failed = failureOf(process)
  if (!failed || !isBeforeWait(facts, failed) || goesOnAccepting(focus, failed)) return null
  return {
    verdict: 'accept-failed',
    claim: `${howOf(failed)} (${quotedLine(process, failed)}), and no accept follows: this connection stayed in the accept queue.`,
    // What was thrown may have been caught, and a log that never shows an accept would not show the next one.
    confidence: failed.pattern === 'accept-frame' && !process.file.kinds.has('accept') ? 'suspected' : 'likely',
  }
}

/** What is told after the last accept: first of accept() and its code, else of a trace through that code. */
function failureOf(process: LoggedProcess): LogEvent | undefined {
  const { events } = process.file
  const after = events.slice(events.findLastIndex(({ kind }) => kind === 'accept') + 1)
  return after.find((event) => event.kind === 'accept-failed' && !isOfOneClient(event)) ?? thrownIn(after)
}

function howOf({ errorName, pattern, text }: LogEvent): string {
  if (pattern === 'accept-frame') return 'The code that accepts threw an exception'
  if (pattern === 'accept-not-started') return 'The code that accepts does not run'
  if (errorName !== null) return `accept() failed with ${errorName}`
  const isCall = pattern === 'accept-failed' && OF_A_CALL.test(text) && !OF_THE_CODE.test(text)
  return isCall ? 'accept() failed' : 'The code that accepts ended'
}

/** A trace through code that accepts; not one of a list of what all threads do, where waiting in accept() is well. */
function thrownIn(events: readonly LogEvent[]): LogEvent | undefined {
  const dumps = events.filter(({ pattern }) => pattern === 'thread-dump')
  const isListed = (frame: LogEvent): boolean =>
    dumps.some(({ order }) => order < frame.order && frame.order - order <= TRACE)
  return events.find((event) => event.pattern === 'accept-frame' && !isListed(event))
}
