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
/** Bytes that say all a flow needs: up to the window. A frame cut behind them is still a segment, as for Wireshark. */
const NEEDED = 16
const PORTS = 4

/** TCP (RFC 9293 §3.1). Options are parsed by whom they concern. */
export function tcp(cursor: Cursor, packet: Packet): Layer {
  const { bytes, start } = cursor
  packet.transportStart = start
  if (cursor.end - start >= MIN_HEADER) readTcpHeader(bytes, start, packet)
  else if (cutHeader(cursor, packet)) return Layer.DONE
  else readNeeded(bytes, start, packet)
  packet.protocol = Protocol.TCP
  const payloadStart = start + packet.headerLength
  if (packet.headerLength < MIN_HEADER || payloadStart > cursor.wireEnd) {
    packet.payloadStart = 0
    return cursor.broken(packet, Stop.BAD_LENGTH, Layer.TCP)
  }
  packet.payloadLength = cursor.wireEnd - payloadStart
  packet.payloadEnd = Math.max(cursor.end, payloadStart)
  packet.optionsEnd = Math.min(cursor.end, payloadStart)
  return Layer.DONE
}

/** Reads a header of which all fixed fields were captured; where the payload starts is as it claims. */
export function readTcpHeader(bytes: DataView, start: number, packet: Packet): void {
  readNeeded(bytes, start, packet)
  packet.transportStart = start
  packet.checksum = bytes.getUint16(start + Field.CHECKSUM)
  packet.urgent = bytes.getUint16(start + Field.URGENT)
}

function readNeeded(bytes: DataView, start: number, packet: Packet): void {
  packet.sourcePort = bytes.getUint16(start + Field.SOURCE)
  packet.destinationPort = bytes.getUint16(start + Field.DESTINATION)
  packet.seq = bytes.getInt32(start + Field.SEQ)
  packet.ack = bytes.getInt32(start + Field.ACK)
  packet.flags = bytes.getUint8(start + Field.FLAGS)
  packet.window = bytes.getUint16(start + Field.WINDOW)
  packet.headerLength = (bytes.getUint8(start + Field.OFFSET) >> 4) << 2
  packet.payloadStart = start + packet.headerLength
}

/** Reads the ports that a header cut short has; false where enough of it is left to go on. */
function cutHeader(cursor: Cursor, packet: Packet): boolean {
  const captured = cursor.captured
  if (captured >= NEEDED) return false
  cursor.broken(packet, Stop.TRUNCATED, Layer.TCP)
  if (captured < PORTS) return true
  packet.protocol = Protocol.TCP
  packet.sourcePort = cursor.bytes.getUint16(cursor.start + Field.SOURCE)
  packet.destinationPort = cursor.bytes.getUint16(cursor.start + Field.DESTINATION)
  return true
}
