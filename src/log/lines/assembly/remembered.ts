/** Lines that are remembered, by their folded bytes and the digits that must be as they are. */
import { fold, UNFOLDABLE } from './fold'
import {
  BLOCK,
  BYTES,
  COUNT,
  ENTRIES,
  ENTRY_BYTES,
  FOLDED,
  HASHES,
  LENGTH,
  MOST_PLACES,
  NEXT,
  NO_STAMP,
  PLACE,
  PLACES,
  REMEMBERED,
  SEEN,
  SETS,
  STAMP,
  TELLS,
  WAYS,
  WINDOW,
  ZERO,
} from './layout'

/** Results for a line that is not known; `REPEATED` is one like the last line that left its hash in the same place of SEEN. */
const UNKNOWN: i32 = -1
const REPEATED: i32 = -2
/** Stands for “any digit but zero”: no text holds this byte. */
const NOT_ZERO: i32 = 0

/** The slot of the remembered line that `[start, end)` differs from in digits only; else what it is. */
export function find(start: i32, end: i32): i32 {
  const hash = fold(start, end)
  if (hash === UNFOLDABLE) return UNKNOWN
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

function isRemembered(entry: i32, start: i32, length: i32): bool {
  if (load<i32>(entry + LENGTH) !== length) return false
  let unlike = i8x16.splat(0)
  for (let at = 0; at < length; at += BLOCK)
    unlike = v128.or(unlike, v128.xor(v128.load(entry + BYTES + at), v128.load(FOLDED + at)))
  if (v128.any_true(unlike)) return false
  const count = load<i32>(entry + PLACES)
  for (let i = 0; i < count; i++) {
    const place = load<i32>(entry + PLACE + 4 * i)
    const byte = load<u8>(WINDOW + start + (place >> 8))
    if ((place & 0xff) === NOT_ZERO ? byte === ZERO : byte !== (place & 0xff)) return false
  }
  return true
}

/** Remembers the line `[start, end)`, which was found not to be a known one. Returns its slot. */
export function remember(start: i32, end: i32): i32 {
  const hash = fold(start, end)
  const set = hash & (SETS - 1)
  const way = load<u8>(NEXT + set)
  store<u8>(NEXT + set, (way + 1) % WAYS)
  const slot = set * WAYS + way
  const entry = ENTRIES + slot * ENTRY_BYTES
  store<i32>(HASHES + 4 * slot, hash)
  store<i32>(entry + LENGTH, end - start)
  store<i32>(entry + PLACES, 0)
  store<i32>(entry + STAMP, NO_STAMP)
  store<i32>(entry + TELLS, 0)
  store<i32>(entry + COUNT, 0)
  for (let at = 0; at < end - start; at += BLOCK) v128.store(entry + BYTES + at, v128.load(FOLDED + at))
  return slot
}

/**
 * Makes lines like the one in the slot have this byte at `place` from their start, or any but a zero for {@link NOT_ZERO}.
 * Returns 0 where the slot has no room for another such byte.
 */
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
  memory.fill(HASHES, 0, 4 * REMEMBERED + SETS)
  for (let slot = 0; slot < REMEMBERED; slot++) forget(slot)
}
