import { read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { type ByteSource, SourceFault } from './byte-source.ts'

const readPromised = promisify(read)
/** Where the descriptor's offset stands, which the system alone knows: a shell may have read a part of the file before. */
const AT_OFFSET = null

/** A regular file that is somebody else's descriptor, as standard input is where the shell redirects it: never closed. */
export class RedirectedSource implements ByteSource {
  storedBytes = 0
  readonly #descriptor: number
  #closed = false

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  read(target: Uint8Array, at: number): number {
    try {
      return this.#take(this.#closed ? 0 : readSync(this.#descriptor, target, at, target.length - at, AT_OFFSET))
    } catch (error) {
      throw this.#fault(error)
    }
  }

  async readAhead(target: Uint8Array, at: number, length: number): Promise<number> {
    if (this.#closed) return 0
    try {
      return this.#take((await readPromised(this.#descriptor, target, at, length, AT_OFFSET)).bytesRead)
    } catch (error) {
      throw this.#fault(error)
    }
  }

  warnings(): string[] {
    return []
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  #take(count: number): number {
    this.storedBytes += count
    return count
  }

  #fault(error: unknown): SourceFault {
    return new SourceFault(
      `byte ${this.storedBytes} of standard input`,
      `the system’s error ${(error as Error).message}`,
      error,
    )
  }
}
