import { type Cursor, Numbering } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const ENTRY = 4
const BOTTOM_OF_STACK = 0x100
const CONTROL_WORD = 4
const ETHERNET_HEADER = 14
const ETHERNET_TYPE = 12
const MIN_ETHER_TYPE = 0x600

/** A label stack (RFC 3032). Nothing in it names what it carries: the first four bits of that do. */
export function mpls(cursor: Cursor, packet: Packet): Layer {
  const { bytes } = cursor
  let entry = 0
  do {
    if (cursor.captured < ENTRY) return cursor.broken(packet, Stop.TRUNCATED, Layer.MPLS)
    entry = bytes.getUint32(cursor.start)
    cursor.start += ENTRY
  } while ((entry & BOTTOM_OF_STACK) === 0)
  if (cursor.captured < 1) return cursor.broken(packet, Stop.TRUNCATED, Layer.MPLS)
  const version = bytes.getUint8(cursor.start) >> 4
  if (version === 4 || version === 6) return Layer.IP
  return pseudowire(version, cursor, packet)
}

/** Ethernet over MPLS (RFC 4448), with a control word where that starts with 0 and an ethertype stands behind it. */
function pseudowire(firstBits: number, cursor: Cursor, packet: Packet): Layer {
  const withControlWord = firstBits === 0 && isEthernet(cursor, CONTROL_WORD)
  if (!withControlWord && !isEthernet(cursor, 0)) return cursor.unknown(packet, Stop.NOT_IP, Numbering.MPLS, firstBits)
  if (withControlWord) cursor.start += CONTROL_WORD
  return Layer.ETHERNET
}

function isEthernet(cursor: Cursor, offset: number): boolean {
  if (cursor.captured < offset + ETHERNET_HEADER) return false
  return cursor.bytes.getUint16(cursor.start + offset + ETHERNET_TYPE) >= MIN_ETHER_TYPE
}
