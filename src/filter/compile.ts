import type { Epoch } from '../capture/epoch.ts'
import {
  anyAgainstBytes,
  anyAgainstBytesOf,
  anyBitSet,
  anyBytesBetween,
  anyContains,
  anyMatches,
} from './compare-bytes.ts'
import { anyAgainstConstant, anyAgainstNumbers, anyInRanges, type Predicate } from './compare-numbers.ts'
import { anyAgainstText, anyAgainstTexts, anyText } from './compare-texts.ts'
import { allOf, someOf } from './connectives.ts'
import { exactly } from './constant.ts'
import { isOfApplication, nearestField } from './field-table.ts'
import { sinceEpoch } from './instant.ts'
import { bytesConstant, instantConstant, numberConstant, textConstant } from './literal.ts'
import { Mistake } from './mistake.ts'
import { valueNamed } from './names/named-values.ts'
import type { RegexCompiler } from './regex.ts'
import { resolve } from './resolve.ts'
import type { Literal, NumberSource, Source } from './source.ts'
import type { Comparison, Expression, Operand, Place, SetMember } from './syntax.ts'
import { wireBytes } from './wire-bytes.ts'

type Valued = Exclude<Source, { kind: 'literal' }>
type Compare = Extract<Expression, { type: 'compare' }>
type Search = Extract<Expression, { type: 'contains' | 'matches' }>
type Inside = Extract<Expression, { type: 'in' }>

/** Without the quantifier `any`, all values of a field must compare so: none may compare the other way. */
const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '>=': '<',
}
/** The same comparison with its sides exchanged. */
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '>': '<',
  '<': '>',
  '>=': '<=',
  '<=': '>=',
}

/** Turns a parsed filter into a predicate, and gathers what it needs. */
export class Compiler {
  /** Bits of `Need` of all fields met. */
  needs = 0
  readonly #regex: RegexCompiler | null

  constructor(regex: RegexCompiler | null) {
    this.#regex = regex
  }

  /** Throws a {@link Mistake}. */
  compile(expression: Expression): Predicate {
    switch (expression.type) {
      case 'and':
        return allOf(expression.parts.map((part) => this.compile(part)))
      case 'or':
        return someOf(expression.parts.map((part) => this.compile(part)))
      case 'xor': {
        const [left, right] = [this.compile(expression.left), this.compile(expression.right)]
        return (scope) => left(scope) !== right(scope)
      }
      case 'not': {
        const inner = this.compile(expression.of)
        return (scope) => !inner(scope)
      }
      case 'exists':
        return this.#exists(expression.operand)
      case 'compare':
        return this.#compare(expression)
      case 'in':
        return this.#in(expression)
      default:
        return this.#search(expression)
    }
  }

  #valued(operand: Operand): Valued {
    const source = resolve(operand)
    if (source.kind === 'literal') throw noField(source)
    this.needs |= source.needs
    return source
  }

  #exists(operand: Operand): Predicate {
    const source = this.#valued(operand)
    if (operand.type === 'arithmetic' && source.kind === 'number')
      return anyAgainstConstant(source, '!=', numberConstant(zero(operand), source))
    if (operand.type === 'arithmetic' && source.kind === 'bytes') return anyBitSet(source)
    if (source.kind !== 'bytes' || operand.type !== 'slice') return (scope) => source.count(scope) > 0
    return anyContains(source, Buffer.alloc(0))
  }

  #compare({ comparison, quantifier, left, right }: Compare): Predicate {
    // A value may stand first.
    if (resolve(left).kind === 'literal' && resolve(right).kind !== 'literal')
      return this.#compare({ type: 'compare', comparison: MIRRORED[comparison], quantifier, left: right, right: left })
    const source = this.#valued(left)
    if (quantifier === 'any') return this.#any(source, left, comparison, right)
    const opposite = this.#any(source, left, OPPOSITE[comparison], right)
    const other = resolve(right)
    // Where either side is not there, nothing is compared.
    if (other.kind === 'literal') return (scope) => source.count(scope) > 0 && !opposite(scope)
    return (scope) => source.count(scope) > 0 && other.count(scope) > 0 && !opposite(scope)
  }

  #any(source: Valued, place: Place, comparison: Comparison, operand: Operand): Predicate {
    const other = resolve(operand)
    if (other.kind !== 'literal') this.needs |= other.needs
    if (source.kind === 'mark')
      throw new Mistake('this has no value: it is there or not', place.start, place.end, 'ask for its name alone')
    if (other.kind === 'literal') return againstLiteral(source, comparison, other)
    if (source.kind === 'number' && other.kind === 'number' && unitOf(source) === unitOf(other))
      return anyAgainstNumbers(source, comparison, other)
    if (source.kind === 'text' && other.kind === 'text') return anyAgainstTexts(source, comparison, other)
    const [own, others] = [wireBytes(source), wireBytes(other)]
    if (own !== null && others !== null) return anyAgainstBytesOf(own, comparison, others)
    throw notComparable(source, operand)
  }

  #in({ left, quantifier, members }: Inside): Predicate {
    const source = this.#valued(left)
    if (quantifier === 'all') throw new Mistake('all does not go with a set', left.start, left.end, 'leave all out')
    if (source.kind === 'number' && isPlain(source, members)) return plainSet(source, members)
    return someOf(
      members.map(({ low, high }) =>
        high === null ? this.#any(source, left, '==', low) : between(source, left, low, high),
      ),
    )
  }

  #search({ type, quantifier, left, right }: Search): Predicate {
    const source = this.#valued(left)
    const sought = resolve(right)
    if (sought.kind !== 'literal')
      throw new Mistake(`${type} takes a value`, right.start, right.end, 'put a text in quotes')
    if (source.kind !== 'bytes' && source.kind !== 'text')
      throw new Mistake(
        `${type} searches in bytes or texts`,
        left.start,
        left.end,
        'such as tcp.payload or tcp.flags.str',
      )
    if (quantifier === 'all') throw new Mistake(`all does not go with ${type}`, left.start, left.end, 'leave all out')
    if (type === 'matches') {
      const test = this.#regex!(sought)
      // Patterns are matched against bytes.
      if (source.kind === 'text') return anyText(source, (text) => test(Buffer.from(text).toString('latin1')))
      return anyMatches(source, test)
    }
    if (source.kind === 'bytes') return anyContains(source, Buffer.from(bytesConstant(sought, 'bytes').bytes))
    const text = textConstant(sought)
    return anyText(source, (value) => value.includes(text))
  }
}

