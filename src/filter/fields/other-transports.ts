import { type Packet, Protocol } from '../../packet/packet.ts'
import {
  type BytesField,
  bytesField,
  type Fields,
  type NumberField,
  named,
  numberField,
  numbersField,
} from '../field.ts'
import { ICMPV6_TYPES } from '../names/icmpv6-types.ts'
import type { Scope } from '../scope.ts'

const UDP = { LENGTH: 4, CHECKSUM: 6, HEADER: 8 } as const
const ICMP = { CHECKSUM: 2, IDENTIFIER: 4, SEQUENCE: 6, MTU: 6 } as const
/** Types that carry an identifier and a sequence number (RFC 792): echo and timestamp, requests and replies. */
const NUMBERED = [0, 8, 13, 14]
const UNREACHABLE = { TYPE: 3, FRAGMENTATION_NEEDED: 4 } as const

const isOf =
  (protocol: number) =>
  (scope: Scope): boolean =>
    scope.current.packet.protocol === protocol

const isUdp = isOf(Protocol.UDP)
const isIcmp = isOf(Protocol.ICMP)
const isIcmpv6 = isOf(Protocol.ICMPV6)

/** Where its header starts: what a tunnel carries may have moved `transportStart` and yet be no transport. */
const udpStart = ({ current: { packet } }: Scope): number => packet.payloadStart - UDP.HEADER

/** An ICMP message has no header that Wireshark tells from the rest. */
const message = (present: (scope: Scope) => boolean): BytesField =>
  bytesField(
    'protocol',
    (scope) => (present(scope) ? 1 : 0),
    (scope) => {
      const { bytes, transportStart, payloadEnd } = scope.current.packet
      scope.found(bytes, transportStart, payloadEnd)
    },
  )

/** A 16-bit number of an ICMP message, where its type has it. */
const icmp = (offset: number, has: (packet: Packet) => boolean = () => true): NumberField =>
  numberField(
    'integer',
    (scope) => isIcmp(scope) && has(scope.current.packet) && reaches(scope, offset + 2),
    ({ current: { packet } }) => packet.bytes.getUint16(packet.transportStart + offset),
  )

const reaches = ({ current: { packet } }: Scope, length: number): boolean =>
  packet.payloadEnd - packet.transportStart >= length

const isNumbered = ({ icmpType }: Packet): boolean => NUMBERED.includes(icmpType)

/** Fields of the transports that are not followed: the innermost header alone. */
export const OTHER_TRANSPORT_FIELDS: Fields = {
  udp: bytesField(
    'protocol',
    (scope) => (isUdp(scope) ? 1 : 0),
    (scope) => scope.found(scope.current.packet.bytes, udpStart(scope), udpStart(scope) + UDP.HEADER),
    (scope) => scope.found(scope.current.packet.bytes, udpStart(scope), scope.current.packet.payloadEnd),
  ),
  'udp.srcport': numberField('integer', isUdp, (scope) => scope.current.packet.sourcePort),
  'udp.dstport': numberField('integer', isUdp, (scope) => scope.current.packet.destinationPort),
  'udp.port': numbersField(
    'integer',
    (scope) => (isUdp(scope) ? 2 : 0),
    ({ current: { packet } }, at) => (at === 0 ? packet.sourcePort : packet.destinationPort),
  ),
  'udp.length': numberField('integer', isUdp, (scope) =>
    scope.current.packet.bytes.getUint16(udpStart(scope) + UDP.LENGTH),
  ),
  'udp.checksum': numberField('integer', isUdp, (scope) =>
    scope.current.packet.bytes.getUint16(udpStart(scope) + UDP.CHECKSUM),
  ),
  'udp.payload': bytesField(
    'bytes',
    (scope) => (isUdp(scope) && scope.current.packet.payloadEnd > scope.current.packet.payloadStart ? 1 : 0),
    (scope) => {
      const { packet } = scope.current
      scope.found(packet.bytes, packet.payloadStart, packet.payloadEnd)
    },
  ),
  icmp: message(isIcmp),
  'icmp.type': numberField('integer', isIcmp, (scope) => scope.current.packet.icmpType),
  'icmp.checksum': icmp(ICMP.CHECKSUM),
  'icmp.ident': icmp(ICMP.IDENTIFIER, isNumbered),
  'icmp.seq': icmp(ICMP.SEQUENCE, isNumbered),
  // The largest datagram that the next hop takes (RFC 1191 §4).
  'icmp.mtu': icmp(
    ICMP.MTU,
    ({ icmpType, icmpCode }) => icmpType === UNREACHABLE.TYPE && icmpCode === UNREACHABLE.FRAGMENTATION_NEEDED,
  ),
  'icmp.code': numberField('integer', isIcmp, (scope) => scope.current.packet.icmpCode),
  icmpv6: message(isIcmpv6),
  'icmpv6.type': named(
    numberField('integer', isIcmpv6, (scope) => scope.current.packet.icmpType),
    ICMPV6_TYPES,
  ),
  'icmpv6.code': numberField('integer', isIcmpv6, (scope) => scope.current.packet.icmpCode),
}
