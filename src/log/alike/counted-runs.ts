import type { EventKind } from '../event.ts'
import type { ShapeCounter } from '../facts/shapes.ts'
import { LINE_NUMBERS, type LineFinder, Run } from '../lines/line-finder.ts'
import type { StampClock } from '../stamps/stamp-clock.ts'
import type { LikeLines, Tally } from './like-lines.ts'

/** What lines are counted with. */
interface Counting {
  readonly clock: StampClock
  /** Counts the lines that no pattern understood, where that is asked for. */
  readonly shapes: ShapeCounter | null
  readonly finder: LineFinder
  readonly likeLines: LikeLines
  /** Where the events of a kind are counted. */
  readonly tallyOf: (kind: EventKind) => Tally
}

/** Has lines alike counted where they are found, a run of one second at a time: for logs of which no event is to be kept. */
export class CountedRuns {
  /** Lines counted so far that tell an event. */
  understood = 0
  readonly #counting: Counting

  constructor(counting: Counting) {
    this.#counting = counting
  }

  /** False where lines whose stamps have so many digits teach the clock, or were looked up before one like them was learned. */
  mayCount(digits: number): boolean {
    const { clock, likeLines } = this.#counting
    return clock.isKnown(digits) && !likeLines.isStale
  }

  /**
   * Counts lines that say the second of the line before them again, as the finder tells of them from `at` to `to`, up to the next
   * whose shape is wanted. The first has the number `line`; for the `stamps` see `StampClock`. Returns where that ended.
   */
  count(at: number, to: number, line: number, stamps: { readonly layout: number; readonly digits: number }): number {
    if (!this.mayCount(stamps.digits)) return at
    const { clock, shapes, finder } = this.#counting
    const from = at / LINE_NUMBERS
    const wanted = shapes === null ? Number.POSITIVE_INFINITY : from + shapes.nextWanted(line) - line
    const end = clock.countRun(finder, from, Math.min(to / LINE_NUMBERS, wanted), line, stamps)
    if (end > from) this.#takeCounts()
    return end * LINE_NUMBERS
  }

  /** Takes what a run of lines told, by their slots. */
  #takeCounts(): void {
    const { finder, likeLines, tallyOf } = this.#counting
    const { run, counted } = finder
    for (let i = 0; i < 2 * run[Run.SLOTS]!; i += 2) {
      const known = likeLines.inSlot(counted[i]!)
      if (known.pattern === null) continue
      known.tally ??= tallyOf(known.pattern.kind)
      known.tally.events += counted[i + 1]!
      this.understood += counted[i + 1]!
    }
  }
}
