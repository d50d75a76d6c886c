import { isAscii } from 'node:buffer'
import { BLOCK, NUMBERS, STEP, scanBlocks } from './block-scan.ts'
import type { KeywordAutomaton } from './keyword-automaton.ts'
import { type KeywordFilter, locate } from './keyword-filter.ts'
import { KeywordHits } from './keyword-hits.ts'
import { endOfWords } from './line-end.ts'
import { LINE_NUMBERS, type LineFinder } from './line-finder.ts'

/** Bytes of a line that are looked at; the rest of a longer one is passed over. */
export const MAX_LINE = 1 << 16
/** Bytes that are scanned before their lines are handed on: they are in the cache still. */
const PART = 1 << 16
/** Bytes beyond the last line that may be read, though they are not looked at. */
export const SLACK = 4 * BLOCK

/** Windows in which lines are looked up before it is seen whether they are like each other. */
const TRIED = 4
/** So many windows are scanned for keywords before another one is tried. */
const UNTRIED = 32

/** Takes each line that a scanner finds. */
export interface LineHandler {
  /** Lines from here on were looked up together. */
  beginRun?(): void
  /**
   * Lines that say the second of the line before them again, as the finder tells of them from `found[at]` to `found[to]`; the first
   * begins at `start`. Takes and counts as many as need not be handed on; returns where the first stands that was not taken.
   */
  linesAgain?(found: Int32Array, at: number, to: number, bytes: Buffer, start: number): number
  /** One line, `[start, end)` without its end. `scanner.keywords` finds those in it. */
  line(bytes: Buffer, start: number, end: number): void
}

/** What is looked for in lines. */
export interface Vocabulary {
  /** In lower case. */
  readonly keywords: readonly string[]
  readonly automaton: KeywordAutomaton
  /** Null where every line must be searched. */
  readonly filter: KeywordFilter | null
}

/** Splits bytes into lines and finds the keywords in them. */
export class LineScanner {
  /** Lines handed on so far; the current line's number, from 1. */
  lines = 0
  /** Those of them that were longer than is looked at. */
  longLines = 0
  /** The bytes of the lines that are handed on, four each; null where they were not given so. */
  words: Int32Array | null = null
  /** The bytes that are scanned, and whether they are ASCII; null until it is asked. */
  #scanned: Buffer = Buffer.alloc(0)
  #isAscii: boolean | null = null
  readonly #vocabulary: Vocabulary
  readonly #filter: KeywordFilter | null
  readonly #terminator: number
  readonly #handler: LineHandler
  readonly #hits: KeywordHits
  /** Groups of keywords in the current line and what was scanned behind it, by two numbers a block: where, and which. */
  readonly #suspects: number[] = []
  #suspectCount = 0
  readonly #found = new Int32Array((NUMBERS * PART) / BLOCK)
  /** The current line's slot with the finder, negative where it has none; null where it was not looked up. */
  slot: number | null = null
  readonly #finder: LineFinder | null
  /** Windows to look lines up in, and, where that is 0, to scan for keywords before that is tried again. */
  #tries = TRIED
  #untried = 0

  /** `finder` looks lines up in the bytes that are scanned. */
  constructor(vocabulary: Vocabulary, terminator: number, handler: LineHandler, finder: LineFinder | null = null) {
    this.#finder = finder
    this.#hits = new KeywordHits(vocabulary.keywords.map((word) => Buffer.byteLength(word)))
    this.#vocabulary = vocabulary
    this.#filter = vocabulary.filter
    this.#terminator = terminator
    this.#handler = handler
  }

