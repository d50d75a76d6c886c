/**
 * Months as programs print them in English, German, French, Spanish, Italian and Portuguese, whole or short, in lower case; the
 * point of a short one is left out.
 */
const NAMES: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'jänner', 'jän', 'janvier', 'janv', 'enero', 'ene', 'gennaio', 'gen', 'janeiro'],
  ['february', 'feb', 'februar', 'février', 'févr', 'fév', 'febrero', 'febbraio', 'fevereiro', 'fev'],
  ['march', 'mar', 'märz', 'mär', 'mrz', 'mars', 'marzo', 'março'],
  ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mag', 'maio'],
  ['june', 'jun', 'juni', 'juin', 'junio', 'giugno', 'giu', 'junho'],
  ['july', 'jul', 'juli', 'juillet', 'juil', 'julio', 'luglio', 'lug', 'julho'],
  ['august', 'aug', 'août', 'aoû', 'agosto', 'ago'],
  ['september', 'sep', 'sept', 'septembre', 'septiembre', 'settembre', 'set', 'setembro'],
  ['october', 'oct', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'ott', 'outubro', 'out'],
  ['november', 'nov', 'novembre', 'noviembre', 'novembro'],
  ['december', 'dec', 'dezember', 'dez', 'décembre', 'déc', 'diciembre', 'dic', 'dicembre', 'dezembro'],
]
/** Puts a letter in lower case: of ASCII, of Latin-1, and the second byte of either in UTF-8. */
const LOWER = 0x20
const POINT = 0x2e
const LENGTH_SHIFT = 4

interface Name {
  readonly bytes: Buffer
  readonly month: number
}

const keyOf = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! | LOWER) << 16) | ((bytes[at + 1]! | LOWER) << 8) | bytes[at + 2]! | LOWER

/** By their first three bytes, the longest first. */
const BY_KEY = new Map<number, readonly Name[]>()
for (const [index, names] of NAMES.entries())
  for (const bytes of names.flatMap((name) => [Buffer.from(name, 'utf8'), Buffer.from(name, 'latin1')])) {
    const known = BY_KEY.get(keyOf(bytes, 0)) ?? []
    const all = [...known, { bytes, month: index + 1 }]
    BY_KEY.set(
      keyOf(bytes, 0),
      all.sort((a, b) => b.bytes.length - a.bytes.length),
    )
  }

/** The month (from 1) whose name stands at `at`, and how long it is with its point: see `monthIn`, `lengthIn`; 0 where none does. */
export function monthNameAt(bytes: Uint8Array, at: number, end: number): number {
  const names = at + 3 > end ? undefined : BY_KEY.get(keyOf(bytes, at))
  if (names === undefined) return 0
  for (const name of names) {
    const { length } = name.bytes
    if (at + length > end || !spells(bytes, at, name.bytes) || isLetterOf(bytes[at + length])) continue
    return ((bytes[at + length] === POINT ? length + 1 : length) << LENGTH_SHIFT) | name.month
  }
  return 0
}

export const monthIn = (found: number): number => found & ((1 << LENGTH_SHIFT) - 1)

export const lengthIn = (found: number): number => found >> LENGTH_SHIFT

function spells(bytes: Uint8Array, at: number, name: Buffer): boolean {
  for (let i = 3; i < name.length; i++) if ((bytes[at + i]! | LOWER) !== (name[i]! | LOWER)) return false
  return true
}

/** A letter of ASCII, or a byte of one that is none. */
const isLetterOf = (byte: number | undefined): boolean =>
  byte !== undefined && (byte >= 0x80 || ((byte | LOWER) >= 0x61 && (byte | LOWER) <= 0x7a))
