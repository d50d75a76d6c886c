/** A cache line, and where the allocators of the systems let a large buffer begin: this many bytes behind one. */
const CACHE_LINE = 64
const ALLOCATED_BEHIND = 16
/** Skipped at a buffer's start, so that what is 64 bytes long lies in one cache line. */
const TO_CACHE_LINE = CACHE_LINE - ALLOCATED_BEHIND
/** Untouched memory costs nothing on the systems that give it page by page: growing in large steps saves copies. */
const STEP = 4

/**
 * Memory for records of a fixed number of 32-bit words, seen as integers, floats of both sizes and bytes. The arrays are
 * replaced when it grows: read them anew after whatever may add a record.
 */
export class GrowingWords {
  words!: Int32Array
  doubles!: Float64Array
  floats!: Float32Array
  bytes!: Uint8Array

  /** `capacity` in words: an even number. */
  constructor(capacity: number) {
    this.#allocate(capacity)
  }

  /** Makes room for at least `length` words; what is there stays. */
  reserve(length: number): void {
    if (length <= this.words.length) return
    const before = this.words
    this.#allocate(Math.max(length, before.length * STEP))
    this.words.set(before)
  }

  #allocate(length: number): void {
    const buffer = new ArrayBuffer(TO_CACHE_LINE + length * 4)
    this.words = new Int32Array(buffer, TO_CACHE_LINE, length)
    this.doubles = new Float64Array(buffer, TO_CACHE_LINE, length >> 1)
    this.floats = new Float32Array(buffer, TO_CACHE_LINE, length)
    this.bytes = new Uint8Array(buffer, TO_CACHE_LINE, length * 4)
  }
}
