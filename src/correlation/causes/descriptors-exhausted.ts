import type { LogEvent } from '../../log/event.ts'
import { type LoggedProcess, lineOf, quotedLine } from '../processes/logged-process.ts'
import { isOfAccept, saysExhausted } from '../rules/descriptors-exhausted.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'
import { isBeforeWait } from './is-before-wait.ts'

/** No descriptor was left to accept with. */
export const descriptorsExhausted: CauseRule = (focus) => {
  const { facts } = focus
  const { process } = facts
  if (!process || facts.accepted !== null) return null
  const failures = process.file.events.filter(saysExhausted)
  const accept = failures.find(isOfAccept)
  const failed = accept ?? failures.find((event) => isBeforeWait(facts, event))
  if (!failed || goesOnAccepting(focus, failed)) return null
  return {
    verdict: 'descriptors-exhausted',
    claim: `${howOf(process, failed)}, and this connection stayed in the accept queue.`,
    // Another call may have met a limit that was past when the connection came.
    confidence: accept ? 'likely' : 'suspected',
  }
}

const howOf = (process: LoggedProcess, failed: LogEvent): string =>
  isOfAccept(failed)
    ? `accept() failed with ${failed.errorName} (${lineOf(process, failed)}): the process had no descriptor left`
    : `A call failed with ${failed.errorName} (${quotedLine(process, failed)}): the process had no descriptor left, so that accept() had none either, as it seems`
