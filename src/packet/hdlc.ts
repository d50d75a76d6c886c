import type { Cursor } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const HEADER = 4
const TYPE = 2
const UNICAST = 0x0f00
const MULTICAST = 0x8f00

/** Cisco's HDLC: address, control and an ethertype. */
export function ciscoHdlc(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.HDLC)
  cursor.start = start + HEADER
  return etherType(cursor.bytes.getUint16(start + TYPE), cursor, packet)
}

/** A serial line carries PPP or Cisco's HDLC, and the address tells which (RFC 1547 §4.3.1, RFC 1662 §3.1). */
export function serial(cursor: Cursor): Layer {
  const first = cursor.captured >= 2 ? cursor.bytes.getUint16(cursor.start) : 0
  return first === UNICAST || first === MULTICAST ? Layer.HDLC : Layer.PPP
}
