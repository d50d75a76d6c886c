import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { Region } from './region.ts'

/** Zeek's history letters. The number is the letter's place in {@link LETTERS}. */
export const Letter = { S: 0, H: 1, A: 2, D: 3, F: 4, R: 5, T: 6, W: 7, G: 8, I: 9, Q: 10 } as const
export type Letter = (typeof Letter)[keyof typeof Letter]

const LETTERS = 'SHADFRTWGIQ'

/** Letters kept of a flow: the longest of a regular connection has a dozen. */
export const MOST_LETTERS = 40

const SIDE_WORDS = 8
/** A record's words: how many letters there were, both sides' words, and the letters, a byte each. */
export const HISTORY_WORDS = 1 + 2 * SIDE_WORDS + MOST_LETTERS / 4

/** A side's words, and the bits of the first. */
export const HistoryWord = {
  SIDE_WORDS,
  /** State, state before it, and a bit for each letter that was written. */
  BITS: 0,
  LAST_SYN: 1,
  LAST_FIN: 2,
  LAST_RST: 3,
  /** How often T, W and G happened. */
  COUNTS: 4,
  /** A bit for each of the three numbers that is not known although its letter was written. */
  UNKNOWN: 7,

  STATE_BITS: 3,
  STATE_MASK: 7,
  WRITTEN_SHIFT: 8,
} as const

/** As Zeek writes the letter: a capital where the originator sent it. */
export const letterText = (letter: Letter, byOriginator: boolean): string =>
  byOriginator ? LETTERS[letter]! : LETTERS[letter]!.toLowerCase()

/** Histories and endpoint states of connections that are no path, in records. Number 0 is nobody's. */
export class HistoryRecords extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.HISTORIES, HISTORY_WORDS * 4)
    this.count = 1
  }

  /** State of a side: see `End`. */
  end(record: number, side: number): number {
    return this.words[record * HISTORY_WORDS + 1 + side * SIDE_WORDS]! & HistoryWord.STATE_MASK
  }

  /** The letters, capitals for the originator's; `^` first where it did not send first, `…` last where some are missing. */
  text(record: number, originator: number): string {
    const length = this.words[record * HISTORY_WORDS]!
    const start = (record * HISTORY_WORDS + 1 + 2 * SIDE_WORDS) * 4
    let text = originator === 0 ? '' : '^'
    for (let i = 0; i < Math.min(length, MOST_LETTERS); i++) {
      const byte = this.bytes[start + i]!
      text += letterText((byte >> 1) as Letter, (byte & 1) === originator)
    }
    return length > MOST_LETTERS ? `${text}…` : text
  }
}
