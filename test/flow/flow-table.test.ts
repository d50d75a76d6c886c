import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { Flows } from '../../src/flow/flows.ts'

/** Bits of a hash below those that choose its slot. */
const LOW_BITS = 7
const FIRST_SLOTS = 2048

/** The row that a hash leads to, past entries of others and no further than to a free slot; -1 where there is none. */
function rowOf(words: Int32Array, slots: number, hash: number, row: number): number {
  for (let slot = (hash >>> LOW_BITS) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const entry = words[2 * slot + 1]!
    if (entry === 0 || (words[2 * slot] === hash && entry === row + 1)) return entry - 1
  }
}

describe('slots of the flow table', () => {
  it('lead to every flow when there are twice as many of them, also where flows crowd at the end and come round', () => {
    const place = fc.oneof(
      fc.nat(6),
      fc.nat(6).map((back) => FIRST_SLOTS - 1 - back),
      fc.nat(FIRST_SLOTS - 1),
    )
    // A half of those in a slot go to one of the new half.
    const hash = fc
      .tuple(place, fc.boolean(), fc.nat((1 << LOW_BITS) - 1))
      .map(([slot, isUpper, low]) => ((slot + (isUpper ? FIRST_SLOTS : 0)) << LOW_BITS) | low)
    const engine = startEngine()
    fc.assert(
      fc.property(fc.array(hash, { minLength: 1, maxLength: 1000, size: 'max' }), (hashes) => {
        const { table } = new Flows(engine)
        expect(table.slots.count).toBe(FIRST_SLOTS)
        table.slots.words.fill(0, 0, 4 * FIRST_SLOTS)
        for (const [row, each] of hashes.entries()) engine.insert(each, row)
        table.slots.double()
        expect(table.slots.count).toBe(2 * FIRST_SLOTS)
        const { words, count } = table.slots
        for (const [row, each] of hashes.entries())
          if (rowOf(words, count, each, row) !== row) expect.fail(`flow ${row} of hash ${each} is not found`)
        const entries = Array.from({ length: count }, (_, slot) => words[2 * slot + 1]!).filter((entry) => entry > 0)
        expect(entries.length).toBe(hashes.length)
      }),
      { numRuns: 300 },
    )
  })
})
