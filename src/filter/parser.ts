import { OperandParser } from './operand-parser.ts'
import { COMPARISONS, continuesOperand } from './operators.ts'
import type { Comparison, Expression, Operand, Quantifier, SetMember } from './syntax.ts'
import { type Token, tokenize } from './token.ts'
import { TokenCursor } from './token-cursor.ts'

/** Parses a filter by Wireshark's grammar. Throws a {@link Mistake}. */
export function parse(text: string): Expression {
  const parser = new Parser(tokenize(text))
  return parser.parse()
}

class Parser {
  readonly #tokens: TokenCursor
  readonly #operands: OperandParser

  constructor(tokens: readonly Token[]) {
    this.#tokens = new TokenCursor(tokens)
    this.#operands = new OperandParser(this.#tokens)
  }

  parse(): Expression {
    if (this.#tokens.current.kind === 'end')
      throw this.#tokens.mistake('the filter is empty', 'write one, such as tcp.port == 9000')
    const expression = this.#or()
    if (this.#tokens.at < this.#tokens.all.length - 1)
      throw this.#tokens.unexpected('and, or, or the end of the filter')
    return expression
  }

  #or(): Expression {
    return this.#list('or', () => this.#xor(), '||', 'or')
  }

  #xor(): Expression {
    let left = this.#and()
    while (this.#tokens.accept('^^', 'xor')) left = { type: 'xor', left, right: this.#and() }
    return left
  }

  #and(): Expression {
    return this.#list('and', () => this.#not(), '&&', 'and')
  }

  /** A flat list, so that a long filter does not nest. */
  #list(type: 'and' | 'or', part: () => Expression, ...operators: string[]): Expression {
    const first = part()
    const parts = [first]
    while (this.#tokens.accept(...operators)) parts.push(part())
    return parts.length === 1 ? first : { type, parts }
  }

  #not(): Expression {
    if (!this.#tokens.accept('!', 'not')) return this.#test()
    return this.#tokens.nested(() => ({ type: 'not', of: this.#not() }))
  }

  #test(): Expression {
    if (this.#startsGroup()) {
      this.#tokens.at++
      const inner = this.#tokens.nested(() => this.#or())
      this.#tokens.expect(')')
      return inner
    }
    const quantified = this.#quantifier()
    const left = this.#operands.value()
    return this.#relation(left, quantified)
  }

  /** `any` and `all` before a field choose the occurrences. */
  #quantifier(): Quantifier | null {
    const { kind, text } = this.#tokens.current
    if (kind !== 'word' || (text !== 'any' && text !== 'all')) return null
    this.#tokens.at++
    return text
  }

  /** A parenthesis holds a condition, unless what it closes is compared or reckoned with: `(tcp.flags & 2) == 2`. */
  #startsGroup(): boolean {
    if (this.#tokens.current.kind !== 'symbol' || this.#tokens.current.text !== '(') return false
    let depth = 0
    for (let at = this.#tokens.at; at < this.#tokens.all.length; at++) {
      const { kind, text } = this.#tokens.all[at]!
      if (kind !== 'symbol') continue
      if (text === '(') depth++
      else if (text === ')' && --depth === 0) return !continuesOperand(this.#tokens.all, at + 1)
    }
    return true
  }

  #relation(left: Operand, quantified: Quantifier | null): Expression {
    const compared = this.#comparisons(left, quantified)
    if (compared !== null) return compared
    const quantifier = quantified ?? 'any'
    if (this.#tokens.accept('contains')) return { type: 'contains', quantifier, left, right: this.#operands.primary() }
    if (this.#tokens.accept('matches', '~'))
      return { type: 'matches', quantifier, left, right: this.#operands.primary() }
    const negated = this.#acceptNotIn()
    if (negated || this.#tokens.accept('in')) {
      const inside: Expression = { type: 'in', quantifier, left, members: this.#members() }
      return negated ? { type: 'not', of: inside } : inside
    }
    return { type: 'exists', operand: left }
  }

  /** `a < b < c` asks whether `a < b` and `b < c`; null where nothing is compared. */
  #comparisons(first: Operand, quantified: Quantifier | null): Expression | null {
    const parts: Expression[] = []
    let left = first
    for (let known = this.#acceptComparison(); known !== undefined; known = this.#acceptComparison()) {
      const right = this.#operands.value()
      parts.push({ type: 'compare', comparison: known[0], quantifier: quantified ?? known[1], left, right })
      left = right
    }
    return parts.length > 1 ? { type: 'and', parts } : (parts[0] ?? null)
  }

  #acceptComparison(): readonly [Comparison, Quantifier] | undefined {
    const known = this.#tokens.isOperator() ? COMPARISONS.get(this.#tokens.current.text) : undefined
    if (known !== undefined) this.#tokens.at++
    return known
  }

  #acceptNotIn(): boolean {
    const next = this.#tokens.all[this.#tokens.at + 1]
    if (this.#tokens.current.kind !== 'word' || this.#tokens.current.text !== 'not' || next?.text !== 'in') return false
    this.#tokens.at += 2
    return true
  }

  #members(): SetMember[] {
    this.#tokens.expect('{')
    const members: SetMember[] = []
    do {
      const low = this.#operands.value()
      members.push({ low, high: this.#tokens.accept('..') ? this.#operands.value() : null })
    } while (this.#tokens.accept(','))
    if (!this.#tokens.accept('}')) throw this.#tokens.unexpected(', or }')
    return members
  }
}
