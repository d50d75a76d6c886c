import type { ByteSource } from './byte-source.ts'

/**
 * So many pieces are read at once, none ahead: at first V8 compiles the engine on the other cores, and who reads there waits
 * for them. What is small needs no thread to read it.
 */
const READ_AT_ONCE = 32

/** Three places for bytes, one behind the other. */
export interface Places {
  /** Where the first one's room for what is left of another starts, in bytes. */
  readonly start: number
  /** Bytes of that room, which each has before it. */
  readonly head: number
  /** Bytes that each holds. */
  readonly length: number
}

/** Where three places end. */
export const endOfPlaces = ({ start, head, length }: Places): number => start + 3 * (head + length)

/**
 * Reads a source into two places in turn: while the bytes of one are looked at, those of the other come, where the source
 * can do so. Who is done before they are there reads the bytes behind them meanwhile, into the third place: large packets
 * are looked at in less time than one core takes to copy them. What is not consumed of a place goes before the bytes of the
 * next, so that a record is always in one piece.
 */
export class ReadAhead {
  readonly #source: Pick<ByteSource, 'read' | 'readAhead' | 'readBehind'>
  readonly #bytes: Uint8Array
  readonly #places: Places
  /** Numbers of the places: looked at now, next, and free. */
  #current = 1
  #next = 0
  #free = 2
  #pieces = 0
  #coming: Promise<number> | null = null
  #hasCome = false
  /** Bytes that lie in the free place, once those of the next one have come; null where nothing was read there. */
  #behind: number | null = null

  /** The places lie in `bytes`. */
  constructor(source: Pick<ByteSource, 'read' | 'readAhead' | 'readBehind'>, bytes: Uint8Array, places: Places) {
    this.#source = source
    this.#bytes = bytes
    this.#places = places
  }

  /** Whether what is left of a place may be so many bytes. */
  holds(left: number): boolean {
    return left <= this.#places.head
  }

  /** Where the bytes that come next are put. */
  get next(): number {
    return this.#startOf(this.#next)
  }

  /** Waits for the bytes at `next`, and returns how many they are; 0 at the source's end. Throws the source's faults. */
  async arrival(): Promise<number> {
    if (this.#behind !== null) return this.#takeBehind(this.#behind)
    if (this.#coming === null) return this.#source.read(this.#until(this.next), this.next)
    if (!this.#hasCome) this.#readBehind()
    const count = await this.#coming
    this.#coming = null
    // Behind a piece that came short, of a file that shrank, is not what follows it.
    if (count < this.#places.length) this.#behind = null
    return count
  }

  /** Waits until nothing is read into the places any more, whatever becomes of it: then they may be another's. */
  async settled(): Promise<void> {
    await this.#coming?.catch(() => {})
  }

  /** Takes a place for `next` where nothing is looked at any more, and begins to read into it. */
  turn(): void {
    const read = this.#current
    this.#current = this.#next
    if (this.#behind !== null) {
      this.#next = this.#free
      this.#free = read
      return
    }
    this.#next = read
    if (++this.#pieces < READ_AT_ONCE) return
    const coming = this.#source.readAhead?.(this.#bytes, this.next, this.#places.length)
    if (coming === undefined) return
    this.#coming = coming
    this.#hasCome = false
    const come = () => {
      this.#hasCome = true
    }
    // A fault is told when it is waited for.
    coming.then(come, come)
  }

  #readBehind(): void {
    const start = this.#startOf(this.#free)
    this.#behind = this.#source.readBehind?.(this.#until(start), start) ?? null
  }

  #takeBehind(count: number): number {
    this.#behind = null
    return count
  }

  #startOf(place: number): number {
    const { start, head, length } = this.#places
    return start + head + place * (head + length)
  }

  /** All bytes up to the end of the place that starts at `start`. */
  #until(start: number): Uint8Array {
    return this.#bytes.subarray(0, start + this.#places.length)
  }
}
