import type { LikeLine } from '../alike/like-lines.ts'
import { NO_FRACTION, type Stamp } from './stamp.ts'
import { isDigit, SCALE } from './stamp-parts.ts'

const PLUS = 0x2b
const MINUS = 0x2d
const ZERO = 0x30
/** Bytes behind a stamp by which what follows is known to be none of it: a space may stand before a zone or a year. */
const LOOKED_AT = 2

/** Where a stamp stands in lines that are like each other, from their beginning. */
export interface StampPlace {
  readonly start: number
  readonly end: number
  /** Where the fraction of its second begins, and its digits; `NO_FRACTION` where its second cannot be told to be another's. */
  readonly fraction: number
  readonly digits: number
}

/** Where the stamp that was read from the line `[start, end)` stands in it. */
export function placeOf(stamp: Stamp, bytes: Uint8Array, start: number, end: number): StampPlace {
  const isPlain = stamp.fraction !== NO_FRACTION && !goesOn(bytes, stamp.end, end)
  return {
    start: stamp.start - start,
    end: stamp.end - start,
    fraction: isPlain ? stamp.fraction - start : NO_FRACTION,
    digits: stamp.digits,
  }
}

/** True where digits behind a stamp may be a zone or a year, if they are others. */
function goesOn(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < Math.min(from + LOOKED_AT, end); at++)
    if (isDigit(bytes[at]) || bytes[at] === PLUS || bytes[at] === MINUS) return true
  return false
}

/**
 * Reads the stamps of lines that say the second of the line before again: nearly all of a busy log's. What stands before the
 * fraction is the same, and so is the zone behind it; the rest of how they are laid out is known of lines like them.
 */
export class SameSecond {
  /** Where the line begins whose stamp was read last in the log's main format. */
  #start = 0

  /** The stamp of the line from `start` on was read in the log's main format. */
  note(start: number): void {
    this.#start = start
  }

  /**
   * Refills `stamp`, which holds the one read last, for a line from `start` on that is `like` others and begins with so many
   * bytes `alike` to those of the line before it. False, with the stamp as it was, where it must be read.
   */
  read({ stamp: place }: LikeLine, alike: number, bytes: Uint8Array, start: number, stamp: Stamp): boolean {
    const { fraction, digits } = place
    const before = this.#start
    // A stamp that was looked for in vain meanwhile, or read in another format, stands elsewhere.
    if (fraction < 0 || alike < fraction || stamp.fraction - before !== fraction) return false
    if (stamp.digits !== digits || stamp.end - before !== place.end) return false
    const zone = fraction + (digits === 0 ? 0 : digits + 1)
    for (let at = zone; at < place.end; at++) if (bytes[start + at] !== bytes[before + at]) return false
    let value = 0
    for (let at = start + zone - digits; at < start + zone; at++) value = value * 10 + bytes[at]! - ZERO
    stamp.nanoseconds = value * SCALE[digits]!
    stamp.start = start + place.start
    stamp.end = start + place.end
    stamp.fraction = start + fraction
    return true
  }
}
