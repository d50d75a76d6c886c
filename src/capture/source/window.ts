import { WINDOW_BYTES } from '../bounds.ts'
import { type ByteSource, SourceFault } from './byte-source.ts'
import { endOfPlaces, ReadAhead } from './read-ahead.ts'

/** Room before a place that is read ahead into for what is left of the other one. */
const HEAD_BYTES = 6 << 20

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
  /** Where the source is read from a disk, and two places fit. */
  #ahead: ReadAhead | null = null

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
    const places = { start, head: HEAD_BYTES, length: this.#limit - start }
    if (this.source.readAhead !== undefined && endOfPlaces(places) <= bytes.length)
      this.#ahead = new ReadAhead(this.source, bytes, places)
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
      if (this.#ahead?.holds(this.left)) await this.#goOn(this.#ahead)
      else await this.#readMore(need)
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

  async #readMore(need: number): Promise<void> {
    if (this.#ahead !== null) await this.#stayBehind(this.#ahead)
    this.#makeRoom(need)
    const { bytes, end } = this
    const target = this.#limit === bytes.length ? bytes : bytes.subarray(0, this.#limit)
    this.end += await this.#count(() => this.source.read(target, end))
  }

  /** Goes on with the bytes that were read ahead: what is left moves before them. */
  async #goOn(ahead: ReadAhead): Promise<void> {
    const count = await this.#count(() => ahead.arrival())
    const { bytes, position, end, left } = this
    const start = ahead.next - left
    bytes.copyWithin(start, position, end)
    this.#base += position - start
    this.position = start
    this.end = ahead.next + count
    if (!this.#ended) ahead.turn()
  }

  /** Gives up reading ahead: a record needs more room than there is between the places. What was read goes behind what is left. */
  async #stayBehind(ahead: ReadAhead): Promise<void> {
    this.#ahead = null
    const count = await this.#count(() => ahead.arrival())
    const { bytes, position, end, left } = this
    const start = this.#start
    const all = new Uint8Array(left + count)
    all.set(bytes.subarray(position, end))
    all.set(bytes.subarray(ahead.next, ahead.next + count), left)
    bytes.set(all, start)
    this.#base += position - start
    this.position = start
    this.end = start + all.length
    this.#limit = Math.max(this.#limit, this.end)
  }

  /** How many bytes come; the source has ended where none do. */
  async #count(read: () => number | Promise<number>): Promise<number> {
    try {
      const got = read()
      const count = typeof got === 'number' ? got : await got
      this.#ended = count === 0
      return count
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      this.fault = error
      this.#ended = true
      return 0
    }
  }
}
