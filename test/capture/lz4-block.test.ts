import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceFault } from '../../src/capture/byte-source.ts'
import { decodeLz4Block } from '../../src/capture/lz4-block.ts'

interface Sequence {
  readonly literals: readonly number[]
  readonly offset: number
  readonly match: number
}

const LONG = 15
const SHORTEST_MATCH = 4

/** Offsets of less than a word, of a word and a little more, and far ones; matches that overlap what they make. */
const sequence = fc.record({
  literals: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 90 }),
  offset: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 })),
  match: fc.oneof(fc.integer({ min: SHORTEST_MATCH, max: 24 }), fc.integer({ min: SHORTEST_MATCH, max: 600 })),
})
const ending = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 90 })

/** A length's nibble, and the bytes that follow where it does not hold it. */
function lengthOf(length: number): { nibble: number; more: number[] } {
  if (length < LONG) return { nibble: length, more: [] }
  const rest = length - LONG
  return { nibble: LONG, more: [...Array<number>(Math.floor(rest / 255)).fill(255), rest % 255] }
}

/** The block that the format's description asks for, and what it stands for, made byte by byte. */
function blockOf(sequences: readonly Sequence[], last: readonly number[]): { packed: Uint8Array; plain: number[] } {
  const packed: number[] = []
  const plain: number[] = []
  for (const { literals, offset, match } of sequences) {
    plain.push(...literals)
    if (plain.length === 0) continue
    const back = Math.min(offset, plain.length)
    const run = lengthOf(literals.length)
    const copy = lengthOf(match - SHORTEST_MATCH)
    packed.push((run.nibble << 4) | copy.nibble, ...run.more, ...literals, back & 255, back >> 8, ...copy.more)
    for (let count = 0; count < match; count++) plain.push(plain[plain.length - back]!)
  }
  const run = lengthOf(last.length)
  packed.push(run.nibble << 4, ...run.more, ...last)
  plain.push(...last)
  return { packed: Uint8Array.from(packed), plain }
}

describe('an lz4 block', () => {
  it('unpacks to what its sequences say, into a buffer without a byte to spare and into a longer one', () => {
    fc.assert(
      fc.property(
        fc.array(sequence, { maxLength: 12 }),
        ending,
        fc.integer({ min: 0, max: 9 }),
        (steps, last, spare) => {
          const { packed, plain } = blockOf(steps, last)
          const output = new Uint8Array(plain.length + spare)
          expect(decodeLz4Block(packed, output, 0, 0)).toBe(plain.length)
          expect([...output.subarray(0, plain.length)]).toEqual(plain)
        },
      ),
    )
  })

  it('is refused where its output is longer than the frame allows, and never written beyond it', () => {
    fc.assert(
      fc.property(fc.array(sequence, { minLength: 1, maxLength: 6 }), ending, (steps, last) => {
        const { packed, plain } = blockOf(steps, last)
        const room = new Uint8Array(plain.length + 8).fill(0xee)
        const output = room.subarray(0, plain.length - 1)
        expect(() => decodeLz4Block(packed, output, 0, 0)).toThrow(SourceFault)
        expect([...room.subarray(plain.length - 1)]).toEqual(Array<number>(9).fill(0xee))
      }),
    )
  })
})
