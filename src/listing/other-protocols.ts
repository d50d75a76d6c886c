import type { Current } from '../flow/current.ts'
import { Flag, type Packet, Protocol, Stop } from '../packet/packet.ts'
import { hasOption, OptionKind } from '../packet/tcp-options.ts'
import { controlNames, type PortName } from './segment-info.ts'

const CUT = '[Packet size limited during capture]'
const MALFORMED = '[Malformed Packet]'

/** Wireshark's Protocol column by ethertype, where the frame holds no IP. */
const ETHER_TYPES = new Map([
  [0x0806, 'ARP'],
  [0x8035, 'RARP'],
  [0x8847, 'MPLS'],
  [0x8863, 'PPPoED'],
  [0x8864, 'PPP'],
  [0x888e, 'EAPOL'],
  [0x88cc, 'LLDP'],
  [0x88e5, 'MACSEC'],
  [0x9000, 'LOOP'],
])

/** By IP protocol, where it is not looked into. */
const IP_PROTOCOLS = new Map([
  [1, 'ICMP'],
  [2, 'IGMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'ICMPv6'],
  [88, 'EIGRP'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [112, 'VRRP'],
  [132, 'SCTP'],
])

const NAMES = new Map<number, string>([
  [Protocol.TCP, 'TCP'],
  [Protocol.UDP, 'UDP'],
  [Protocol.ICMP, 'ICMP'],
  [Protocol.ICMPV6, 'ICMPv6'],
])

const ICMP_TYPES = new Map([
  [0, 'Echo (ping) reply'],
  [3, 'Destination unreachable'],
  [4, 'Source quench'],
  [5, 'Redirect'],
  [8, 'Echo (ping) request'],
  [11, 'Time-to-live exceeded'],
  [12, 'Parameter problem'],
  [13, 'Timestamp request'],
  [14, 'Timestamp reply'],
])

const UNREACHABLE_CODES = new Map([
  [0, 'Network unreachable'],
  [1, 'Host unreachable'],
  [2, 'Protocol unreachable'],
  [3, 'Port unreachable'],
  [4, 'Fragmentation needed'],
  [9, 'Network administratively prohibited'],
  [10, 'Host administratively prohibited'],
  [13, 'Communication administratively filtered'],
])

const ICMPV6_TYPES = new Map([
  [1, 'Destination Unreachable'],
  [2, 'Packet Too Big'],
  [3, 'Time Exceeded'],
  [4, 'Parameter Problem'],
  [128, 'Echo (ping) request'],
  [129, 'Echo (ping) reply'],
  [133, 'Router Solicitation'],
  [134, 'Router Advertisement'],
  [135, 'Neighbor Solicitation'],
  [136, 'Neighbor Advertisement'],
  [143, 'Multicast Listener Report Message v2'],
])

/** The Protocol column: of TCP and UDP the transport, not the application that their ports suggest. */
export function protocolName(current: Current): string {
  const name = innermost(current)
  return current.packet.inGtp ? `GTP <${name}>` : name
}

function innermost({ packet, frame }: Current): string {
  if (packet.protocol === Protocol.TCP && packet.headerLength > 20 && hasOption(packet, OptionKind.MPTCP))
    return 'MPTCP'
  const name = NAMES.get(packet.protocol)
  if (name !== undefined) return name
  if (packet.ipVersion !== 0) {
    const whole = packet.stop !== Stop.FRAGMENT
    return (whole ? IP_PROTOCOLS.get(packet.ipProtocol) : undefined) ?? (packet.ipVersion === 6 ? 'IPv6' : 'IPv4')
  }
  return ETHER_TYPES.get(packet.etherType) ?? (frame.linkType === 1 ? 'Ethernet' : `Link type ${frame.linkType}`)
}

/** The Info column of what is not TCP: ports, ICMP's message, or nothing. */
export function otherInfo({ packet, frame }: Current, port: PortName): string {
  if (packet.protocol === Protocol.UDP)
    return `${port(packet.sourcePort)} → ${port(packet.destinationPort)} Len=${packet.payloadLength}`
  if (packet.protocol === Protocol.ICMP) return icmpInfo(packet.icmpType, packet.icmpCode)
  if (packet.protocol === Protocol.ICMPV6)
    return ICMPV6_TYPES.get(packet.icmpType) ?? `Type ${packet.icmpType}, code ${packet.icmpCode}`
  if (packet.protocol === Protocol.TCP)
    return `${brokenHeader(packet, port)}${frame.end - frame.start < frame.originalLength ? CUT : MALFORMED}`
  return ''
}

/** What a TCP header that is cut, or of an impossible length, still tells; its numbers are relative to none. */
function brokenHeader(packet: Packet, port: PortName): string {
  const ports = `${port(packet.sourcePort)} → ${port(packet.destinationPort)}`
  if (packet.stop === Stop.TRUNCATED) return ports
  const ack = (packet.flags & Flag.ACK) === 0 ? '' : ` Ack=${packet.ack >>> 0}`
  const urgent = (packet.flags & Flag.URG) === 0 ? '' : ` Urg=${packet.urgent}`
  return `${ports} [${controlNames(packet, ', ')}] Seq=${packet.seq >>> 0}${ack} Win=${packet.window}${urgent}`
}

function icmpInfo(type: number, code: number): string {
  const name = ICMP_TYPES.get(type)
  if (name === undefined) return `Type ${type}, code ${code}`
  return type === 3 ? `${name} (${UNREACHABLE_CODES.get(code) ?? `code ${code}`})` : name
}
