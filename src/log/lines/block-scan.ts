import { slot } from './keyword-filter.ts'

/** Bytes that are looked at together. */
export const BLOCK = 16
/** Distance of the groups that are looked up: a block has eight, a bit each. */
export const STEP = 2

/** Numbers that tell of a block. */
export const NUMBERS = 3

const LOW_BITS = 0x7f_7f_7f_7f

/**
 * Looks for blocks in `[from, to)`, both multiples of `BLOCK`, that hold a line's end or a group of a keyword. Puts three
 * numbers into `found` for each: where it begins, which of its groups are keywords', and which of its bytes are ends, a bit
 * each. Returns how many numbers.
 *
 * Nothing but this runs over every byte: no call and no branch but one, which is seldom taken.
 */
export function scanBlocks(
  words: Int32Array,
  groups: Uint8Array,
  from: number,
  to: number,
  terminator: number,
  found: Int32Array,
): number {
  const terminators = Math.imul(terminator, 0x01_01_01_01)
  let count = 0
  let a = words[from >> 2]!
  for (let block = from; block < to; block += BLOCK) {
    const at = block >> 2
    const b = words[at + 1]!
    const c = words[at + 2]!
    const d = words[at + 3]!
    const e = words[at + 4]!
    const suspects =
      groups[slot(a << 8)]! |
      (groups[slot(((a >>> 8) & 0xff_ff00) | (b << 24))]! << 1) |
      (groups[slot(b << 8)]! << 2) |
      (groups[slot(((b >>> 8) & 0xff_ff00) | (c << 24))]! << 3) |
      (groups[slot(c << 8)]! << 4) |
      (groups[slot(((c >>> 8) & 0xff_ff00) | (d << 24))]! << 5) |
      (groups[slot(d << 8)]! << 6) |
      (groups[slot(((d >>> 8) & 0xff_ff00) | (e << 24))]! << 7)
    const inA = notZero(a ^ terminators)
    const inB = notZero(b ^ terminators)
    const inC = notZero(c ^ terminators)
    const inD = notZero(d ^ terminators)
    a = e
    if ((suspects | ~(inA & inB & inC & inD)) === 0) continue
    found[count++] = block
    found[count++] = suspects
    found[count++] = fourBits(~inA) | (fourBits(~inB) << 4) | (fourBits(~inC) << 8) | (fourBits(~inD) << 12)
  }
  return count
}

/** The highest bit of each byte is set where the byte is not 0; all other bits are set. */
function notZero(word: number): number {
  return ((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS
}

/** The highest bits of a word's four bytes. */
function fourBits(word: number): number {
  return ((word >>> 7) & 1) | ((word >>> 14) & 2) | ((word >>> 21) & 4) | ((word >>> 28) & 8)
}
