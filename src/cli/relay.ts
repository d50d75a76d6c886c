/** Hands bytes from a producer that pushes to a consumer that pulls, one piece at a time: the slower one sets the pace. */
export class Relay implements AsyncIterable<Uint8Array> {
  #piece: Uint8Array | null = null
  #ended = false
  #error: unknown = null
  #wake: (() => void) | null = null
  #taken: (() => void) | null = null

  /** Resolves once the consumer asks for the next piece: it may be writing this one still, but none before it. */
  async push(piece: Uint8Array): Promise<void> {
    if (piece.length === 0 || this.#ended) return
    this.#piece = piece
    this.#wake?.()
    await new Promise<void>((resolve) => {
      this.#taken = resolve
    })
  }

  /** No piece follows; with an error, the consumer throws it. */
  end(error: unknown = null): void {
    this.#ended = true
    this.#error = error
    this.#wake?.()
    this.#taken?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const piece = this.#piece
        if (piece !== null) {
          this.#piece = null
          yield piece
          this.#taken?.()
        } else if (this.#ended) break
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
      }
    } finally {
      // A consumer that stops early must not leave the producer waiting.
      this.#ended = true
      this.#taken?.()
    }
    if (this.#error !== null) throw this.#error
  }
}
