import type { Readable } from 'node:stream'
import { type ByteSource, SourceFault } from './byte-source.ts'

/** A pipe, a device, standard input: what can be read once, and may keep one waiting. */
export class StreamSource implements ByteSource {
  storedBytes = 0
  readonly #stream: Readable
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #signal: AbortSignal | undefined
  #chunk: Uint8Array = new Uint8Array(0)

  /** Ends where `signal` is aborted, also in the middle of a wait. */
  constructor(stream: Readable, signal?: AbortSignal) {
    this.#stream = stream
    this.#chunks = stream[Symbol.asyncIterator]()
    this.#signal = signal
    const stop = () => void stream.destroy()
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    stream.once('close', () => signal?.removeEventListener('abort', stop))
  }

  async read(target: Uint8Array, at: number): Promise<number> {
    while (this.#chunk.length === 0) {
      const { value, done } = await this.#pull()
      if (done) return 0
      this.#chunk = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
    }
    const taken = this.#chunk.subarray(0, target.length - at)
    target.set(taken, at)
    this.#chunk = this.#chunk.subarray(taken.length)
    this.storedBytes += taken.length
    return taken.length
  }

  warnings(): string[] {
    return []
  }

  async close(): Promise<void> {
    this.#stream.destroy()
  }

  async #pull(): Promise<IteratorResult<Uint8Array>> {
    try {
      return await this.#chunks.next()
    } catch (error) {
      if (this.#signal?.aborted) return { value: undefined, done: true }
      throw new SourceFault(
        `byte ${this.storedBytes} of the stream`,
        `the system’s error ${(error as Error).message}`,
        error,
      )
    }
  }
}
