import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const HEADER = 4
const AF_INET = 2
const AF_BRIDGE = 7
const AF_INET6 = 10
const Attribute = { LENGTH: 0, TYPE: 2, HEADER: 4, PAYLOAD: 9 } as const

/** Linux netfilter's log: attributes in the byte order of the machine that captured, one of which is the packet. */
export function nflog(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < HEADER + Attribute.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.NFLOG)
  const family = bytes.getUint8(start)
  if (family !== AF_INET && family !== AF_BRIDGE && family !== AF_INET6)
    return cursor.unknown(packet, Stop.NOT_IP, Numbering.ADDRESS_FAMILY, family)
  let at = start + HEADER
  // Attributes are short: the byte order in which the first one fits is the right one.
  const little = at + bytes.getUint16(at, true) <= cursor.end
  while (at + Attribute.HEADER <= cursor.end) {
    const length = bytes.getUint16(at + Attribute.LENGTH, little)
    if (length < Attribute.HEADER) return cursor.broken(packet, Stop.BAD_LENGTH, Layer.NFLOG)
    if (bytes.getUint16(at + Attribute.TYPE, little) === Attribute.PAYLOAD) {
      cursor.start = at + Attribute.HEADER
      cursor.limit(length - Attribute.HEADER)
      return Layer.IP
    }
    at += (length + 3) & ~3
  }
  return cursor.broken(packet, Stop.TRUNCATED, Layer.NFLOG)
}
