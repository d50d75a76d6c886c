/** Hands text from a producer that pushes to a consumer that pulls, one piece at a time: the slower one sets the pace. */
export class Relay implements AsyncIterable<string> {
  #piece: string | null = null
  #ended = false
  #error: unknown = null
  #wake: (() => void) | null = null
  #taken: (() => void) | null = null

  /** Resolves once the piece was taken. */
  async push(piece: string): Promise<void> {
    if (piece === '' || this.#ended) return
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

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    try {
      for (;;) {
        const piece = this.#piece
        if (piece !== null) {
          this.#piece = null
          this.#taken?.()
          yield piece
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
