/** A line whose digits are all zeros, and a hash of it. */
import { BLOCK, FOLDED, LONGEST, WINDOW, ZERO } from './layout'

// Constants of SplitMix64.
const MULTIPLIER: u64 = (0xbf58476d << 32) | 0x1ce4e5b9

/** Instead of a hash: the line is too long. */
export const UNFOLDABLE: i32 = 0

/** Folds the line `[start, end)` to FOLDED, zeros behind it up to the end of a block; returns its hash. */
export function fold(start: i32, end: i32): i32 {
  if (end - start > LONGEST) return UNFOLDABLE
  // Two chains, which the processor multiplies side by side.
  let one: u64 = <u64>(end - start)
  let two: u64 = MULTIPLIER
  for (let at = start; at < end; at += BLOCK) {
    let bytes = v128.load(WINDOW + at)
    if (end - at < BLOCK) bytes = v128.and(bytes, beginning(end - at))
    const digits = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(9))
    const folded = v128.bitselect(i8x16.splat(<i8>ZERO), bytes, digits)
    v128.store(FOLDED + at - start, folded)
    one = mix(one, i64x2.extract_lane(folded, 0))
    two = mix(two, i64x2.extract_lane(folded, 1))
  }
  one = mix(one, two)
  const hash = <i32>(one ^ (one >> 32))
  return hash === UNFOLDABLE ? 1 : hash
}

/** The first bytes of a block. */
function beginning(count: i32): v128 {
  return i8x16.lt_s(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>count))
}

function mix(mixed: u64, word: u64): u64 {
  const product = (mixed ^ word) * MULTIPLIER
  return product ^ (product >> 29)
}
