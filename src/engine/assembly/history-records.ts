import { HistoryWord, Letter, MOST_LETTERS, RegionNumber } from './layout'
import { add, setWord, word } from './memory'
import { room, take, used } from './regions'

/** Writes what `flow/history-records.ts` reads. A record is known by its address, which lasts as long as a packet. */

export function hasHistoryRoom(): bool {
  return used(RegionNumber.HISTORIES) < room(RegionNumber.HISTORIES)
}

/** A new record's number. */
export function openHistory(): i32 {
  return take(RegionNumber.HISTORIES)
}

function placeOf(side: i32, place: i32): i32 {
  return 1 + side * HistoryWord.SIDE_WORDS + place
}

/** State of an end: see `End`. */
export function endOf(record: usize, side: i32): i32 {
  return word(record, placeOf(side, HistoryWord.BITS)) & HistoryWord.STATE_MASK
}
export function endBefore(record: usize, side: i32): i32 {
  return (word(record, placeOf(side, HistoryWord.BITS)) >> HistoryWord.STATE_BITS) & HistoryWord.STATE_MASK
}
export function setEnd(record: usize, side: i32, state: i32): void {
  const place = placeOf(side, HistoryWord.BITS)
  const bits = word(record, place)
  const before = (bits & HistoryWord.STATE_MASK) << HistoryWord.STATE_BITS
  setWord(record, place, (bits & (-1 << HistoryWord.WRITTEN_SHIFT)) | before | state)
}

/** Writes the letter unless the side has it. */
export function writeOnce(record: usize, side: i32, letter: i32): void {
  if (isNew(record, side, letter)) write(record, side, letter)
}

/** Writes S, H, F or R: again where its sequence number is another than the last one's. */
export function writeAgain(record: usize, side: i32, letter: i32, seq: i32): void {
  const number = letter === Letter.F ? 1 : letter === Letter.R ? 2 : 0
  const last = placeOf(side, HistoryWord.LAST_SYN + number)
  const unknown = placeOf(side, HistoryWord.UNKNOWN)
  const isFirst = isNew(record, side, letter === Letter.H ? Letter.S : letter)
  const isUnknown = (word(record, unknown) & (1 << number)) !== 0
  if (isFirst || (!isUnknown && word(record, last) !== seq)) write(record, side, letter)
  setWord(record, last, seq)
  setWord(record, unknown, word(record, unknown) & ~(1 << number))
}

/** Writes the first S, H, F or R of a side, of which the number was not kept: the next of its kind is the same. */
export function writeWithoutNumber(record: usize, side: i32, letter: i32): void {
  writeAgain(record, side, letter, 0)
  setWord(record, placeOf(side, HistoryWord.UNKNOWN), -1)
}

/** Writes T, W or G the first, tenth, hundredth, … time. */
export function writeCounted(record: usize, side: i32, letter: i32): void {
  const place = placeOf(side, HistoryWord.COUNTS + letter - Letter.T)
  add(record, place, 1)
  if (isPowerOfTen(word(record, place))) write(record, side, letter)
}

function isNew(record: usize, side: i32, letter: i32): bool {
  const place = placeOf(side, HistoryWord.BITS)
  const bit = 1 << (HistoryWord.WRITTEN_SHIFT + letter)
  if ((word(record, place) & bit) !== 0) return false
  setWord(record, place, word(record, place) | bit)
  return true
}

function write(record: usize, side: i32, letter: i32): void {
  const length = word(record, 0)
  setWord(record, 0, length + 1)
  if (length < MOST_LETTERS) store<u8>(record + (placeOf(2, 0) << 2) + length, (letter << 1) | side)
}

function isPowerOfTen(count: i32): bool {
  let power: i64 = 1
  while (power < count) power *= 10
  return power === <i64>count
}
