import type { EventKind } from './event.ts'
import { type Facts, factsOf } from './facts.ts'
import { compileKeywords, type KeywordAutomaton } from './keyword-automaton.ts'
import { compileFilter, type KeywordFilter } from './keyword-filter.ts'
import type { EventPattern } from './pattern.ts'

/** Characters of a message that patterns see: what a program says first is what happened, and it bounds their time. */
const MATCHED_LENGTH = 1000

/** What a message says happened, and the facts in it. */
export interface Understood {
  readonly kind: EventKind
  readonly pattern: string
  readonly facts: Facts
}

/** Finds the event pattern that a message fits, trying only those of which it holds a keyword. */
export class EventMatcher {
  readonly automaton: KeywordAutomaton
  /** Null where the patterns' keywords leave nothing to filter by. */
  readonly filter: KeywordFilter | null
  /** True where a pattern names no keyword, so that every line must be tried. */
  readonly triesAll: boolean
  readonly #patterns: readonly EventPattern[]
  readonly #always: readonly number[]
  /** Indexes of the patterns that each keyword belongs to. */
  readonly #owners: readonly (readonly number[])[]

  constructor(patterns: readonly EventPattern[]) {
    const keywords = [...new Set(patterns.flatMap((pattern) => pattern.keywords.map((word) => word.toLowerCase())))]
    this.automaton = compileKeywords(keywords)
    this.filter = compileFilter(keywords)
    this.#patterns = patterns
    this.#always = patterns.flatMap((each, i) => (each.keywords.length === 0 ? [i] : []))
    this.triesAll = this.#always.length > 0
    this.#owners = keywords.map((word) => patterns.flatMap((each, i) => (each.keywords.includes(word) ? [i] : [])))
  }

  /** `seen` are the keywords that occur in the line. Null where no pattern fits. */
  match(message: string, seen: Iterable<number>): Understood | null {
    const candidates = new Set(this.#always)
    for (const keyword of seen) for (const owner of this.#owners[keyword]!) candidates.add(owner)
    const text = message.length > MATCHED_LENGTH ? message.slice(0, MATCHED_LENGTH) : message
    for (const index of [...candidates].sort((a, b) => a - b)) {
      const pattern = this.#patterns[index]!
      const match = pattern.pattern.exec(text)
      if (match !== null)
        return { kind: pattern.kind, pattern: pattern.id, facts: factsOf(pattern.kind, text, match.groups ?? {}) }
    }
    return null
  }
}
