import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortedByKey } from '../../src/listing/sorted-by-key.ts'

describe('connections in the order of a column', () => {
  it('are as Array sorts them: least first, those that are alike in the order of the capture', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 100 }), fc.nat(7), (values, step) => {
        const streams = values.map((_, at) => at * (step + 1))
        const keys = new Float64Array(1000)
        for (const [at, stream] of streams.entries()) keys[stream] = values[at]! / 3
        const expected = [...streams].sort((a, b) => keys[a]! - keys[b]! || a - b)
        expect([...sortedByKey(Uint32Array.from(streams), keys)]).toEqual(expected)
      }),
    )
  })
})
