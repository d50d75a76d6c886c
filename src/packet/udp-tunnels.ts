import type { Cursor } from './cursor.ts'
import { etherType } from './ether-type.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

/** IANA port numbers of the tunnels that are looked into. */
const Port = { GTP_U: 2152, VXLAN: 4789, GENEVE: 6081 } as const
const VXLAN_HEADER = 8
const GENEVE = { OPTIONS: 0, TYPE: 2, HEADER: 8 } as const
const GTP = { TYPE: 1, LENGTH: 2, HEADER: 8, OPTIONAL: 4, G_PDU: 255 } as const
/** GTP version 1, protocol type GTP, and the three bits that announce optional fields. */
const GTP_VERSION = { MASK: 0xf0, IS: 0x30, OPTIONAL: 0x07, EXTENSION: 0x04 } as const

/** The tunnel at either port, or DONE. */
export function udpTunnel(sourcePort: number, destinationPort: number): Layer {
  const layer = tunnelAt(destinationPort)
  return layer === Layer.DONE ? tunnelAt(sourcePort) : layer
}

function tunnelAt(port: number): Layer {
  if (port === Port.VXLAN) return Layer.VXLAN
  if (port === Port.GENEVE) return Layer.GENEVE
  return port === Port.GTP_U ? Layer.GTP : Layer.DONE
}

/** VXLAN (RFC 7348 §5). */
export function vxlan(cursor: Cursor, packet: Packet): Layer {
  if (cursor.captured < VXLAN_HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.VXLAN)
  cursor.start += VXLAN_HEADER
  return Layer.ETHERNET
}

/** Geneve (RFC 8926 §3.4). */
export function geneve(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < GENEVE.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.GENEVE)
  const optionsLength = (bytes.getUint8(start + GENEVE.OPTIONS) & 0x3f) << 2
  cursor.start = start + GENEVE.HEADER + optionsLength
  if (cursor.captured < 0) return cursor.broken(packet, Stop.TRUNCATED, Layer.GENEVE)
  return etherType(bytes.getUint16(start + GENEVE.TYPE), cursor, packet)
}

/** GTP-U version 1 (3GPP TS 29.281 §5.1): G-PDUs carry a user's IP packet. */
export function gtp(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.end - start < GTP.HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.GTP)
  const flags = bytes.getUint8(start)
  if ((flags & GTP_VERSION.MASK) !== GTP_VERSION.IS || bytes.getUint8(start + GTP.TYPE) !== GTP.G_PDU) return Layer.DONE
  const length = bytes.getUint16(start + GTP.LENGTH)
  cursor.start = start + GTP.HEADER
  cursor.limit(length)
  if ((flags & GTP_VERSION.OPTIONAL) !== 0 && !skipOptional(flags, cursor))
    return cursor.broken(packet, Stop.TRUNCATED, Layer.GTP)
  packet.inGtp = true
  return Layer.IP
}

/** Sequence number, N-PDU number and the chain of extension headers, each in units of four bytes. */
function skipOptional(flags: number, cursor: Cursor): boolean {
  if (cursor.captured < GTP.OPTIONAL) return false
  let next = (flags & GTP_VERSION.EXTENSION) === 0 ? 0 : cursor.bytes.getUint8(cursor.start + 3)
  cursor.start += GTP.OPTIONAL
  while (next !== 0) {
    if (cursor.captured < 4) return false
    const length = cursor.bytes.getUint8(cursor.start) << 2
    if (length === 0 || cursor.captured < length) return false
    next = cursor.bytes.getUint8(cursor.start + length - 1)
    cursor.start += length
  }
  return true
}
