/**
 * Finds the lines of a log that differ from a remembered one in digits only. Sixteen bytes are folded and compared at once,
 * which no other way of writing it can. Offsets are from the window's beginning.
 */

/** Different lines that are remembered; a power of two. */
export const REMEMBERED: i32 = 4096
/**
 * Slots that a line may be remembered in: two lines that often come, and had but one for both, would have to be learned over and
 * over. So many words are compared at once.
 */
const WAYS: i32 = 4
const SETS: i32 = REMEMBERED / WAYS
/** Bytes of the longest line that is. */
const LONGEST: i32 = 512
/** Digits of a line that must be the same, or must not be zero. */
const MOST_PLACES: i32 = 32
/** What a digit must be that must not be zero: no text holds it. */
const NOT_ZERO: i32 = 0
const MOST_LINES: i32 = 1024
const BLOCK: i32 = 16

/** What a line is that is not known; `REPEATED` like the last one that left its hash in the same place of SEEN. */
const UNKNOWN: i32 = -1
const REPEATED: i32 = -2

/** Where in a remembered line its numbers stand, and then its folded bytes and its places. */
const LENGTH: i32 = 0
const PLACES: i32 = 4
/**
 * Of the stamp: where it stands in the line, or {@link NO_STAMP}; where in it the zone begins, behind the fraction; nanoseconds of the
 * fraction's last digit; a mask for the digits, of eight bytes before the zone; and one for all bytes of it that say the second.
 */
const STAMP: i32 = 8
const ZONE: i32 = 12
const SCALE: i32 = 16
const DIGITS_MASK: i32 = 24
const STAMP_MASK: i32 = 32
const STAMP_MASK_BYTES: i32 = 3 * BLOCK
const BYTES: i32 = STAMP_MASK + STAMP_MASK_BYTES
const PLACE: i32 = BYTES + LONGEST
const ENTRY_BYTES: i32 = PLACE + 4 * MOST_PLACES

/** Where no stamp stands, or none whose second can be told to be another's by its text. */
const NO_STAMP: i32 = -1
/** Digits that are read at once. */
const EIGHT: i32 = 8
/** A line that does not say the second of the line before again. */
const OTHER_SECOND: i32 = -1

/** By line: where it ends, the slot of the one that it is like, and the nanoseconds of its second, where that is the line before's. */
export const FOUND: i32 = 1024
const FOUND_BYTES: i32 = 12
const FOLDED: i32 = FOUND + FOUND_BYTES * MOST_LINES
const SEEN: i32 = FOLDED + LONGEST
/** By slot: the hash of its line. */
const HASHES: i32 = SEEN + 4 * REMEMBERED
/** By set, a byte: the slot of it that a line is put in next. */
const NEXT: i32 = HASHES + 4 * REMEMBERED
const ENTRIES: i32 = NEXT + SETS
/** The bytes of the log that are looked at. */
export const WINDOW: i32 = ENTRIES + ENTRY_BYTES * REMEMBERED

const CARRIAGE_RETURN: i32 = 0x0d
const ZERO: i32 = 0x30
/** Nanoseconds of the last of so many digits. */
const SCALES: usize = memory.data<i32>([
  1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1,
])
/** Digits of bytes; every other byte; every other two. */
const NIBBLES: u64 = (0x0f0f0f0f << 32) | 0x0f0f0f0f
const PAIRS: u64 = (0x00ff00ff << 32) | 0x00ff00ff
const FOURS: u64 = (0x0000ffff << 32) | 0x0000ffff
// Of SplitMix64.
const MULTIPLIER: u64 = (0xbf58476d << 32) | 0x1ce4e5b9

/** Of the line that was folded last. */
let hash: i32 = 0
let isFoldable: bool = false

