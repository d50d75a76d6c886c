import type { Engine } from '../engine/engine.ts'
import { REGION_WORDS, REGIONS, type RegionNumber, RegionWord } from '../engine/memory-map.ts'

/**
 * Records of a fixed number of 32-bit words in the engine's memory, seen as integers, floats of both sizes and bytes. They
 * are moved when they or others need room: read the arrays anew after a record may have been added.
 */
export class Region {
  words: Int32Array = new Int32Array()
  doubles: Float64Array = new Float64Array()
  floats: Float32Array = new Float32Array()
  bytes: Uint8Array = new Uint8Array()
  readonly recordBytes: number
  /** There is never room for more records than this. */
  readonly most: number
  /** What the engine knows of it: see `RegionWord`. */
  readonly #told: Int32Array

  /** `recordBytes` is a multiple of 4; of 8 where records hold float64. */
  constructor(engine: Engine, number: RegionNumber, recordBytes: number, most = Number.POSITIVE_INFINITY) {
    this.most = most
    this.recordBytes = recordBytes
    this.#told = new Int32Array(engine.memory.buffer, REGIONS + number * REGION_WORDS * 4, REGION_WORDS)
    this.#told[RegionWord.RECORD_BYTES] = recordBytes
  }

  /** Records in use. */
  get count(): number {
    return this.#told[RegionWord.USED]!
  }

  set count(count: number) {
    this.#told[RegionWord.USED] = count
  }

  /** Records that there is room for. */
  get room(): number {
    return this.#told[RegionWord.ROOM]!
  }

  /** Bytes in use. */
  get bytesUsed(): number {
    return this.count * this.recordBytes
  }

  /** Where its first record starts in the memory. */
  get at(): number {
    return this.#told[RegionWord.AT]! >>> 0
  }

  /** Says where it lies from now on, in bytes. */
  place(buffer: SharedArrayBuffer, at: number, room: number): void {
    const length = room * this.recordBytes
    this.words = new Int32Array(buffer, at, length >> 2)
    this.doubles = new Float64Array(buffer, at, length >> 3)
    this.floats = new Float32Array(buffer, at, length >> 2)
    this.bytes = new Uint8Array(buffer, at, length)
    this.#told[RegionWord.AT] = at
    this.#told[RegionWord.ROOM] = room
  }
}
