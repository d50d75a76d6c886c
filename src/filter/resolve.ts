import { INTEGER, Need, type NumberType } from './field.ts'
import { FIELD_TABLE } from './field-table.ts'
import { resultOf } from './function.ts'
import { bytesConstant, numberConstant } from './literal.ts'
import { masked } from './mask.ts'
import { Mistake } from './mistake.ts'
import type { Scope } from './scope.ts'
import { type BytesSource, type NumberSource, type Source, sourceOf } from './source.ts'
import type { ArithmeticOperator, Operand, SliceRange } from './syntax.ts'
import { wireBytes } from './wire-bytes.ts'

type Arithmetic = Extract<Operand, { type: 'arithmetic' }>
type Slice = Extract<Operand, { type: 'slice' }>

/** A float64 holds integers of this many bytes. */
const MAX_BYTES = 6

const SLICE_EXAMPLE = 'such as tcp.payload[0:4]'

const CALCULATE: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
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
      return resultOf(operand, operand.of.map(resolve))
  }
}

function resolveSlice(operand: Slice): BytesSource {
  const of = wireBytes(resolve(operand.of))
  if (of === null)
    throw new Mistake('only bytes, addresses and texts have slices', operand.start, operand.end, SLICE_EXAMPLE)
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

function resolveArithmetic(operand: Arithmetic): NumberSource | BytesSource {
  const { operator } = operand
  const sources = [resolve(operand.left), resolve(operand.right)]
  const partner = sources.find((source) => source.kind !== 'literal')
  if (operator === '&' && partner?.kind === 'bytes')
    return masked(toBytes(sources[0]!, operand.left, partner), toBytes(sources[1]!, operand.right, partner))
  refuseMoments(operand, sources)
  const left = toNumbers(sources[0]!, operand.left, partner)
  const numbers = toNumbers(sources[1]!, operand.right, partner)
  refuseMixture(operand, left, numbers)
  const right = operator === '/' || operator === '%' ? divisors(numbers) : numbers
  const calculate = CALCULATE[operator]
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

/** Moments count from where no filter can know. */
function refuseMoments({ start, end }: Arithmetic, sources: readonly Source[]): void {
  if (sources.some((source) => source.kind === 'number' && source.type === 'instant'))
    throw new Mistake('one cannot reckon with moments', start, end, 'such as frame.time_relative + 1')
}

/** Times go with times alone, and neither their product nor their quotient is one. */
function refuseMixture({ operator, start, end }: Arithmetic, left: NumberSource, right: NumberSource): void {
  if (left.type !== 'duration' && right.type !== 'duration') return
  if (left.type !== right.type) throw new Mistake('a time cannot be reckoned with a number', start, end)
  if (operator === '*' || operator === '/') throw new Mistake(`times have no ${operator}`, start, end)
}

/** What is divided by zero has no value. */
function divisors(of: NumberSource): NumberSource {
  const places = (scope: Scope): number[] =>
    Array.from({ length: of.count(scope) }, (_, at) => at).filter((at) => of.value(scope, at) !== 0)
  return {
    ...of,
    count: (scope) => places(scope).length,
    value: (scope, at) => of.value(scope, places(scope)[at]!),
  }
}

function typeBeside(partner: Source | undefined): NumberType {
  return partner?.kind === 'number' && partner.type !== 'boolean' ? partner.type : 'integer'
}

/** A mask is bytes as what it masks, written in the same way. */
function toBytes(source: Source, { start, end }: Operand, partner: BytesSource): BytesSource {
  if (source.kind === 'bytes') return source
  if (source.kind !== 'literal') throw new Mistake('bytes are masked with bytes', start, end)
  const type = partner.type === 'protocol' ? 'bytes' : partner.type
  const { bytes } = bytesConstant(source, type)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const locate = (scope: Scope): boolean => {
    scope.found(view, 0, view.byteLength)
    return true
  }
  return { kind: 'bytes', type, needs: Need.NOTHING, count: () => 1, locate, locateAll: locate }
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
      : numberConstant(source, { ...INTEGER, type }).value
  return { kind: 'number', ...INTEGER, type, needs: Need.NOTHING, count: () => 1, value: () => value }
}

/** NaN, which compares with nothing, where the bytes are more than a number holds exactly. */
function numberHere({ bytes, from, to }: Scope): number {
  if (to - from > MAX_BYTES) return Number.NaN
  let number = 0
  for (let at = from; at < to; at++) number = number * 256 + bytes.getUint8(at)
  return number
}
