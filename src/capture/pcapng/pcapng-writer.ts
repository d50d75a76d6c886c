import type { CaptureInterface } from '../capture-reader.ts'
import type { Frame } from '../frame.ts'
import { RecordBuffer } from '../record-buffer.ts'
import { capturedBytes, type RecordWriter, type WrittenTime } from '../record-writer.ts'
import { BLOCK_START, Block, BYTE_ORDER_MAGIC, FRAMING, Minimum } from './pcapng-block.ts'
import { Option } from './pcapng-options.ts'

const SECTION_BODY = Minimum.SECTION_HEADER - FRAMING
const INTERFACE_BODY = Minimum.INTERFACE - FRAMING
const PACKET_BODY = Minimum.PACKET - FRAMING
const OPTION_HEADER = 4
const RESOLUTION_OPTION = 8
const WORD = 2 ** 32

/** Writes pcapng: one section, its interfaces as they come, enhanced packet blocks. */
export class PcapngWriter implements RecordWriter {
  readonly rounded = 0
  readonly #buffer = new RecordBuffer()
  readonly #little: boolean
  readonly #nanoseconds: boolean
  #begun = false
  #interfaces = 0

  constructor(little: boolean, nanoseconds: boolean) {
    this.#little = little
    this.#nanoseconds = nanoseconds
  }

  get pending(): number {
    return this.#buffer.length
  }

  add(frame: Frame, time: WrittenTime, interfaces: readonly CaptureInterface[]): void {
    this.finish(interfaces)
    const bytes = capturedBytes(frame)
    const padded = (bytes.length + 3) & ~3
    const at = this.#block(Block.ENHANCED_PACKET, PACKET_BODY + padded)
    const { view } = this.#buffer
    // The frames of a format without interfaces are all of the first one.
    view.setUint32(at, Math.max(frame.interfaceId, 0), this.#little)
    this.#stamp(at + 4, time)
    view.setUint32(at + 12, bytes.length, this.#little)
    view.setUint32(at + 16, frame.originalLength, this.#little)
    new Uint8Array(view.buffer).set(bytes, at + PACKET_BODY)
  }

  take(): Uint8Array {
    return this.#buffer.take()
  }

  finish(interfaces: readonly CaptureInterface[]): void {
    if (!this.#begun) this.#section()
    for (const each of interfaces.slice(this.#interfaces)) this.#interface(each)
  }

  #stamp(at: number, time: WrittenTime): void {
    const { view } = this.#buffer
    if (!this.#nanoseconds) {
      const microseconds = time.seconds * 1e6 + Math.floor(time.nanoseconds / 1000)
      view.setUint32(at, Math.floor(microseconds / WORD), this.#little)
      view.setUint32(at + 4, microseconds % WORD, this.#little)
      return
    }
    const nanoseconds = BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanoseconds)
    view.setUint32(at, Number((nanoseconds >> 32n) & 0xffffffffn), this.#little)
    view.setUint32(at + 4, Number(nanoseconds & 0xffffffffn), this.#little)
  }

  #section(): void {
    this.#begun = true
    const at = this.#block(Block.SECTION_HEADER, SECTION_BODY)
    const { view } = this.#buffer
    view.setUint32(at, BYTE_ORDER_MAGIC, this.#little)
    view.setUint16(at + 4, 1, this.#little)
    view.setBigInt64(at + 8, -1n, this.#little)
  }

  #interface(described: CaptureInterface): void {
    this.#interfaces++
    const name = Buffer.from(described.name ?? '', 'utf8')
    const nameOption = name.length === 0 ? 0 : OPTION_HEADER + ((name.length + 3) & ~3)
    const at = this.#block(Block.INTERFACE, INTERFACE_BODY + nameOption + RESOLUTION_OPTION + OPTION_HEADER)
    const { view } = this.#buffer
    view.setUint16(at, described.linkType, this.#little)
    view.setUint32(at + 4, described.snapLength, this.#little)
    const options = at + INTERFACE_BODY
    if (nameOption > 0) {
      view.setUint16(options, Option.IF_NAME, this.#little)
      view.setUint16(options + 2, name.length, this.#little)
      new Uint8Array(view.buffer).set(name, options + OPTION_HEADER)
    }
    view.setUint16(options + nameOption, Option.IF_TSRESOL, this.#little)
    view.setUint16(options + nameOption + 2, 1, this.#little)
    view.setUint8(options + nameOption + OPTION_HEADER, this.#nanoseconds ? 9 : 6)
  }

  /** Frames a block; returns where its zeroed body starts. */
  #block(type: number, bodyBytes: number): number {
    const length = FRAMING + bodyBytes
    const at = this.#buffer.reserve(length)
    const { view } = this.#buffer
    view.setUint32(at, type, this.#little)
    view.setUint32(at + 4, length, this.#little)
    view.setUint32(at + length - 4, length, this.#little)
    return at + BLOCK_START
  }
}
