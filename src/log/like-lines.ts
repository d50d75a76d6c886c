import { AlikeEvents } from './alike-events.ts'
import type { EventMatcher } from './event-matcher.ts'
import { FoldedLine, LONGEST_FOLDED } from './folded-line.ts'
import type { EventPattern } from './pattern.ts'
import type { Stamp } from './stamp.ts'

/** Different lines that are remembered; a power of two. */
const REMEMBERED = 4096
/** What looking up is worth: a line found, by whether it tells an event, against one that is not. */
const Worth = { MOST: 256, FIRST: 64, EVENT: 3, OTHER: 1, MISS: -1 } as const
/** One line in so many is looked up where it has not been worth it, since a log may change. */
const SAMPLED = 16
const DIGIT_BEFORE_X = /\d(?=x)/gi

/** What is true of all lines that differ from one in digits only. */
export class LikeLine {
  /** The event that they tell; null where they tell none. */
  readonly pattern: EventPattern | null
  /** Makes their events; null where they tell none. */
  readonly events: AlikeEvents | null
  /** How their shape is told; null until it is asked for. */
  shape: string | null = null
  readonly #key: Int32Array
  /** Where in the line digits stand that must be the same, and these. */
  readonly #places: readonly number[]
  readonly #digits: readonly number[]

  constructor(key: Int32Array, pattern: EventPattern | null, bytes: Buffer, start: number, places: readonly number[]) {
    this.pattern = pattern
    this.events = pattern === null ? null : new AlikeEvents(pattern)
    this.#key = key
    this.#places = places
    this.#digits = places.map((place) => bytes[start + place]!)
  }

  isFoldedTo(folded: FoldedLine): boolean {
    return folded.equals(this.#key)
  }

  /** True where those digits of the line at `start` that matter are the same. */
  holdsFor(bytes: Buffer, start: number): boolean {
    for (let i = 0; i < this.#places.length; i++) if (bytes[start + this.#places[i]!] !== this.#digits[i]) return false
    return true
  }
}

/**
 * Remembers what lines tell, for those that differ from them in digits only: most of a long log's. What is remembered is what
 * the patterns would say again; lines of which they say different things for different digits are not.
 */
export class LikeLines {
  readonly #matcher: EventMatcher
  readonly #lines: (LikeLine | null)[] = new Array(REMEMBERED).fill(null)
  /** By slot, the hash of what was there last: what comes once is not worth remembering. */
  readonly #seen = new Int32Array(REMEMBERED)
  readonly #folded = new FoldedLine()
  #canLearn = false
  #worth: number = Worth.FIRST

  constructor(matcher: EventMatcher) {
    this.#matcher = matcher
  }

  /** False where the lines before this one, by its number, were mostly unlike any other: each was looked up for nothing. */
  isWorthwhile(line: number): boolean {
    return this.#worth > 0 || line % SAMPLED === 0
  }

  /**
   * What is known of lines like `[start, end)`, whose stamp was read in the log's format of this number; null where nothing
   * is. `words` are the same bytes, four each.
   */
  find(format: number, bytes: Buffer, words: Int32Array, start: number, end: number, stamp: Stamp): LikeLine | null {
    const folded = this.#folded
    this.#canLearn = false
    if (end - start > LONGEST_FOLDED) return null
    folded.begin(format, stamp.start - start, stamp.end - start, end - start)
    if (stamp.start > start) folded.add(words, start, stamp.start)
    folded.add(words, stamp.end, end)
    if (!folded.isAscii) return null
    const slot = folded.hash & (REMEMBERED - 1)
    const line = this.#lines[slot]!
    if (line?.isFoldedTo(folded) && line.holdsFor(bytes, start)) {
      this.#worth = Math.min(this.#worth + (line.pattern === null ? Worth.OTHER : Worth.EVENT), Worth.MOST)
      return line
    }
    this.#worth = Math.max(this.#worth + Worth.MISS, 0)
    this.#canLearn = this.#seen[slot] === folded.hash
    this.#seen[slot] = folded.hash
    return null
  }

  /** The next line is not looked for. */
  forgetLast(): void {
    this.#canLearn = false
  }

  /** Remembers the line that was looked for last, of which nothing was known. */
  learn(message: string, keywords: readonly number[], bytes: Buffer, start: number, end: number, stamp: Stamp): void {
    if (!this.#canLearn) return
    const pattern = this.#matcher.matchAlike(message, keywords)
    if (pattern === undefined) return
    const places = this.#matcher
      .digitsOfKeywords(bytes.toString('latin1', stamp.end, end))
      .map((at) => stamp.end - start + at)
    for (const { index } of bytes.toString('latin1', start, end).matchAll(DIGIT_BEFORE_X)) places.push(index)
    const { hash } = this.#folded
    this.#lines[hash & (REMEMBERED - 1)] = new LikeLine(this.#folded.key(), pattern, bytes, start, places)
  }
}
