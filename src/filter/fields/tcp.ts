import { ChecksumState, verifyTcpChecksum } from '../../packet/checksum.ts'
import { Flag, Protocol, Stop } from '../../packet/packet.ts'
import {
  bytesField,
  type Fields,
  type MarkField,
  markField,
  Need,
  type NumberField,
  named,
  numberField,
  numbersField,
  textField,
} from '../field.ts'
import { CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_STATES, CHECKSUM_UNVERIFIED } from '../names/checksum-states.ts'
import type { Scope } from '../scope.ts'

const ANALYSED = Need.PACKETS | Need.ANALYSIS
const CLOCKED = Need.PACKETS | Need.CLOCK
const OFFSET_AND_FLAGS = 12
const FLAG_BITS = 0x0fff
const RESERVED_BITS = 0x0e00
const ACCURATE_ECN = 0x0100
const CHECKSUM_END = 18
const ICMP_ERROR_HEADER = 8
const IPV6_HEADER = 40
/** One letter for each of the twelve bits, as Wireshark writes them. */
const FLAG_LETTERS = 'RRRACEUAPRSF'

const isTcp = ({ current: { packet } }: Scope): boolean => packet.protocol === Protocol.TCP || packet.quoted

/** True where there is a header up to its window. An ICMP error's quote has ports and sequence number for sure. */
const isSegment = ({ current: { packet } }: Scope): boolean =>
  packet.protocol === Protocol.TCP && packet.stop === Stop.NONE

const isWhole = (scope: Scope): boolean =>
  isSegment(scope) && scope.current.packet.optionsEnd - scope.current.packet.transportStart >= CHECKSUM_END

const flagBits = ({ current: { packet } }: Scope): number =>
  packet.bytes.getUint16(packet.transportStart + OFFSET_AND_FLAGS) & FLAG_BITS

const flag = (bit: number): NumberField =>
  numberField('boolean', isSegment, (scope) => ((scope.current.packet.flags & bit) === 0 ? 0 : 1))

function writeFlags(bits: number): string {
  return Array.from(FLAG_LETTERS, (letter, at) => ((bits & (0x800 >> at)) === 0 ? '·' : letter)).join('')
}

const hasAnalysis = (scope: Scope): boolean => isSegment(scope) && scope.analysis !== null && scope.current.flow >= 0

/** What a RST carries is the reason for it (RFC 9293 §3.5.3), and no payload, as in Wireshark. */
const hasPayload = (scope: Scope): boolean => hasBytes(scope) && (scope.current.packet.flags & Flag.RST) === 0

const hasResetCause = (scope: Scope): boolean => hasBytes(scope) && (scope.current.packet.flags & Flag.RST) !== 0

const hasBytes = (scope: Scope): boolean =>
  isSegment(scope) && scope.current.packet.payloadEnd > scope.current.packet.payloadStart

const opening = (flags: number): MarkField =>
  markField((scope) => isSegment(scope) && (scope.current.packet.flags & (Flag.SYN | Flag.ACK)) === flags)

/** Wireshark's numbers; what the sender leaves to its network card is bad to it. */
const CHECKSUM_STATUS = {
  [ChecksumState.BAD]: CHECKSUM_BAD,
  [ChecksumState.OFFLOADED]: CHECKSUM_BAD,
  [ChecksumState.GOOD]: CHECKSUM_GOOD,
  [ChecksumState.UNKNOWN]: CHECKSUM_UNVERIFIED,
} as const

/** From the header to the end of the segment, or of what an ICMP error quotes of it. */
function locateTcp(scope: Scope): void {
  const { packet, frame } = scope.current
  const { bytes, transportStart } = packet
  if (packet.protocol === Protocol.TCP) {
    // Where the snap length cut into the options, the payload begins behind what was captured.
    const end = packet.optionsEnd < packet.payloadStart ? packet.optionsEnd : packet.payloadEnd
    scope.found(bytes, transportStart, Math.max(end, transportStart))
    return
  }
  const quote = transportStart + ICMP_ERROR_HEADER
  const quoted = bytes.getUint8(quote)
  const start = quote + (quoted >> 4 === 4 ? (quoted & 15) << 2 : IPV6_HEADER)
  scope.found(bytes, start, packet.reassembled ? start : Math.max(frame.end, start))
}

function multiplier(scale: number): number {
  return scale < 0 ? scale : 1 << scale
}

/** SYN and FIN take a sequence number (RFC 9293 §3.4); of both at once Wireshark counts one. */
const phantomByte = (flags: number): number => ((flags & (Flag.SYN | Flag.FIN)) === 0 ? 0 : 1)

