import type { ByteSource } from '../source/byte-source.ts'
import { FramedSource } from './framed-source.ts'
import { type ZstdDecoder, zstdDecoder } from './zstd-decoder.ts'
import { BLOCK_HEADER, readBlockHeader, readZstdHeader, ZSTD_MAGIC, zstdHeaderBytes } from './zstd-frame.ts'

/** The magic number, and the byte behind it that tells how long the header is. */
const DESCRIBED = 5
const CHECKSUM_BYTES = 4

/**
 * Unpacks zstd frame by frame and block by block. Splitting is done here because the decoders differ in what they make
 * of several frames, skippable frames and missing ends: none tells all of them.
 */
export class ZstdSource extends FramedSource {
  #decoder: ZstdDecoder | null = null
  #hasChecksum = false

  constructor(packed: ByteSource) {
    super(packed, 'zstd', ZSTD_MAGIC)
  }

  override async close(): Promise<void> {
    this.#decoder?.destroy()
    await super.close()
  }

  protected override get isInFrame(): boolean {
    return this.#decoder !== null
  }

  protected override async beginFrame(): Promise<void> {
    const { window } = this
    await this.require(DESCRIBED)
    await this.require(zstdHeaderBytes(window.view, window.position))
    const header = readZstdHeader(window.view, window.position)
    this.#hasChecksum = header.hasChecksum
    this.#decoder = await zstdDecoder(header, (unpacked) => this.put(unpacked))
    await this.#decoder.push(this.#take(header.bytes), false)
  }

  protected override async unpackBlock(): Promise<void> {
    const { window } = this
    await this.require(BLOCK_HEADER)
    const { last, bytes } = readBlockHeader(window.view, window.position)
    const length = BLOCK_HEADER + bytes + (last && this.#hasChecksum ? CHECKSUM_BYTES : 0)
    await this.require(length)
    await this.#decoder!.push(this.#take(length), last)
    if (last) this.#decoder = null
  }

  // A copy: decoders keep pieces, and the window's buffer is refilled.
  #take(count: number): Uint8Array {
    const { position, bytes } = this.window
    this.window.position += count
    return bytes.slice(position, position + count)
  }
}
