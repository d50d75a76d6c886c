const FIRST_SIZE = 1 << 16

/** Bytes on their way into a file: grows as needed, and is emptied by `take`. */
export class RecordBuffer {
  /** Over the whole buffer; another one after each `reserve` that had to grow it. */
  view: DataView
  length = 0
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_SIZE)

  constructor() {
    this.view = new DataView(this.#bytes.buffer)
  }

  /** Makes room for `count` more bytes, zeroed, and returns where they start. */
  reserve(count: number): number {
    const start = this.length
    this.length += count
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
      this.view = new DataView(larger.buffer)
    }
    this.#bytes.fill(0, start, this.length)
    return start
  }

  /** Puts `bytes` at the end, followed by zeros up to a multiple of `alignment`. */
  append(bytes: Uint8Array, alignment = 1): void {
    const start = this.reserve(Math.ceil(bytes.length / alignment) * alignment)
    this.#bytes.set(bytes, start)
  }

  /** Everything so far, as a copy; the buffer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.length)
    this.length = 0
    return taken
  }
}
