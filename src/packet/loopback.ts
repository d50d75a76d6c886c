import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const HEADER = 4
const AF_INET = 2
/** AF_INET6 of Linux, Windows (23), BSD/OS and NetBSD (24), FreeBSD (28) and macOS (30). */
const AF_INET6 = [10, 23, 24, 28, 30]

/** LINKTYPE_NULL: the address family in the byte order of the machine that captured. */
export function bsdLoopback(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.NULL)
  const family = cursor.bytes.getUint32(cursor.start, true)
  // A family fits 16 bits, so the upper half tells the byte order.
  const swapped = (family & 0xffff) === 0
  return addressFamily(swapped ? cursor.bytes.getUint32(cursor.start) : family, cursor, packet)
}

/** LINKTYPE_LOOP: the address family in network byte order. */
export function openBsdLoopback(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.LOOP)
  return addressFamily(cursor.bytes.getUint32(cursor.start), cursor, packet)
}

function addressFamily(family: number, cursor: Cursor, packet: Packet): Layer {
  cursor.start += HEADER
  if (family === AF_INET) return Layer.IP
  if (AF_INET6.includes(family)) return Layer.IPV6
  return cursor.unknown(packet, Stop.NOT_IP, Numbering.ADDRESS_FAMILY, family)
}
