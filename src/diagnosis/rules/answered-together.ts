import { Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import type { Case } from '../case.ts'
import { isOwedToLoss, lateAnswer } from '../evidence/late-answer.ts'
import { REPEATED } from '../fact.ts'
import type { ListenerRule, Observation } from '../rule.ts'

/** What waits for one thing goes on within this, on a clock of two ticks of 15.6 ms. */
const AT_ONCE = 32e6

/** Two waits may end together by chance. */
const LEAST_TOGETHER = 3
/** Of the shorter one's length: as close together does by chance one pair in some hundreds end. */
const PAIR_WITHIN = 1 / 1000

/** Late answers that are looked at: of a listener with more, the first. */
const MOST_WAITS = 10_000

/** Frames that are told of. */
const MOST_SHOWN = 8

/** Nanoseconds since the run's epoch. */
interface Wait {
  readonly began: number
  readonly ended: number
  readonly frame: number
  /** Nothing had been answered on its connection before. */
  readonly isFirst: boolean
}

/** Connections that had begun to wait at different moments, and were all answered at one. */
export const answeredTogether: ListenerRule = {
  id: 'answered-together',
  title: 'Late answers that came all at once',
  severity: 'warning',
  meaning:
    'Several connections to the port waited, each since a moment of its own, and all that waited were answered at the same time. Requests that are slow by themselves end as they began, one after the other: here one thing held them all up, and then let go. This is what it looks like when a process accepts late, stands still as a whole (stopped, suspended, collecting garbage, swapped out), or waits for a lock or another service.',
  lookAlikes: [
    'Long polling, and whatever else tells many clients of one event: they wait by design, and are told at once.',
    'A capture that stood still: see capture-clock.',
  ],
  nextSteps: [
    'Look in the server’s log for a gap before that moment, and for what its first line afterwards tells.',
    'Linux: journalctl and dmesg at that moment (a suspended machine, memory pressure), the runtime’s log of garbage collection.',
    'noaccept correlate CAPTURE --log SERVER.log',
  ],
  reference: 'docs/verdicts.md; measured on Linux with SIGSTOP and with accept() held back',
  examine,
}

function examine(judged: Case): Observation | null {
  const { waits, unseenFrom } = waitsOf(judged)
  const ordered = waits.sort((a, b) => a.ended - b.ended)
  const together = longestRun(ordered, unseenFrom)
  if (mayBeChance(together)) return null
  const span = together.at(-1)!.ended - together[0]!.ended
  const longest = together.reduce((most, { began, ended }) => Math.max(most, ended - began), 0)
  const frames = together.slice(0, MOST_SHOWN).map(({ frame }) => frame)
  return {
    title: `${judged.listenerName}: ${together.length} connections that waited, one of them ${formatDuration(longest)}, were answered within ${formatDuration(span)}`,
    explanation: `Their waits had begun at different moments, and no other late answer was due then: one thing held all of them up. ${
      together.every(({ isFirst }) => isFirst)
        ? 'None of them had been answered before: a process that accepts late fits, as does one that stood still.'
        : 'Some of them had been answered before: so not accept() alone was late. The process stood still, or all wait for one lock or service.'
    }`,
    confidence: 'suspected',
    evidence: [judged.seen('the answers, all at one moment', frames)],
  }
}

function mayBeChance(together: readonly Wait[]): boolean {
  if (together.length >= LEAST_TOGETHER) return false
  const [one, other] = together
  if (one === undefined || other === undefined) return true
  const apart = Math.abs(other.ended - one.ended)
  const shorter = Math.min(one.ended - one.began, other.ended - other.began)
  // Two stamps that are the same tell how coarse the clock is, and not how close together they were.
  return apart === 0 || apart > shorter * PAIR_WITHIN
}

/** Waits for late answers, not those whose requests the path had lost; and from when on others may have begun. */
function waitsOf({ flow, life }: Case): { waits: Wait[]; unseenFrom: number } {
  const waits: Wait[] = []
  for (const row of life.rows) {
    if (waits.length >= MOST_WAITS) return { waits, unseenFrom: flow.at(row).firstTime }
    if (flow.at(row).signalCount(Signal.LATE_REPLY) === 0) continue
    for (const signal of flow.signals(Signal.LATE_REPLY)) {
      const answer = lateAnswer(signal)
      if (isOwedToLoss(flow, answer)) continue
      const { frame, time: ended } = signal
      waits.push({ began: ended - answer.delay, ended, frame, isFirst: ended <= flow.oldestSignal(Signal.REPLY) })
    }
  }
  return { waits, unseenFrom: Number.POSITIVE_INFINITY }
}

/**
 * The most waits, in order of their ends, that ended together and had not begun together, and beside which none went on: of many
 * slow answers some end together by chance. Waits that are not among them may have begun from `unseenFrom` on.
 */
function longestRun(waits: readonly Wait[], unseenFrom: number): readonly Wait[] {
  let longest: readonly Wait[] = []
  // Of the waits that end later, when the first began.
  let nextBegan = unseenFrom
  for (let to = waits.length; to > 0; ) {
    let from = to - 1
    while (from > 0 && waits[to - 1]!.ended - waits[from - 1]!.ended <= AT_ONCE) from--
    const run = waits.slice(from, to)
    const isAlone = nextBegan > waits[to - 1]!.ended
    if (isAlone && run.length > longest.length && beginsSpread(run) >= REPEATED) longest = run
    for (const { began } of run) nextBegan = Math.min(nextBegan, began)
    to = from
  }
  return longest
}

function beginsSpread(run: readonly Wait[]): number {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const { began } of run) {
    first = Math.min(first, began)
    last = Math.max(last, began)
  }
  return last - first
}