  /**
   * Hands on all whole lines of `[from, to)`; returns where the unfinished last one begins. `words` are the same bytes,
   * four each.
   */
  scan(bytes: Buffer, words: Int32Array, from: number, to: number): number {
    const filter = this.#filter
    if (filter === null) return this.#scanAll(bytes, from, to)
    this.words = words
    this.#suspectCount = 0
    if (this.#finder !== null && this.#isTried()) return this.#findLines(this.#finder, bytes, from, to)
    let start = from
    for (let part = from & -BLOCK; part < to; part += PART) {
      const end = Math.min(part + PART, to)
      const whole = (end + BLOCK - 1) & -BLOCK
      const count = scanBlocks(words, filter.groups, part, whole, this.#terminator, this.#found)
      start = this.#handOn(bytes, count, start, to)
    }
    return start
  }

  /** Lines of these bytes are handed on from here on. */
  begin(bytes: Buffer): void {
    this.#scanned = bytes
    this.#isAscii = null
  }

  /** True where all bytes that are scanned are ASCII, whichever line they are of. */
  get onlyAscii(): boolean {
    this.#isAscii ??= isAscii(this.#scanned)
    return this.#isAscii
  }

  /** True where the current line may hold a keyword. */
  get isSuspect(): boolean {
    return this.words === null || this.slot !== null || this.#suspectCount > 0
  }

  /** The keywords in `[from, to)` of `bytes`, which is the current line or its end; one may be named several times. */
  keywords(bytes: Buffer, from: number, to: number): readonly number[] {
    const filter = this.#filter
    if (this.words !== null && filter !== null) {
      if (this.slot !== null) this.#suspectLine(this.words, filter, from, to)
      this.#locateAll(filter, bytes, to)
    }
    return this.#hits.within(from, to)
  }

  /** Hands on a last line that nothing ends, or the beginning of one that is too long to keep. */
  scanRest(bytes: Buffer, start: number, end: number): void {
    this.words = null
    this.#hits.clear()
    this.#search(bytes, start, Math.min(end, start + MAX_LINE))
    this.#finish(bytes, start, end)
  }

  #isTried(): boolean {
    if (this.#tries === 0 && --this.#untried === 0) this.#tries = 1
    return this.#tries > 0
  }

  /**
   * Hands on whole lines, each with what it is like. Where most are like others that is all that needs to be known of them;
   * to search the rest for keywords, one by one, takes longer than to scan them together.
   */
  #findLines(finder: LineFinder, bytes: Buffer, from: number, to: number): number {
    const { found } = finder
    const handler = this.#handler
    const linesBefore = this.lines
    let known = 0
    let start = from
    for (let count = 1; count > 0; ) {
      count = finder.findLines(start, to, this.#terminator)
      handler.beginRun?.()
      const last = count * LINE_NUMBERS
      for (let at = 0; at < last; at += LINE_NUMBERS) {
        const taken = found[at + 2]! < 0 ? at : (handler.linesAgain?.(found, at, last, bytes, start) ?? at)
        known += (taken - at) / LINE_NUMBERS
        if (taken > at) start = found[taken - LINE_NUMBERS]! + 1
        at = taken
        if (at === last) break
        const end = found[at]!
        this.slot = found[at + 1]!
        if (this.slot >= 0) known++
        this.#finish(bytes, start, end)
        start = end + 1
      }
    }
    this.slot = null
    this.#suspectCount = 0
    this.#judge(known * 2 >= this.lines - linesBefore)
    return start
  }

  #judge(isWorthwhile: boolean): void {
    this.#tries = isWorthwhile ? TRIED : this.#tries - 1
    if (this.#tries === 0) this.#untried = UNTRIED
  }

  /** Hands on the lines that end in the blocks found, the first of them from `start` on; returns where the next begins. */
  #handOn(bytes: Buffer, count: number, start: number, to: number): number {
    const found = this.#found
    for (let i = 0; i < count; i += NUMBERS) {
      const block = found[i]!
      let groups = found[i + 1]!
      for (let ends = found[i + 2]!; ends !== 0; ends &= ends - 1) {
        const place = lowest(ends)
        const before = (1 << ((place + 1) / STEP)) - 1
        const lineEnd = block + place
        if (lineEnd >= start && lineEnd < to) {
          this.#suspect(block, groups & before)
          this.#finish(bytes, start, lineEnd)
          start = lineEnd + 1
        }
        this.#suspectCount = 0
        groups &= ~before
      }
      this.#suspect(block, groups)
    }
    return start
  }

  #suspect(block: number, groups: number): void {
    if (groups === 0) return
    this.#suspects[this.#suspectCount++] = block
    this.#suspects[this.#suspectCount++] = groups
  }

  /** Scans a line that was not scanned with others. */
  #suspectLine(words: Int32Array, { groups }: KeywordFilter, from: number, to: number): void {
    this.#suspectCount = 0
    for (let part = from & -BLOCK; part < to; part += PART) {
      const end = Math.min(part + PART, (to + BLOCK - 1) & -BLOCK)
      const count = scanBlocks(words, groups, part, end, this.#terminator, this.#found)
      for (let i = 0; i < count; i += NUMBERS) this.#suspect(this.#found[i]!, this.#found[i + 1]!)
    }
  }

  /** Finds the keywords in what was scanned for them, up to `to`. */
  #locateAll(filter: KeywordFilter, bytes: Buffer, to: number): void {
    const suspects = this.#suspects
    const hits = this.#hits
    hits.clear()
    for (let i = 0; i < this.#suspectCount; i += 2)
      for (let groups = suspects[i + 1]!; groups !== 0; groups &= groups - 1) {
        const at = suspects[i]! + STEP * lowest(groups)
        if (at < to) locate(filter, bytes, at, to, hits)
      }
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
    const { classOf, next, firstAccepting, classes, outputs, lengths } = this.#vocabulary.automaton
    let state = 0
    for (let i = start; i < end; i++) {
      state = next[state + classOf[bytes[i]!]!]!
      if (state < firstAccepting) continue
      for (const keyword of outputs[(state - firstAccepting) / classes]!)
        this.#hits.add(keyword, i + 1 - lengths[keyword]!)
    }
  }

  #finish(bytes: Buffer, start: number, end: number): void {
    this.lines++
    const isLong = end - start > MAX_LINE
    if (isLong) this.longLines++
    this.#handler.line(bytes, start, endOfWords(bytes, start, isLong ? start + MAX_LINE : end))
  }
}

/** Which is the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
