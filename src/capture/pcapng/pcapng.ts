import { Tally } from '../../engine/memory-map.ts'
import { MAX_BLOCK_BYTES, MAX_FRAME_BYTES, MAX_SKIPPED_BLOCK_BYTES } from '../bounds.ts'
import type { CaptureSummary } from '../capture-reader.ts'
import type { Epoch } from '../epoch.ts'
import { Frame } from '../frame.ts'
import type { FrameTable } from '../frame-table.ts'
import type { Window } from '../source/window.ts'
import {
  BLOCK_START,
  Block,
  EnhancedPacket,
  FRAMING,
  holdsPacket,
  isRead,
  Minimum,
  Simple,
  takesNumber,
} from './pcapng-block.ts'
import { Option, OptionCursor } from './pcapng-options.ts'
import { type SectionInterface, SectionReader } from './section-reader.ts'

/** Reads the packet blocks of a pcapng. The window stands at the first section header. */
export class PcapngReader extends SectionReader {
  #stampless = 0
  #lastTime = 0

  constructor(
    window: Window,
    summary: CaptureSummary,
    captureIndex: number,
    epoch: Epoch,
    frames: FrameTable | null = null,
  ) {
    super(window, summary, captureIndex, epoch, frames)
    this.need = Minimum.SECTION_HEADER
    summary.timeDigits = 0
  }

  /** Every block as it stands in the file, comments and unknown ones included, in pieces; instead of `next`. */
  async *blocks(): AsyncGenerator<Uint8Array> {
    const frame = new Frame()
    do {
      let from = this.window.position
      while (this.next(frame))
        if (this.window.position - from >= MAX_BLOCK_BYTES / 4) {
          yield this.window.bytes.slice(from, this.window.position)
          from = this.window.position
        }
      yield this.window.bytes.slice(from, this.window.position)
    } while (await this.more())
  }

