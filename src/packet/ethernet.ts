import type { Cursor } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const TYPE = 12
const HEADER = 14

/** Ethernet II (IEEE 802.3 §3.2). */
export function ethernet(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.ETHERNET)
  cursor.start = start + HEADER
  return etherType(cursor.bytes.getUint16(start + TYPE), cursor, packet)
}