/** Fields of TCP but for its options and the analysis of its sequence. */
export const TCP_FIELDS: Fields = {
  tcp: bytesField('protocol', (scope) => (isTcp(scope) ? 1 : 0), locateTcp),
  'tcp.srcport': numberField('integer', isTcp, (scope) => scope.current.packet.sourcePort, Need.ENDS),
  'tcp.dstport': numberField('integer', isTcp, (scope) => scope.current.packet.destinationPort, Need.ENDS),
  'tcp.port': numbersField(
    'integer',
    (scope) => (isTcp(scope) ? 2 : 0),
    ({ current: { packet } }, at) => (at === 0 ? packet.sourcePort : packet.destinationPort),
    Need.ENDS,
  ),
  'tcp.stream': numberField(
    'integer',
    (scope) => scope.current.flow >= 0,
    (scope) => scope.current.flow,
    Need.ENDS,
  ),
  'tcp.seq': numberField('integer', hasAnalysis, (scope) => scope.analysis!.seq >>> 0, ANALYSED),
  'tcp.nxtseq': numberField(
    'integer',
    hasAnalysis,
    ({ analysis, current: { packet } }) => (analysis!.seq + analysis!.payloadLength + phantomByte(packet.flags)) >>> 0,
    ANALYSED,
  ),
  'tcp.ack': numberField('integer', hasAnalysis, (scope) => scope.analysis!.ack >>> 0, ANALYSED),
  'tcp.seq_raw': numberField(
    'integer',
    (scope) => isSegment(scope) || scope.current.packet.quoted,
    (scope) => scope.current.packet.seq >>> 0,
  ),
  'tcp.ack_raw': numberField('integer', isSegment, (scope) => scope.current.packet.ack >>> 0),
  'tcp.len': numberField('integer', isSegment, (scope) => scope.current.packet.payloadLength),
  'tcp.hdr_len': numberField('integer', isSegment, (scope) => scope.current.packet.headerLength),
  'tcp.flags': numberField('integer', isSegment, flagBits),
  'tcp.flags.res': numberField('boolean', isSegment, (scope) => ((flagBits(scope) & RESERVED_BITS) === 0 ? 0 : 1)),
  'tcp.flags.ae': numberField('boolean', isSegment, (scope) => ((flagBits(scope) & ACCURATE_ECN) === 0 ? 0 : 1)),
  'tcp.flags.cwr': flag(Flag.CWR),
  'tcp.flags.ece': flag(Flag.ECE),
  'tcp.flags.urg': flag(Flag.URG),
  'tcp.flags.ack': flag(Flag.ACK),
  'tcp.flags.push': flag(Flag.PSH),
  'tcp.flags.reset': flag(Flag.RST),
  'tcp.flags.syn': flag(Flag.SYN),
  'tcp.flags.fin': flag(Flag.FIN),
  'tcp.flags.str': textField(isSegment, (scope) => writeFlags(flagBits(scope))),
  'tcp.window_size_value': numberField('integer', isSegment, (scope) => scope.current.packet.window),
  'tcp.window_size': numberField('integer', hasAnalysis, (scope) => scope.analysis!.window, ANALYSED),
  'tcp.window_size_scalefactor': numberField(
    'integer',
    (scope) => hasAnalysis(scope) && (scope.current.packet.flags & Flag.SYN) === 0,
    (scope) => multiplier(scope.analysis!.scale),
    ANALYSED,
  ),
  'tcp.checksum.status': named(
    numberField('integer', isWhole, (scope) => CHECKSUM_STATUS[verifyTcpChecksum(scope.current.packet)]),
    CHECKSUM_STATES,
  ),
  'tcp.connection.syn': opening(Flag.SYN),
  'tcp.connection.synack': opening(Flag.SYN | Flag.ACK),
  'tcp.connection.fin': markField((scope) => isSegment(scope) && (scope.current.packet.flags & Flag.FIN) !== 0),
  'tcp.connection.rst': markField((scope) => isSegment(scope) && (scope.current.packet.flags & Flag.RST) !== 0),
  'tcp.reset_cause': textField(hasResetCause, ({ current: { packet } }) =>
    Buffer.from(
      packet.bytes.buffer,
      packet.bytes.byteOffset + packet.payloadStart,
      packet.payloadEnd - packet.payloadStart,
    ).toString('latin1'),
  ),
  'tcp.checksum': numberField('integer', isWhole, (scope) => scope.current.packet.checksum),
  'tcp.urgent_pointer': numberField('integer', isWhole, (scope) => scope.current.packet.urgent),
  'tcp.payload': bytesField(
    'bytes',
    (scope) => (hasPayload(scope) ? 1 : 0),
    (scope) => {
      const { packet } = scope.current
      scope.found(packet.bytes, packet.payloadStart, packet.payloadEnd)
    },
  ),
  'tcp.time_relative': numberField(
    'duration',
    (scope) => scope.current.flow >= 0,
    (scope) => scope.clock.sinceFlowFirst,
    CLOCKED,
  ),
  'tcp.time_delta': numberField(
    'duration',
    (scope) => scope.current.flow >= 0,
    (scope) => scope.clock.sinceFlowLast,
    CLOCKED,
  ),
}
