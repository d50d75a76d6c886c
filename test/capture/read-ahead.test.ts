import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteSource, SourceFault } from '../../src/capture/source/byte-source.ts'
import { endOfPlaces, ReadAhead } from '../../src/capture/source/read-ahead.ts'

const PLACES = { start: 3, head: 8, length: 16 }
const NUMBERED = Uint8Array.from({ length: 16 * 200 + 5 }, (_, index) => (index * 7 + (index >> 8)) & 0xff)

/** A disk that hands a piece out at once, or only after turns of the event loop, as it is told for each. */
class Disk implements Pick<ByteSource, 'read' | 'readAhead' | 'readBehind'> {
  behind = 0
  brokenFrom = Number.POSITIVE_INFINITY
  /** Bytes that a piece lacks which is read ahead, though the file has more: it shrinks, and grows again. */
  lacking = 0
  readonly #bytes: Uint8Array
  readonly #turns: readonly number[]
  #at = 0
  #underWay = 0
  #asked = 0

  constructor(bytes: Uint8Array, turns: readonly number[]) {
    this.#bytes = bytes
    this.#turns = turns
  }

  read(target: Uint8Array, at: number): number {
    return this.#put(target, at, this.#at)
  }

  async readAhead(target: Uint8Array, at: number, length: number): Promise<number> {
    const from = this.#at
    this.#underWay = Math.min(length, this.#bytes.length - from)
    const turns = this.#turns[this.#asked++ % this.#turns.length]!
    for (let turn = 0; turn < turns; turn++) await setImmediate()
    return this.#put(target.subarray(0, at + length - this.lacking), at, from)
  }

  readBehind(target: Uint8Array, at: number): number | null {
    const from = this.#at + this.#underWay
    if (from >= Math.min(this.brokenFrom, this.#bytes.length)) return null
    this.behind++
    return this.#put(target, at, from)
  }

  #put(target: Uint8Array, at: number, from: number): number {
    if (from >= this.brokenFrom) throw new SourceFault(`byte ${from}`, 'a scratch')
    const piece = this.#bytes.subarray(from, from + target.length - at)
    target.set(piece, at)
    this.#at += piece.length
    return piece.length
  }
}

/** All bytes as a window would see them: what is left of a place, some bytes each time, goes before the next. */
async function readAll(disk: Disk, left = 0): Promise<number[]> {
  const bytes = new Uint8Array(endOfPlaces(PLACES))
  const ahead = new ReadAhead(disk, bytes, PLACES)
  const seen: number[] = []
  let start = 0
  let end = 0
  try {
    for (let count = await ahead.arrival(); count > 0; count = await ahead.arrival()) {
      const { next } = ahead
      bytes.copyWithin(next - (end - start), start, end)
      start = next - (end - start)
      end = next + count
      ahead.turn()
      while (end - start > left) seen.push(bytes[start++]!)
      await setImmediate()
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
  }
  while (end > start) seen.push(bytes[start++]!)
  return seen
}

describe('reading ahead', () => {
  it('gives all bytes in their order, however late the disk is, and whatever is left of a piece', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 0, max: PLACES.head }),
        fc.integer({ min: 0, max: NUMBERED.length }),
        async (turns, left, length) => {
          const bytes = NUMBERED.subarray(0, length)
          expect(await readAll(new Disk(bytes, turns), left)).toEqual([...bytes])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('reads what is behind itself where it would wait for a disk, and nothing where it need not', async () => {
    const slow = new Disk(NUMBERED, [4])
    await readAll(slow)
    expect(slow.behind).toBeGreaterThan(50)
    const fast = new Disk(NUMBERED, [0])
    await readAll(fast)
    expect(fast.behind).toBe(0)
  })

  it('reads all that is before a scratch, also where it is met behind a piece that is on its way', async () => {
    for (let from = 16 * 34; from < 16 * 40; from += 16) {
      const disk = new Disk(NUMBERED, [3])
      disk.brokenFrom = from
      expect(await readAll(disk)).toEqual([...NUMBERED.subarray(0, from)])
      expect(disk.behind).toBeGreaterThan(0)
    }
  })

  it('takes nothing for what follows a piece that came short', async () => {
    const disk = new Disk(NUMBERED, [3])
    disk.lacking = 4
    const seen = await readAll(disk)
    // The first pieces are read at once; the first one that is read ahead lacks its last four bytes.
    expect(seen.slice(0, 16 * 32 + 12)).toEqual([...NUMBERED.subarray(0, 16 * 32 + 12)])
    expect(seen.length).toBeLessThan(NUMBERED.length)
  })
})
