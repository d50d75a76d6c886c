import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Protocol, Stop } from './packet.ts'

/** IANA protocol numbers that lead on: tunnels, and the extension headers of IPv6. */
const Carried = {
  HOP_BY_HOP: 0,
  IPV4: 4,
  IPV6: 41,
  ROUTING: 43,
  FRAGMENT: 44,
  GRE: 47,
  AH: 51,
  DESTINATION_OPTIONS: 60,
  IPCOMP: 108,
  MOBILITY: 135,
  MPLS: 137,
} as const

/** The layer that an IPv4 protocol number or IPv6 next header announces. */
export function ipProtocol(protocol: number, cursor: Cursor, packet: Packet): Layer {
  packet.ipProtocol = protocol
  switch (protocol) {
    case Protocol.TCP:
      return Layer.TCP
    case Protocol.UDP:
      return Layer.UDP
    case Protocol.ICMP:
      return Layer.ICMP
    case Protocol.ICMPV6:
      return Layer.ICMPV6
    case Carried.IPV4:
      return Layer.IP
    case Carried.IPV6:
      return Layer.IPV6
    case Carried.GRE:
      return Layer.GRE
    case Carried.AH:
      return Layer.AH
    case Carried.MPLS:
      return Layer.MPLS
    default:
      return extensionHeader(protocol, cursor, packet)
  }
}

function extensionHeader(protocol: number, cursor: Cursor, packet: Packet): Layer {
  switch (protocol) {
    case Carried.HOP_BY_HOP:
      return Layer.HOP_BY_HOP
    case Carried.ROUTING:
      return Layer.ROUTING
    case Carried.FRAGMENT:
      return Layer.FRAGMENT
    case Carried.DESTINATION_OPTIONS:
      return Layer.DESTINATION_OPTIONS
    case Carried.IPCOMP:
      return Layer.IPCOMP
    case Carried.MOBILITY:
      return Layer.MOBILITY
    default:
      return cursor.unknown(packet, Stop.NOT_TRANSPORT, Numbering.IP_PROTOCOL, protocol)
  }
}
