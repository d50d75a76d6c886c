import { baseInYear, DAY_SECONDS, StampDate } from './stamps/stamp.ts'

/** When a capture was taken, in Unix seconds. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** Clocks of machines that are set by the network, or by hand now and then, differ by seconds, rarely by a minute. */
const MARGIN = 60
/** Zones lie up to so far from UTC, in steps of a quarter of an hour; nearly all of them in halves. */
const FARTHEST_ZONE = 14 * 3600
const ZONE_STEP = 1800

/** What a log's stamps count from, as far as that is known when one is read. */
interface Calendar {
  readonly base: number
  readonly date: StampDate | null
  readonly zoned: boolean
}

/** Tells whether a log may tell of a period at some time, in whichever zone it may be. */
export class PeriodInLog {
  readonly #start: number
  readonly #length: number
  readonly #year: number
  /** What a log without years counts from, and the same in the period's year. */
  #base = Number.NaN
  #baseInYear = Number.NaN

  constructor({ from, to }: Period) {
    this.#start = from - MARGIN
    this.#length = to - from + 2 * MARGIN
    this.#year = new Date(from * 1000).getUTCFullYear()
  }

  /** `seconds` count from what the log's stamps count from. */
  holds({ base, date, zoned }: Calendar, seconds: number): boolean {
    const length = this.#length
    if (date === StampDate.NONE) return within(seconds - (this.#start % DAY_SECONDS), length)
    if (date !== StampDate.FULL && date !== StampDate.YEARLESS) return false
    const since = (date === StampDate.FULL ? base : this.#inYear(base)) + seconds - this.#start
    if (zoned) return since >= 0 && since <= length
    return since >= -FARTHEST_ZONE && since <= length + FARTHEST_ZONE && within(since, length)
  }

  #inYear(base: number): number {
    if (base !== this.#base) {
      this.#base = base
      this.#baseInYear = baseInYear(base, this.#year)
    }
    return this.#baseInYear
  }
}

/** In one of the zones' copies of the period. */
const within = (since: number, length: number): boolean => since - Math.floor(since / ZONE_STEP) * ZONE_STEP <= length
