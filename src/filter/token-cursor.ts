import { Mistake } from './mistake.ts'
import type { Token } from './token.ts'

/** Parentheses and negations inside one another. */
const MAX_NESTING = 64

/** A place among a filter's tokens, the last of which is its end. */
export class TokenCursor {
  readonly all: readonly Token[]
  at = 0
  #nesting = 0

  constructor(tokens: readonly Token[]) {
    this.all = tokens
  }

  get current(): Token {
    return this.all[this.at]!
  }

  /** Passes over the current token if it is one of these. */
  accept(...texts: string[]): boolean {
    const found = this.isOperator() && texts.includes(this.current.text)
    if (found) this.at++
    return found
  }

  /** Passes over the current token, which must be this one. */
  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(text)
  }

  /** A symbol or a word, and no text that is written like one. */
  isOperator(): boolean {
    return this.current.kind === 'symbol' || this.current.kind === 'word'
  }

  /** Reads what stands one level deeper. */
  nested<Result>(parse: () => Result): Result {
    if (++this.#nesting > MAX_NESTING) throw this.mistake(`more than ${MAX_NESTING} levels are nested here`, null)
    const result = parse()
    this.#nesting--
    return result
  }

  /** What is said of the current token, which stands where something else must. */
  unexpected(expected: string): Mistake {
    const { kind, text } = this.current
    if (kind === 'end') return this.mistake(`the filter ends here, where ${expected} is missing`, null)
    const what = kind === 'symbol' || kind === 'word' ? text : `this ${kind}`
    return this.mistake(`${what} stands where ${expected} is expected`, null)
  }

  mistake(message: string, hint: string | null): Mistake {
    return new Mistake(message, this.current.start, this.current.end, hint)
  }
}
