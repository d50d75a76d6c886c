import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import { SourceFault } from '../source/byte-source.ts'
import { type Hashes, hashes } from './hashes.ts'
import { ZlibPump } from './zlib-pump.ts'
import type { ZstdFrameHeader } from './zstd-frame.ts'

/** Unpacks one zstd frame, whose pieces it gets in order. */
export interface ZstdDecoder {
  /** Takes the next piece: the header, a block, and with the `last` block the checksum where there is one. */
  push(piece: Uint8Array, last: boolean): Promise<void>
  destroy(): void
}

const OUTPUT_BYTES = 1 << 20
// In node:zlib from Node.js 22.15 on; the types are those of 20.
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform }

/** Then it also unpacks in threads of its own. */
export const RUNTIME_HAS_ZSTD = createZstdDecompress !== undefined

/** The runtime's own zstd where it has one: three times as fast. */
export async function zstdDecoder(header: ZstdFrameHeader, put: (bytes: Uint8Array) => void): Promise<ZstdDecoder> {
  if (createZstdDecompress) return new CoreDecoder(createZstdDecompress({ chunkSize: OUTPUT_BYTES }), put)
  return new ScriptDecoder(header, header.hasChecksum ? (await hashes()).create64() : null, put)
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

type Hash = ReturnType<Hashes['create64']>

const CHECKSUM_BYTES = 4
// fzstd moves its whole window for each block, however little is in it: thousands of tiny blocks would take hours. A
// full window of 128 MiB moves 1024 bytes for each one of a full block.
const MOVES_PER_BYTE = 1100
const FREE_MOVES = 16 * 2 ** 30

class ScriptDecoder implements ZstdDecoder {
  readonly #decompress: Decompress
  readonly #hash: Hash | null
  readonly #windowBytes: number
  #moved = 0
  #produced = 0

  constructor(header: ZstdFrameHeader, hash: Hash | null, put: (bytes: Uint8Array) => void) {
    this.#hash = hash
    this.#windowBytes = header.windowBytes
    this.#decompress = new Decompress((bytes) => {
      this.#produced += bytes.length
      hash?.update(bytes)
      put(bytes)
    })
  }

  async push(piece: Uint8Array, last: boolean): Promise<void> {
    this.#moved += this.#windowBytes
    if (this.#moved > FREE_MOVES + MOVES_PER_BYTE * this.#produced)
      throw new SourceFault(
        'zstd blocks that are worth their window',
        `tiny ones in a window of ${this.#windowBytes} bytes: unpack it first`,
      )
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
