import { type ByteSource, SourceFault } from '../source/byte-source.ts'
import { FramedSource } from './framed-source.ts'
import { type Hashes, hashes } from './hashes.ts'
import { LZ4_MAGIC, Lz4Blocks } from './lz4-block.ts'

const Flag = {
  VERSION: 0xc0,
  INDEPENDENT: 0x20,
  BLOCK_CHECKSUM: 0x10,
  SIZE: 8,
  CONTENT_CHECKSUM: 4,
  DICTIONARY: 1,
} as const
const VERSION_1 = 0x40
const WORD = 4
const UNPACKED = 0x8000_0000

/** Unpacks the lz4 frame format block by block, with both kinds of checksums. */
export class Lz4Source extends FramedSource {
  #hashes: Hashes | null = null
  #content: ReturnType<Hashes['create32']> | null = null
  #inFrame = false
  #flags = 0
  #largest = 0
  readonly #blocks = new Lz4Blocks()
  /** Buffers for a block whose bytes were used: a new one would be touched page by page. */
  #spare: Uint8Array[] = []

  constructor(packed: ByteSource) {
    super(packed, 'lz4', LZ4_MAGIC)
  }

  protected override get isInFrame(): boolean {
    return this.#inFrame
  }

  protected override async beginFrame(): Promise<void> {
    this.window.position += WORD
    this.#hashes ??= await hashes()
    const flags = (await this.#peek(2))[0]!
    const length = 2 + ((flags & Flag.SIZE) === 0 ? 0 : 8) + ((flags & Flag.DICTIONARY) === 0 ? 0 : WORD)
    const descriptor = await this.#peek(length + 1)
    const code = (descriptor[1]! >> 4) & 7
    if ((flags & Flag.VERSION) !== VERSION_1 || code < 4)
      throw new SourceFault('version 1 of the lz4 frame format', `flags ${flags}, block size code ${code}`)
    if ((flags & Flag.DICTIONARY) !== 0)
      throw new SourceFault('lz4 data that stand alone', 'a frame that needs a dictionary')
    const checksum = (this.#hashes.h32Raw(descriptor.subarray(0, length)) >>> 8) & 0xff
    if (checksum !== descriptor[length])
      throw new SourceFault(`an lz4 header checksum of ${checksum}`, `${descriptor[length]}`)
    this.window.position += length + 1
    this.#begin(flags, 2 ** (8 + 2 * code), this.#hashes)
  }

  #begin(flags: number, largest: number, hashes: Hashes): void {
    this.#flags = flags
    this.#largest = largest
    this.#inFrame = true
    this.#content = (flags & Flag.CONTENT_CHECKSUM) === 0 ? null : hashes.create32()
    this.#blocks.begin(largest, (flags & Flag.INDEPENDENT) === 0)
    this.#spare = []
  }

  protected override async unpackBlock(): Promise<void> {
    const word = await this.#word()
    if (word === 0) {
      this.#inFrame = false
      if (this.#content) await this.#check('content', this.#content.digest())
      return
    }
    const length = word % UNPACKED
    if (length > this.#largest) throw new SourceFault(`an lz4 block of at most ${this.#largest} bytes`, `${length}`)
    const input = await this.#peek(length)
    const checksum = (this.#flags & Flag.BLOCK_CHECKSUM) === 0 ? null : this.#hashes!.h32Raw(input)
    const unpacked = word >= UNPACKED ? this.#blocks.store(input) : this.#blocks.unpack(input)
    this.window.position += length
    if (checksum !== null) await this.#check('block', checksum)
    this.#content?.update(unpacked)
    this.#handOut(unpacked)
  }

  /** Copies a block that the next one overwrites. */
  #handOut(unpacked: Uint8Array): void {
    const spare = this.#spare
    const buffer = spare.pop() ?? new Uint8Array(this.#largest)
    buffer.set(unpacked)
    this.put(buffer.subarray(0, unpacked.length), () => spare.push(buffer))
  }

  async #check(what: string, expected: number): Promise<void> {
    const found = await this.#word()
    if (found !== expected >>> 0)
      throw new SourceFault(`an lz4 ${what} checksum of ${(expected >>> 0).toString(16)}`, found.toString(16))
  }

  async #word(): Promise<number> {
    await this.#peek(WORD)
    const word = this.window.view.getUint32(this.window.position, true)
    this.window.position += WORD
    return word
  }

  /** The next bytes, not consumed; valid until the window is filled again. */
  async #peek(count: number): Promise<Uint8Array> {
    await this.require(count)
    const { bytes, position } = this.window
    return bytes.subarray(position, position + count)
  }
}
