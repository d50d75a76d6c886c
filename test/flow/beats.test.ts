import { describe, expect, it } from 'vitest'
import { strongestBeat } from '../../src/flow/beats.ts'
import { followed } from '../support/one-flow.ts'

/** Pushes as `[milliseconds, bytes]`. */
function beats(pushes: readonly (readonly [number, number])[], answered: readonly number[] = []) {
  const flows = followed([{ way: '>', flags: 'A' }])
  const { dossiers, otherBeats, engine } = flows
  const dossier = flows.dossier(0)
  for (const [index, [ms, size]] of pushes.entries()) {
    engine.noteBeat(dossier, size, ms * 1e6)
    if (answered.includes(index)) engine.noteBeatAnswered(dossier)
  }
  return strongestBeat(dossiers, otherBeats, dossier)
}

describe('beats', () => {
  it('are found in the reference incident among its other payloads', () => {
    const found = beats([
      [11, 44],
      [1359, 138],
      [1386, 179],
      [2113, 44],
      [4216, 44],
      [6317, 44],
      [8420, 44],
    ])
    expect(found).toMatchObject({ size: 44, count: 5, answered: 0, periodMs: 2102.25 })
    expect(found!.jitterMs).toBeCloseTo(0.829, 2)
  })

  it('are none where each size came once', () => {
    expect(
      beats([
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 6],
      ]),
    ).toBeNull()
  })

  it('outlive sizes that come once each, three between two beats', () => {
    const crowd = Array.from({ length: 60 }, (_, index): [number, number] =>
      index % 4 === 0 ? [index * 100, 44] : [index * 100, 1000 + index],
    )
    expect(beats(crowd)).toMatchObject({ size: 44, count: 15, periodMs: 400 })
  })

  it('are found among many sizes that come once each, if only later', () => {
    for (const between of [4, 5, 6, 7, 8]) {
      const crowd = Array.from({ length: 200 * (between + 1) }, (_, index): [number, number] =>
        index % (between + 1) === 0 ? [index * 100, 44] : [index * 100, 1000 + index * 7],
      )
      const found = beats(crowd)
      expect(found).toMatchObject({ size: 44, periodMs: (between + 1) * 100 })
      expect(found!.count).toBeGreaterThan(100)
    }
  })

  it('are found at once after sizes that came once each, with two others between', () => {
    const opening = [1, 2, 3, 4, 5, 6, 7].map((size): [number, number] => [size, size])
    const late = Array.from({ length: 12 }, (_, index): [number, number] =>
      index % 3 === 0 ? [100 + index * 100, 44] : [100 + index * 100, 500 + index],
    )
    expect(beats([...opening, ...late])).toMatchObject({ size: 44, count: 4, periodMs: 300 })
  })

  it('give their place to others once they have missed four turns', () => {
    const early = [1, 2, 3, 4].flatMap((size) => [0, 1, 2].map((turn): [number, number] => [turn * 10 + size, size]))
    const late = [0, 1, 2, 3].map((turn): [number, number] => [1000 + turn * 100, 44])
    expect(beats([...early, ...late])).toMatchObject({ size: 44, count: 4, periodMs: 100 })
  })

  it('keep their period when the clock of the capture is set back', () => {
    const pushes = [0, 200, 400, 600, -5000, -4800, -4600].map((ms): [number, number] => [ms, 44])
    expect(beats(pushes)).toMatchObject({ count: 7, periodMs: 200, jitterMs: 0 })
  })

  it('have no period before the time runs forwards', () => {
    expect(beats([0, -100, -200].map((ms): [number, number] => [ms, 44]))).toMatchObject({ count: 3, periodMs: 0 })
  })

  it('count an answer for the one that was sent last', () => {
    expect(
      beats(
        [
          [0, 44],
          [10, 44],
          [15, 9],
          [20, 44],
        ],
        [0, 2],
      ),
    ).toMatchObject({ size: 44, answered: 1 })
  })

  it('count no answer to a size that is not followed, as all four are beats', () => {
    const turns = [0, 1, 2].flatMap((turn) =>
      [44, 45, 46, 47].map((size, at): [number, number] => [turn * 40 + at * 10, size]),
    )
    expect(beats([...turns, [121, 99], [122, 98], [123, 97]], [12, 13, 14])).toMatchObject({ size: 44, answered: 0 })
  })
})
