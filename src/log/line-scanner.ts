import type { KeywordAutomaton } from './keyword-automaton.ts'

/** Takes each line that a scanner finds. */
export interface LineHandler {
  /** One line, `[start, end)` without its end. `scanner.hits` holds the keywords found in it. */
  line(bytes: Buffer, start: number, end: number): void
}

/** Splits bytes into lines and finds keywords in the same pass. */
export class LineScanner {
  /** Lines handed on so far; the current line's number, from 1. */
  lines = 0
  /** Keywords found in the current line, in the order of their ends; may repeat. */
  readonly hits: number[] = []
  readonly #automaton: KeywordAutomaton
  readonly #handler: LineHandler

  constructor(automaton: KeywordAutomaton, handler: LineHandler) {
    this.#automaton = automaton
    this.#handler = handler
  }

  /** Hands on all whole lines of `[from, to)`; returns where the unfinished last one begins. */
  scan(bytes: Buffer, from: number, to: number): number {
    const { classOf, next, firstAccepting, lineEnd } = this.#automaton
    let state = 0
    let start = from
    for (let i = from; i < to; i++) {
      state = next[state + classOf[bytes[i]!]!]!
      if (state < firstAccepting) continue
      if (state === lineEnd) {
        this.#finish(bytes, start, i)
        start = i + 1
      } else this.#note(state)
    }
    // The unfinished line is scanned again when the rest of it has come.
    this.hits.length = 0
    return start
  }

  /** Hands on a last line that nothing ends, or the beginning of one that is too long to keep. */
  scanRest(bytes: Buffer, start: number, end: number): void {
    const { classOf, next, firstAccepting, lineEnd } = this.#automaton
    let state = 0
    for (let i = start; i < end; i++) {
      state = next[state + classOf[bytes[i]!]!]!
      if (state >= firstAccepting && state !== lineEnd) this.#note(state)
    }
    this.#finish(bytes, start, end)
  }

  #finish(bytes: Buffer, start: number, end: number): void {
    this.lines++
    this.#handler.line(bytes, start, end > start && bytes[end - 1] === 0x0d ? end - 1 : end)
    this.hits.length = 0
  }

  #note(state: number): void {
    const { firstAccepting, classes, outputs } = this.#automaton
    for (const keyword of outputs[(state - firstAccepting) / classes]!) this.hits.push(keyword)
  }
}
