import { Mistake } from './mistake.ts'
import { parseSlice } from './slice.ts'
import type { ArithmeticOperator, Comparison, Expression, Operand, Quantifier, SetMember } from './syntax.ts'
import { type Token, tokenize } from './token.ts'

/** Parentheses and negations inside one another. */
const MAX_NESTING = 64

/** Each way to write a comparison: what it means, and of which occurrences where the field has several. */
const COMPARISONS: ReadonlyMap<string, readonly [Comparison, Quantifier]> = new Map([
  ['==', ['==', 'any']],
  ['eq', ['==', 'any']],
  ['any_eq', ['==', 'any']],
  ['===', ['==', 'all']],
  ['all_eq', ['==', 'all']],
  ['!=', ['!=', 'all']],
  ['ne', ['!=', 'all']],
  ['all_ne', ['!=', 'all']],
  ['!==', ['!=', 'any']],
  ['~=', ['!=', 'any']],
  ['any_ne', ['!=', 'any']],
  ['>', ['>', 'any']],
  ['gt', ['>', 'any']],
  ['<', ['<', 'any']],
  ['lt', ['<', 'any']],
  ['>=', ['>=', 'any']],
  ['ge', ['>=', 'any']],
  ['<=', ['<=', 'any']],
  ['le', ['<=', 'any']],
])
const FUNCTIONS = new Set(['len', 'count', 'lower', 'upper', 'string', 'min', 'max', 'abs'])
const ADDITIVE = new Set(['+', '-'])
const MULTIPLICATIVE = new Set(['*', '/', '%'])
const MASKING = new Set(['&', 'bitand', 'bitwise_and'])
const DIGIT_FIRST = /^\.?\d/

