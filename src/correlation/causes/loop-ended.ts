import type { EventKind, LogEvent } from '../../log/event.ts'
import { type LoggedProcess, quotedLine } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'
import { isBeforeWait } from './is-before-wait.ts'

const UNACCEPTED: ReadonlySet<string> = new Set(['never-accepted', 'accept-stopped'])
/** What only a loop that runs makes a process write. */
const OF_A_LOOP: readonly EventKind[] = ['accept', 'readable', 'not-matched', 'recv', 'send']

/** The loop that waits for sockets ended, or a thread of several that have one each: nothing calls the code that accepts. */
export const loopEnded: CauseRule = (focus) => {
  const { facts, judgement } = focus
  const { process } = facts
  if (!process || !UNACCEPTED.has(judgement.verdict)) return null
  const ended = process.file.events.findLast(({ pattern }) => pattern === 'loop-ended')
  if (!ended || goesOnAccepting(focus, ended) || !isBeforeWait(facts, ended)) return null
  const [before, after] = loopsAround(process, ended)
  if (after) return null
  return {
    verdict: 'loop-ended',
    claim: `The loop that waits for sockets ended (${quotedLine(process, ended)}), and no accept follows: nothing calls the code that accepts.`,
    // One that was seen to run and runs no more was the one that matters.
    confidence: before ? 'likely' : 'suspected',
  }
}

/** Whether lines before and after one tell of a loop that runs. */
function loopsAround({ file }: LoggedProcess, { order }: LogEvent): readonly [before: boolean, after: boolean] {
  const lines = file.events.filter(({ kind }) => OF_A_LOOP.includes(kind))
  return [lines.some((line) => line.order < order), lines.some((line) => line.order > order)]
}
