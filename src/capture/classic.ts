import { MAX_FRAME_BYTES } from './bounds.ts'
import type { CaptureSummary } from './capture-reader.ts'
import type { Epoch } from './epoch.ts'
import type { Frame } from './frame.ts'
import type { FrameTable } from './frame-table.ts'
import type { Window } from './window.ts'
import { WindowedReader } from './windowed-reader.ts'

/** Magic numbers of the classic pcap format, as they read in the byte order of the file. */
export const Magic = { MICROSECONDS: 0xa1b2c3d4, NANOSECONDS: 0xa1b23c4d, MODIFIED: 0xa1b2cd34 } as const

/** Length of the file header. */
export const CLASSIC_HEADER_BYTES = 24
const Header = { MAJOR: 4, MINOR: 6, SNAP_LENGTH: 16, LINK_TYPE: 20 } as const
const Record = { SECONDS: 0, FRACTION: 4, CAPTURED: 8, ORIGINAL: 12 } as const
const RECORD_BYTES = 16
// Kuznetsov's patch of the 1990s adds interface index, protocol and packet type to each record.
const MODIFIED_RECORD_BYTES = 24
// The upper bits tell whether frames end with a check sequence, and how long it is.
const LINK_TYPE_BITS = 0x03ffffff

const KINDS: readonly { readonly magic: number; readonly digits: number; readonly recordBytes: number }[] = [
  { magic: Magic.MICROSECONDS, digits: 6, recordBytes: RECORD_BYTES },
  { magic: Magic.NANOSECONDS, digits: 9, recordBytes: RECORD_BYTES },
  { magic: Magic.MODIFIED, digits: 6, recordBytes: MODIFIED_RECORD_BYTES },
]

/** What the header of a classic pcap says. */
export interface ClassicHeader {
  readonly little: boolean
  readonly majorVersion: number
  /** Before version 2.3 the length on the wire stands before the captured one. */
  readonly lengthsSwapped: boolean
  /** Digits after the second: 6 or 9. */
  readonly digits: number
  readonly recordBytes: number
  readonly snapLength: number
  readonly linkType: number
}

/** Tells whether a magic number of the classic format stands at `start`, in either byte order. */
export function isClassic(view: DataView, start: number): boolean {
  return KINDS.some(({ magic }) => view.getUint32(start) === magic || view.getUint32(start, true) === magic)
}

/** Reads the file header at `start`, all of whose bytes must be there. */
export function readClassicHeader(view: DataView, start: number): ClassicHeader {
  const little = !KINDS.some(({ magic }) => view.getUint32(start) === magic)
  const { digits, recordBytes } = KINDS.find(({ magic }) => view.getUint32(start, little) === magic)!
  return {
    little,
    majorVersion: view.getUint16(start + Header.MAJOR, little),
    lengthsSwapped: view.getUint16(start + Header.MINOR, little) < 3,
    digits,
    recordBytes,
    snapLength: view.getUint32(start + Header.SNAP_LENGTH, little),
    linkType: view.getUint32(start + Header.LINK_TYPE, little) & LINK_TYPE_BITS,
  }
}

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
    frame.interfaceId = 0
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
