import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fold } from '../../src/compare/fold.ts'
import type { Side, Step, Word } from '../../src/compare/step.ts'

const step = (side: Side, word: Word, bytes: number, time: number): Step => ({
  side,
  word,
  bytes,
  frame: time + 1,
  time,
  ackTime: Number.NaN,
  ackFrame: 0,
})

/** Folds `c44 s s32`: who acts, and the bytes of a push; without bytes it is an acknowledgment. One step a nanosecond. */
function folded(text: string) {
  const fold = new Fold(true)
  for (const [at, word] of text.split(' ').entries()) {
    const bytes = Number(word.slice(1))
    fold.add(step(word.startsWith('c') ? 0 : 1, bytes > 0 ? 'push' : 'ack', bytes, at))
  }
  return fold
}
const countsOf = (fold: Fold) => fold.rounds.map(({ steps, count }) => [steps.length, count])

describe('what repeats in a conversation', () => {
  it('is found where a round has two messages each way, each with its acknowledgment, and not beyond', () => {
    const round = 'c10 s c20 s s30 c s40 c'
    expect(countsOf(folded(`${round} ${round} ${round}`))).toEqual([[8, 3]])
    const longer = `c9 ${round}`
    expect(countsOf(folded(`${longer} ${longer}`)).every(([, count]) => count === 1)).toBe(true)
  })

  it('begins with a message, not with the acknowledgment of one', () => {
    expect(countsOf(folded('s c44 s c44 s c44'))).toEqual([
      [1, 1],
      [2, 2],
      [1, 1],
    ])
  })

  it('remembers how long its longest round took', () => {
    const fold = new Fold(true)
    for (const [start, end] of [
      [0, 10],
      [100, 190],
      [200, 205],
    ] as const) {
      fold.add(step(0, 'push', 44, start))
      fold.add(step(1, 'push', 32, end))
    }
    expect(fold.rounds).toMatchObject([{ count: 3, longest: 90, meanGap: 100, lastTime: 200 }])
  })

  it('is told without losing a step, whatever is said', () => {
    const said = fc.record({ side: fc.constantFrom<Side>(0, 1), bytes: fc.constantFrom(0, 32, 44) })
    fc.assert(
      fc.property(fc.array(said, { maxLength: 200 }), (all) => {
        const fold = new Fold(true)
        for (const [at, { side, bytes }] of all.entries()) fold.add(step(side, bytes > 0 ? 'push' : 'ack', bytes, at))
        const told = fold.rounds.flatMap(({ steps, count }) =>
          Array.from({ length: count }, () => steps.map(({ side, bytes }) => ({ side, bytes }))).flat(),
        )
        expect(told).toEqual(all.slice(0, told.length))
        expect(told.length + fold.untold).toBe(all.length)
      }),
    )
  })
})
