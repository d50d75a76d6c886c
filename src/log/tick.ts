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
/** Distinct stamps that are looked at: more tell nothing new. */
const KEPT = 4096
/** Below this chance that stamps fit a step by luck, they are taken to show it. */
const LUCK = 1e-4

/** Finds the smallest step that a log's stamps make. */
export class TickFinder {
  /** Most digits seen after the second. */
  digits = 0
  #count = 0
  readonly #times = new Float64Array(KEPT)
  readonly #fractions = new Float64Array(KEPT)
  #last = Number.NaN

  /** Takes a stamp: nanoseconds of its second, digits printed, and its time in nanoseconds. */
  add(fraction: number, digits: number, time: number): void {
    if (digits > this.digits) this.digits = digits
    if (this.#count === KEPT || time === this.#last) return
    this.#last = time
    this.#fractions[this.#count] = fraction
    this.#times[this.#count++] = time
  }

  /** The step in nanoseconds, and how many of the distinct stamps do not fit it; 0 without stamps. */
  find(): { readonly tick: number; readonly misfits: number; readonly stamps: number } {
    const stamps = this.#count
    if (stamps === 0) return { tick: 0, misfits: 0, stamps }
    const printed = 10 ** (9 - this.digits)
    for (const step of STEPS) {
      if (step <= printed) break
      const misfits = Math.min(this.#misfits(step, printed), this.#driftMisfits(step, printed))
      if (isShown(step, printed, stamps, misfits)) return { tick: step, misfits, stamps }
    }
    return { tick: printed, misfits: 0, stamps }
  }

  /** Stamps off a grid that begins at the full second. */
  #misfits(step: number, printed: number): number {
    let misfits = 0
    for (let i = 0; i < this.#count; i++) if (!fits(this.#fractions[i]!, step, printed)) misfits++
    return misfits
  }

  /** Stamps whose distance to the one before is no multiple: the grid's phase is unknown, and it may drift. */
  #driftMisfits(step: number, printed: number): number {
    // The first has none before it, so that one stamp less speaks for the step.
    let misfits = 1
    for (let i = 1; i < this.#count; i++)
      if (!fits(Math.abs(this.#times[i]! - this.#times[i - 1]!) % 1e12, step, printed)) misfits++
    return misfits
  }
}

/** A printed value is cut or rounded, so a multiple may be up to one printed unit away. */
function fits(value: number, step: number, printed: number): boolean {
  const rest = value % step
  const slack = step % printed === 0 ? printed / 2 : printed
  return rest < slack || step - rest < slack || rest === slack || step - rest === slack
}

/**
 * True where chance does not explain the fit: `p` is the share of all printable values that fit the step. A few stamps of
 * another clock are allowed: a tick too large only costs certainty, one too small would claim an order that is not known.
 */
function isShown(step: number, printed: number, stamps: number, misfits: number): boolean {
  const fitting = stamps - misfits
  if (misfits * 4 > stamps) return false
  const share = Math.min(1, (step % printed === 0 ? printed : 3 * printed) / step)
  return share ** fitting * 2 ** Math.min(stamps, misfits * 8) < LUCK
}
