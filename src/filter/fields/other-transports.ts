import { Protocol } from '../../packet/packet.ts'
import { bytesField, type Fields, markField, named, numberField, numbersField } from '../field.ts'
import { ICMPV6_TYPES } from '../names/icmpv6-types.ts'
import type { Scope } from '../scope.ts'

const UDP = { LENGTH: 4, HEADER: 8 } as const

const isOf =
  (protocol: number) =>
  (scope: Scope): boolean =>
    scope.current.packet.protocol === protocol

const isUdp = isOf(Protocol.UDP)
const isIcmp = isOf(Protocol.ICMP)
const isIcmpv6 = isOf(Protocol.ICMPV6)

/** Fields of the transports that are not followed: the innermost header alone. */
export const OTHER_TRANSPORT_FIELDS: Fields = {
  udp: markField(isUdp),
  'udp.srcport': numberField('integer', isUdp, (scope) => scope.current.packet.sourcePort),
  'udp.dstport': numberField('integer', isUdp, (scope) => scope.current.packet.destinationPort),
  'udp.port': numbersField(
    'integer',
    (scope) => (isUdp(scope) ? 2 : 0),
    ({ current: { packet } }, at) => (at === 0 ? packet.sourcePort : packet.destinationPort),
  ),
  'udp.length': numberField('integer', isUdp, ({ current: { packet } }) =>
    packet.bytes.getUint16(packet.transportStart + UDP.LENGTH),
  ),
  'udp.payload': bytesField(
    'bytes',
    (scope) => (isUdp(scope) && scope.current.packet.payloadEnd > scope.current.packet.payloadStart ? 1 : 0),
    (scope) => {
      const { packet } = scope.current
      scope.found(packet.bytes, packet.payloadStart, packet.payloadEnd)
    },
  ),
  icmp: markField(isIcmp),
  'icmp.type': numberField('integer', isIcmp, (scope) => scope.current.packet.icmpType),
  'icmp.code': numberField('integer', isIcmp, (scope) => scope.current.packet.icmpCode),
  icmpv6: markField(isIcmpv6),
  'icmpv6.type': named(
    numberField('integer', isIcmpv6, (scope) => scope.current.packet.icmpType),
    ICMPV6_TYPES,
  ),
  'icmpv6.code': numberField('integer', isIcmpv6, (scope) => scope.current.packet.icmpCode),
}
