import type { ReadFrame } from './read-frames.ts'

/** The TCP header's fields of a frame that begins with a header of IPv4 without options, or of IPv6; numbers as they stand there. */
export function tcpFieldsOf(frame: ReadFrame) {
  const bytes = Buffer.from(frame.bytes, 'hex')
  const at = bytes[0]! >> 4 === 4 ? 20 : 40
  return {
    ports: [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)],
    seq: bytes.readUInt32BE(at + 4),
    ack: bytes.readUInt32BE(at + 8),
    flags: bytes[at + 13],
    window: bytes.readUInt16BE(at + 14),
    options: bytes.subarray(at + 20, at + ((bytes[at + 12]! >> 4) << 2)).toString('hex'),
  }
}
