import type { KeywordAutomaton } from './keyword-automaton.ts'
import { type KeywordFilter, slot, wideSlot } from './keyword-filter.ts'

const CARRIAGE_RETURN = 0x0d
/** Bytes after a line that may be read, though they are not looked at. */
export const SLACK = 8

/** Takes each line that a scanner finds. */
export interface LineHandler {
  /**
   * A line begins at `start`, and is known up to `end`, which may be before or beyond its end: returns where its words
   * begin, in which keywords are searched. May be called again for the same line.
   */
  begin(bytes: Buffer, start: number, end: number): number
  /** One line, `[start, end)` without its end. `scanner.hits` holds the keywords found in it. */
  line(bytes: Buffer, start: number, end: number): void
}

/** Splits bytes into lines and finds the keywords in them. */
export class LineScanner {
  /** Lines handed on so far; the current line's number, from 1. */
  lines = 0
  /** Keywords found in the current line, in the order of their ends; may repeat. */
  readonly hits: number[] = []
  readonly #automaton: KeywordAutomaton
  readonly #filter: KeywordFilter | null
  readonly #terminator: number
  readonly #handler: LineHandler

  /** `filter` may be null: then every line is searched. */
  constructor(automaton: KeywordAutomaton, filter: KeywordFilter | null, terminator: number, handler: LineHandler) {
    this.#automaton = automaton
    this.#filter = filter
    this.#terminator = terminator
    this.#handler = handler
  }

  /** Hands on all whole lines of `[from, to)`; returns where the unfinished last one begins. */
  scan(bytes: Buffer, view: DataView, from: number, to: number): number {
    const filter = this.#filter
    if (filter === null) return this.#scanAll(bytes, from, to)
    let start = from
    while (start < to) {
      const end = this.#scanLine(bytes, view, filter, start, to)
      if (end < 0) break
      this.#finish(bytes, start, end)
      start = end + 1
    }
    return start
  }

  /** Finds the end of a line, and its keywords if it may have any; -1 where it has no end before `to`. */
  #scanLine(bytes: Buffer, view: DataView, filter: KeywordFilter, start: number, to: number): number {
    const { groups, quads } = filter
    const terminators = Math.imul(this.#terminator, 0x01_01_01_01)
    const words = this.#handler.begin(bytes, start, to)
    let suspect = 0
    // Four bytes a turn, each look-up independent of the one before: an automaton, a step a byte, takes four times as long.
    for (let i = words; i < to; i += 4) {
      const word = view.getInt32(i, true)
      const later = view.getInt32(i + 2, true)
      if ((groups[slot(word)]! | groups[slot(later)]!) !== 0)
        suspect |=
          quads[wideSlot(word)]! |
          quads[wideSlot(view.getInt32(i + 1, true))]! |
          quads[wideSlot(later)]! |
          (i === 0 ? 1 : quads[wideSlot(view.getInt32(i - 1, true))]!)
      const ends = word ^ terminators
      const zeros = (ends - 0x01_01_01_01) & ~ends & 0x80_80_80_80
      if (zeros === 0) continue
      // The lowest marked byte is the first terminator; marks above it may be wrong.
      const end = i + ((31 - Math.clz32(zeros & -zeros)) >> 3)
      if (end >= to) return -1
      if (suspect !== 0) this.#search(bytes, words, end)
      return end
    }
    return -1
  }

  /** Hands on a last line that nothing ends, or the beginning of one that is too long to keep. */
  scanRest(bytes: Buffer, start: number, end: number): void {
    this.#search(bytes, this.#handler.begin(bytes, start, end), end)
    this.#finish(bytes, start, end)
  }

  #scanAll(bytes: Buffer, from: number, to: number): number {
    let start = from
    for (;;) {
      const end = bytes.indexOf(this.#terminator, start)
      if (end < 0 || end >= to) return start
      this.scanRest(bytes, start, end)
      start = end + 1
    }
  }

  #search(bytes: Buffer, start: number, end: number): void {
    const { classOf, next, firstAccepting, classes, outputs } = this.#automaton
    let state = 0
    for (let i = start; i < end; i++) {
      state = next[state + classOf[bytes[i]!]!]!
      if (state < firstAccepting) continue
      for (const keyword of outputs[(state - firstAccepting) / classes]!) this.hits.push(keyword)
    }
  }

  #finish(bytes: Buffer, start: number, end: number): void {
    this.lines++
    this.#handler.line(bytes, start, end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end)
    if (this.hits.length > 0) this.hits.length = 0
  }
}
