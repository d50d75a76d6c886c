import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTime } from '../../src/text/time.ts'

describe('a time', () => {
  it.each([
    { epoch: 0, nanoseconds: 0, digits: 0, text: '1970-01-01T00:00:00Z' },
    { epoch: 1_312_251_177, nanoseconds: 1_077_133_000, digits: 6, text: '2011-08-02T02:12:58.077133Z' },
    { epoch: 1_312_251_177, nanoseconds: 123_456_789, digits: 9, text: '2011-08-02T02:12:57.123456789Z' },
    { epoch: 1_312_251_177, nanoseconds: 999_999_999, digits: 3, text: '2011-08-02T02:12:57.999Z' },
    { epoch: 1_312_251_177, nanoseconds: -1, digits: 9, text: '2011-08-02T02:12:56.999999999Z' },
    { epoch: 951_782_400, nanoseconds: 0, digits: 0, text: '2000-02-29T00:00:00Z' },
    { epoch: 4_107_542_400, nanoseconds: 0, digits: 0, text: '2100-03-01T00:00:00Z' },
    { epoch: 4_294_967_295, nanoseconds: 5e9, digits: 1, text: '2106-02-07T06:28:20.0Z' },
    { epoch: 253_402_300_799, nanoseconds: 0, digits: 0, text: '9999-12-31T23:59:59Z' },
    { epoch: 253_402_300_800, nanoseconds: 0, digits: 0, text: '+010000-01-01T00:00:00Z' },
    { epoch: -1, nanoseconds: 0, digits: 0, text: '1969-12-31T23:59:59Z' },
    { epoch: 1e15, nanoseconds: 0, digits: 9, text: 'out of range' },
    { epoch: Number.NaN, nanoseconds: 0, digits: 9, text: 'out of range' },
  ])('$epoch s and $nanoseconds ns is told as $text', ({ epoch, nanoseconds, digits, text }) => {
    expect(formatTime(epoch, nanoseconds, digits)).toBe(text)
  })

  it('is that of the system’s calendar, in every second of ten thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
        expect(formatTime(seconds, 0, 0)).toBe(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'))
      }),
      { numRuns: 2000 },
    )
    for (let day = 0; day < 200_000; day++) {
      const expected = new Date(day * 86_400_000).toISOString().replace('.000Z', 'Z')
      if (formatTime(day * 86_400, 0, 0) !== expected) expect(formatTime(day * 86_400, 0, 0)).toBe(expected)
    }
  })

  it('keeps its first digits when fewer are asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8e15 }), fc.integer({ min: 1, max: 9 }), (nanoseconds, digits) => {
        const whole = formatTime(1_312_251_177, nanoseconds, 9)
        expect(formatTime(1_312_251_177, nanoseconds, digits)).toBe(`${whole.slice(0, 20 + digits)}Z`)
      }),
    )
  })
})
