import { type Cursor, Numbering } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

const HEADER = 3
const SNAP = 5
const SNAP_TYPE = 3
const SAP_SNAP = 0xaa
const SAP_IP = 0x06
/** Organisations whose protocol numbers are ethertypes: RFC 1042, and bridge tunnels. */
const ETHERTYPE_ORGANISATIONS = [0x000000, 0x0000f8]

/** LLC (IEEE 802.2) with SNAP, as RFC 1042 carries IP. */
export function llc(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.LLC)
  const service = bytes.getUint8(start)
  cursor.start = start + HEADER
  if (service === SAP_IP) return Layer.IP
  if (service !== SAP_SNAP) return cursor.unknown(packet, Stop.NOT_IP, Numbering.LLC, service)
  if (cursor.captured < SNAP) return cursor.broken(packet, Stop.TRUNCATED, Layer.LLC)
  const organisation = bytes.getUint32(cursor.start) >>> 8
  const type = bytes.getUint16(cursor.start + SNAP_TYPE)
  cursor.start += SNAP
  if (ETHERTYPE_ORGANISATIONS.includes(organisation)) return etherType(type, cursor, packet)
  return cursor.unknown(packet, Stop.NOT_IP, Numbering.LLC, service)
}