/** Parses a filter by Wireshark's grammar. Throws a {@link Mistake}. */
export function parse(text: string): Expression {
  const parser = new Parser(tokenize(text))
  return parser.parse()
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #nesting = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): Expression {
    if (this.#token.kind === 'end') throw this.#mistake('the filter is empty', 'write one, such as tcp.port == 9000')
    const expression = this.#or()
    if (this.#at < this.#tokens.length - 1) throw this.#unexpected('and, or, or the end of the filter')
    return expression
  }

  get #token(): Token {
    return this.#tokens[this.#at]!
  }

  #accept(...texts: string[]): boolean {
    const found = this.#isOperator() && texts.includes(this.#token.text)
    if (found) this.#at++
    return found
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected(text)
  }

  #or(): Expression {
    return this.#list('or', () => this.#xor(), '||', 'or')
  }

  #xor(): Expression {
    let left = this.#and()
    while (this.#accept('^^', 'xor')) left = { type: 'xor', left, right: this.#and() }
    return left
  }

  #and(): Expression {
    return this.#list('and', () => this.#not(), '&&', 'and')
  }

  /** A flat list, so that a long filter does not nest. */
  #list(type: 'and' | 'or', part: () => Expression, ...operators: string[]): Expression {
    const first = part()
    const parts = [first]
    while (this.#accept(...operators)) parts.push(part())
    return parts.length === 1 ? first : { type, parts }
  }

  #not(): Expression {
    if (!this.#accept('!', 'not')) return this.#test()
    return this.#nested(() => ({ type: 'not', of: this.#not() }))
  }

  #nested<Result>(parse: () => Result): Result {
    if (++this.#nesting > MAX_NESTING) throw this.#mistake(`more than ${MAX_NESTING} levels are nested here`, null)
    const result = parse()
    this.#nesting--
    return result
  }

  #test(): Expression {
    if (this.#startsGroup()) {
      this.#at++
      const inner = this.#nested(() => this.#or())
      this.#expect(')')
      return inner
    }
    const quantified = this.#quantifier()
    const left = this.#value()
    return this.#relation(left, quantified)
  }

  /** `any` and `all` before a field choose the occurrences. */
  #quantifier(): Quantifier | null {
    const { kind, text } = this.#token
    if (kind !== 'word' || (text !== 'any' && text !== 'all')) return null
    this.#at++
    return text
  }

  /** A parenthesis holds a condition, unless what it closes is compared or reckoned with: `(tcp.flags & 2) == 2`. */
  #startsGroup(): boolean {
    if (this.#token.kind !== 'symbol' || this.#token.text !== '(') return false
    let depth = 0
    for (let at = this.#at; at < this.#tokens.length; at++) {
      const { kind, text } = this.#tokens[at]!
      if (kind !== 'symbol') continue
      if (text === '(') depth++
      else if (text === ')' && --depth === 0) return !continuesOperand(this.#tokens, at + 1)
    }
    return true
  }

  #relation(left: Operand, quantified: Quantifier | null): Expression {
    const compared = this.#comparisons(left, quantified)
    if (compared !== null) return compared
    const quantifier = quantified ?? 'any'
    if (this.#accept('contains')) return { type: 'contains', quantifier, left, right: this.#primary() }
    if (this.#accept('matches', '~')) return { type: 'matches', quantifier, left, right: this.#primary() }
    const negated = this.#acceptNotIn()
    if (negated || this.#accept('in')) {
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
      const right = this.#value()
      parts.push({ type: 'compare', comparison: known[0], quantifier: quantified ?? known[1], left, right })
      left = right
    }
    return parts.length > 1 ? { type: 'and', parts } : (parts[0] ?? null)
  }

  #acceptComparison(): readonly [Comparison, Quantifier] | undefined {
    const known = this.#isOperator() ? COMPARISONS.get(this.#token.text) : undefined
    if (known !== undefined) this.#at++
    return known
  }

  #acceptNotIn(): boolean {
    const next = this.#tokens[this.#at + 1]
    if (this.#token.kind !== 'word' || this.#token.text !== 'not' || next?.text !== 'in') return false
    this.#at += 2
    return true
  }

  #members(): SetMember[] {
    this.#expect('{')
    const members: SetMember[] = []
    do {
      const low = this.#value()
      members.push({ low, high: this.#accept('..') ? this.#value() : null })
    } while (this.#accept(','))
    if (!this.#accept('}')) throw this.#unexpected(', or }')
    return members
  }

  /** `&` binds less closely than the other operators, as in Wireshark and C. */
  #value(): Operand {
    return this.#operation(MASKING, () =>
      this.#operation(ADDITIVE, () => this.#operation(MULTIPLICATIVE, () => this.#signed())),
    )
  }

  /** A sign is part of the number behind it; what else it stands before is taken from zero. */
  #signed(): Operand {
    const { text, start } = this.#token
    if (!this.#accept('-', '+')) return this.#primary()
    const of = this.#nested(() => this.#signed())
    if (text === '+') return { ...of, start }
    if (of.type === 'field' && DIGIT_FIRST.test(of.name)) return { ...of, name: `-${of.name}`, start }
    const zero: Operand = { type: 'field', name: '0', start, end: start + 1 }
    return { type: 'arithmetic', operator: '-', left: zero, right: of, start, end: of.end }
  }

  #operation(operators: ReadonlySet<string>, operand: () => Operand): Operand {
    let left = operand()
    while (this.#isOperator() && operators.has(this.#token.text)) {
      const written = this.#token.text
      this.#at++
      const operator = written.startsWith('bit') ? '&' : (written as ArithmeticOperator)
      const right = operand()
      left = { type: 'arithmetic', operator, left, right, start: left.start, end: right.end }
    }
    return left
  }

  #isOperator(): boolean {
    return this.#token.kind === 'symbol' || this.#token.kind === 'word'
  }

  #primary(): Operand {
    const token = this.#token
    if (token.kind === 'symbol' && (token.text === '(' || token.text === '{')) return this.#bracketed(token.text)
    if (token.kind === 'end') throw this.#mistake('the filter ends where a field or a value is missing', null)
    if (token.kind === 'symbol' || token.kind === 'slice' || isKeyword(token))
      throw this.#unexpected('a field or a value')
    this.#at++
    let operand = this.#named(token)
    while (this.#token.kind === 'slice') {
      const slice = this.#token
      operand = { type: 'slice', of: operand, ranges: parseSlice(slice), start: operand.start, end: slice.end }
      this.#at++
    }
    return operand
  }

  #bracketed(open: string): Operand {
    this.#at++
    const inner = this.#nested(() => this.#value())
    this.#expect(open === '(' ? ')' : '}')
    return inner
  }

  #named(token: Token): Operand {
    const { text, start, end } = token
    if (token.kind === 'string' || token.kind === 'character')
      return { type: 'literal', form: token.kind, text, start, end }
    if (FUNCTIONS.has(text) && this.#accept('(')) {
      const of = this.#nested(() => this.#values())
      this.#expect(')')
      return { type: 'call', name: text, of, start, end: this.#tokens[this.#at - 1]!.end }
    }
    return { type: 'field', name: text, start, end }
  }

  #values(): Operand[] {
    const values = [this.#value()]
    while (this.#accept(',')) values.push(this.#value())
    return values
  }

  #unexpected(expected: string): Mistake {
    const { kind, text } = this.#token
    if (kind === 'end') return this.#mistake(`the filter ends here, where ${expected} is missing`, null)
    const what = kind === 'symbol' || kind === 'word' ? text : `this ${kind}`
    return this.#mistake(`${what} stands where ${expected} is expected`, null)
  }

  #mistake(message: string, hint: string | null): Mistake {
    return new Mistake(message, this.#token.start, this.#token.end, hint)
  }
}

/** What asks something of a value, but for comparisons. */
const RELATIONS = new Set(['in', 'contains', 'matches', '~'])
const KEYWORDS = new Set(['and', 'or', 'xor', 'not', 'in', 'contains', 'matches', ...COMPARISONS.keys()])

function isKeyword(token: Token): boolean {
  return token.kind === 'word' && KEYWORDS.has(token.text)
}

/** True where what stands there can only follow a value. */
function continuesOperand(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at]!
  if (kind !== 'symbol' && kind !== 'word') return false
  if (COMPARISONS.has(text) || ADDITIVE.has(text) || MULTIPLICATIVE.has(text) || MASKING.has(text)) return true
  return RELATIONS.has(text) || (text === 'not' && tokens[at + 1]?.text === 'in')
}
