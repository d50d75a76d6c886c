import { GrowingWords } from './growing-words.ts'

/** Zeek's history letters. The number is the letter's place in {@link LETTERS}. */
export const Letter = { S: 0, H: 1, A: 2, D: 3, F: 4, R: 5, T: 6, W: 7, G: 8, I: 9, Q: 10 } as const
export type Letter = (typeof Letter)[keyof typeof Letter]

const LETTERS = 'SHADFRTWGIQ'

/** Letters kept of a flow: the longest of a regular connection has a dozen. */
const MOST_LETTERS = 40

const SIDE_WORDS = 8
const WORDS = 1 + 2 * SIDE_WORDS + MOST_LETTERS / 4

/** A side's words, from `sideWord`. */
const Side = {
  /** State, state before it, and a bit for each letter that was written. */
  BITS: 0,
  LAST_SYN: 1,
  LAST_FIN: 2,
  LAST_RST: 3,
  /** How often T, W and G happened. */
  COUNTS: 4,
  /** A bit for each of the three numbers that is not known although its letter was written. */
  UNKNOWN: 7,
} as const

const STATE_BITS = 3
const STATE_MASK = 7
const WRITTEN_SHIFT = 8

/** As Zeek writes the letter: a capital where the originator sent it. */
export const letterText = (letter: Letter, byOriginator: boolean): string =>
  byOriginator ? LETTERS[letter]! : LETTERS[letter]!.toLowerCase()

/** Where a side's words start, in words. */
export const sideWord = (record: number, side: number): number => record * WORDS + 1 + side * SIDE_WORDS

/** Histories and endpoint states, a stretch of words each. Number 0 is nobody's. */
export class HistoryRecords {
  readonly #memory = new GrowingWords(256 * WORDS)
  #words = this.#memory.words
  #letters = this.#memory.bytes
  #used = 1

  /** Bytes in use. */
  get bytesUsed(): number {
    return this.#used * WORDS * 4
  }

  open(): number {
    const record = this.#used++
    this.#memory.reserve(this.#used * WORDS)
    this.#words = this.#memory.words
    this.#letters = this.#memory.bytes
    return record
  }

  end(record: number, side: number): number {
    return this.endAt(sideWord(record, side))
  }

  endAt(word: number): number {
    return this.#words[word]! & STATE_MASK
  }

  endBefore(record: number, side: number): number {
    return (this.#words[sideWord(record, side)]! >> STATE_BITS) & STATE_MASK
  }

  setEnd(record: number, side: number, state: number): void {
    const at = sideWord(record, side)
    const bits = this.#words[at]!
    this.#words[at] = (bits & (-1 << WRITTEN_SHIFT)) | ((bits & STATE_MASK) << STATE_BITS) | state
  }

  /** Writes the letter unless the side has it. */
  once(record: number, side: number, letter: Letter): void {
    if (this.#isNew(record, side, letter)) this.#write(record, side, letter)
  }

  /** Writes S, H, F or R: again where its sequence number is another than the last one's. */
  again(record: number, side: number, letter: Letter, seq: number): void {
    const at = sideWord(record, side)
    const number = letter === Letter.F ? 1 : letter === Letter.R ? 2 : 0
    const last = at + Side.LAST_SYN + number
    const isFirst = this.#isNew(record, side, letter === Letter.H ? Letter.S : letter)
    const isUnknown = (this.#words[at + Side.UNKNOWN]! & (1 << number)) !== 0
    if (isFirst || (!isUnknown && this.#words[last] !== seq)) this.#write(record, side, letter)
    this.#words[last] = seq
    this.#words[at + Side.UNKNOWN] = this.#words[at + Side.UNKNOWN]! & ~(1 << number)
  }

  /** Writes the first S, H, F or R of a side, of which the number was not kept: the next of its kind is the same. */
  withoutNumber(record: number, side: number, letter: Letter): void {
    this.again(record, side, letter, 0)
    this.#words[sideWord(record, side) + Side.UNKNOWN] = -1
  }

  /** Writes T, W or G the first, tenth, hundredth, … time. */
  count(record: number, side: number, letter: Letter): void {
    const at = sideWord(record, side) + Side.COUNTS + (letter - Letter.T)
    const count = ++this.#words[at]!
    if (isPowerOfTen(count)) this.#write(record, side, letter)
  }

  /** The letters, capitals for the originator's; `^` first where it did not send first, `…` last where some are missing. */
  text(record: number, originator: number): string {
    const length = this.#words[record * WORDS]!
    const start = (record * WORDS + 1 + 2 * SIDE_WORDS) * 4
    let text = originator === 0 ? '' : '^'
    for (let i = 0; i < Math.min(length, MOST_LETTERS); i++) {
      const byte = this.#letters[start + i]!
      text += letterText((byte >> 1) as Letter, (byte & 1) === originator)
    }
    return length > MOST_LETTERS ? `${text}…` : text
  }

  #isNew(record: number, side: number, letter: Letter): boolean {
    const at = sideWord(record, side)
    const bit = 1 << (WRITTEN_SHIFT + letter)
    if ((this.#words[at]! & bit) !== 0) return false
    this.#words[at] = this.#words[at]! | bit
    return true
  }

  #write(record: number, side: number, letter: Letter): void {
    const length = this.#words[record * WORDS]!
    this.#words[record * WORDS] = length + 1
    if (length < MOST_LETTERS) this.#letters[(record * WORDS + 1 + 2 * SIDE_WORDS) * 4 + length] = (letter << 1) | side
  }
}

function isPowerOfTen(count: number): boolean {
  let power = 1
  while (power < count) power *= 10
  return power === count
}
