import type { ByteSource } from './byte-source.ts'

/**
 * So many pieces are read at once, none ahead: at first V8 compiles the engine on the other cores, and who reads there waits
 * for them. What is small needs no thread to read it.
 */
const READ_AT_ONCE = 64

/** Two places for bytes, one behind the other. */
export interface Places {
  /** Where the first one's room for what is left of the other starts, in bytes. */
  readonly start: number
  /** Bytes of that room, which each has before it. */
  readonly head: number
  /** Bytes that each holds. */
  readonly length: number
}

/** Where two places end. */
export const endOfPlaces = ({ start, head, length }: Places): number => start + 2 * (head + length)

/**
 * Reads a source into two places in turn: while the bytes of one are looked at, those of the other come, where the source
 * can do so. What is not consumed of a place goes before the bytes of the next, so that a record is always in one piece.
 */
export class ReadAhead {
  readonly #source: Pick<ByteSource, 'read' | 'readAhead'>
  readonly #bytes: Uint8Array
  readonly #places: Places
  #place = 0
  #pieces = 0
  #coming: Promise<number> | null = null

  /** The places lie in `bytes`. */
  constructor(source: Pick<ByteSource, 'read' | 'readAhead'>, bytes: Uint8Array, places: Places) {
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
    const { start, head, length } = this.#places
    return start + head + this.#place * (head + length)
  }

  /** Waits for the bytes at `next`, and returns how many they are; 0 at the source's end. Throws the source's faults. */
  async arrival(): Promise<number> {
    if (this.#coming === null)
      return this.#source.read(this.#bytes.subarray(0, this.next + this.#places.length), this.next)
    const count = await this.#coming
    this.#coming = null
    return count
  }

  /** Waits until nothing is read into the places any more, whatever becomes of it: then they may be another's. */
  async settled(): Promise<void> {
    await this.#coming?.catch(() => {})
  }

  /** Takes the other place for `next`, where nothing is looked at any more, and begins to read into it. */
  turn(): void {
    this.#place ^= 1
    if (++this.#pieces < READ_AT_ONCE) return
    const coming = this.#source.readAhead?.(this.#bytes, this.next, this.#places.length)
    if (coming === undefined) return
    this.#coming = coming
    // A fault is told when it is waited for.
    coming.catch(() => {})
  }
}
