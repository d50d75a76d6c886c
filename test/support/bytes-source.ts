import type { ByteSource } from '../../src/capture/source/byte-source.ts'

/** Bytes as a source, which tells whether it was closed. */
export class BytesSource implements ByteSource {
  storedBytes = 0
  isClosed = false
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(target: Uint8Array, at: number): number {
    const piece = this.#bytes.subarray(this.storedBytes, this.storedBytes + target.length - at)
    target.set(piece, at)
    this.storedBytes += piece.length
    return piece.length
  }

  warnings(): string[] {
    return []
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}
