/**
 * Unpacks blocks of lz4. Runs are copied sixteen bytes at a time, up to fifteen too many: what follows overwrites them. So
 * there is room behind the packed bytes and behind the unpacked ones.
 */

/** Bytes of the largest block that the frame format allows. */
const LARGEST: i32 = 4 << 20
/** Farthest that a match reaches back. */
export const HISTORY: i32 = 1 << 16
const SPARE: i32 = 64

/** Where the packed bytes are put. */
export const INPUT: i32 = 1024
/** Where they are unpacked to; what was unpacked before them ends there. */
export const OUTPUT: i32 = INPUT + LARGEST + SPARE + HISTORY
export const NEEDED: i32 = OUTPUT + LARGEST + SPARE

/** Instead of a length: what is wrong with the block. */
export const LITERALS_BEYOND: i32 = -1
export const TOO_LONG: i32 = -2
export const NO_OFFSET: i32 = -3
export const OFFSET_BEYOND: i32 = -4
export const NO_LITERALS: i32 = -5
/** Bytes that literals go beyond the block; the offset that goes beyond what there is, and how much there is. */
export let excess: i32 = 0
export let available: i32 = 0

const SHORTEST_MATCH: i32 = 4
const LONG: i32 = 15
const BLOCK: i32 = 16
const WORD: i32 = 8

/** Where a length was read to. */
let next: i32 = 0

/**
 * Unpacks a block of `length` bytes to `most` bytes at most. Matches may reach back `history` bytes beyond its beginning.
 * Returns how many bytes it has.
 */
export function unpack(length: i32, most: i32, history: i32): i32 {
  const end = INPUT + length
  const limit = OUTPUT + most
  next = INPUT
  let to = OUTPUT
  while (next < end) {
    const token = <i32>load<u8>(next++)
    const literals = lengthFrom(token >> 4, end)
    if (literals > end - next) {
      excess = literals - (end - next)
      return LITERALS_BEYOND
    }
    if (literals > limit - to) return TOO_LONG
    copy(next, to, literals)
    next += literals
    to += literals
    // The last sequence has no match.
    if (next === end) return to - OUTPUT
    if (end - next < 2) return NO_OFFSET
    const offset = <i32>load<u16>(next)
    next += 2
    if (offset === 0 || offset > to - OUTPUT + history) {
      excess = offset
      available = to - OUTPUT + history
      return OFFSET_BEYOND
    }
    const match = lengthFrom(token & LONG, end) + SHORTEST_MATCH
    if (match > limit - to) return TOO_LONG
    if (offset >= BLOCK) copy(to - offset, to, match)
    else repeat(to, offset, match)
    to += match
  }
  return NO_LITERALS
}

/** A length: what the token has of it, and all bytes up to the first that is not 255 where that is its most. */
function lengthFrom(nibble: i32, end: i32): i32 {
  if (nibble !== LONG) return nibble
  let length = nibble
  let more = 255
  while (more === 255 && next < end) {
    more = <i32>load<u8>(next++)
    length += more
  }
  return length
}

function copy(from: i32, to: i32, length: i32): void {
  for (let at = 0; at < length; at += BLOCK) v128.store(to + at, v128.load(from + at))
}

/** A match that overlaps what it makes: byte by byte, until it repeats at a distance of a word or more. */
function repeat(to: i32, offset: i32, length: i32): void {
  let period = offset
  while (period < WORD) period += offset
  for (let at = 0; at < min(period, length); at++) store<u8>(to + at, load<u8>(to + at - offset))
  for (let at = period; at < length; at += WORD) store<u64>(to + at, load<u64>(to + at - period))
}
