import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatStep, TickFinder } from '../../src/log/stamps/tick.ts'

/** Stamps at `times` (ns), printed with so many digits, cut as most programs do. */
function found(times: readonly number[], digits: number) {
  const finder = new TickFinder()
  const unit = 10 ** (9 - digits)
  for (const time of times) {
    const printed = Math.floor(time / unit) * unit
    finder.add(printed % 1e9, digits, printed)
  }
  return finder.find()
}

const steps = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 20, maxLength: 200 })
const multiples = (counts: readonly number[], step: number, phase = 0) => {
  let at = 0
  return counts.map((count) => {
    at += count
    return phase + at * step
  })
}

describe("a clock's step", () => {
  it.each([
    ["Windows' 15.625 ms", 15_625_000, 6],
    ["Windows' 15.625 ms printed in milliseconds", 15_625_000, 3],
    ['10 ms', 1e7, 6],
    ['10 ms printed in milliseconds', 1e7, 3],
    ['1 ms printed in microseconds', 1e6, 6],
    ['whole seconds printed in milliseconds', 1e9, 3],
  ])('%s is found', (_name, step, digits) => {
    fc.assert(
      fc.property(steps, (counts) => {
        // All multiples of a larger step are a larger step: rule that out as chance does.
        fc.pre(new Set(counts.map((count) => count % 8)).size > 4)
        expect(found(multiples(counts, step), digits).tick).toBe(step)
      }),
      { numRuns: 50, seed: 11 },
    )
  })

  it('is found where its grid does not begin at the full second', () => {
    const times = multiples([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], 15_625_000, 4_123_000)
    expect(found(times, 6).tick).toBe(15_625_000)
  })

  it('is what is printed where stamps fit no coarser one', () => {
    const times = Array.from({ length: 50 }, (_, i) => i * 1_234_567_891 + i * i * 1_003_001)
    expect(
      found(
        Array.from({ length: 50 }, (_, i) => i * 1_234_567_891),
        3,
      ).tick,
    ).toBe(1e6)
    expect(found(times, 6).tick).toBe(1e3)
    expect(found(times, 3).tick).toBe(1e6)
    expect(found(times, 0).tick).toBe(1e9)
  })

  it('is not concluded from a few stamps that may fit by luck', () => {
    expect(found([10e6, 250e6], 3).tick).toBe(1e6)
  })

  it('is concluded from one stamp in microseconds that is a multiple of 1/64 s', () => {
    expect(found([234_375_000], 6).tick).toBe(15_625_000)
  })

  it('tells stamps of a second clock', () => {
    const times = [...multiples([3, 1, 4, 1, 5, 9, 2, 6, 5, 3], 15_625_000), 181_500_000 + 3e9]
    expect(found(times, 6)).toMatchObject({ tick: 15_625_000, misfits: 1 })
  })

  it('is 0 without stamps', () => {
    expect(found([], 6).tick).toBe(0)
  })
})

describe('a step', () => {
  it.each([
    [100, '100 ns'],
    [1e3, '1 µs'],
    [1e6, '1 ms'],
    [15_625_000, '15.625 ms'],
    [1e9, '1 s'],
  ])('of %i ns is told as %s', (tick, told) => {
    expect(formatStep(tick)).toBe(told)
  })
})
