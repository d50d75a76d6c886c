import type { Cursor } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Protocol, Stop } from './packet.ts'

const Field = {
  SOURCE: 0,
  DESTINATION: 2,
  SEQ: 4,
  ACK: 8,
  OFFSET: 12,
  FLAGS: 13,
  WINDOW: 14,
  CHECKSUM: 16,
  URGENT: 18,
} as const
const MIN_HEADER = 20

/** TCP (RFC 9293 §3.1). Options are parsed by whom they concern. */
export function tcp(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  packet.transportStart = start
  if (cursor.end - start < MIN_HEADER) return cursor.broken(packet, Stop.TRUNCATED, Layer.TCP)
  const headerLength = (bytes.getUint8(start + Field.OFFSET) >> 4) << 2
  packet.sourcePort = bytes.getUint16(start + Field.SOURCE)
  packet.destinationPort = bytes.getUint16(start + Field.DESTINATION)
  packet.seq = bytes.getInt32(start + Field.SEQ)
  packet.ack = bytes.getInt32(start + Field.ACK)
  packet.flags = bytes.getUint8(start + Field.FLAGS)
  packet.window = bytes.getUint16(start + Field.WINDOW)
  packet.checksum = bytes.getUint16(start + Field.CHECKSUM)
  packet.urgent = bytes.getUint16(start + Field.URGENT)
  packet.headerLength = headerLength
  packet.protocol = Protocol.TCP
  const payloadStart = start + headerLength
  if (headerLength < MIN_HEADER || payloadStart > cursor.wireEnd)
    return cursor.broken(packet, Stop.BAD_LENGTH, Layer.TCP)
  packet.payloadLength = cursor.wireEnd - payloadStart
  packet.payloadStart = payloadStart
  packet.payloadEnd = Math.max(cursor.end, payloadStart)
  packet.optionsEnd = Math.min(cursor.end, payloadStart)
  return Layer.DONE
}
