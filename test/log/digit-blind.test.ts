import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitBlind } from '../../src/log/alike/digit-blind.ts'
import { PATTERNS } from '../../src/log/patterns.ts'

/** Other digits for those of a text, but for those before an `x`. */
function withDigits(text: string, digits: readonly number[]): string {
  let n = 0
  return text.replace(/\d(?!x)/gi, () => String(digits[n++ % digits.length]))
}

const known = PATTERNS.flatMap(({ id, pattern, samples }) => {
  const blind = pattern instanceof RegExp ? digitBlind(pattern) : null
  return blind === null ? [] : samples.map(({ message }) => ({ id, pattern, blind, message }))
})
const digits = fc.array(fc.oneof(fc.constantFrom(0, 1, 6), fc.nat({ max: 9 })), { minLength: 1, maxLength: 12 })

describe('what a pattern says whatever the digits of a message are', () => {
  it.each(known)(
    'holds for each message that differs in digits only ($id: $message)',
    ({ pattern, blind, message }) => {
      fc.assert(
        fc.property(digits, (others) => {
          const other = withDigits(message, others)
          if (!blind.some.test(message)) expect(pattern.test(other)).toBe(false)
          if (blind.all.test(message)) expect(pattern.test(other)).toBe(true)
        }),
        { numRuns: 20 },
      )
    },
  )

  it('is known of nearly every pattern', () => {
    expect(new Set(known.map(({ id }) => id)).size).toBeGreaterThan(PATTERNS.length - 4)
  })

  it.each([
    [/error (?:111|113)/, 'error 999', true, false],
    [/error (?:111|113)/, 'errors 111', false, false],
    [/accept4?\b/, 'accept', true, true],
    [/^(?!.*error 7).*done/, 'error 5, done', true, false],
    [/^(?!.*error 7).*done/, 'all done', true, true],
    [/fd (?:0x[\da-f]+|\d+)/, 'fd 0x3a', true, true],
    [/n{1,16}[0-9]/, 'nn5', true, true],
  ])('%s may fit, or must fit, what is like "%s": %s, %s', (pattern, text, some, all) => {
    const blind = digitBlind(pattern)!
    expect([blind.some.test(text), blind.all.test(text)]).toEqual([some, all])
  })

  it.each([/(\d)\1/, /(?<n>\d)\k<n>/, /[1-5]/, /\x31/, /\u0031/, /a/g])('is not known of %s', (pattern) => {
    expect(digitBlind(pattern)).toBeNull()
  })
})
