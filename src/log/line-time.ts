import type { LogFormat } from './format.ts'
import type { StampClock } from './stamps/stamp-clock.ts'

const SPACE = 0x20
const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** When lines were written: by their stamps, and those without one when the event was that they go on. */
export class LineTime {
  /** Of the current line, in nanoseconds; NaN where it has none. */
  time = Number.NaN
  /** Of the last line with a stamp, and the line that its event goes on to at most. */
  #last = Number.NaN
  #goesOnTo = -1

  /** The current line has a stamp, whose time the clock tells. */
  stamped(clock: StampClock, format: LogFormat, line: number): void {
    this.time = clock.time
    this.#last = clock.time
    this.#goesOnTo = format.isHeadOfNext === true ? line + 1 : -1
    if (format.isHeadOfBlock === true) this.#goesOnTo = Number.POSITIVE_INFINITY
  }

  /** The current line has no stamp, and begins with the byte `first`: indented it goes on the event above it; an empty one ends it. */
  unstamped(first: number, line: number): void {
    const isIndented = first === SPACE || first === TAB
    if (first === LINE_FEED || first === CARRIAGE_RETURN) this.#goesOnTo = -1
    this.time = isIndented || line <= this.#goesOnTo ? this.#last : Number.NaN
  }
}
