import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const PPPOE = { LENGTH: 4, HEADER: 6 } as const
/** All-stations address and unnumbered control, which a link may leave out (RFC 1661 §6.6). */
const ADDRESS_AND_CONTROL = 0xff03
const Carried = { IPV4: 0x0021, IPV6: 0x0057, MPLS: 0x0281, MPLS_MULTICAST: 0x0283 } as const

/** A PPPoE session (RFC 2516 §4): its length says where Ethernet padding begins. */
export function pppoe(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < PPPOE.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.PPPOE)
  const length = cursor.bytes.getUint16(start + PPPOE.LENGTH)
  cursor.start = start + PPPOE.HEADER
  cursor.limit(length)
  return Layer.PPP
}

/** PPP (RFC 1661 §2), with or without address and control, and with one or two bytes of protocol (§6.5). */
export function ppp(cursor: Cursor, packet: Packet): Layer {
  const { bytes } = cursor
  if (cursor.captured >= 2 && bytes.getUint16(cursor.start) === ADDRESS_AND_CONTROL) cursor.start += 2
  if (cursor.captured < 2) return cursor.broken(packet, Stop.TRUNCATED, Layer.PPP)
  const compressed = (bytes.getUint8(cursor.start) & 1) === 1
  const protocol = compressed ? bytes.getUint8(cursor.start) : bytes.getUint16(cursor.start)
  cursor.start += compressed ? 1 : 2
  switch (protocol) {
    case Carried.IPV4:
      return Layer.IP
    case Carried.IPV6:
      return Layer.IPV6
    case Carried.MPLS:
    case Carried.MPLS_MULTICAST:
      return Layer.MPLS
    default:
      return cursor.unknown(packet, Stop.NOT_IP, Numbering.PPP, protocol)
  }
}
