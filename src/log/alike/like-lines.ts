import type { EventMatcher } from '../event-matcher.ts'
import type { Encoding } from '../format.ts'
import { type LineFinder, REPEATED } from '../lines/line-finder.ts'
import type { EventPattern } from '../pattern.ts'
import type { Stamp } from '../stamps/stamp.ts'
import { NO_SECOND, placeOf, type StampPlace } from '../stamps/stamp-place.ts'
import type { Telling } from '../store/line-memory.ts'
import { AlikeEvents } from './alike-events.ts'
import { digitsOfObject, type Pin } from './object-digits.ts'

/** What looking up is worth: a line found, by whether it tells an event, against one that is not. */
const Worth = { MOST: 256, FIRST: 64, EVENT: 3, OTHER: 1, MISS: -1 } as const
/** Lines that are known pay for those that are learned, which takes so many times as long. */
const Credit = { MOST: 4096, LESSON: 32 } as const
/** One line in so many is learned where there is no credit, since a log may change. */
const TAUGHT = 64
/** One line in so many is looked up where it has not been worth it, since a log may change. */
const SAMPLED = 16
/** The number of the format that most lines of a log's beginning have: it is tried first. */
export const MAIN = 0
const DIGIT_BEFORE_X = /\d(?=x)/gi

/** How many events of a kind a log tells. */
export interface Tally {
  events: number
}

/** Of a line without a stamp. */
const NO_PLACE: StampPlace = { start: 0, end: 0, second: NO_SECOND }

/** A line that was read by itself. */
export interface LineToLearn {
  readonly message: string
  /** Keywords in it, as the matcher numbers them. */
  readonly keywords: readonly number[]
  /** The log's format that reads it, by its number; -1 where none does. */
  readonly format: number
  /** Where its words begin. */
  readonly words: number
  /** True where its message may come from an object. */
  readonly holdsObject: boolean
  readonly encoding: Encoding
}

/** What is true of all lines that differ from one in digits only. */
export class LikeLine {
  /** The event that they tell; null where they tell none. */
  readonly pattern: EventPattern | null
  /** Makes their events; null where they tell none. */
  readonly events: AlikeEvents | null
  /** How they are kept; null until the first of them is. */
  telling: Telling | null = null
  /** Where their events are counted; null until the first of them is. */
  tally: Tally | null = null
  /** How their shape is told; null until it is asked for. */
  shape: string | null = null
  /** The log's format that reads them, by its number, and where in them it finds their stamp; -1 where none does. */
  readonly format: number
  readonly stamp: StampPlace
  /** What their bytes are, those of ASCII aside: their digits are. */
  readonly encoding: Encoding

  constructor(pattern: EventPattern | null, format: number, stamp: StampPlace, encoding: Encoding) {
    this.pattern = pattern
    this.events = pattern === null ? null : new AlikeEvents(pattern)
    this.format = format
    this.stamp = stamp
    this.encoding = encoding
  }

  /** True of a line that is like them and whose stamp was read: its digits may have made another one of it. */
  isStampedAlike(format: number, stamp: Stamp, start: number): boolean {
    if (format !== this.format || format < 0) return format === this.format
    return stamp.start - start === this.stamp.start && stamp.end - start === this.stamp.end
  }
}

/**
 * Remembers what lines tell, for those that differ from them in digits only: most of a long log's. What is remembered is what
 * the patterns would say again; lines of which they say different things for different digits are not.
 */
export class LikeLines {
  readonly #matcher: EventMatcher
  readonly #finder: LineFinder
  /** By the finder's slots: a place for each from the start, because V8 makes a hash table of an array with gaps. */
  readonly #lines: (LikeLine | null)[]
  /** Slots that lines were put in since `beginRun`. */
  readonly #recent = new Set<number>()
  #canLearn = false
  #worth: number = Worth.FIRST
  #credit: number = Credit.MOST
  #untaught = 0

  constructor(matcher: EventMatcher, finder: LineFinder) {
    this.#matcher = matcher
    this.#finder = finder
    this.#lines = Array.from({ length: finder.slots }, () => null)
  }

  /** False where the lines before this one, by its number, were mostly unlike any other: each was looked up for nothing. */
  isWorthwhile(line: number): boolean {
    return this.#worth > 0 || line % SAMPLED === 0
  }

  /** Lines are looked up together from here on: what is learned meanwhile is not known of them. */
  beginRun(): void {
    this.#recent.clear()
  }

