import type { Round, Step } from './step.ts'

/** Steps of the longest round that is recognised: two messages each way, each with its acknowledgment. */
const LONGEST_ROUND = 8
/** A story of more rounds than this is no longer short: what follows is counted, not told. */
const MOST_ROUNDS = 128

const once = (step: Step): Round => ({
  steps: [step],
  count: 1,
  lastFrame: step.frame,
  lastTime: step.time,
  meanGap: 0,
  squares: 0,
  longest: 0,
})

const alike = (a: readonly Step[], b: readonly Step[], bytes: boolean): boolean =>
  a.length === b.length &&
  a.every((step, at) => {
    const other = b[at]!
    return step.side === other.side && step.word === other.word && (!bytes || step.bytes === other.bytes)
  })

/** Folds a story while it is told: `push 44, ack, push 44, ack` becomes one round that came twice. */
export class Fold {
  readonly rounds: Round[] = []
  readonly #bytes: boolean
  /** Steps left out because the story has no short form. */
  untold = 0

  /** `bytes`: whether messages of different sizes are different steps. */
  constructor(bytes: boolean) {
    this.#bytes = bytes
  }

  add(step: Step): void {
    if (this.rounds.length >= MOST_ROUNDS) {
      this.untold++
      return
    }
    this.rounds.push(once(step))
    for (let length = 1; length <= LONGEST_ROUND; length++) if (this.#repeats(length)) return
  }

  /** Whether the last `length` single steps repeat what stands before them; folds them in where they do. */
  #repeats(length: number): boolean {
    const rounds = this.rounds
    const from = rounds.length - length
    if (from < 1) return false
    const tail = rounds.slice(from)
    if (tail.some((round) => round.count > 1)) return false
    const steps = tail.map((round) => round.steps[0]!)
    // A round begins with what somebody does, not with the acknowledgment of it.
    if (steps[0]!.word === 'ack') return false
    const before = rounds[from - 1]!
    if (before.count > 1 && alike(before.steps, steps, this.#bytes)) {
      rounds.length = from
      again(before, steps)
      return true
    }
    const earlier = rounds.slice(Math.max(0, from - length), from)
    if (earlier.length < length || earlier.some((round) => round.count > 1)) return false
    const first = earlier.map((round) => round.steps[0]!)
    if (!alike(first, steps, this.#bytes)) return false
    rounds.length = from - length
    const round: Round = { ...once(first[0]!), steps: first, longest: span(first) }
    again(round, steps)
    rounds.push(round)
    return true
  }
}

const span = (steps: readonly Step[]): number => steps.at(-1)!.time - steps[0]!.time

function again(round: Round, steps: readonly Step[]): void {
  const gap = steps[0]!.time - round.lastTime
  const distance = gap - round.meanGap
  round.meanGap += distance / round.count
  round.squares += distance * (gap - round.meanGap)
  round.count++
  round.lastTime = steps[0]!.time
  round.lastFrame = steps[0]!.frame
  round.longest = Math.max(round.longest, span(steps))
}
