import type { Frame } from '../capture/frame.ts'
import { capturedBytes } from '../capture/record-writer.ts'
import { formatIpv4, formatIpv6 } from '../text/address.ts'
import type { AddressMap } from './address-map.ts'

const HARDWARE_BYTES = 6

/** A frame and its copy, which is zero wherever nothing was kept: what is not understood does not get through. */
export class FrameCopy {
  /** The frame's bytes as they were captured, and the copy's; offsets count from the frame's start. */
  from: DataView = new DataView(new ArrayBuffer(0))
  to: DataView = this.from
  /** Bytes captured, and bytes on the wire. */
  length = 0
  originalLength = 0
  readonly #addresses: AddressMap
  readonly #words = new Int32Array(4)
  readonly #ipv4 = new Map<number, number>()

  constructor(addresses: AddressMap) {
    this.#addresses = addresses
  }

  /** Begins with a frame. */
  open(frame: Frame): void {
    const bytes = capturedBytes(frame)
    this.length = bytes.length
    this.originalLength = Math.max(frame.originalLength, bytes.length)
    this.from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.to = new DataView(new ArrayBuffer(bytes.length))
  }

  /** True where so many bytes were captured from `at` on. */
  has(at: number, count: number): boolean {
    return at + count <= this.length
  }

  /** Keeps bytes, as far as they were captured. */
  keep(at: number, count: number): void {
    const end = Math.min(at + count, this.length)
    for (let i = at; i < end; i++) this.to.setUint8(i, this.from.getUint8(i))
  }

  /** Maps a hardware address. */
  hardware(at: number): void {
    if (!this.has(at, HARDWARE_BYTES)) return
    const bytes = Array.from({ length: HARDWARE_BYTES }, (_, i) => this.from.getUint8(at + i))
    for (const [i, byte] of this.#addresses.hardware(bytes).entries()) this.to.setUint8(at + i, byte)
  }

  ipv4(at: number): void {
    if (!this.has(at, 4)) return
    const word = this.from.getInt32(at)
    let mapped = this.#ipv4.get(word)
    if (mapped === undefined) {
      mapped = this.#addresses
        .of(formatIpv4(word))
        .split('.')
        .reduce((sum, part) => (sum << 8) | Number(part), 0)
      this.#ipv4.set(word, mapped)
    }
    this.to.setInt32(at, mapped)
  }

  ipv6(at: number): void {
    if (!this.has(at, 16)) return
    for (let word = 0; word < 4; word++) this.#words[word] = this.from.getInt32(at + 4 * word)
    const mapped = this.#addresses.bytesOf(formatIpv6(this.#words, 0))
    for (const [i, byte] of mapped.entries()) this.to.setUint8(at + i, byte)
  }
}
