import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Protocol, Stop } from './packet.ts'

/** The layer that an IPv4 protocol number or IPv6 next header announces. */
export function ipProtocol(protocol: number, cursor: Cursor, packet: Packet): Layer {
  packet.ipProtocol = protocol
  if (protocol === Protocol.TCP) return Layer.TCP
  if (protocol === Protocol.UDP) return Layer.UDP
  return cursor.unknown(packet, Stop.NOT_TRANSPORT, Numbering.IP_PROTOCOL, protocol)
}
