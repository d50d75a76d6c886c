import { type Cursor, Numbering } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

/** First 16 bits: RFC 2784, RFC 2890 (key, sequence), RFC 1701 (routing) and RFC 2637 (acknowledgment). */
const Bit = { CHECKSUM: 0x8000, ROUTING: 0x4000, KEY: 0x2000, SEQUENCE: 0x1000, ACKNOWLEDGMENT: 0x0080 } as const
const HEADER = 4
const ETHERTYPE_ERSPAN_III = 0x22eb
/** Protocol types of access points that send on the 802.11 frames that they take, one for each of their tunnels (Aruba). */
const WIRELESS = { FIRST: 0x8200, LAST: 0x8370, STEP: 0x10 } as const
const ERSPAN_II_HEADER = 8
const ERSPAN_III = { HEADER: 12, FLAGS: 11, OPTIONAL: 1, SUBHEADER: 8 } as const

/** GRE: version 0, and version 1 as PPTP uses it. */
export function gre(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.GRE)
  const flags = bytes.getUint16(start)
  const type = bytes.getUint16(start + 2)
  let length = HEADER
  if ((flags & (Bit.CHECKSUM | Bit.ROUTING)) !== 0) length += 4
  if ((flags & Bit.KEY) !== 0) length += 4
  if ((flags & Bit.SEQUENCE) !== 0) length += 4
  if ((flags & Bit.ACKNOWLEDGMENT) !== 0) length += 4
  cursor.start = start + length
  const routed = (flags & Bit.ROUTING) === 0 || skipRouting(cursor)
  if (!routed || cursor.captured < 0) return cursor.broken(packet, Stop.TRUNCATED, Layer.GRE)
  if (type >= WIRELESS.FIRST && type <= WIRELESS.LAST && type % WIRELESS.STEP === 0) return Layer.IEEE80211
  const next = etherType(type, cursor, packet)
  // ERSPAN I has no header of its own; II numbers its packets (draft-foschiano-erspan).
  return next === Layer.ERSPAN && type !== ETHERTYPE_ERSPAN_III && (flags & Bit.SEQUENCE) === 0 ? Layer.ETHERNET : next
}

/** Passes the source route entries of RFC 1701, up to the empty one; false where the bytes end before that. */
function skipRouting(cursor: Cursor): boolean {
  while (cursor.captured >= 4) {
    const length = cursor.bytes.getUint8(cursor.start + 3)
    const last = length === 0 && cursor.bytes.getUint16(cursor.start) === 0
    cursor.start += 4 + length
    if (last) return true
  }
  return false
}

/** ERSPAN II and III: a mirrored Ethernet frame. */
export function erspan(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < ERSPAN_II_HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.ERSPAN)
  const version = bytes.getUint8(start) >> 4
  if (version === 1) {
    cursor.start = start + ERSPAN_II_HEADER
    return Layer.ETHERNET
  }
  if (version !== 2) return cursor.unknown(packet, Stop.NOT_IP, Numbering.ERSPAN, version)
  if (cursor.end - start < ERSPAN_III.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.ERSPAN)
  const subheader = (bytes.getUint8(start + ERSPAN_III.FLAGS) & ERSPAN_III.OPTIONAL) !== 0
  cursor.start = start + ERSPAN_III.HEADER + (subheader ? ERSPAN_III.SUBHEADER : 0)
  return cursor.captured < 0 ? cursor.broken(packet, Stop.TRUNCATED, Layer.ERSPAN) : Layer.ETHERNET
}
