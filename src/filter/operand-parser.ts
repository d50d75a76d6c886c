import { ADDITIVE, isKeyword, MASKING, MULTIPLICATIVE } from './operators.ts'
import { parseSlice } from './slice.ts'
import type { ArithmeticOperator, Operand } from './syntax.ts'
import type { Token } from './token.ts'
import type { TokenCursor } from './token-cursor.ts'

const FUNCTIONS = new Set(['len', 'count', 'lower', 'upper', 'string', 'min', 'max', 'abs'])
const DIGIT_FIRST = /^\.?\d/

/** Parses what has a value: fields, literals, calls, slices, and what is reckoned of them. */
export class OperandParser {
  readonly #tokens: TokenCursor

  constructor(tokens: TokenCursor) {
    this.#tokens = tokens
  }

  /** `&` binds less closely than the other operators, as in Wireshark and C. */
  value(): Operand {
    return this.#operation(MASKING, () =>
      this.#operation(ADDITIVE, () => this.#operation(MULTIPLICATIVE, () => this.#signed())),
    )
  }

  /** A sign is part of the number behind it; what else it stands before is taken from zero. */
  #signed(): Operand {
    const { text, start } = this.#tokens.current
    if (!this.#tokens.accept('-', '+')) return this.primary()
    const of = this.#tokens.nested(() => this.#signed())
    if (text === '+') return { ...of, start }
    if (of.type === 'field' && DIGIT_FIRST.test(of.name)) return { ...of, name: `-${of.name}`, start }
    const zero: Operand = { type: 'field', name: '0', start, end: start + 1 }
    return { type: 'arithmetic', operator: '-', left: zero, right: of, start, end: of.end }
  }

  #operation(operators: ReadonlySet<string>, operand: () => Operand): Operand {
    let left = operand()
    while (this.#tokens.isOperator() && operators.has(this.#tokens.current.text)) {
      const written = this.#tokens.current.text
      this.#tokens.at++
      const operator = written.startsWith('bit') ? '&' : (written as ArithmeticOperator)
      const right = operand()
      left = { type: 'arithmetic', operator, left, right, start: left.start, end: right.end }
    }
    return left
  }

  /** A field or a literal with its slices, a call, or what stands in brackets. */
  primary(): Operand {
    const token = this.#tokens.current
    if (token.kind === 'symbol' && (token.text === '(' || token.text === '{')) return this.#bracketed(token.text)
    if (token.kind === 'end') throw this.#tokens.mistake('the filter ends where a field or a value is missing', null)
    if (token.kind === 'symbol' || token.kind === 'slice' || isKeyword(token))
      throw this.#tokens.unexpected('a field or a value')
    this.#tokens.at++
    let operand = this.#named(token)
    while (this.#tokens.current.kind === 'slice') {
      const slice = this.#tokens.current
      operand = { type: 'slice', of: operand, ranges: parseSlice(slice), start: operand.start, end: slice.end }
      this.#tokens.at++
    }
    return operand
  }

  #bracketed(open: string): Operand {
    this.#tokens.at++
    const inner = this.#tokens.nested(() => this.value())
    this.#tokens.expect(open === '(' ? ')' : '}')
    return inner
  }

  #named(token: Token): Operand {
    const { text, start, end } = token
    if (token.kind === 'string' || token.kind === 'character')
      return { type: 'literal', form: token.kind, text, start, end }
    if (FUNCTIONS.has(text) && this.#tokens.accept('(')) {
      const of = this.#tokens.nested(() => this.#values())
      this.#tokens.expect(')')
      return { type: 'call', name: text, of, start, end: this.#tokens.all[this.#tokens.at - 1]!.end }
    }
    return { type: 'field', name: text, start, end }
  }

  #values(): Operand[] {
    const values = [this.value()]
    while (this.#tokens.accept(',')) values.push(this.value())
    return values
  }
}
