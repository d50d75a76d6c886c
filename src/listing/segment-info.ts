import { ANALYSIS_FLAGS, AnalysisFlag } from '../flow/analysis/analysis-flag.ts'
import type { Segment } from '../flow/analysis/segment.ts'
import { SideState } from '../flow/analysis/side-state.ts'
import type { Current } from '../flow/current.ts'
import { Flag, type Packet, Stop } from '../packet/packet.ts'
import { TcpOptions } from '../packet/tcp-options.ts'
import { optionText } from './option-text.ts'

const MIN_HEADER = 20
const CUT = '[Packet size limited during capture]'

/** Wireshark's names of the control bits, from the lowest on; the last two are in the header's 13th byte. */
const CONTROL_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE', 'Reserved'] as const

/** What stands before the ports, in Wireshark's order: each flag puts its mark before those found so far. */
const MARKS: readonly (readonly [bit: number, mark: string])[] = [
  [AnalysisFlag.ZERO_WINDOW_PROBE_ACK, '[TCP ZeroWindowProbeAck] '],
  [AnalysisFlag.ZERO_WINDOW, '[TCP ZeroWindow] '],
  [AnalysisFlag.ZERO_WINDOW_PROBE, '[TCP ZeroWindowProbe] '],
  [AnalysisFlag.DUPLICATE_ACK, ''],
  [AnalysisFlag.KEEP_ALIVE_ACK, '[TCP Keep-Alive ACK] '],
  [AnalysisFlag.KEEP_ALIVE, '[TCP Keep-Alive] '],
  [AnalysisFlag.WINDOW_FULL, '[TCP Window Full] '],
  [AnalysisFlag.WINDOW_UPDATE, '[TCP Window Update] '],
  [AnalysisFlag.ACK_LOST_SEGMENT, '[TCP ACKed unseen segment] '],
  [AnalysisFlag.LOST_SEGMENT, '[TCP Previous segment not captured] '],
  [AnalysisFlag.OUT_OF_ORDER, '[TCP Out-Of-Order] '],
  [AnalysisFlag.SPURIOUS_RETRANSMISSION, '[TCP Spurious Retransmission] '],
  [AnalysisFlag.FAST_RETRANSMISSION, '[TCP Fast Retransmission] '],
  [AnalysisFlag.RETRANSMISSION, '[TCP Retransmission] '],
  [AnalysisFlag.REUSED_PORTS, '[TCP Port numbers reused] '],
]

const NAMED_RETRANSMISSIONS = AnalysisFlag.FAST_RETRANSMISSION | AnalysisFlag.SPURIOUS_RETRANSMISSION

/** How a port is written: its number, or the label that a packet list masks it with. */
export type PortName = (port: number) => string

/** Writes Wireshark's Info column for TCP segments. */
export class SegmentInfo {
  readonly #options = new TcpOptions()

  /**
   * The segment's text. `absolute` shows sequence numbers as they are in the header; `listed` says that the frame was
   * read from a text, which holds no payload.
   */
  text(current: Current, segment: Segment, absolute: boolean, port: PortName, listed: boolean): string {
    const { packet } = current
    const seq = absolute ? packet.seq : segment.seq
    const ack = absolute ? packet.ack : segment.ack
    let text = `${marks(segment)}${port(packet.sourcePort)} → ${port(packet.destinationPort)} [${controlNames(packet, ', ')}]`
    text += ` Seq=${seq >>> 0}`
    if ((packet.flags & Flag.ACK) !== 0) text += ` Ack=${ack >>> 0}`
    text += ` Win=${segment.window}`
    if (packet.optionsEnd - packet.transportStart < MIN_HEADER && !listed) return `${text}${CUT}`
    if ((packet.flags & Flag.URG) !== 0) text += ` Urg=${packet.urgent}`
    text += ` Len=${packet.payloadLength}${this.#optionText(packet, segment, absolute)}`
    const cut = packet.optionsEnd < packet.payloadStart
    return cut && !listed ? `${text}${CUT}` : text
  }

  #optionText(packet: Packet, segment: Segment, absolute: boolean): string {
    if (packet.headerLength <= MIN_HEADER) return ''
    const options = this.#options
    const base = absolute ? 0 : segment.words[segment.reverse + SideState.BASE]!
    let text = ''
    options.open(packet)
    while (options.next()) text += optionText(packet.bytes, options.kind, options.at, options.length, base)
    return text
  }
}

function marks(segment: Segment): string {
  const flags = segment.flags & ANALYSIS_FLAGS
  if (flags === 0) return ''
  const named = (flags & NAMED_RETRANSMISSIONS) === 0 ? flags : flags & ~AnalysisFlag.RETRANSMISSION
  let text = ''
  for (const [bit, mark] of MARKS) {
    if ((named & bit) === 0) continue
    text +=
      bit === AnalysisFlag.DUPLICATE_ACK
        ? `[TCP Dup ACK ${segment.duplicateAckFrame}#${segment.duplicateAckNumber}] `
        : mark
  }
  return text
}

/** The names of the control bits that are set, `<None>` without any. */
export function controlNames(packet: Packet, separator: string): string {
  // A header of an impossible length was read up to its window.
  const whole = packet.stop === Stop.BAD_LENGTH || packet.transportStart + 12 < packet.optionsEnd
  const upper = whole ? packet.bytes.getUint8(packet.transportStart + 12) : 0
  const bits = packet.flags | ((upper & 1) << 8) | ((upper & 0x0e) === 0 ? 0 : 1 << 9)
  const names = CONTROL_NAMES.filter((_, bit) => (bits & (1 << bit)) !== 0)
  return names.length === 0 ? '<None>' : names.join(separator)
}
