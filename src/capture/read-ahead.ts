import type { ByteSource } from './byte-source.ts'

/**
 * So many pieces are read at once, none ahead: at first V8 compiles the engine on the other cores, and who reads there waits
 * for them. What is small needs no thread to read it.
 */
const READ_AT_ONCE = 64
/** Room before each place for what is left of the one before. */
const HEAD_BYTES = 6 << 20

/**
 * Reads a source into two places of a window in turn: while the bytes of one are looked at, those of the other come. What
 * is not consumed of a place goes before the bytes of the next, so that a record is always in one piece.
 */
export class ReadAhead {
  readonly #source: ByteSource
  readonly #bytes: Uint8Array
  readonly #start: number
  readonly #length: number
  #place = 0
  #pieces = 0
  #coming: Promise<number> | null = null

  /** The places lie in `bytes` from `start` on, and hold `length` bytes each. */
  constructor(source: ByteSource, bytes: Uint8Array, start: number, length: number) {
    this.#source = source
    this.#bytes = bytes
    this.#start = start
    this.#length = length
  }

  /** Whether a source can be read so, and two places fit. */
  static fits(source: ByteSource, bytes: Uint8Array, start: number, length: number): boolean {
    return source.readAhead !== undefined && start + 2 * (HEAD_BYTES + length) <= bytes.length
  }

  /** Whether what is left of a place may be so many bytes. */
  holds(left: number): boolean {
    return left <= HEAD_BYTES
  }

  /** Where the bytes that come next are put. */
  get next(): number {
    return this.#start + HEAD_BYTES + this.#place * (HEAD_BYTES + this.#length)
  }

  /** Waits for the bytes at `next`, and returns how many they are; 0 at the source's end. Throws the source's faults. */
  async arrival(): Promise<number> {
    if (this.#coming === null) return this.#source.read(this.#bytes.subarray(0, this.next + this.#length), this.next)
    const count = await this.#coming
    this.#coming = null
    return count
  }

  /** Takes the other place for `next`, where nothing is looked at any more, and begins to read into it. */
  turn(): void {
    this.#place ^= 1
    if (++this.#pieces < READ_AT_ONCE) return
    this.#coming = this.#begin()
    // Told when it is waited for.
    this.#coming.catch(() => {})
  }

  #begin(): Promise<number> {
    return this.#source.readAhead!(this.#bytes, this.next, this.#length)
  }
}
