/**
 * Finds the lines of a log that differ from a remembered one in digits only. Sixteen bytes are folded and compared at once,
 * which no other way of writing it can. Offsets are from the window's beginning.
 */

/** Different lines that are remembered; a power of two. */
export const REMEMBERED: i32 = 4096
/** Bytes of the longest line that is. */
const LONGEST: i32 = 512
/** Digits of a line that must be the same. */
const MOST_PLACES: i32 = 32
const MOST_LINES: i32 = 1024
const BLOCK: i32 = 16

/** What a line is that is not known; `REPEATED` like the last one that belonged in the same slot. */
const UNKNOWN: i32 = -1
const REPEATED: i32 = -2

/** Where in a remembered line its numbers stand, and then its folded bytes and its places. */
const LENGTH: i32 = 0
const HASH: i32 = 4
const PLACES: i32 = 8
const BYTES: i32 = 16
const PLACE: i32 = BYTES + LONGEST
const ENTRY_BYTES: i32 = PLACE + 4 * MOST_PLACES

/** By line: where it ends, the slot of the one that it is like, and how many bytes it begins with like the line before it. */
export const FOUND: i32 = 1024
const FOUND_BYTES: i32 = 12
const FOLDED: i32 = FOUND + FOUND_BYTES * MOST_LINES
const SEEN: i32 = FOLDED + LONGEST
const ENTRIES: i32 = SEEN + 4 * REMEMBERED
/** The bytes of the log that are looked at. */
export const WINDOW: i32 = ENTRIES + ENTRY_BYTES * REMEMBERED

const CARRIAGE_RETURN: i32 = 0x0d
const ZERO: i32 = 0x30
// Of SplitMix64.
const MULTIPLIER: u64 = (0xbf58476d << 32) | 0x1ce4e5b9

/** Of the line that was folded last. */
let hash: i32 = 0
let isFoldable: bool = false

/** Finds whole lines in `[from, to)`, up to as many as there is room for at FOUND. Returns how many. */
export function findLines(from: i32, to: i32, terminator: i32): i32 {
  let start = from
  let before = from
  for (let line = 0; line < MOST_LINES; line++) {
    const end = endOfLine(start, to, terminator)
    if (end < 0) return line
    let words = end
    while (words > start && load<u8>(WINDOW + words - 1) === CARRIAGE_RETURN) words--
    const found = FOUND + FOUND_BYTES * line
    store<i32>(found, end)
    store<i32>(found, find(start, words), 4)
    store<i32>(found, beginningAlike(before, start), 8)
    before = start
    start = end + 1
  }
  return MOST_LINES
}

function endOfLine(from: i32, to: i32, terminator: i32): i32 {
  const ends = i8x16.splat(<i8>terminator)
  for (let at = from; at < to; at += BLOCK) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(WINDOW + at), ends))
    if (found === 0) continue
    const end = at + ctz(found)
    return end < to ? end : -1
  }
  return -1
}

/** How many bytes are the same from `one` and from `other` on, up to two blocks. */
function beginningAlike(one: i32, other: i32): i32 {
  const first = unlike(one, other)
  if (first !== 0) return ctz(first)
  const second = unlike(one + BLOCK, other + BLOCK)
  return second === 0 ? 2 * BLOCK : BLOCK + ctz(second)
}

/** A bit for each byte of a block that differs. */
function unlike(one: i32, other: i32): i32 {
  return i8x16.bitmask(i8x16.ne(v128.load(WINDOW + one), v128.load(WINDOW + other)))
}

/** The slot of the remembered line that `[start, end)` differs from in digits only; else what it is. */
export function find(start: i32, end: i32): i32 {
  fold(start, end)
  if (!isFoldable) return UNKNOWN
  const slot = hash & (REMEMBERED - 1)
  if (isRemembered(ENTRIES + slot * ENTRY_BYTES, start, end - start)) return slot
  const seen = SEEN + 4 * slot
  if (load<i32>(seen) === hash) return REPEATED
  store<i32>(seen, hash)
  return UNKNOWN
}

function fold(start: i32, end: i32): void {
  isFoldable = end - start <= LONGEST
  if (!isFoldable) return
  let mixed: u64 = <u64>(end - start)
  let all = i64x2.splat(0)
  for (let at = start; at < end; at += BLOCK) {
    let bytes = v128.load(WINDOW + at)
    if (end - at < BLOCK) bytes = v128.and(bytes, beginning(end - at))
    all = v128.or(all, bytes)
    const digits = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(9))
    const folded = v128.bitselect(i8x16.splat(<i8>ZERO), bytes, digits)
    v128.store(FOLDED + at - start, folded)
    mixed = mix(mix(mixed, i64x2.extract_lane(folded, 0)), i64x2.extract_lane(folded, 1))
  }
  hash = <i32>(mixed ^ (mixed >> 32))
  isFoldable = i8x16.bitmask(all) === 0
}

/** The first bytes of a block. */
function beginning(count: i32): v128 {
  return i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>count))
}

function mix(mixed: u64, word: u64): u64 {
  const product = (mixed ^ word) * MULTIPLIER
  return product ^ (product >> 29)
}

function isRemembered(entry: i32, start: i32, length: i32): bool {
  if (load<i32>(entry + HASH) !== hash || load<i32>(entry + LENGTH) !== length) return false
  for (let at = 0; at < length; at += BLOCK)
    if (v128.any_true(v128.xor(v128.load(entry + BYTES + at), v128.load(FOLDED + at)))) return false
  const count = load<i32>(entry + PLACES)
  for (let i = 0; i < count; i++) {
    const place = load<i32>(entry + PLACE + 4 * i)
    if (load<u8>(WINDOW + start + (place >> 8)) !== (place & 0xff)) return false
  }
  return true
}

/** Remembers the line `[start, end)`, which was found to be none that is known. Returns its slot. */
export function remember(start: i32, end: i32): i32 {
  fold(start, end)
  const slot = hash & (REMEMBERED - 1)
  const entry = ENTRIES + slot * ENTRY_BYTES
  store<i32>(entry + LENGTH, end - start)
  store<i32>(entry + HASH, hash)
  store<i32>(entry + PLACES, 0)
  for (let at = 0; at < end - start; at += BLOCK) v128.store(entry + BYTES + at, v128.load(FOLDED + at))
  return slot
}

/** Makes lines like that in the slot have the same byte at `place` from their start. 0 where there are too many such. */
export function pin(slot: i32, place: i32, byte: i32): i32 {
  const entry = ENTRIES + slot * ENTRY_BYTES
  const count = load<i32>(entry + PLACES)
  if (count === MOST_PLACES) return 0
  store<i32>(entry + PLACE + 4 * count, (place << 8) | byte)
  store<i32>(entry + PLACES, count + 1)
  return 1
}

/** Forgets the line in the slot. */
export function forget(slot: i32): void {
  store<i32>(ENTRIES + slot * ENTRY_BYTES + LENGTH, -1)
}

export function forgetAll(): void {
  memory.fill(SEEN, 0, 4 * REMEMBERED)
  for (let slot = 0; slot < REMEMBERED; slot++) forget(slot)
}