/** Finds whole lines in `[from, to)`, up to as many as there is room for at FOUND. Returns how many. */
export function findLines(from: i32, to: i32, terminator: i32): i32 {
  let start = from
  let stampBefore = NO_STAMP
  for (let line = 0; line < MOST_LINES; line++) {
    const end = endOfLine(start, to, terminator)
    if (end < 0) return line
    let words = end
    while (words > start && load<u8>(WINDOW + words - 1) === CARRIAGE_RETURN) words--
    const slot = find(start, words)
    const entry = ENTRIES + slot * ENTRY_BYTES
    const isStamped = slot >= 0 && load<i32>(entry + STAMP) !== NO_STAMP
    const stamp = isStamped ? start + load<i32>(entry + STAMP) : NO_STAMP
    const goesOn = isStamped && stampBefore !== NO_STAMP
    const found = FOUND + FOUND_BYTES * line
    store<i32>(found, end)
    store<i32>(found, slot, 4)
    store<i32>(found, goesOn ? nanosecondsAgain(entry, stampBefore, stamp) : OTHER_SECOND, 8)
    stampBefore = stamp
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

/**
 * The nanoseconds that the stamp of a line says, which is like the remembered one, if all else of it is as in the stamp of the line
 * before: what stands before the fraction, and the zone behind it.
 */
function nanosecondsAgain(entry: i32, before: i32, stamp: i32): i32 {
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

/** The slot of the remembered line that `[start, end)` differs from in digits only; else what it is. */
export function find(start: i32, end: i32): i32 {
  fold(start, end)
  if (!isFoldable) return UNKNOWN
  const first = (hash & (SETS - 1)) * WAYS
  let same = i32x4.bitmask(i32x4.eq(v128.load(HASHES + 4 * first), i32x4.splat(hash)))
  for (; same !== 0; same &= same - 1) {
    const slot = first + ctz(same)
    if (isRemembered(ENTRIES + slot * ENTRY_BYTES, start, end - start)) return slot
  }
  const seen = SEEN + 4 * (hash & (REMEMBERED - 1))
  if (load<i32>(seen) === hash) return REPEATED
  store<i32>(seen, hash)
  return UNKNOWN
}

function fold(start: i32, end: i32): void {
  isFoldable = end - start <= LONGEST
  if (!isFoldable) return
  // Two chains, which the processor multiplies side by side.
  let one: u64 = <u64>(end - start)
  let two: u64 = MULTIPLIER
  let all = i64x2.splat(0)
  for (let at = start; at < end; at += BLOCK) {
    let bytes = v128.load(WINDOW + at)
    if (end - at < BLOCK) bytes = v128.and(bytes, beginning(end - at))
    all = v128.or(all, bytes)
    const digits = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(9))
    const folded = v128.bitselect(i8x16.splat(<i8>ZERO), bytes, digits)
    v128.store(FOLDED + at - start, folded)
    one = mix(one, i64x2.extract_lane(folded, 0))
    two = mix(two, i64x2.extract_lane(folded, 1))
  }
  one = mix(one, two)
  hash = <i32>(one ^ (one >> 32))
  isFoldable = i8x16.bitmask(all) === 0
}

/** The first bytes of a block. */
function beginning(count: i32): v128 {
  return i8x16.lt_s(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>count))
}

function mix(mixed: u64, word: u64): u64 {
  const product = (mixed ^ word) * MULTIPLIER
  return product ^ (product >> 29)
}

function isRemembered(entry: i32, start: i32, length: i32): bool {
  if (load<i32>(entry + LENGTH) !== length) return false
  for (let at = 0; at < length; at += BLOCK)
    if (v128.any_true(v128.xor(v128.load(entry + BYTES + at), v128.load(FOLDED + at)))) return false
  const count = load<i32>(entry + PLACES)
  for (let i = 0; i < count; i++) {
    const place = load<i32>(entry + PLACE + 4 * i)
    const byte = load<u8>(WINDOW + start + (place >> 8))
    if ((place & 0xff) === NOT_ZERO ? byte === ZERO : byte !== (place & 0xff)) return false
  }
  return true
}

/** Remembers the line `[start, end)`, which was found to be none that is known. Returns its slot. */
export function remember(start: i32, end: i32): i32 {
  fold(start, end)
  const set = hash & (SETS - 1)
  const way = load<u8>(NEXT + set)
  store<u8>(NEXT + set, (way + 1) % WAYS)
  const slot = set * WAYS + way
  const entry = ENTRIES + slot * ENTRY_BYTES
  store<i32>(HASHES + 4 * slot, hash)
  store<i32>(entry + LENGTH, end - start)
  store<i32>(entry + PLACES, 0)
  store<i32>(entry + STAMP, NO_STAMP)
  for (let at = 0; at < end - start; at += BLOCK) v128.store(entry + BYTES + at, v128.load(FOLDED + at))
  return slot
}

/**
 * Makes lines like that in the slot have the same byte at `place` from their start, or none that is a zero, for {@link NOT_ZERO}.
 * 0 where there are too many such.
 */
export function pin(slot: i32, place: i32, byte: i32): i32 {
  const entry = ENTRIES + slot * ENTRY_BYTES
  const count = load<i32>(entry + PLACES)
  if (count === MOST_PLACES) return 0
  store<i32>(entry + PLACE + 4 * count, (place << 8) | byte)
  store<i32>(entry + PLACES, count + 1)
  return 1
}

/**
 * Tells where in lines like that in the slot the stamp stands and how long it is, where in it the fraction begins, and how many digits
 * that has, nine at most. One that is too long is left aside.
 */
export function setStamp(slot: i32, stamp: i32, length: i32, fraction: i32, digits: i32): void {
  const entry = ENTRIES + slot * ENTRY_BYTES
  if (length > STAMP_MASK_BYTES) return
  const zone = digits === 0 ? fraction : fraction + 1 + digits
  store<i32>(entry + STAMP, stamp)
  store<i32>(entry + ZONE, zone)
  store<i32>(entry + SCALE, load<i32>(SCALES + 4 * digits))
  store<u64>(entry + DIGITS_MASK, digits === 0 ? 0 : (-1 as u64) << (8 * max(EIGHT - digits, 0)))
  for (let at = 0; at < STAMP_MASK_BYTES; at++)
    store<u8>(entry + STAMP_MASK + at, at < fraction || (at >= zone && at < length) ? 0xff : 0)
}

/** Forgets the line in the slot. */
export function forget(slot: i32): void {
  store<i32>(ENTRIES + slot * ENTRY_BYTES + LENGTH, -1)
}

export function forgetAll(): void {
  memory.fill(SEEN, 0, 4 * REMEMBERED)
  memory.fill(HASHES, 0, 4 * REMEMBERED + SETS)
  for (let slot = 0; slot < REMEMBERED; slot++) forget(slot)
}
