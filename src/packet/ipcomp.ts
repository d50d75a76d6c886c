import { type Cursor, Numbering } from './cursor.ts'
import { ipProtocol } from './ip-protocol.ts'
import { Layer } from './layer.ts'
import { type Packet, Stop } from './packet.ts'

/** IANA protocol number of compressed IP payload. */
const IPCOMP = 108
const NEXT_HEADER = 0
const INDEX = 2
const HEADER = 4
/** Well-known index of DEFLATE (RFC 2394); those from 256 on are agreed upon, mostly for DEFLATE as well. */
const DEFLATE = 2
const FIRST_NEGOTIATED = 256
/** What IP's 16 bits of length can tell: nothing longer was compressed. */
const MAX_DATAGRAM = 65535

/** Compressed IP payload (RFC 3173 §3). It is unpacked only where all of it was captured. */
export function ipcomp(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  if (cursor.captured < HEADER || cursor.end < cursor.wireEnd)
    return cursor.broken(packet, Stop.TRUNCATED, Layer.IPCOMP)
  const next = bytes.getUint8(start + NEXT_HEADER)
  const index = bytes.getUint16(start + INDEX)
  cursor.start = start + HEADER
  const payload = index === DEFLATE || index >= FIRST_NEGOTIATED ? inflate(cursor) : null
  if (payload === null) return cursor.unknown(packet, Stop.NOT_TRANSPORT, Numbering.IP_PROTOCOL, IPCOMP)
  cursor.goOnIn(packet, payload)
  return ipProtocol(next, cursor, packet)
}

/** Null for what is no DEFLATE. Its module is loaded with the first datagram: nearly all captures have none. */
function inflate({ bytes, start, end }: Cursor): Uint8Array | null {
  const { inflateRawSync } = process.getBuiltinModule('node:zlib')
  try {
    const packed = new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
    return inflateRawSync(packed, { maxOutputLength: MAX_DATAGRAM })
  } catch {
    return null
  }
}
