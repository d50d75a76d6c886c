import type { Cursor } from './cursor.ts'
import { ipProtocol } from './ip-protocol.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const Field = { LENGTH: 2, ID: 4, FRAGMENT: 6, TTL: 8, PROTOCOL: 9, SOURCE: 12, DESTINATION: 16 } as const
const MIN_HEADER = 20
const MORE_FRAGMENTS = 0x2000
/** In units of eight bytes. */
const FRAGMENT_OFFSET = 0x1fff

/** IP of either version, told by its first four bits. */
export function ip(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < 1) return cursor.broken(packet, Stop.TRUNCATED, Layer.IP)
  const version = cursor.bytes.getUint8(cursor.start) >> 4
  if (version === 4) return ipv4(cursor, packet)
  return version === 6 ? Layer.IPV6 : cursor.broken(packet, Stop.BAD_LENGTH, Layer.IP)
}

/** IPv4 (RFC 791 §3.1). Its checksum is no reason to refuse it: loopback and offloading leave it unset. */
function ipv4(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < MIN_HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.IPV4)
  const headerLength = (bytes.getUint8(start) & 0x0f) << 2
  const totalLength = bytes.getUint16(start + Field.LENGTH)
  packet.offloaded = totalLength === 0
  if (headerLength < MIN_HEADER || (totalLength !== 0 && totalLength < headerLength))
    return cursor.broken(packet, Stop.BAD_LENGTH, Layer.IPV4)
  packet.ipVersion = 4
  // Headers beyond the room for them are counted and not kept: a store outside a typed array does nothing.
  packet.ipStarts[packet.ipHeaders++] = start
  packet.networkStart = start
  packet.ttl = bytes.getUint8(start + Field.TTL)
  packet.ipId = bytes.getUint16(start + Field.ID)
  readAddresses(packet.address, bytes, start)
  if (totalLength !== 0) cursor.limit(totalLength)
  cursor.start = start + headerLength
  packet.networkEnd = Math.min(cursor.start, cursor.end)
  const protocol = bytes.getUint8(start + Field.PROTOCOL)
  packet.ipProtocol = protocol
  if (cursor.captured < 0) return cursor.broken(packet, Stop.TRUNCATED, Layer.IPV4)
  const fragment = bytes.getUint16(start + Field.FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)
  return fragment === 0 ? ipProtocol(protocol, cursor, packet) : fragmented(fragment, protocol, cursor, packet)
}

function fragmented(fragment: number, protocol: number, cursor: Cursor, packet: Packet): Layer {
  const offset = (fragment & FRAGMENT_OFFSET) << 3
  const cut = cursor.end < cursor.wireEnd
  if (cursor.reassemble(packet, protocol, packet.ipId, offset, (fragment & MORE_FRAGMENTS) !== 0))
    return ipProtocol(protocol, cursor, packet)
  // A first fragment that the snap length cut can never be part of a whole, but its headers can be read.
  if (offset === 0 && cut) return ipProtocol(protocol, cursor, packet)
  return cursor.broken(packet, Stop.FRAGMENT, Layer.IPV4)
}

function readAddresses(address: Int32Array, bytes: DataView, start: number): void {
  address[0] = bytes.getInt32(start + Field.SOURCE)
  address[4] = bytes.getInt32(start + Field.DESTINATION)
  address[1] = address[2] = address[3] = 0
  address[5] = address[6] = address[7] = 0
}
