import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const EtherType = { IPV4: 0x0800, IPV6: 0x86dd } as const

/** The layer that an ethertype announces. */
export function etherType(type: number, cursor: Cursor, packet: Packet): Layer {
  packet.etherType = type
  if (type === EtherType.IPV4) return Layer.IP
  if (type === EtherType.IPV6) return Layer.IPV6
  return cursor.unknown(packet, Stop.NOT_IP, Numbering.ETHER_TYPE, type)
}
