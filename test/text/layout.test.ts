import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAscii } from '../../src/text/ascii.ts'
import { formatDuration } from '../../src/text/duration.ts'
import { formatBytes, formatCount } from '../../src/text/quantity.ts'
import { formatRanges } from '../../src/text/ranges.ts'
import { visible } from '../../src/text/visible.ts'
import { clip, clipMiddle, displayWidth, pad } from '../../src/text/width.ts'
import { wrap } from '../../src/text/wrap.ts'

const line = fc.string({ unit: 'binary', maxLength: 200 }).map(visible)

describe('display width', () => {
  it.each([
    ['ack 45', 6],
    ['大きさ', 6],
    ['Größe', 5],
    ['e\u0301', 1],
    ['😀', 2],
    ['── ▶', 4],
  ])('of %s is %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('is never passed by a clipped text', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 3, max: 80 }), (text, width) => {
        expect(displayWidth(clip(text, width))).toBeLessThanOrEqual(width)
        expect(displayWidth(clipMiddle(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('keeps the port when an address is clipped', () => {
    expect(clipMiddle('[fe80::1234:5678:9abc:def0]:443', 16)).toBe('[fe80::…ef0]:443')
  })

  it('fills up to a column, on either side', () => {
    expect(pad('大', 4)).toBe('大  ')
    expect(pad('17', 5, 'right')).toBe('   17')
  })
})

describe('wrapping', () => {
  it('keeps every word and no line wider than asked, whatever the text', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 2, max: 60 }), fc.integer({ min: 0, max: 60 }), (text, width, used) => {
        const lines = wrap(text, width, Math.min(used, width))
        for (const [at, piece] of lines.entries())
          expect(displayWidth(piece)).toBeLessThanOrEqual(at === 0 ? width - Math.min(used, width) : width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  it('breaks between words', () => {
    expect(wrap('the kernel acks and nobody reads', 12)).toEqual(['the kernel', 'acks and', 'nobody reads'])
  })

  it('leaves room on the first line for what stands before it', () => {
    expect(wrap('the kernel acks', 10, 6)).toEqual(['the', 'kernel', 'acks'])
  })
})

describe('frame ranges', () => {
  it.each([
    { numbers: [], text: '' },
    { numbers: [7], text: '7' },
    { numbers: [1, 2], text: '1, 2' },
    { numbers: [1, 2, 3, 5, 7, 8, 9], text: '1–3, 5, 7–9' },
  ])('join neighbours in $numbers', ({ numbers, text }) => {
    expect(formatRanges(numbers)).toBe(text)
  })

  it('say how many frames they leave out', () => {
    expect(formatRanges([1, 2, 3, 5, 7, 9, 11], 2)).toBe('1–3, 5 and 3 more')
  })
})

describe('a duration', () => {
  it.each([
    [0, '0 ns'],
    [850_000, '850 µs'],
    [15_625_000, '15.63 ms'],
    [-2_102_250_000, '-2.102 s'],
    [999_960_000, '1 s'],
    [119_000_000_000, '119 s'],
    [125_000_000_000, '2 min 5 s'],
    [3_600_000_000_000, '1 h'],
    [90_061_000_000_000, '1 d 1 h'],
  ])('of %i ns is told as %s', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text)
  })

  it('of any length is rounded to four digits as exact arithmetic does', () => {
    const units = [
      [1e3, 'µs'],
      [1e6, 'ms'],
      [1e9, 's'],
    ] as const
    const span = fc.oneof(fc.integer({ min: 1000, max: 119e9 }), fc.double({ min: 1000, max: 119e9, noNaN: true }))
    fc.assert(
      fc.property(span, (nanoseconds) => {
        const [size, unit] = units.find(([scale]) => nanoseconds < 999.95 * scale) ?? units[2]
        expect(formatDuration(nanoseconds)).toBe(`${Number((nanoseconds / size).toPrecision(4))} ${unit}`)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a quantity', () => {
  it.each([
    [0, '0', '0 B'],
    [950, '950', '950 B'],
    [1241, '1.24 k', '1.24 kB'],
    [999_499, '999 k', '999 kB'],
    [999_500, '1.00 M', '1.00 MB'],
    [12_345_678, '12.3 M', '12.3 MB'],
    [2e9, '2.00 G', '2.00 GB'],
    [4.2e18, '4200 P', '4200 PB'],
  ])('of %i is told as %s, of bytes as %s', (count, counted, bytes) => {
    expect(formatCount(count)).toBe(counted)
    expect(formatBytes(count)).toBe(bytes)
  })
})

describe('ASCII spelling', () => {
  it('spells the signs that texts use and codes the rest', () => {
    expect(toAscii('“1–3” → 2.1 s ± 3 µs… 大')).toBe('"1-3" -> 2.1 s +- 3 us... \\u{5927}')
  })
})
