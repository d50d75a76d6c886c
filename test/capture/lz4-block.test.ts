import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lz4Blocks } from '../../src/capture/packed/lz4-block.ts'
import { SourceFault } from '../../src/capture/source/byte-source.ts'

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

const LARGEST = 1 << 16

describe('an lz4 block', () => {
  const blocks = new Lz4Blocks()

  it('unpacks to what its sequences say, in a frame without a byte to spare and in one of longer blocks', () => {
    fc.assert(
      fc.property(
        fc.array(sequence, { maxLength: 12 }),
        ending,
        fc.integer({ min: 0, max: 9 }),
        (steps, last, spare) => {
          const { packed, plain } = blockOf(steps, last)
          blocks.begin(plain.length + spare, false)
          expect([...blocks.unpack(packed)]).toEqual(plain)
        },
      ),
    )
  })

  it('is refused where it is longer than its frame allows', () => {
    fc.assert(
      fc.property(fc.array(sequence, { minLength: 1, maxLength: 6 }), ending, (steps, last) => {
        const { packed, plain } = blockOf(steps, last)
        blocks.begin(plain.length - 1, false)
        expect(() => blocks.unpack(packed)).toThrow(SourceFault)
      }),
    )
  })

  it('reaches into what was unpacked before it, 64 KiB far, where the blocks of its frame are linked', () => {
    const before = Uint8Array.from({ length: 50_000 }, (_, at) => (at * 7) % 251)
    const pushed = 2 * before.length
    const far = { literals: [1, 2, 3], offset: 65_535, match: 300 }
    const packed = Uint8Array.from([0x3f, ...far.literals, 0xff, 0xff, 255, 26, 0x10, 9])
    blocks.begin(LARGEST, true)
    blocks.store(before)
    blocks.store(before)
    const all = [...before, ...before, ...far.literals]
    for (let count = 0; count < far.match; count++) all.push(all[all.length - far.offset]!)
    expect([...blocks.unpack(packed)]).toEqual([...all.slice(pushed), 9])
    blocks.begin(LARGEST, false)
    blocks.store(before)
    expect(() => blocks.unpack(packed)).toThrow('a match offset from 1 to 3, found 65535')
  })

  it('gives what is readable, or says what is wrong, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (packed) => {
        blocks.begin(LARGEST, false)
        try {
          expect(blocks.unpack(packed).length).toBeLessThanOrEqual(LARGEST)
        } catch (error) {
          expect(error).toBeInstanceOf(SourceFault)
        }
      }),
    )
  })
})
