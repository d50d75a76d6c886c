import { Flag, type Packet } from '../../packet/packet.ts'
import { OptionKind, TcpOptions } from '../../packet/tcp-options.ts'
import { AnalysisFlag } from './analysis-flag.ts'
import type { Segment } from './segment.ts'
import { RareState, rareOf, SideBit, SideState, setScale } from './side-state.ts'

/** RFC 7323 §2.3: a larger shift counts as this one. */
const MAX_SHIFT = 14
/** Wireshark keeps three blocks, although four fit into a header. */
const MAX_BLOCKS = 3
/** The experiment identifier of Fast Open (RFC 7413 §4.1.1). */
const FAST_OPEN_EXPERIMENT = 0xf989
/** NOP, NOP, TIMESTAMPS of 10 bytes: the options of most segments, and nothing in them matters here. */
const TIMESTAMPS_ALONE = 0x0101080a
const TIMESTAMPS_HEADER = 32

/** Keeps from a segment's options what later segments are judged by. */
export class OptionState {
  readonly #options = new TcpOptions()

  read(segment: Segment, packet: Packet): void {
    const { words, rare, forward } = segment
    const sacked = rareOf(forward) + RareState.SACKED
    rare[sacked] = 0
    if (this.isPlain(packet)) return
    const options = this.#options
    options.open(packet)
    while (options.next()) {
      if (options.kind === OptionKind.WINDOW_SCALE && options.length === 3)
        setScale(words, forward, Math.min(packet.bytes.getUint8(options.at + 2), MAX_SHIFT))
      else if (options.kind === OptionKind.SACK) rare[sacked] = this.#sacked(packet)
      else if (options.kind === OptionKind.FAST_OPEN) this.#fastOpen(segment, options.length - 2)
      else if (options.kind >= OptionKind.EXPERIMENT_1) this.#experiment(segment, packet)
    }
  }

  /** No options, or timestamps alone. */
  isPlain(packet: Packet): boolean {
    if (packet.headerLength <= 20) return true
    return (
      packet.headerLength === TIMESTAMPS_HEADER &&
      packet.optionsEnd === packet.transportStart + TIMESTAMPS_HEADER &&
      packet.bytes.getInt32(packet.transportStart + 20) === TIMESTAMPS_ALONE
    )
  }

  /** Bytes in its blocks (RFC 2018 §3), modulo 2^32. */
  #sacked(packet: Packet): number {
    const { at, length } = this.#options
    let sum = 0
    for (let block = 0; block < MAX_BLOCKS && block * 8 + 10 <= length; block++) {
      const edge = at + 2 + block * 8
      sum = (sum + packet.bytes.getInt32(edge + 4) - packet.bytes.getInt32(edge)) | 0
    }
    return sum
  }

  #experiment(segment: Segment, packet: Packet): void {
    const { at, length } = this.#options
    if (length >= 4 && packet.bytes.getUint16(at + 2) === FAST_OPEN_EXPERIMENT) this.#fastOpen(segment, length - 4)
  }

  /** A cookie in a SYN; an option without one only asks for it. */
  #fastOpen(segment: Segment, cookieLength: number): void {
    if (cookieLength <= 0 || (segment.control & (Flag.SYN | Flag.ACK)) !== Flag.SYN) return
    segment.flags |= AnalysisFlag.TFO_SYN
    const bits = segment.forward + SideState.BITS
    if (segment.payloadLength > 0) segment.words[bits] = segment.words[bits]! | SideBit.FAST_OPEN_DATA
  }
}
