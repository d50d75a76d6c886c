import { formatDuration } from '../../text/duration.ts'

/** Steps that clocks are known to make, in nanoseconds, coarse to fine, and what makes them. */
const STEPS = [
  1e9, // time() in whole seconds
  1e8, // tenths
  15_625_000, // Windows' system timer, 64 Hz
  1e7, // HZ=100
  4e6, // HZ=250, CLOCK_REALTIME_COARSE
  1e6, // milliseconds
  1e3, // gettimeofday
  1e2, // FILETIME
]
/** Distinct values that are looked at: more tell nothing new. */
const KEPT = 4096
/** After so many stamps one in 64 is looked at: a step that they did not show will hardly be seen. */
const ALL_UP_TO = 1 << 16
const SAMPLED = 63
/** Below this chance that stamps fit a step by luck, they are taken to show it: one stamp of whole seconds in milliseconds does. */
const LUCK = 1.1e-3
/** At most this share of the stamps may come from another clock. */
const OTHER_CLOCK = 0.25

/** A program that writes at a fixed interval shows its interval, not its clock's step: distances must differ. */
const DIFFERENT = 4

/** What a log's stamps show of its clock. */
export interface Tick {
  /** The step in nanoseconds; 0 without stamps. */
  readonly tick: number
  /** How many of the distinct stamps do not fit it. */
  readonly misfits: number
  readonly stamps: number
}

/** A step in the unit that fits it, exact to its last digit: `15.625 ms` is no other clock's. */
export const formatStep = (tick: number): string =>
  tick >= 1e6 && tick < 1e9 ? `${tick / 1e6} ms` : formatDuration(tick)

/** Finds the smallest step that a log's stamps make. */
export class TickFinder {
  /** Most digits seen after the second. */
  #digits = 0
  /** Where in their second stamps stand: on the grid, if it begins at the full second. */
  readonly #fractions = new Set<number>()
  /** Distances to the stamp before: multiples of the step wherever the grid begins, and if it drifts. */
  readonly #distances = new Set<number>()
  #last = Number.NaN
  #seen = 0

  /** True where so many stamps were seen that more hardly tell anything new. */
  get isSated(): boolean {
    return this.#seen > ALL_UP_TO
  }

  /** Takes a stamp: nanoseconds of its second, digits printed, and its time in nanoseconds. */
  add(fraction: number, digits: number, time: number): void {
    if (digits > this.#digits) this.#digits = digits
    if (time === this.#last) return
    if (++this.#seen > ALL_UP_TO && (this.#seen & SAMPLED) !== 0) {
      this.#last = time
      return
    }
    if (this.#fractions.size < KEPT) this.#fractions.add(fraction)
    // A distance may be long: beyond minutes it says nothing that shorter ones do not.
    const distance = Math.abs(time - this.#last)
    if (this.#distances.size < KEPT && distance < 1e11) this.#distances.add(distance)
    this.#last = time
  }

  find(): Tick {
    const stamps = this.#fractions.size
    if (stamps === 0) return { tick: 0, misfits: 0, stamps }
    const printed = 10 ** (9 - this.#digits)
    for (const tick of STEPS) {
      if (tick <= printed) break
      for (const values of [this.#fractions, this.#distances]) {
        if (values === this.#distances && values.size < DIFFERENT) continue
        const misfits = misfitsOf(values, tick, printed)
        if (isShown(tick, printed, values.size, misfits)) return { tick, misfits, stamps: values.size }
      }
    }
    return { tick: printed, misfits: 0, stamps }
  }
}

function misfitsOf(values: ReadonlySet<number>, step: number, printed: number): number {
  let misfits = 0
  for (const value of values) if (!fits(value, step, printed)) misfits++
  return misfits
}

/** A printed value is cut or rounded, so a multiple may be up to one printed unit away. */
function fits(value: number, step: number, printed: number): boolean {
  const rest = value % step
  const slack = step % printed === 0 ? printed / 2 : printed
  return rest < slack || step - rest < slack || rest === slack || step - rest === slack
}

/**
 * True where chance does not explain the fit. `share` of all printable values fit the step; that at most m of n do not
 * happens by luck with a chance of at most (n·e/m)^m · share^(n−m). Some stamps of another clock are allowed: a step too
 * large only costs certainty, one too small would claim an order that is not known.
 */
function isShown(step: number, printed: number, values: number, misfits: number): boolean {
  if (misfits > values * OTHER_CLOCK) return false
  const share = Math.min(1, (step % printed === 0 ? printed : 3 * printed) / step)
  const ways = misfits === 0 ? 0 : misfits * Math.log((values * Math.E) / misfits)
  return ways + (values - misfits) * Math.log(share) < Math.log(LUCK)
}
