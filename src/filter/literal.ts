import { nearest } from '../text/nearest.ts'
import { type BytesConstant, exactly, type NumberConstant } from './constant.ts'
import type { BytesType, Notation } from './field.ts'
import { nearestField } from './field-table.ts'
import { type Instant, parseInstant } from './instant.ts'
import { parseIpv4, parseIpv6 } from './ip-literal.ts'
import { Mistake } from './mistake.ts'
import { type NamedValues, valueNamed } from './names/named-values.ts'
import type { Literal } from './source.ts'

const DECIMAL = /^[+-]?\d+$/
const HEXADECIMAL = /^[+-]?0[xX][0-9a-fA-F]+$/
const BINARY = /^0[bB][01]+$/
const OCTAL = /^0[0-7]+$/
const SECONDS = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const PAIRS = /^[0-9a-fA-F]{2}([:.-]?[0-9a-fA-F]{2})*[:.-]?$/
const ONE_DIGIT = /^[0-9a-fA-F]$/
const ETHER_LENGTH = 6
/** Words for a bit, which never stand in quotes. */
const BOOLEANS: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
])

/** Reads a literal as a number. Throws a {@link Mistake} where it is not one. */
export function numberConstant(literal: Literal, notation: Notation): NumberConstant {
  const { type } = notation
  if (type === 'ipv4')
    return parseIpv4(literal.text) ?? fail(literal, 'no IPv4 address', 'write one as 10.0.0.1 or 10.0.0.0/8')
  return exactly(type === 'duration' ? nanoseconds(literal) : integer(literal, notation))
}

/** A literal as a moment. Throws a {@link Mistake}. */
export function instantConstant(literal: Literal): Instant {
  return (
    parseInstant(literal.text) ??
    fail(literal, 'no moment', 'write Unix time, such as 1700000000.5, or a date, such as "2023-11-14 22:13:20"')
  )
}

/** Whole ones, as stamps have them: 2.129679 times 1e9 is a little less than the float64 that it stands for. */
function nanoseconds({ text, ...literal }: Literal): number {
  if (!SECONDS.test(text)) fail({ text, ...literal }, 'no time', 'write seconds, such as 0.5')
  return Math.round(Number(text) * 1e9)
}

function integer(literal: Literal, { type, names }: Notation): number {
  const { text, form } = literal
  if (form === 'character') return text.charCodeAt(0)
  const number = form === 'string' ? undefined : numberOf(text)
  // Any number but 0 is a bit that is set, as in Wireshark.
  if (number !== undefined) return type === 'boolean' && number !== 0 ? 1 : number
  const word = type === 'boolean' && form === 'word' ? BOOLEANS.get(text.toLowerCase()) : undefined
  return word ?? valueNamed(text, names) ?? failForNumber(literal, names)
}

function numberOf(text: string): number | undefined {
  if (OCTAL.test(text)) return Number.parseInt(text, 8)
  if (DECIMAL.test(text) || BINARY.test(text)) return Number(text)
  if (HEXADECIMAL.test(text)) return text.startsWith('-') ? -Number(text.slice(1)) : Number(text.replace('+', ''))
  return undefined
}

function failForNumber(literal: Literal, names: NamedValues): never {
  const { text, form } = literal
  if (form === 'string' && numberOf(text) !== undefined)
    fail(literal, 'a string, and the field is a number', 'leave the quotes out')
  if (names.length === 0)
    fail(literal, form === 'string' ? 'a string, and the field is a number that has no names' : 'no number')
  const near = nearest(
    text,
    names.map(([, name]) => name),
  )
  const hint = near === null ? `write the number, or a name such as "${names[0]![1]}"` : `did you mean "${near}"?`
  return fail(literal, 'no name of a value that the field has', hint)
}

/** A literal as bytes of the type. Throws a {@link Mistake}. */
export function bytesConstant(literal: Literal, type: BytesType): BytesConstant {
  if (type === 'ipv6')
    return parseIpv6(literal.text) ?? fail(literal, 'no IPv6 address', 'write one as fe80::1 or fe80::/10')
  const bytes = bytesOf(literal)
  if (type === 'ether' && bytes.length !== ETHER_LENGTH)
    return fail(literal, 'no Ethernet address', 'write one as 00:11:22:33:44:55')
  return { bytes, bits: bytes.length * 8 }
}

function bytesOf(literal: Literal): Uint8Array {
  const { text, form } = literal
  if (form === 'character') return Uint8Array.of(text.charCodeAt(0))
  if (form === 'string') return Buffer.from(text, 'latin1')
  const digits = HEXADECIMAL.test(text) ? text.slice(2) : text
  if (ONE_DIGIT.test(digits)) return Uint8Array.of(Number.parseInt(digits, 16))
  if (!PAIRS.test(digits)) return fail(literal, 'no bytes', 'write them as 47:45:54, or as a string in quotes')
  return Buffer.from(digits.replace(/[:.-]/g, ''), 'hex')
}

/** A literal as text: a word needs no quotes. */
export function textConstant({ form, text }: Literal): string {
  return form === 'word' ? text : Buffer.from(text, 'latin1').toString('utf8')
}

/** A word that is no value may be a field misspelt. */
function fail(literal: Literal, what: string, hint: string | null = null): never {
  const looksLikeField = literal.form === 'word' && /^[a-z_]\w*(\.\w+)+$/i.test(literal.text)
  const nearest = looksLikeField ? nearestField(literal.text) : null
  throw new Mistake(
    `${textConstant(literal)} is ${what}`,
    literal.start,
    literal.end,
    nearest === null ? hint : `did you mean ${nearest}?`,
  )
}
