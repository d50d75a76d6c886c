import { Need, type Notation, type NumberType } from './field.ts'
import { FIELD_TABLE } from './field-table.ts'
import { bytesConstant, numberConstant } from './literal.ts'
import { Mistake } from './mistake.ts'
import { NO_NAMES } from './names/named-values.ts'
import type { Scope } from './scope.ts'
import { type BytesSource, type NumberSource, type Source, sourceOf } from './source.ts'
import type { ArithmeticOperator, Operand, SliceRange } from './syntax.ts'

type Arithmetic = Extract<Operand, { type: 'arithmetic' }>
type Call = Extract<Operand, { type: 'call' }>
type Slice = Extract<Operand, { type: 'slice' }>

/** A float64 holds integers of this many bytes. */
const MAX_BYTES = 6

const INTEGER: Notation = { type: 'integer', names: NO_NAMES }

const CALCULATE: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '&': (left, right) => (left & right) >>> 0,
}

/** Where an operand's values come from. A word that names no field is a literal. Throws a {@link Mistake}. */
export function resolve(operand: Operand): Source {
  switch (operand.type) {
    case 'field': {
      const field = FIELD_TABLE.get(operand.name)
      if (field !== undefined) return sourceOf(field)
      const { name, start, end } = operand
      return { kind: 'literal', type: 'literal', form: 'word', text: name, start, end }
    }
    case 'literal':
      return { kind: 'literal', ...operand }
    case 'slice':
      return resolveSlice(operand)
    case 'arithmetic':
      return resolveArithmetic(operand)
    case 'call':
      return resolveCall(operand)
  }
}

function resolveSlice(operand: Slice): BytesSource {
  const of = resolve(operand.of)
  if (of.kind !== 'bytes')
    throw new Mistake('only bytes have slices', operand.start, operand.end, 'such as tcp.payload[0:4]')
  const { count, needs } = of
  const [first, ...more] = operand.ranges
  const one = (scope: Scope, at: number): boolean => of.locate(scope, at) && narrow(scope, first!)
  const locate = more.length === 0 ? one : joined(of, operand.ranges)
  return { kind: 'bytes', type: 'bytes', needs, count, locate, locateAll: locate }
}

/** Narrows the bytes in the scope; false where they do not reach so far. */
function narrow(scope: Scope, { offset, length }: SliceRange): boolean {
  const from = offset < 0 ? scope.to + offset : scope.from + offset
  const to = length === null ? scope.to : from + length
  if (from < scope.from || from >= scope.to || to > scope.to) return false
  scope.found(scope.bytes, from, to)
  return true
}

/** Several ranges, one after the other. */
function joined(of: BytesSource, ranges: readonly SliceRange[]): BytesSource['locate'] {
  return (scope, at) => {
    const bytes: number[] = []
    for (const range of ranges) {
      if (!of.locate(scope, at) || !narrow(scope, range)) return false
      for (let byte = scope.from; byte < scope.to; byte++) bytes.push(scope.bytes.getUint8(byte))
    }
    scope.found(new DataView(Uint8Array.from(bytes).buffer), 0, bytes.length)
    return true
  }
}

function resolveArithmetic(operand: Arithmetic): NumberSource {
  const sources = [resolve(operand.left), resolve(operand.right)]
  const partner = sources.find((source) => source.kind !== 'literal')
  const left = toNumbers(sources[0]!, operand.left, partner)
  const right = toNumbers(sources[1]!, operand.right, partner)
  const calculate = CALCULATE[operand.operator]
  return {
    kind: 'number',
    type: typeBeside(partner),
    // A name is one of the first field's, as in Wireshark.
    names: left.names,
    needs: left.needs | right.needs,
    count: (scope) => left.count(scope) * right.count(scope),
    value: (scope, at) => {
      const rights = right.count(scope)
      return calculate(left.value(scope, Math.floor(at / rights)), right.value(scope, at % rights))
    },
  }
}

function typeBeside(partner: Source | undefined): NumberType {
  return partner?.kind === 'number' && partner.type !== 'boolean' ? partner.type : 'integer'
}

/** Bytes count as the number that they are in network byte order; beside them a literal is bytes too. */
function toNumbers(source: Source, { start, end }: Operand, partner: Source | undefined): NumberSource {
  if (source.kind === 'number') return source
  if (source.kind === 'bytes') {
    const value = (scope: Scope, at: number): number => (source.locate(scope, at) ? numberHere(scope) : Number.NaN)
    return { kind: 'number', ...INTEGER, needs: source.needs, count: source.count, value }
  }
  if (source.kind !== 'literal') throw new Mistake('one can reckon with numbers and bytes only', start, end)
  const type = typeBeside(partner)
  const value =
    partner?.kind === 'bytes'
      ? bytesConstant(source, 'bytes').bytes.reduce((number, byte) => number * 256 + byte, 0)
      : numberConstant(source, { type, names: NO_NAMES }).value
  return { kind: 'number', type, names: NO_NAMES, needs: Need.NOTHING, count: () => 1, value: () => value }
}

/** NaN, which compares with nothing, where the bytes are more than a number holds exactly. */
function numberHere({ bytes, from, to }: Scope): number {
  if (to - from > MAX_BYTES) return Number.NaN
  let number = 0
  for (let at = from; at < to; at++) number = number * 256 + bytes.getUint8(at)
  return number
}

function resolveCall(operand: Call): Source {
  const of = resolve(operand.of)
  const { start, end } = operand.of
  if (of.kind === 'literal') throw new Mistake(`${operand.name}() takes a field`, start, end)
  if (operand.name === 'count') {
    const { needs, count } = of
    // A field that is not there has no count, as in Wireshark: `count(tcp.option_kind) < 3` asks for segments with options.
    return { kind: 'number', ...INTEGER, needs, count: (scope) => Math.min(count(scope), 1), value: count }
  }
  if (operand.name === 'len') return lengthOf(of, operand)
  if (of.kind !== 'text') throw new Mistake(`${operand.name}() takes a text`, start, end)
  const { value } = of
  if (operand.name === 'upper') return { ...of, value: (scope, at) => value(scope, at).toUpperCase() }
  return { ...of, value: (scope, at) => value(scope, at).toLowerCase() }
}

function lengthOf(of: Source, { of: { start, end } }: Call): NumberSource {
  if (of.kind === 'text') {
    const { needs, count, value } = of
    return { kind: 'number', ...INTEGER, needs, count, value: (scope, at) => Buffer.byteLength(value(scope, at)) }
  }
  if (of.kind !== 'bytes') throw new Mistake('len() takes bytes or a text', start, end, 'such as len(tcp.payload)')
  const { needs, count, locate } = of
  const value = (scope: Scope, at: number): number => (locate(scope, at) ? scope.to - scope.from : 0)
  return { kind: 'number', ...INTEGER, needs, count, value }
}
