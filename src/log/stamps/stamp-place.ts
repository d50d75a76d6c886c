import { NO_FRACTION, type Stamp } from './stamp.ts'
import { isDigit } from './stamp-parts.ts'

const PLUS = 0x2b
const MINUS = 0x2d
/** Bytes behind a stamp by which what follows is known to be none of it: a space may stand before a zone or a year. */
const LOOKED_AT = 2

const DIGITS_SHIFT = 8
const END_SHIFT = 16
const LAST_FRACTION = 0xff

/** Where a stamp stands in lines that are like each other, from their beginning. */
export interface StampPlace {
  readonly start: number
  readonly end: number
  /** See {@link secondLayoutOf}. */
  readonly second: number
}

/** Where the stamp that was read from the line `[start, end)` stands in it. */
export function placeOf(stamp: Stamp, bytes: Uint8Array, start: number, end: number): StampPlace {
  const second = goesOn(bytes, stamp.end, end) ? NO_SECOND : secondLayoutOf(stamp)
  return { start: stamp.start - start, end: stamp.end - start, second }
}

/** A stamp whose second cannot be told to be another's by its text. */
export const NO_SECOND = 0

/**
 * How a stamp is laid out, in one number: two that have the same one say the same second where what stands before the fraction, and
 * behind it up to the stamp's end, is the same.
 */
export function secondLayoutOf(stamp: Stamp): number {
  const fraction = stamp.fraction - stamp.start
  if (stamp.fraction === NO_FRACTION || fraction > LAST_FRACTION) return NO_SECOND
  return fraction | (stamp.digits << DIGITS_SHIFT) | ((stamp.end - stamp.start) << END_SHIFT)
}

/** True where digits behind a stamp may be a zone or a year, if they are others. */
function goesOn(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < Math.min(from + LOOKED_AT, end); at++)
    if (isDigit(bytes[at]) || bytes[at] === PLUS || bytes[at] === MINUS) return true
  return false
}
