import type { Packet } from './packet.ts'
import { OptionKind } from './tcp-options.ts'

const MIN_HEADER = 20
/** The data offset has four bits: 60 bytes of header, 40 of them options. */
const MAX_OPTIONS = 40
const MAX_SACK_BLOCKS = 4
const SACK_BLOCK = 8

/**
 * What the options of one TCP header say, all at once. Refilled by `read`, so that asking costs no allocation;
 * -1 stands for "not there".
 */
export class OptionList {
  /** Largest segment that the sender takes, in bytes. */
  mss = -1
  /** The shift as sent. RFC 7323 §2.3 has a receiver use 14 where it is larger. */
  windowScale = -1
  sackPermitted = false
  /** How many pairs of `sackEdges` count. */
  sackBlocks = 0
  /** Left and right edge of each block, as signed sequence numbers. */
  readonly sackEdges = new Int32Array(2 * MAX_SACK_BLOCKS)
  hasTimestamps = false
  /** TSval and TSecr as signed 32-bit integers. */
  timestampValue = 0
  timestampEcho = 0
  /** Subtype of the last Multipath TCP option (RFC 8684): 0 is MP_CAPABLE. */
  mptcpSubtype = -1
  /** Length of the Fast Open cookie, 0 for a request (RFC 7413). */
  fastOpenCookie = -1
  /** Kinds in order of appearance: `kindCount` of them count. */
  readonly kinds = new Uint8Array(MAX_OPTIONS)
  kindCount = 0
  /** False where a length is impossible or the bytes end inside an option. What stands before is read. */
  wellFormed = true

  /** Reads the options of `packet`, which has a TCP header. */
  read(packet: Packet): this {
    return this.parse(packet.bytes, packet.transportStart + MIN_HEADER, packet.optionsEnd)
  }

  /** Reads options from `start` to `end`. */
  parse(bytes: DataView, start: number, end: number): this {
    this.#clear()
    const limit = Math.min(end, start + MAX_OPTIONS)
    let at = start
    while (at < limit) {
      const kind = bytes.getUint8(at)
      this.kinds[this.kindCount++] = kind
      if (kind === OptionKind.NOP || kind === OptionKind.END) {
        at++
        // Behind an end there is padding; Wireshark takes each zero of it for an end, and looks at nothing else.
        if (kind === OptionKind.END && at < limit && bytes.getUint8(at) !== OptionKind.END) return this
        continue
      }
      const length = at + 1 < limit ? bytes.getUint8(at + 1) : 0
      if (length < 2 || at + length > limit) {
        this.wellFormed = false
        return this
      }
      this.#take(kind, length, bytes, at)
      at += length
    }
    return this
  }

  #clear(): void {
    this.mss = -1
    this.windowScale = -1
    this.sackPermitted = false
    this.sackBlocks = 0
    this.hasTimestamps = false
    this.timestampValue = 0
    this.timestampEcho = 0
    this.mptcpSubtype = -1
    this.fastOpenCookie = -1
    this.kindCount = 0
    this.wellFormed = true
  }

  /** An option of a length that its kind cannot have tells nothing. */
  #take(kind: number, length: number, bytes: DataView, at: number): void {
    if (kind === OptionKind.TIMESTAMPS && length === 10) {
      this.hasTimestamps = true
      this.timestampValue = bytes.getInt32(at + 2)
      this.timestampEcho = bytes.getInt32(at + 6)
    } else if (kind === OptionKind.MSS && length === 4) this.mss = bytes.getUint16(at + 2)
    else if (kind === OptionKind.WINDOW_SCALE && length === 3) this.windowScale = bytes.getUint8(at + 2)
    else if (kind === OptionKind.SACK_PERMITTED && length === 2) this.sackPermitted = true
    else if (kind === OptionKind.SACK && length % SACK_BLOCK === 2) this.#takeSack(length, bytes, at + 2)
    else if (kind === OptionKind.MPTCP && length > 2) this.mptcpSubtype = bytes.getUint8(at + 2) >> 4
    else if (kind === OptionKind.FAST_OPEN) this.fastOpenCookie = length - 2
    else if (isStandard(kind)) this.wellFormed = false
  }

  #takeSack(length: number, bytes: DataView, at: number): void {
    const edges = (length - 2) / 4
    this.sackBlocks = edges / 2
    for (let edge = 0; edge < edges; edge++) this.sackEdges[edge] = bytes.getInt32(at + edge * 4)
  }
}

function isStandard(kind: number): boolean {
  return (
    (kind >= OptionKind.MSS && kind <= OptionKind.SACK) || kind === OptionKind.TIMESTAMPS || kind === OptionKind.MPTCP
  )
}
