import { WINDOW_BYTES } from './bounds.ts'
import { type ByteSource, SourceFault } from './byte-source.ts'

/**
 * The part of a source that is in memory: one reused buffer. What is not consumed moves to its front before it is
 * filled again, so that a record is always in one piece. Readers move `position`; only `fill` reads.
 */
export class Window {
  view: DataView
  bytes: Uint8Array<ArrayBuffer>
  /** Index of the next byte that was not consumed. */
  position = 0
  /** Index after the last byte that was read. */
  end = 0
  /** Why the source ended before its time; null where it did not. */
  fault: SourceFault | null = null
  readonly source: ByteSource
  #base = 0
  #skipping = 0
  #ended = false

  constructor(source: ByteSource, capacity = WINDOW_BYTES) {
    this.source = source
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
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
    this.#base += position
    this.position = 0
    this.end = left
    if (need <= bytes.length) {
      bytes.copyWithin(0, position, position + left)
      return
    }
    this.bytes = new Uint8Array(Math.max(need, bytes.length * 2))
    this.bytes.set(bytes.subarray(position, position + left))
    this.view = new DataView(this.bytes.buffer)
  }

  async #read(): Promise<void> {
    try {
      const got = this.source.read(this.bytes, this.end)
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
