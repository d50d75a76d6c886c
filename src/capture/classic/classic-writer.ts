import { Failure } from '../../failure.ts'
import { MAX_FRAME_BYTES } from '../bounds.ts'
import type { CaptureInterface } from '../capture-reader.ts'
import type { Frame } from '../frame.ts'
import { LinkType, linkTypeName } from '../link-type.ts'
import { RecordBuffer } from '../record-buffer.ts'
import { capturedBytes, type RecordWriter, type WrittenTime } from '../record-writer.ts'
import { CLASSIC_HEADER_BYTES, Magic } from './classic-header.ts'

const RECORD_BYTES = 16
const LARGEST_SECONDS = 0xffffffff
const MAJOR = 2
const MINOR = 4

/** Writes classic pcap, with micro- or nanoseconds, in either byte order. */
export class ClassicWriter implements RecordWriter {
  rounded = 0
  readonly #buffer = new RecordBuffer()
  readonly #little: boolean
  readonly #nanoseconds: boolean
  #linkType = -1

  constructor(little: boolean, nanoseconds: boolean) {
    this.#little = little
    this.#nanoseconds = nanoseconds
  }

  get pending(): number {
    return this.#buffer.length
  }

  add(frame: Frame, time: WrittenTime, interfaces: readonly CaptureInterface[]): void {
    if (this.#linkType < 0) this.#header(frame.linkType, interfaces)
    if (frame.linkType !== this.#linkType) throw twoLinkTypes(frame, this.#linkType)
    if (time.seconds < 0 || time.seconds > LARGEST_SECONDS)
      throw new Failure(
        `frame ${frame.number} is from outside the years 1970 to 2106`,
        'write pcapng, which has room for its time',
      )
    const bytes = capturedBytes(frame)
    const at = this.#buffer.reserve(RECORD_BYTES)
    const { view } = this.#buffer
    const fraction = this.#nanoseconds ? time.nanoseconds : Math.floor(time.nanoseconds / 1000)
    if (!this.#nanoseconds && time.nanoseconds % 1000 !== 0) this.rounded++
    view.setUint32(at, time.seconds, this.#little)
    view.setUint32(at + 4, fraction, this.#little)
    view.setUint32(at + 8, bytes.length, this.#little)
    view.setUint32(at + 12, frame.originalLength, this.#little)
    this.#buffer.append(bytes)
  }

  take(): Uint8Array {
    return this.#buffer.take()
  }

  finish(interfaces: readonly CaptureInterface[]): void {
    if (this.#linkType < 0) this.#header(interfaces[0]?.linkType ?? LinkType.ETHERNET, interfaces)
  }

  #header(linkType: number, interfaces: readonly CaptureInterface[]): void {
    this.#linkType = linkType
    const at = this.#buffer.reserve(CLASSIC_HEADER_BYTES)
    const { view } = this.#buffer
    const snapLength = Math.max(0, ...interfaces.map((each) => each.snapLength || MAX_FRAME_BYTES))
    view.setUint32(at, this.#nanoseconds ? Magic.NANOSECONDS : Magic.MICROSECONDS, this.#little)
    view.setUint16(at + 4, MAJOR, this.#little)
    view.setUint16(at + 6, MINOR, this.#little)
    view.setUint32(at + 16, snapLength || MAX_FRAME_BYTES, this.#little)
    view.setUint32(at + 20, linkType, this.#little)
  }
}

function twoLinkTypes(frame: Frame, first: number): Failure {
  return new Failure(
    `frame ${frame.number} has link type ${linkTypeName(frame.linkType)}, the frames before it ${linkTypeName(first)}: a pcap has one for all`,
    'write pcapng, which has one per interface',
  )
}
