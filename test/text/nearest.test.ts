import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from '../../src/text/nearest.ts'

const RULES = ['accept-missing', 'accept-late', 'refused', 'idle']

describe('the nearest word', () => {
  it.each([
    ['acept-missing', 'accept-missing'],
    ['accept-mising', 'accept-missing'],
    ['accept_late', 'accept-late'],
    ['REFUSED', 'refused'],
    ['refsued', 'refused'],
    ['ilde', 'idle'],
    ['window', null],
    ['', null],
    ['x'.repeat(1_000_000), null],
  ])('for %s is %s', (word, meant) => {
    expect(nearest(word, RULES)).toBe(meant)
  })

  it('is at the same distance from either side, and at none from itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, a)).toBe(0)
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
