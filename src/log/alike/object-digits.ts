import { NOT_ZERO } from '../lines/line-finder.ts'

const ZERO = '0'
/** Significant digits that a double holds of every number. */
const EXACT_DIGITS = 15
/** Digits behind the point of a small number that is written without an exponent. */
const PLAIN_FRACTION = 6

/** A key of an object, which may stand in a text of another one, or of a pair `key=value`. */
const KEY = /(?<=\\?")[^"\\]{1,80}(?=\\?"[ ]?:)|[\w@./-]{1,80}(?==)/g
const ESCAPE = /(?<=\\u)[\da-fA-F]{4}/g
const NUMBER =
  /(?<![\w.])(?<minus>-?)(?<whole>\d{1,400})(?:\.(?<fraction>\d{1,400}))?(?<exponent>[eE][+-]?\d{1,4})?(?![\w.])/g

/** A digit that is the same in all lines alike, by its byte, or that is none but {@link NOT_ZERO}. */
export interface Pin {
  /** From the line's beginning. */
  readonly at: number
  readonly byte: number
}

/**
 * Where the digits of a line that holds an object decide what its words are: keys, characters by their code, and numbers, which are
 * written anew when they are read (`1.50` as `1.5`), or are none (`007`). What looks like a number within a text is taken for one.
 * Of the stamp, at `[stampStart, stampEnd)`, no digit is among the words.
 */
export function digitsOfObject(line: string, stampStart: number, stampEnd: number): Pin[] {
  const named = [...line.matchAll(KEY), ...line.matchAll(ESCAPE)].flatMap(({ 0: text, index }) => pinned(text, index))
  const numbers = [...line.matchAll(NUMBER)].filter(
    ({ 0: text, index }) => index >= stampEnd || index + text.length <= stampStart,
  )
  return [...named, ...numbers.flatMap(pinsOfNumber)]
}

/** All digits of a text stay as they are. */
function pinned(text: string, at: number): Pin[] {
  const pins: Pin[] = []
  for (const [i, character] of [...text].entries())
    if (character >= '0' && character <= '9') pins.push({ at: at + i, byte: character.charCodeAt(0) })
  return pins
}

function pinsOfNumber({ 0: text, index, groups }: RegExpMatchArray): Pin[] {
  const { minus = '', whole = '', fraction = '', exponent } = groups!
  const isRounded = whole.length + fraction.length > EXACT_DIGITS
  // A number that begins with a zero stands within a text, or this is not JSON.
  const isPadded = whole.length > 1 && whole.startsWith(ZERO)
  if (exponent !== undefined || isRounded || isPadded || fraction.endsWith(ZERO)) return pinned(text, index!)
  const first = index! + minus.length
  const pins: Pin[] = []
  // Without a sign, and others behind it, a zero is a number like any.
  if (whole.length > 1 || (minus !== '' && fraction === ''))
    pins.push({ at: first, byte: whole === ZERO ? ZERO.charCodeAt(0) : NOT_ZERO })
  if (fraction === '') return pins
  const point = first + whole.length
  const last = { at: point + fraction.length, byte: NOT_ZERO }
  if (fraction.length <= PLAIN_FRACTION) return [...pins, last]
  const zeros = fraction.search(/[1-9]/)
  if (zeros >= PLAIN_FRACTION) return pinned(text, index!)
  return [...pins, ...pinned(fraction.slice(0, zeros), point + 1), { at: point + 1 + zeros, byte: NOT_ZERO }, last]
}
