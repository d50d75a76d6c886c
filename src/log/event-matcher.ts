import { type Facts, factsOf } from './facts.ts'
import { compileKeywords, type KeywordAutomaton } from './keyword-automaton.ts'
import { compileFilter, type KeywordFilter } from './keyword-filter.ts'
import type { EventPattern } from './pattern.ts'

/** Characters of a message that patterns see: what a program says first is what happened, and it bounds their time. */
export const MATCHED_LENGTH = 1000
const BITS = 32

/** Finds the event pattern that a message fits, trying only those of which it holds a keyword. */
export class EventMatcher {
  readonly automaton: KeywordAutomaton
  /** Null where the patterns' keywords leave nothing to filter by. */
  readonly filter: KeywordFilter | null
  /** True where a pattern names no keyword, so that every line must be tried. */
  readonly triesAll: boolean
  readonly #patterns: readonly EventPattern[]
  /** Sets of patterns, a bit each: those without a keyword, and those that each keyword belongs to. */
  readonly #always: Int32Array
  readonly #owners: readonly Int32Array[]
  /** The patterns to try on the current message. */
  readonly #candidates: Int32Array

  constructor(patterns: readonly EventPattern[]) {
    const keywords = [...new Set(patterns.flatMap((pattern) => pattern.keywords.map((word) => word.toLowerCase())))]
    this.automaton = compileKeywords(keywords)
    this.filter = compileFilter(keywords)
    this.#patterns = patterns
    this.#always = setOf(patterns, (each) => each.keywords.length === 0)
    this.triesAll = this.#always.some((bits) => bits !== 0)
    this.#owners = keywords.map((word) => setOf(patterns, (each) => each.keywords.includes(word)))
    this.#candidates = new Int32Array(this.#always.length)
  }

  /** `seen` are the keywords that occur in the line. Null where no pattern fits. */
  match(message: string, seen: readonly number[]): EventPattern | null {
    const candidates = this.#candidates
    candidates.set(this.#always)
    for (const keyword of seen) {
      const owners = this.#owners[keyword]!
      for (let i = 0; i < candidates.length; i++) candidates[i]! |= owners[i]!
    }
    const text = matched(message)
    for (let i = 0; i < candidates.length; i++)
      for (let bits = candidates[i]!; bits !== 0; bits &= bits - 1) {
        const pattern = this.#patterns[i * BITS + 31 - Math.clz32(bits & -bits)]!
        if (pattern.pattern.test(text)) return pattern
      }
    return null
  }
}

/** The facts in a message that `pattern` fits. */
export function factsIn(pattern: EventPattern, message: string): Facts {
  const text = matched(message)
  return factsOf(pattern.kind, text, pattern.pattern.exec(text)?.groups ?? {})
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
