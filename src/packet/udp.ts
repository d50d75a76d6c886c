import type { Cursor } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Protocol, Stop } from './packet.ts'
import { udpTunnel } from './udp-tunnels.ts'

const Field = { SOURCE: 0, DESTINATION: 2, LENGTH: 4, CHECKSUM: 6 } as const
const HEADER = 8

/** UDP (RFC 768). */
export function udp(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  packet.transportStart = start
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.UDP)
  packet.protocol = Protocol.UDP
  packet.sourcePort = bytes.getUint16(start + Field.SOURCE)
  packet.destinationPort = bytes.getUint16(start + Field.DESTINATION)
  packet.checksum = bytes.getUint16(start + Field.CHECKSUM)
  packet.headerLength = HEADER
  const length = bytes.getUint16(start + Field.LENGTH)
  if (length >= HEADER) cursor.limit(length)
  cursor.start = start + HEADER
  packet.payloadStart = cursor.start
  packet.payloadEnd = Math.max(cursor.end, cursor.start)
  packet.payloadLength = cursor.wireEnd > cursor.start ? cursor.wireEnd - cursor.start : 0
  return udpTunnel(packet.sourcePort, packet.destinationPort)
}
