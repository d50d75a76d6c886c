import type { Cursor } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const TYPE = 12
const HEADER = 14
const TAG = 4
const TAG_TYPE = 2
const SERVICE_TAG = 4
const FABRIC_PATH_TAG = 2
const FDDI_HEADER = 13
const MAX_LENGTH = 1500

/** Ethernet II (IEEE 802.3 §3.2). */
export function ethernet(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.ETHERNET)
  cursor.start = start + HEADER
  return etherTypeOrLength(cursor.bytes.getUint16(start + TYPE), cursor, packet)
}

/** One VLAN tag: IEEE 802.1Q, or the outer one of 802.1ad (QinQ). */
export function vlan(cursor: Cursor, packet: Packet): Layer {
  const start = cursor.start
  if (cursor.end - start < TAG) return cursor.broken(packet, Stop.TRUNCATED, Layer.VLAN)
  cursor.start = start + TAG
  return etherTypeOrLength(cursor.bytes.getUint16(start + TAG_TYPE), cursor, packet)
}

/** Provider backbone bridge (IEEE 802.1ah): a service tag, then the customer's whole frame. */
export function backboneBridge(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < SERVICE_TAG) return cursor.broken(packet, Stop.TRUNCATED, Layer.PBB)
  cursor.start += SERVICE_TAG
  return Layer.ETHERNET
}

/** Cisco FabricPath: a tag of two bytes, then the whole frame. */
export function fabricPath(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < FABRIC_PATH_TAG) return cursor.broken(packet, Stop.TRUNCATED, Layer.FABRIC_PATH)
  cursor.start += FABRIC_PATH_TAG
  return Layer.ETHERNET
}

/** FDDI (ISO 9314-2): frame control and addresses, then LLC. */
export function fddi(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < FDDI_HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.FDDI)
  cursor.start += FDDI_HEADER
  return Layer.LLC
}

/** Up to 1500 the field is the length of an LLC frame, and what follows it is padding (IEEE 802.3 §3.2.6). */
function etherTypeOrLength(field: number, cursor: Cursor, packet: Packet): Layer {
  if (field > MAX_LENGTH) return etherType(field, cursor, packet)
  cursor.limit(field)
  return Layer.LLC
}
