import { WINDOW_BYTES } from './bounds.ts'
import { type ByteSource, SourceFault } from './byte-source.ts'

/**
 * The part of a source that is in memory: one reused buffer. What is not consumed moves to its front before it is
 * filled again, so that a record is always in one piece. Readers move `position`; only `fill` reads.
 */
export class Window {
  view: DataView
  bytes: Uint8Array
  /** Index of the next byte that was not consumed. */
  position = 0
  /** Index after the last byte that was read. */
  end = 0
  /** Why the source ended before its time; null where it did not. */
  fault: SourceFault | null = null
  readonly source: ByteSource
  /** Where in `bytes` the window starts. */
  #start = 0
  /** Where it ends as long as no record needs more. */
  #limit: number
  #base = 0
  #skipping = 0
  #ended = false

  constructor(source: ByteSource, capacity = WINDOW_BYTES) {
    this.source = source
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
    this.#limit = capacity
  }

  /** Moves the window into `bytes`, from `start` on: as large as it was, and as it needs to become, up to their end. */
  moveInto(bytes: Uint8Array, start: number): void {
    const { left } = this
    bytes.set(this.bytes.subarray(this.position, this.end), start)
    this.#base += this.position - start
    this.#limit = Math.min(bytes.length, start + this.#limit - this.#start)
    this.#start = start
    this.position = start
    this.end = start + left
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Bytes of the source before `position`. */
  get offset(): number {
    return this.#base + this.position
  }

  /** Bytes that are read and not consumed. */
  get left(): number {
    return this.end - this.position
  }

  /** Makes at least `need` bytes available; false where the source has fewer left. */
  async fill(need: number): Promise<boolean> {
    while (true) {
      this.#skip()
      if (this.#skipping === 0 && this.left >= need) return true
      if (this.#ended) return false
      this.#makeRoom(need)
      await this.#read()
    }
  }

  /** Passes over `count` bytes, also ones that were not read yet: `fill` does the rest. */
  skip(count: number): void {
    this.#skipping += count
    this.#skip()
  }

  #skip(): void {
    if (this.#skipping === 0) return
    const passed = Math.min(this.#skipping, this.left)
    this.position += passed
    this.#skipping -= passed
  }

  #makeRoom(need: number): void {
    const { bytes, position, left } = this
    const start = this.#start
    const size = this.#limit - start
    if (need > size) this.#limit = start + Math.max(need, Math.min(2 * size, bytes.length - start))
    if (this.#limit > bytes.length) {
      this.#enlarge(need)
      return
    }
    this.#base += position - start
    this.position = start
    this.end = start + left
    bytes.copyWithin(start, position, position + left)
  }

  /** Leaves its bytes for larger ones. */
  #enlarge(need: number): void {
    const { bytes, position, left } = this
    this.#base += position
    this.#start = 0
    this.position = 0
    this.end = left
    this.bytes = new Uint8Array(Math.max(need, bytes.length * 2))
    this.bytes.set(bytes.subarray(position, position + left))
    this.view = new DataView(this.bytes.buffer)
    this.#limit = this.bytes.length
  }

  async #read(): Promise<void> {
    try {
      const got = this.source.read(
        this.#limit === this.bytes.length ? this.bytes : this.bytes.subarray(0, this.#limit),
        this.end,
      )
      const count = typeof got === 'number' ? got : await got
      this.end += count
      this.#ended = count === 0
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      this.fault = error
      this.#ended = true
    }
  }
}
