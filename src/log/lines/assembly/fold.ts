/** A line whose digits are all zeros, and a hash of it. */
import { BLOCK, FOLDED, LONGEST, WINDOW, ZERO } from './layout'

// Constants of SplitMix64.
const ONE: u64 = (0xbf58476d << 32) | 0x1ce4e5b9
const OTHER: u64 = (0x94d049bb << 32) | 0x133111eb

/**
 * Numbers by which the words of the first block are multiplied, what those of the next have more, and the places of a block's bytes.
 * They are read from memory: what is known while compiling would be made anew for each block.
 */
const CONSTANTS: usize = memory.data<u32>(
  [
    0x2c1b3c6d, 0x297a2d39, 0x045d9f3b, 0x119de1f3, 0x5bd1e994, 0x3c6ef372, 0x27d4eb2e, 0x61c88646, 0x03020100,
    0x07060504, 0x0b0a0908, 0x0f0e0d0c,
  ],
  BLOCK,
)
const MULTIPLIERS: usize = 0
const STEPS: usize = BLOCK
const PLACES: usize = 2 * BLOCK
/** The first digit, and how many more there are; likewise. */
const DIGITS: usize = memory.data<u8>([<u8>ZERO, 9])

/** Instead of a hash: the line is too long. */
export const UNFOLDABLE: i32 = 0

/** Folds the line `[start, end)` to FOLDED, zeros behind it up to the end of a block; returns its hash. */
export function fold(start: i32, end: i32): i32 {
  const length = end - start
  if (length > LONGEST) return UNFOLDABLE
  const zero = v128.load8_splat(DIGITS)
  const nine = v128.load8_splat(DIGITS, 1)
  const places = v128.load(CONSTANTS, PLACES)
  const steps = v128.load(CONSTANTS, STEPS)
  // Each block has multipliers of its own: so none waits for the one before.
  let multipliers = v128.load(CONSTANTS, MULTIPLIERS)
  let sums = i32x4.splat(length)
  for (let at = 0; at < length; at += BLOCK) {
    let bytes = v128.load(WINDOW + start + at)
    if (length - at < BLOCK) bytes = v128.and(bytes, i8x16.lt_s(places, i8x16.splat(<i8>(length - at))))
    const digits = i8x16.le_u(i8x16.sub(bytes, zero), nine)
    const folded = v128.bitselect(zero, bytes, digits)
    v128.store(FOLDED + at, folded)
    sums = i32x4.add(sums, i32x4.mul(folded, multipliers))
    multipliers = i32x4.add(multipliers, steps)
  }
  const mixed = mix(i64x2.extract_lane(sums, 0)) ^ mix(i64x2.extract_lane(sums, 1) ^ OTHER)
  const hash = <i32>(mixed ^ (mixed >> 32))
  return hash === UNFOLDABLE ? 1 : hash
}

function mix(word: u64): u64 {
  const product = (word ^ (word >> 32)) * ONE
  return product ^ (product >> 29)
}
