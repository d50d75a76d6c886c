import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import xxhash from 'xxhash-wasm'
import { SourceFault } from './byte-source.ts'
import { ZlibPump } from './zlib-pump.ts'

/** Unpacks one zstd frame, whose pieces it gets in order. */
export interface ZstdDecoder {
  /** Takes the next piece: the header, a block, and with the `last` block the checksum where there is one. */
  push(piece: Uint8Array, last: boolean): Promise<void>
  destroy(): void
}

const OUTPUT_BYTES = 1 << 20
// In node:zlib from Node.js 22.15 on; the types are those of 20.
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform }

/** The runtime's own zstd where it has one: three times as fast. */
export async function zstdDecoder(hasChecksum: boolean, put: (bytes: Uint8Array) => void): Promise<ZstdDecoder> {
  if (createZstdDecompress) return new CoreDecoder(createZstdDecompress({ chunkSize: OUTPUT_BYTES }), put)
  return new ScriptDecoder(hasChecksum ? (await xxhash()).create64() : null, put)
}

class CoreDecoder implements ZstdDecoder {
  readonly #pump: ZlibPump

  constructor(stream: Transform, put: (bytes: Uint8Array) => void) {
    this.#pump = new ZlibPump(stream, 'zstd', put)
  }

  async push(piece: Uint8Array, last: boolean): Promise<void> {
    await this.#pump.write(piece)
    if (last) await this.#pump.end()
  }

  destroy(): void {
    this.#pump.destroy()
  }
}

type Hash = ReturnType<Awaited<ReturnType<typeof xxhash>>['create64']>

const CHECKSUM_BYTES = 4

class ScriptDecoder implements ZstdDecoder {
  readonly #decompress: Decompress
  readonly #hash: Hash | null

  constructor(hash: Hash | null, put: (bytes: Uint8Array) => void) {
    this.#hash = hash
    this.#decompress = new Decompress((bytes) => {
      hash?.update(bytes)
      put(bytes)
    })
  }

  async push(piece: Uint8Array, last: boolean): Promise<void> {
    try {
      this.#decompress.push(piece, last)
    } catch (error) {
      // fzstd was not made for hostile bytes: whatever it throws is about them.
      if (error instanceof SourceFault) throw error
      throw new SourceFault('zstd data that fit together', `fzstd says: ${(error as Error).message}`, error)
    }
    if (last && this.#hash) this.#check(piece, this.#hash)
  }

  destroy(): void {}

  // fzstd reads over the checksum: RFC 8878 §3.1.1, the lower half of XXH64 of the content.
  #check(piece: Uint8Array, hash: Hash): void {
    const found = Number(hash.digest() & 0xffffffffn)
    const at = piece.byteOffset + piece.length - CHECKSUM_BYTES
    const expected = new DataView(piece.buffer, at, CHECKSUM_BYTES).getUint32(0, true)
    if (found !== expected) throw new SourceFault(`a zstd checksum of ${hex(found)}`, hex(expected))
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}
