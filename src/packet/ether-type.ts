import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

/** IEEE ethertypes that lead on to IP. 0x9100 is the one that QinQ had before 802.1ad. */
export const EtherType = {
  IPV4: 0x0800,
  VLAN: 0x8100,
  IPV6: 0x86dd,
  MPLS: 0x8847,
  MPLS_MULTICAST: 0x8848,
  PPP: 0x880b,
  PPPOE_SESSION: 0x8864,
  PROVIDER_BRIDGE: 0x88a8,
  ERSPAN: 0x88be,
  ERSPAN_III: 0x22eb,
  BACKBONE_BRIDGE: 0x88e7,
  FABRIC_PATH: 0x8903,
  QINQ: 0x9100,
  TRANSPARENT_BRIDGING: 0x6558,
} as const

/** The layer that an ethertype announces. */
export function etherType(type: number, cursor: Cursor, packet: Packet): Layer {
  packet.etherType = type
  switch (type) {
    case EtherType.IPV4:
      return Layer.IP
    case EtherType.IPV6:
      return Layer.IPV6
    case EtherType.VLAN:
    case EtherType.PROVIDER_BRIDGE:
    case EtherType.QINQ:
      return Layer.VLAN
    case EtherType.MPLS:
    case EtherType.MPLS_MULTICAST:
      return Layer.MPLS
    case EtherType.PPPOE_SESSION:
      return Layer.PPPOE
    case EtherType.PPP:
      return Layer.PPP
    case EtherType.BACKBONE_BRIDGE:
      return Layer.PBB
    case EtherType.FABRIC_PATH:
      return Layer.FABRIC_PATH
    case EtherType.TRANSPARENT_BRIDGING:
      return Layer.ETHERNET
    case EtherType.ERSPAN:
    case EtherType.ERSPAN_III:
      return Layer.ERSPAN
    default:
      return cursor.unknown(packet, Stop.NOT_IP, Numbering.ETHER_TYPE, type)
  }
}
