import type { Cursor } from './cursor.ts'
import { ipProtocol } from './ip-protocol.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const Field = { LENGTH: 4, NEXT_HEADER: 6, HOP_LIMIT: 7, ADDRESSES: 8 } as const
const HEADER = 40

/** IPv6 (RFC 8200 §3). */
export function ipv6(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.IPV6)
  const payloadLength = bytes.getUint16(start + Field.LENGTH)
  packet.offloaded = payloadLength === 0
  packet.ipVersion = 6
  // Headers beyond the room for them are counted and not kept: a store outside a typed array does nothing.
  packet.ipStarts[packet.ipHeaders++] = start
  packet.networkStart = start
  packet.ttl = bytes.getUint8(start + Field.HOP_LIMIT)
  packet.ipId = 0
  const address = packet.address
  for (let word = 0; word < 8; word++) address[word] = bytes.getInt32(start + Field.ADDRESSES + word * 4)
  if (payloadLength !== 0) cursor.limit(HEADER + payloadLength)
  cursor.start = packet.networkEnd = start + HEADER
  return ipProtocol(bytes.getUint8(start + Field.NEXT_HEADER), cursor, packet)
}
