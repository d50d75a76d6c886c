import type { Cursor } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const V1 = { PROTOCOL: 14, HEADER: 16 } as const
/** Linux's ETH_P_802_2: no ethertype, an LLC frame. */
const LLC = 4
const V2 = { PROTOCOL: 0, HEADER: 20 } as const

/** LINKTYPE_LINUX_SLL, as captured on the interface "any". */
export function linuxCooked(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < V1.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.SLL)
  cursor.start = start + V1.HEADER
  return cookedProtocol(cursor.bytes.getUint16(start + V1.PROTOCOL), cursor, packet)
}

/** LINKTYPE_LINUX_SLL2: the protocol comes first, and the interface is named. */
export function linuxCooked2(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < V2.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.SLL2)
  cursor.start = start + V2.HEADER
  return cookedProtocol(cursor.bytes.getUint16(start + V2.PROTOCOL), cursor, packet)
}

function cookedProtocol(protocol: number, cursor: Cursor, packet: Packet): Layer {
  return protocol === LLC ? Layer.LLC : etherType(protocol, cursor, packet)
}
