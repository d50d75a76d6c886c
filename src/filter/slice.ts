import { Mistake } from './mistake.ts'
import type { SliceRange } from './syntax.ts'
import type { Token } from './token.ts'

const OFFSET_AND_LENGTH = /^(-?\d+)?:(\d+)?$/
const FIRST_TO_LAST = /^(-?\d+)-(-?\d+)$/
const ONE = /^-?\d+$/
const MAX_NUMBER = 0xffff

/** Reads what stands in the brackets: `i:j` (j bytes from i), `i-j` (both included), `i`, `:j`, `i:`, and lists of these. */
export function parseSlice(token: Token): SliceRange[] {
  return token.text.split(',').map((part) => {
    const range = parseRange(part.trim())
    if (range === null || Math.abs(range.offset) > MAX_NUMBER || (range.length ?? 1) > MAX_NUMBER)
      throw new Mistake('this is no slice', token.start, token.end, 'write [offset:length], [first-last] or [offset]')
    return range
  })
}

function parseRange(part: string): SliceRange | null {
  const colon = OFFSET_AND_LENGTH.exec(part)
  if (colon) {
    return { offset: Number(colon[1] ?? 0), length: colon[2] === undefined ? null : Number(colon[2]) }
  }
  const hyphen = FIRST_TO_LAST.exec(part)
  if (hyphen) {
    const [first, last] = [Number(hyphen[1]), Number(hyphen[2])]
    return Math.sign(first) * Math.sign(last) < 0 || last < first ? null : { offset: first, length: last - first + 1 }
  }
  return ONE.test(part) ? { offset: Number(part), length: 1 } : null
}