  next(frame: Frame): boolean {
    const { window } = this
    while (true) {
      const { position } = window
      if (window.end - position < FRAMING) return this.wait(FRAMING)
      const type = window.view.getUint32(position, this.little)
      if (type === Block.SECTION_HEADER && !this.setByteOrder(position)) return false
      const length = window.view.getUint32(position + 4, this.little)
      // Writers of the first drafts left the padding out of the length.
      const padded = (length + 3) & ~3
      if (!this.#framed(type, length, padded)) return false
      if (!isRead(type)) {
        if (takesNumber(type)) this.otherRecords++
        window.position = position + padded
        continue
      }
      const end = position + padded
      if (type === Block.ENHANCED_PACKET || type === Block.OBSOLETE_PACKET) {
        if (!this.#packet(frame, position, end, type)) return false
        window.position = end
        return this.count(frame)
      }
      if (type === Block.SIMPLE_PACKET) {
        if (!this.#simplePacket(frame, position, end)) return false
        window.position = end
        return this.count(frame)
      }
      if (!this.describe(type, position, end)) return false
      window.position = end
    }
  }

  /** Before what is no packet: it may take a number. */
  protected override endsBatch(): boolean {
    const { view, position, end } = this.window
    return end - position >= FRAMING && !holdsPacket(view.getUint32(position, this.little))
  }

  /** Packets alone; what else a block may be or hold, `next` sees to. */
  protected override readMany({ engine, tally }: FrameTable, base: number): number {
    const count = engine.enhancedPackets(this.window.position, this.window.end, base, this.epoch.seconds)
    if (count > 0) this.#lastTime = tally[Tally.PREVIOUS_TIME]!
    return count
  }

  protected override ended(): void {
    if (this.#stampless === 0) return
    this.summary.warnings.push(
      `${this.#stampless} packets carry no time (simple packet blocks): they are shown at the time of the packet before them`,
    )
    // So that the zero of a capture without any time is a time.
    if (Number.isNaN(this.epoch.seconds)) this.epoch.seconds = 0
  }

  /** True where the block of `length` bytes, `padded` with its padding, is there as a whole; one that is passed over too. */
  #framed(type: number, length: number, padded: number): boolean {
    const { window } = this
    const bound = isRead(type) ? MAX_BLOCK_BYTES : MAX_SKIPPED_BLOCK_BYTES
    if (length < FRAMING || length > bound)
      return this.stop(`a block length from ${FRAMING} to ${bound}`, `${length} in a block of type ${type}`)
    if (window.end - window.position < padded) return this.wait(padded)
    const again = window.view.getUint32(window.position + padded - 4, this.little)
    return again === length || this.stop(`the block’s length ${length} again at its end`, `${again}`)
  }

  #packet(frame: Frame, position: number, end: number, type: number): boolean {
    if (end - position < Minimum.PACKET)
      return this.stop(`a packet block of at least ${Minimum.PACKET} bytes`, `${end - position}`)
    const { view } = this.window
    const little = this.little
    const enhanced = type === Block.ENHANCED_PACKET
    const id = enhanced
      ? view.getUint32(position + EnhancedPacket.INTERFACE, little)
      : view.getUint16(position + EnhancedPacket.INTERFACE, little)
    const from = this.interfaces[id]
    if (from === undefined) return this.unknownInterface(id)
    const captured = view.getUint32(position + EnhancedPacket.CAPTURED, little)
    const start = position + BLOCK_START + 20
    if (!this.#holds(captured, end - 4 - start)) return false
    const { resolution } = from
    resolution.take(
      view.getUint32(position + EnhancedPacket.HIGH, little),
      view.getUint32(position + EnhancedPacket.LOW, little),
    )
    frame.time = this.epoch.since(resolution.seconds, resolution.nanoseconds)
    this.#lastTime = frame.time
    frame.originalLength = view.getUint32(position + EnhancedPacket.ORIGINAL, little)
    this.#fill(frame, from, start, captured)
    const options = start + ((captured + 3) & ~3)
    if (options < end - 4) this.#packetOptions(from, options, end - 4, enhanced)
    if (!enhanced) this.#addDrops(from, view.getUint16(position + EnhancedPacket.DROPS, little), 0xffff)
    return true
  }

  #simplePacket(frame: Frame, position: number, end: number): boolean {
    if (end - position < Minimum.SIMPLE_PACKET)
      return this.stop(`a simple packet block of at least ${Minimum.SIMPLE_PACKET} bytes`, `${end - position}`)
    const from = this.interfaces[0]
    if (from === undefined) return this.unknownInterface(0)
    const { snapLength } = from.described
    const start = position + BLOCK_START + 4
    const room = end - 4 - start
    frame.originalLength = this.window.view.getUint32(position + Simple.ORIGINAL, this.little)
    const captured = Math.min(frame.originalLength, snapLength === 0 ? frame.originalLength : snapLength, room)
    if (!this.#holds(captured, room)) return false
    frame.time = this.#lastTime
    this.#stampless++
    this.#fill(frame, from, start, captured)
    return true
  }

  #fill(frame: Frame, from: SectionInterface, start: number, captured: number): void {
    frame.number = this.nextNumber
    frame.capture = this.captureIndex
    frame.linkType = from.described.linkType
    frame.interfaceId = from.index
    frame.offset = this.window.offset
    frame.bytes = this.window.view
    frame.start = start
    frame.end = start + captured
  }

  #holds(captured: number, room: number): boolean {
    if (captured > MAX_FRAME_BYTES)
      return this.stop(`a captured length of at most ${MAX_FRAME_BYTES} bytes`, `${captured}`)
    return (
      captured <= room ||
      this.stop(`a captured length within its block, which has room for ${room} bytes`, `${captured}`)
    )
  }

  #packetOptions(from: SectionInterface, start: number, end: number, enhanced: boolean): void {
    const options = new OptionCursor(this.window.view, start, end, this.little)
    while (options.next()) {
      if (options.code === Option.COMMENT) this.comment(options, this.nextNumber)
      else if (options.code === Option.EPB_DROPCOUNT && enhanced) this.#addDrops(from, options.count() ?? 0, -1)
    }
  }

  #addDrops(from: SectionInterface, drops: number, unknown: number): void {
    if (drops === 0 || drops === unknown || !from.counted) return
    from.described.dropped = (from.described.dropped ?? 0) + drops
  }
}
