import { type ByteSource, SourceFault } from '../source/byte-source.ts'
import { DecodedSource } from '../source/decoded-source.ts'
import { Window } from '../source/window.ts'
import { type ZstdDecoder, zstdDecoder } from './zstd-decoder.ts'
import {
  BLOCK_HEADER,
  isSkippable,
  readBlockHeader,
  readZstdHeader,
  ZSTD_MAGIC,
  zstdHeaderBytes,
} from './zstd-frame.ts'

const MAGIC_BYTES = 4
const CHECKSUM_BYTES = 4

/**
 * Unpacks zstd frame by frame and block by block. Splitting is done here because the decoders differ in what they make
 * of several frames, skippable frames and missing ends: none tells all of them.
 */
export class ZstdSource extends DecodedSource {
  readonly #window: Window
  #decoder: ZstdDecoder | null = null
  #hasChecksum = false

  constructor(packed: ByteSource) {
    super(packed)
    this.#window = new Window(packed)
  }

  override async close(): Promise<void> {
    this.#decoder?.destroy()
    await super.close()
  }

  protected override async unpack(): Promise<boolean> {
    if (this.#decoder) {
      await this.#block(this.#decoder)
      return true
    }
    if (!(await this.#window.fill(1))) {
      if (this.#window.fault) throw this.#window.fault
      return false
    }
    await this.#frame()
    return true
  }

  async #frame(): Promise<void> {
    const window = this.#window
    await this.#require(MAGIC_BYTES + 1)
    const magic = window.view.getUint32(window.position, true)
    if (isSkippable(magic)) {
      await this.#require(2 * MAGIC_BYTES)
      window.skip(2 * MAGIC_BYTES + window.view.getUint32(window.position + MAGIC_BYTES, true))
      // Where it is the last one, its end is the end; where it is cut, nothing of the data is.
      await window.fill(1)
      return
    }
    if (magic !== ZSTD_MAGIC) throw new SourceFault('another zstd frame', magic.toString(16).padStart(8, '0'))
    await this.#require(zstdHeaderBytes(window.view, window.position))
    const header = readZstdHeader(window.view, window.position)
    this.#hasChecksum = header.hasChecksum
    this.#decoder = await zstdDecoder(header, (unpacked) => this.put(unpacked))
    await this.#decoder.push(this.#take(header.bytes), false)
  }

  async #block(decoder: ZstdDecoder): Promise<void> {
    const window = this.#window
    await this.#require(BLOCK_HEADER)
    const { last, bytes } = readBlockHeader(window.view, window.position)
    const length = BLOCK_HEADER + bytes + (last && this.#hasChecksum ? CHECKSUM_BYTES : 0)
    await this.#require(length)
    await decoder.push(this.#take(length), last)
    if (last) this.#decoder = null
  }

  // A copy: decoders keep pieces, and the window's buffer is refilled.
  #take(count: number): Uint8Array {
    const { position, bytes } = this.#window
    this.#window.position += count
    return bytes.slice(position, position + count)
  }

  async #require(count: number): Promise<void> {
    if (await this.#window.fill(count)) return
    throw this.#window.fault ?? new SourceFault('a complete zstd frame', 'its end is missing')
  }
}
