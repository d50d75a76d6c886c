import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameIds } from '../../src/flow/frame-ids.ts'

describe('FrameIds', () => {
  it('number frames through several captures, and back, though frames of some are skipped or there are none', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 5 }), (captures) => {
        const ids = new FrameIds()
        const given: [id: number, capture: number, frame: number][] = []
        for (const [capture, frames] of captures.entries()) {
          ids.begin()
          for (const frame of [...frames].sort((a, b) => a - b)) given.push([ids.of(frame), capture, frame])
        }
        expect(new Set(given.map(([id]) => id)).size).toBe(given.length)
        for (const [id, capture, frame] of given) {
          expect(ids.captureOf(id)).toBe(capture)
          expect(ids.numberOf(id)).toBe(frame)
        }
      }),
    )
  })
})
