/** An escape, a class, a repetition, a name, or the beginning or end of a group; a digit; or any other character. */
const PART = /\\.|\[(?:\\.|[^\]])*\]|\{\d+(?:,\d*)?\}|\(\?<(?![=!])\w+>|\(\?<?[=!:]|[\s\S]/g
/** What may name a digit or a group by number: a code, a property, a back-reference. */
const OPAQUE_ESCAPE = /^\\[\dxukcpP]/
/** What in a class names no single digit. */
const HARMLESS = /\\[^\dxukcpP]|0-9/g
const NEVER = '[]'

/** What a pattern says of all texts that differ from each other in digits only. */
export interface DigitBlind {
  /** Fits each text for which some of them fit the pattern. */
  readonly some: RegExp
  /** Fits none but texts for which all of them fit the pattern. */
  readonly all: RegExp
}

/**
 * Takes the digits that a pattern names for any digit, and for none. `0` before an `x` stays: texts that are compared have the
 * same digits there. Null where the pattern cannot be understood so far.
 */
export function digitBlind(pattern: RegExp): DigitBlind | null {
  const { source, flags } = pattern
  if (/[gyv]/.test(flags)) return null
  const negations: boolean[] = []
  let isNegated = false
  let some = ''
  let all = ''
  for (const { 0: part, index } of source.matchAll(PART)) {
    if (isOpaque(part)) return null
    if (part[0] === '(') {
      negations.push(isNegated)
      if (part.endsWith('!')) isNegated = !isNegated
    } else if (part === ')') isNegated = negations.pop()!
    const isNamed = part >= '0' && part <= '9' && !(part === '0' && source[index + 1] === 'x')
    some += isNamed ? (isNegated ? NEVER : '\\d') : part
    all += isNamed ? (isNegated ? '\\d' : NEVER) : part
  }
  // What is compiled already need not be again.
  if (some === source && all === source) return { some: pattern, all: pattern }
  return { some: new RegExp(some, flags), all: new RegExp(all, flags) }
}

/** True where a pattern may tell digits from each other. */
export function namesDigits(pattern: RegExp): boolean {
  return digitBlind(pattern)?.all.source !== pattern.source
}

/** True for what may name a digit, or a group, in a way that is not followed. */
function isOpaque(part: string): boolean {
  if (part[0] === '\\') return OPAQUE_ESCAPE.test(part)
  return part.length > 1 && part[0] === '[' && /[\d\\]/.test(part.replace(HARMLESS, ''))
}
