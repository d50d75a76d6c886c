import type { Comparison, Quantifier } from './syntax.ts'
import type { Token } from './token.ts'

/** Each way to write a comparison: what it means, and of which occurrences where the field has several. */
export const COMPARISONS: ReadonlyMap<string, readonly [Comparison, Quantifier]> = new Map([
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
export const ADDITIVE = new Set(['+', '-'])
export const MULTIPLICATIVE = new Set(['*', '/', '%'])
export const MASKING = new Set(['&', 'bitand', 'bitwise_and'])

/** What asks something of a value, but for comparisons. */
const RELATIONS = new Set(['in', 'contains', 'matches', '~'])
const KEYWORDS = new Set(['and', 'or', 'xor', 'not', 'in', 'contains', 'matches', ...COMPARISONS.keys()])

/** A word that has a meaning of its own, and so names no field. */
export function isKeyword(token: Token): boolean {
  return token.kind === 'word' && KEYWORDS.has(token.text)
}

/** True where what stands there can only follow a value. */
export function continuesOperand(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at]!
  if (kind !== 'symbol' && kind !== 'word') return false
  if (COMPARISONS.has(text) || ADDITIVE.has(text) || MULTIPLICATIVE.has(text) || MASKING.has(text)) return true
  return RELATIONS.has(text) || (text === 'not' && tokens[at + 1]?.text === 'in')
}
