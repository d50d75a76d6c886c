import { INTEGER, Need } from './field.ts'
import { numberConstant } from './literal.ts'
import { Mistake } from './mistake.ts'
import type { Scope } from './scope.ts'
import type { NumberSource, Source, TextSource } from './source.ts'
import type { Operand, Place } from './syntax.ts'
import { asText } from './text-form.ts'
import { wireBytes } from './wire-bytes.ts'

type Call = Extract<Operand, { type: 'call' }>

/** What one of Wireshark's functions makes of its arguments. Throws a {@link Mistake}. */
export function resultOf(call: Call, sources: readonly Source[]): Source {
  const { name } = call
  if (name === 'max') return extreme(call, sources, Math.max)
  if (name === 'min') return extreme(call, sources, Math.min)
  const [of, ...more] = sources
  if (more.length > 0) throw new Mistake(`${name}() takes one field`, call.of[1]!.start, call.end)
  const { start, end } = call.of[0]!
  if (of!.kind === 'literal') throw new Mistake(`${name}() takes a field`, start, end)
  switch (name) {
    case 'count':
      return countOf(of!)
    case 'len':
      return lengthOf(of!, call.of[0]!)
    case 'abs':
      return absolute(of!, call.of[0]!)
    case 'string':
      return asText(of!, call.of[0]!)
    default:
      return inCase(call, of!)
  }
}

/** A field that is not there has no count, as in Wireshark: `count(tcp.option_kind) < 3` asks for segments with options. */
function countOf({ needs, count }: Exclude<Source, { kind: 'literal' }>): NumberSource {
  return { kind: 'number', ...INTEGER, needs, count: (scope) => Math.min(count(scope), 1), value: count }
}

function lengthOf(of: Source, { start, end }: Place): NumberSource {
  const bytes = wireBytes(of)
  if (bytes === null) throw new Mistake('len() takes bytes or a text', start, end, 'such as len(tcp.payload)')
  const { needs, count, locate } = bytes
  const value = (scope: Scope, at: number): number => (locate(scope, at) ? scope.to - scope.from : 0)
  return { kind: 'number', ...INTEGER, needs, count, value }
}

function absolute(of: Source, { start, end }: Place): NumberSource {
  if (of.kind !== 'number' || of.type === 'instant') throw new Mistake('abs() takes a number', start, end)
  const { value } = of
  return { ...of, value: (scope, at) => Math.abs(value(scope, at)) }
}

function inCase({ name, of: [operand] }: Call, of: Source): TextSource {
  if (of.kind !== 'text') throw new Mistake(`${name}() takes a text`, operand!.start, operand!.end)
  const { value } = of
  if (name === 'upper') return { ...of, value: (scope, at) => value(scope, at).toUpperCase() }
  return { ...of, value: (scope, at) => value(scope, at).toLowerCase() }
}

/** The largest or smallest value of the arguments that are there. */
function extreme({ name, of }: Call, sources: readonly Source[], choose: typeof Math.max): NumberSource {
  const first = sources.find((source) => source.kind === 'number' && source.type !== 'instant')
  if (first?.kind !== 'number') throw new Mistake(`${name}() takes numbers`, of[0]!.start, of[of.length - 1]!.end)
  const numbers = sources.map((source, at): NumberSource => {
    const { start, end } = of[at]!
    if (source.kind === 'literal') {
      const { value } = numberConstant(source, first)
      return { ...first, needs: Need.NOTHING, count: () => 1, value: () => value }
    }
    if (source.kind === 'number' && source.type === first.type) return source
    throw new Mistake(`${name}() takes values of one kind`, start, end)
  })
  return {
    ...first,
    needs: numbers.reduce((needs, each) => needs | each.needs, Need.NOTHING as number),
    count: (scope) => (numbers.some(({ count }) => count(scope) > 0) ? 1 : 0),
    value: (scope) => {
      // Of no value at all: the one that any other is chosen before.
      let chosen = choose()
      for (const { count, value } of numbers)
        for (let at = count(scope) - 1; at >= 0; at--) chosen = choose(chosen, value(scope, at))
      return chosen
    },
  }
}