function noField({ form, text, start, end }: Literal): Mistake {
  if (form !== 'word') return new Mistake('a value stands where a field is expected', start, end)
  return new Mistake(`there is no field ${text}`, start, end, hintFor(text))
}

function hintFor(name: string): string {
  if (isOfApplication(name)) return 'applications are not taken apart: search what they send, as in tcp contains "GET"'
  const nearest = /[a-z]/i.test(name) ? nearestField(name) : null
  if (nearest !== null) return `did you mean ${nearest}?`
  return 'known are frame, eth, vlan, sll, ip, ipv6, tcp, udp, icmp, icmpv6 and flow'
}

function notComparable(source: Valued, operand: Operand): Mistake {
  const named =
    operand.type === 'field' && source.kind === 'number' && valueNamed(operand.name, source.names) !== undefined
  const hint = named ? `put it in quotes if you mean the value: "${operand.name}"` : null
  return new Mistake('this cannot be compared with what stands before', operand.start, operand.end, hint)
}

/** Numbers of another unit are of another kind: nanoseconds and addresses compare with none but their own. */
const unitOf = ({ type }: NumberSource): string => (type === 'boolean' ? 'integer' : type)

/** True where one value lies in the range: two conditions could hold for two values. */
function between(source: Valued, left: Place, low: Operand, high: Operand): Predicate {
  const [from, to] = [resolve(low), resolve(high)]
  if (from.kind !== 'literal' || to.kind !== 'literal')
    throw new Mistake('a range goes from one value to another', low.start, high.end, 'such as 80..90')
  if (source.kind === 'number' && source.type === 'instant') {
    const [first, last] = [instantConstant(from), instantConstant(to)]
    return fromEpochOn((epoch) => anyInRanges(source, [[sinceEpoch(first, epoch), sinceEpoch(last, epoch)]]))
  }
  if (source.kind === 'number')
    return anyInRanges(source, [[numberConstant(from, source).value, numberConstant(to, source).value]])
  if (source.kind === 'bytes')
    return anyBytesBetween(source, bytesConstant(from, source.type), bytesConstant(to, source.type))
  throw new Mistake('only numbers and bytes have ranges', left.start, left.end)
}

const zero = ({ start, end }: Place): Literal => ({ type: 'literal', form: 'word', text: '0', start, end })

function againstLiteral(
  source: Exclude<Valued, { kind: 'mark' }>,
  comparison: Comparison,
  literal: Literal,
): Predicate {
  if (source.kind === 'number' && source.type === 'instant') {
    const instant = instantConstant(literal)
    return fromEpochOn((epoch) => anyAgainstConstant(source, comparison, exactly(sinceEpoch(instant, epoch))))
  }
  if (source.kind === 'number') return anyAgainstConstant(source, comparison, numberConstant(literal, source))
  if (source.kind === 'bytes') return anyAgainstBytes(source, comparison, bytesConstant(literal, source.type))
  return anyAgainstText(source, comparison, textConstant(literal))
}

/** What compares with moments: they count from the run's zero, which is known from the first frame on. */
function fromEpochOn(compile: (epoch: Epoch) => Predicate): Predicate {
  let predicate: Predicate | null = null
  return (scope) => {
    if (Number.isNaN(scope.epoch.seconds)) return false
    predicate ??= compile(scope.epoch)
    return predicate(scope)
  }
}

/** True where the set is of numbers that are known before the first frame, without prefixes. */
function isPlain(source: NumberSource, members: readonly SetMember[]): boolean {
  return (
    source.type !== 'ipv4' &&
    source.type !== 'instant' &&
    members.every(
      ({ low, high }) => resolve(low).kind === 'literal' && (high === null || resolve(high).kind === 'literal'),
    )
  )
}

function plainSet(source: NumberSource, members: readonly SetMember[]): Predicate {
  const constant = (operand: Operand): number => numberConstant(resolve(operand) as Literal, source).value
  return anyInRanges(
    source,
    members.map(({ low, high }) => [constant(low), constant(high ?? low)] as const),
  )
}