  /** What is known of lines like `[start, end)`, that were looked up in a run and found in this slot; null where nothing is. */
  findInRun(slot: number, format: number, start: number, end: number, stamp: Stamp): LikeLine | null {
    const isStale = slot === REPEATED || this.#recent.has(slot)
    return isStale ? this.find(format, start, end, stamp) : this.#known(slot, format, start, stamp)
  }

  /** What is known of lines of this slot that was known when the current one was looked up; null where nothing is. */
  ofSlot(slot: number): LikeLine | null {
    return slot < 0 || (this.#recent.size > 0 && this.#recent.has(slot)) ? null : this.#lines[slot]!
  }

  /**
   * What is known of a line that says the second of the line before it again, whose stamp is laid out as `second` tells; null
   * where it must be looked at.
   */
  findAgain(slot: number, second: number): LikeLine | null {
    const line = this.#recent.size === 0 ? this.#lines[slot]! : this.ofSlot(slot)
    return line?.stamp.second === second ? line : null
  }

  /** True where a line was learned since `beginRun`: what was found of lines behind it may hold no more. */
  get isStale(): boolean {
    return this.#recent.size > 0
  }

  /** What is known of lines of a slot that is known to have some. */
  inSlot(slot: number): LikeLine {
    return this.#lines[slot]!
  }

  /** So many lines were found again: see {@link isWorthwhile} and {@link mayLearn}. */
  foundAgain(count: number): void {
    this.#worth = Math.min(this.#worth + count, Worth.MOST)
    this.#credit = Math.min(this.#credit + count, Credit.MOST)
  }

  /** What is known of lines like `[start, end)`, whose stamp was read in the log's format of this number; null where nothing is. */
  find(format: number, start: number, end: number, stamp: Stamp): LikeLine | null {
    return this.#known(this.#finder.find(start, end), format, start, stamp)
  }

  #known(slot: number, format: number, start: number, stamp: Stamp): LikeLine | null {
    const line = slot < 0 ? null : this.#lines[slot]!
    this.#canLearn = slot === REPEATED
    if (line?.isStampedAlike(format, stamp, start) === true) {
      this.#worthIt(line)
      return line
    }
    this.#worth = Math.max(this.#worth + Worth.MISS, 0)
    return null
  }

  #worthIt(line: LikeLine): void {
    this.#worth = Math.min(this.#worth + (line.pattern === null ? Worth.OTHER : Worth.EVENT), Worth.MOST)
    if (this.#credit < Credit.MOST) this.#credit++
  }

  /** The next line is not looked for. */
  forgetLast(): void {
    this.#canLearn = false
  }

  /**
   * True where the line that was looked for last is to be learned: nothing was known of it, and it is not the first like it. Lines
   * whose digits decide what they tell may come again and again, and never be known: then it is seldom tried.
   */
  mayLearn(): boolean {
    if (!this.#canLearn) return false
    if (this.#credit < Credit.LESSON && ++this.#untaught % TAUGHT !== 0) return false
    this.#credit = Math.max(this.#credit - Credit.LESSON, 0)
    return true
  }

  /** Remembers the line that was looked for last. */
  learn(
    { message, keywords, format, words, holdsObject, encoding }: LineToLearn,
    bytes: Buffer,
    start: number,
    end: number,
    stamp: Stamp,
  ): void {
    const pattern = this.#matcher.matchAlike(message, keywords)
    if (pattern === undefined) return
    const slot = this.#finder.remember(start, end)
    this.#recent.add(slot)
    const place = format < 0 ? NO_PLACE : placeOf(stamp, bytes, start, end)
    this.#lines[slot] = new LikeLine(pattern, format, place, encoding)
    if (format === MAIN && place.second !== NO_SECOND) {
      const fraction = stamp.fraction - stamp.start
      this.#finder.setStamp(slot, place.start, place.end - place.start, fraction, stamp.digits, place.second)
    }
    if (pattern !== null) this.#finder.setTelling(slot)
    const line = bytes.toString('latin1', start, end)
    const pins = [
      ...this.#digitsThatMatter(line, words - start),
      ...(holdsObject ? digitsOfObject(line, place.start, place.end) : []),
    ]
    if (!pins.every(({ at, byte }) => this.#finder.pin(slot, at, byte) === 1)) this.#finder.forget(slot)
  }

  /** Where in a line digits stand that must be the same in all that are like it. */
  #digitsThatMatter(line: string, words: number): Pin[] {
    const ofKeywords = this.#matcher.digitsOfKeywords(line.slice(words)).map((at) => words + at)
    const beforeX = [...line.matchAll(DIGIT_BEFORE_X)].map(({ index }) => index)
    return [...ofKeywords, ...beforeX].map((at) => ({ at, byte: line.charCodeAt(at) }))
  }
}
