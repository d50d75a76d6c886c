import { MAX_FRAME_BYTES } from '../bounds.ts'
import type { CaptureSummary } from '../capture-reader.ts'
import type { Epoch } from '../epoch.ts'
import type { Frame } from '../frame.ts'
import type { FrameTable } from '../frame-table.ts'
import type { Window } from '../source/window.ts'
import { WindowedReader } from '../windowed-reader.ts'
import { CLASSIC_HEADER_BYTES, readClassicHeader } from './classic-header.ts'

const Record = { SECONDS: 0, FRACTION: 4, CAPTURED: 8, ORIGINAL: 12 } as const

/** Reads the records of a classic pcap. The window stands at the file header. */
export class ClassicReader extends WindowedReader {
  readonly #little: boolean
  readonly #recordBytes: number
  readonly #linkType: number
  readonly #snapLength: number
  readonly #unit: number
  readonly #capturedAt: number
  readonly #originalAt: number
  #begun = false

  constructor(
    window: Window,
    summary: CaptureSummary,
    captureIndex: number,
    epoch: Epoch,
    frames: FrameTable | null = null,
  ) {
    super(window, summary, captureIndex, epoch, frames)
    const header = readClassicHeader(window.view, window.position)
    this.#little = header.little
    this.#recordBytes = header.recordBytes
    this.#linkType = header.linkType
    this.#snapLength = header.snapLength
    this.#unit = header.digits === 9 ? 1 : 1000
    this.#capturedAt = header.lengthsSwapped ? Record.ORIGINAL : Record.CAPTURED
    this.#originalAt = header.lengthsSwapped ? Record.CAPTURED : Record.ORIGINAL
    this.need = header.recordBytes
    summary.byteOrder = header.little ? 'little' : 'big'
    summary.timeDigits = header.digits
    summary.interfaces.push({ linkType: header.linkType, snapLength: header.snapLength, name: null, dropped: null })
    window.position += CLASSIC_HEADER_BYTES
  }

  next(frame: Frame): boolean {
    const { window } = this
    const { view, position } = window
    const left = window.end - position
    const header = this.#recordBytes
    if (left < header) return this.wait(header)
    const little = this.#little
    const captured = view.getUint32(position + this.#capturedAt, little)
    if (captured > MAX_FRAME_BYTES) return this.#absurd(captured)
    if (left < header + captured) return this.wait(header + captured)
    const start = position + header
    frame.number = this.nextNumber
    frame.capture = this.captureIndex
    frame.time = this.epoch.since(
      view.getUint32(position + Record.SECONDS, little),
      view.getUint32(position + Record.FRACTION, little) * this.#unit,
    )
    frame.linkType = this.#linkType
    frame.interfaceId = -1
    frame.originalLength = view.getUint32(position + this.#originalAt, little)
    frame.offset = window.offset
    frame.bytes = view
    frame.start = start
    frame.end = start + captured
    window.position = start + captured
    return this.count(frame)
  }

  protected override implausible(): boolean {
    return this.need - this.#recordBytes > Math.max(this.#snapLength, 65_535)
  }

  protected override readMany(frames: FrameTable, base: number): number {
    if (!this.#begun) this.#begin(frames)
    return frames.engine.classicRecords(this.window.position, this.window.end, base)
  }

  #begin({ engine }: FrameTable): void {
    this.#begun = true
    engine.beginClassic(
      this.#little ? 0 : 1,
      this.#recordBytes,
      this.#capturedAt,
      this.#originalAt,
      this.#unit,
      this.#linkType,
      this.epoch.seconds,
    )
  }

  #absurd(captured: number): false {
    return this.stop(`a captured length of at most ${MAX_FRAME_BYTES} bytes`, `${captured}`)
  }
}
