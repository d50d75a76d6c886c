import { digitBlind } from './alike/digit-blind.ts'
import { type Facts, factsOf } from './facts/facts.ts'
import { compileKeywords, type KeywordAutomaton, keywordsIn } from './lines/keyword-automaton.ts'
import { compileFilter, type KeywordFilter } from './lines/keyword-filter.ts'
import type { EventPattern, TextPattern } from './pattern.ts'

/** Characters of a message that patterns see: what a program says first is what happened, and it bounds their time. */
export const MATCHED_LENGTH = 1000
const BITS = 32

/** What a pattern says of texts that differ from each other in digits only: see `DigitBlind`. */
interface Blind {
  readonly some: Pick<TextPattern, 'test'>
  readonly all: Pick<TextPattern, 'test'>
}

/** Finds the event pattern that a message fits, trying only those of which it holds a keyword. */
export class EventMatcher {
  /** What is looked for. */
  readonly keywords: readonly string[]
  /** Null where the patterns' keywords leave nothing to filter by. */
  readonly filter: KeywordFilter | null
  /** True where a pattern names no keyword, so that every line must be tried. */
  readonly triesAll: boolean
  #automaton: KeywordAutomaton | null = null
  readonly #patterns: readonly EventPattern[]
  /** Sets of patterns, a bit each: those without a keyword, and those that each keyword belongs to. */
  readonly #always: Int32Array
  readonly #owners: readonly Int32Array[]
  /** The patterns to try on the current message. */
  readonly #candidates: Int32Array
  /** What each pattern says of texts that differ in digits; undefined until it is asked for. */
  readonly #blind: (Blind | null | undefined)[] = []
  /** Keywords with digits, with any others instead: a text that holds one has a capture where it begins. */
  readonly #numbered: readonly RegExp[]

  constructor(patterns: readonly EventPattern[]) {
    const keywords = [...new Set(patterns.flatMap((pattern) => pattern.keywords.map((word) => word.toLowerCase())))]
    this.keywords = keywords
    this.filter = compileFilter(keywords)
    this.#patterns = patterns
    this.#numbered = keywords.filter((word) => /\d/.test(word)).map(withAnyDigits)
    this.#always = setOf(patterns, (each) => each.keywords.length === 0)
    this.triesAll = this.#always.some((bits) => bits !== 0)
    this.#owners = ownersOf(keywords, patterns)
    this.#candidates = new Int32Array(this.#always.length)
  }

  /** Compiled where it is asked for: most logs are read with the filter alone. */
  get automaton(): KeywordAutomaton {
    this.#automaton ??= compileKeywords(this.keywords)
    return this.#automaton
  }

  /** The keywords that occur in words which a line's bytes do not show. */
  seenIn(message: string): number[] {
    return keywordsIn(this.automaton, Buffer.from(matched(message)))
  }

  /** `seen` are the keywords that occur in the line. Null where no pattern fits. */
  match(message: string, seen: readonly number[]): EventPattern | null {
    const candidates = this.#candidatesFor(seen)
    const text = matched(message)
    for (let i = 0; i < candidates.length; i++)
      for (let bits = candidates[i]!; bits !== 0; bits &= bits - 1) {
        const pattern = this.#patterns[indexOf(i, bits)]!
        if (pattern.pattern.test(text)) return pattern
      }
    return null
  }

  /**
   * The pattern that all messages fit which differ from this one in digits only, and not in those that `digitsOfKeywords` finds,
   * nor in one before an `x`; null where none of them fits any. Undefined where their digits make a difference, or may make one.
   */
  matchAlike(message: string, seen: readonly number[]): EventPattern | null | undefined {
    const candidates = this.#candidatesFor(seen)
    const text = matched(message)
    for (let i = 0; i < candidates.length; i++)
      for (let bits = candidates[i]!; bits !== 0; bits &= bits - 1) {
        const index = indexOf(i, bits)
        const blind = this.#blindOf(index)
        if (blind === null) return undefined
        if (blind.some.test(text)) return blind.all.test(text) ? this.#patterns[index]! : undefined
      }
    return null
  }

  /** Where in a text digits stand that make a keyword of what is around them, or would if they were others. */
  digitsOfKeywords(text: string): number[] {
    const places: number[] = []
    for (const numbered of this.#numbered)
      for (const { index, 1: word } of text.matchAll(numbered))
        for (let i = 0; i < word!.length; i++) if (/\d/.test(word![i]!)) places.push(index + i)
    return places
  }

  #candidatesFor(seen: readonly number[]): Int32Array {
    const candidates = this.#candidates
    candidates.set(this.#always)
    for (const keyword of seen) {
      const owners = this.#owners[keyword]!
      for (let i = 0; i < candidates.length; i++) candidates[i]! |= owners[i]!
    }
    return candidates
  }

  #blindOf(index: number): Blind | null {
    const known = this.#blind[index]
    if (known !== undefined) return known
    const { pattern } = this.#patterns[index]!
    const itself = pattern.isDigitBlind === true ? { some: pattern, all: pattern } : null
    const blind = pattern instanceof RegExp ? digitBlind(pattern) : itself
    this.#blind[index] = blind
    return blind
  }
}

/** The pattern that the lowest of `bits` stands for in the set's word `i`. */
const indexOf = (i: number, bits: number): number => i * BITS + 31 - Math.clz32(bits & -bits)

/** Finds a word whatever its digits are, also where it overlaps itself. */
function withAnyDigits(word: string): RegExp {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return new RegExp(`(?=(${escaped.replace(/\d/g, '\\d')}))`, 'gi')
}

/** The facts in a message that `pattern` fits. */
export function factsIn(pattern: EventPattern, message: string): Facts {
  const text = matched(message)
  return factsOf(pattern.kind, text, namesFacts(pattern) ? (pattern.pattern.exec(text)?.groups ?? {}) : {})
}

const NAMED_GROUP = /\(\?<[^=!]/
const naming = new WeakMap<EventPattern, boolean>()

/** False for a pattern without named groups: it need not be run again for its facts. */
export function namesFacts(pattern: EventPattern): boolean {
  const known = naming.get(pattern)
  if (known !== undefined) return known
  const names = !(pattern.pattern instanceof RegExp) || NAMED_GROUP.test(pattern.pattern.source)
  naming.set(pattern, names)
  return names
}

function matched(message: string): string {
  return message.length > MATCHED_LENGTH ? message.slice(0, MATCHED_LENGTH) : message
}

function setOf(patterns: readonly EventPattern[], holds: (pattern: EventPattern) => boolean): Int32Array {
  const bits = new Int32Array(Math.ceil(patterns.length / BITS))
  patterns.forEach((pattern, i) => {
    if (holds(pattern)) bits[Math.floor(i / BITS)]! |= 1 << (i % BITS)
  })
  return bits
}

/** For each keyword the patterns that it belongs to: found by their keywords, since to ask each pattern for each takes too long. */
function ownersOf(keywords: readonly string[], patterns: readonly EventPattern[]): Int32Array[] {
  const sets = new Map(keywords.map((word) => [word, new Int32Array(Math.ceil(patterns.length / BITS))]))
  patterns.forEach((pattern, i) => {
    for (const word of pattern.keywords) sets.get(word.toLowerCase())![Math.floor(i / BITS)]! |= 1 << (i % BITS)
  })
  return [...sets.values()]
}
