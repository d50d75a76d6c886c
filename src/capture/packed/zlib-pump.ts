import type { Transform } from 'node:stream'
import { SourceFault } from '../source/byte-source.ts'

/**
 * Drives one of node:zlib's streams piece by piece. Its output is taken as it comes: what a stream still holds when it
 * fails would be lost, and what was readable must be read.
 */
export class ZlibPump {
  readonly #stream: Transform
  #fault: SourceFault | null = null

  constructor(stream: Transform, what: string, put: (bytes: Uint8Array) => void) {
    this.#stream = stream
    stream.on('data', (bytes: Uint8Array) => {
      try {
        if (this.#fault === null) put(bytes)
      } catch (error) {
        this.#fault = error as SourceFault
        stream.destroy()
      }
    })
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#fault ??= faultOf(error, what)
    })
  }

  /** Unpacks one piece; resolves when all its output was handed out. Throws the fault that ended the stream. */
  write(piece: Uint8Array): Promise<void> {
    return this.#settle((done) => this.#stream.write(piece, done))
  }

  /** Ends the stream; throws where it was not complete. */
  end(): Promise<void> {
    return this.#settle((done) => {
      this.#stream.once('end', done)
      this.#stream.end()
    })
  }

  destroy(): void {
    this.#stream.destroy()
  }

  async #settle(act: (done: () => void) => void): Promise<void> {
    if (this.#fault) throw this.#fault
    await new Promise<void>((resolve) => {
      // A stream that fails does not always call back, but it closes.
      const done = () => {
        this.#stream.off('close', done)
        resolve()
      }
      this.#stream.once('close', done)
      act(done)
    })
    if (this.#fault) throw this.#fault
  }
}

function faultOf(error: NodeJS.ErrnoException, what: string): SourceFault {
  if (error.code === 'Z_BUF_ERROR') return new SourceFault(`a complete ${what} stream`, 'its end is missing', error)
  return new SourceFault(`${what} data that fit together`, `zlib says: ${error.message}`, error)
}
