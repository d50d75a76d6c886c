/** The stamps of lines that are alike: what they say where their second is that of the line before. */
import {
  BLOCK,
  DIGITS_MASK,
  ENTRIES,
  ENTRY_BYTES,
  LAYOUT,
  LONGEST_STAMP,
  SCALE,
  STAMP,
  STAMP_MASK,
  WINDOW,
  ZERO,
  ZONE,
} from './layout'

/** Digits that are read at once. */
const EIGHT: i32 = 8
/** Nanoseconds of the last of so many digits. */
const SCALES: usize = memory.data<i32>([
  1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1,
])
/** Digits of bytes; every other byte; every other two. */
const NIBBLES: u64 = (0x0f0f0f0f << 32) | 0x0f0f0f0f
const PAIRS: u64 = (0x00ff00ff << 32) | 0x00ff00ff
const FOURS: u64 = (0x0000ffff << 32) | 0x0000ffff

/** Instead of nanoseconds: the line does not say the second of the line before again. */
export const OTHER_SECOND: i32 = -1

/**
 * Tells where in lines like that in the slot the stamp stands and how long it is, where in it the fraction begins, and how many
 * digits that has, nine at most; `layout` is a number for all that. One that is too long is left aside.
 */
export function setStamp(slot: i32, stamp: i32, length: i32, fraction: i32, digits: i32, layout: i32): void {
  const entry = ENTRIES + slot * ENTRY_BYTES
  if (length > LONGEST_STAMP) return
  const zone = digits === 0 ? fraction : fraction + 1 + digits
  store<i32>(entry + STAMP, stamp)
  store<i32>(entry + LAYOUT, layout)
  store<i32>(entry + ZONE, zone)
  store<i32>(entry + SCALE, load<i32>(SCALES + 4 * digits))
  store<u64>(entry + DIGITS_MASK, digits === 0 ? 0 : (-1 as u64) << (8 * max(EIGHT - digits, 0)))
  for (let at = 0; at < LONGEST_STAMP; at++)
    store<u8>(entry + STAMP_MASK + at, at < fraction || (at >= zone && at < length) ? 0xff : 0)
}

/**
 * The nanoseconds that the stamp of a line says, which is like the remembered one, if all else of it is as in the stamp of the
 * line before: what stands before the fraction, and the zone behind it.
 */
export function nanosecondsAgain(entry: i32, before: i32, stamp: i32): i32 {
  const first = unlike(entry + STAMP_MASK, before, stamp)
  const second = unlike(entry + STAMP_MASK + BLOCK, before + BLOCK, stamp + BLOCK)
  const third = unlike(entry + STAMP_MASK + 2 * BLOCK, before + 2 * BLOCK, stamp + 2 * BLOCK)
  if (v128.any_true(v128.or(first, v128.or(second, third)))) return OTHER_SECOND
  const zone = stamp + load<i32>(entry + ZONE)
  const scale = load<i32>(entry + SCALE)
  const mask = load<u64>(entry + DIGITS_MASK)
  if (scale !== 1) return numberBefore(zone, mask) * scale
  // The ninth digit has no room beside the others.
  return numberBefore(zone - 1, mask) * 10 + load<u8>(WINDOW + zone - 1) - ZERO
}

/** Which bits of two blocks differ, of those in a mask. */
function unlike(mask: i32, one: i32, other: i32): v128 {
  return v128.and(v128.xor(v128.load(WINDOW + one), v128.load(WINDOW + other)), v128.load(mask))
}

/** The number whose last digit stands before `at`, of as many digits as the mask has bytes: pairs, fours and eights at once. */
function numberBefore(at: i32, mask: u64): i32 {
  const digits = load<u64>(WINDOW + at - EIGHT) & mask & NIBBLES
  const pairs = ((digits * (10 * 0x100 + 1)) >> 8) & PAIRS
  const fours = ((pairs * (100 * 0x10000 + 1)) >> 16) & FOURS
  return <i32>((fours * ((10_000 << 32) + 1)) >> 32)
}
