import { type Packet, Protocol } from './packet.ts'

/** What a TCP checksum tells. */
export const ChecksumState = {
  /** The snap length cut bytes that it covers, or there is no TCP segment. */
  UNKNOWN: 0,
  GOOD: 1,
  BAD: 2,
  /** The sum of the pseudo-header alone: the sender left the rest to its network card, or the packet never met one. */
  OFFLOADED: 3,
} as const
export type ChecksumState = (typeof ChecksumState)[keyof typeof ChecksumState]

const CHECKSUM_OFFSET = 16

/** Verifies the checksum of a TCP segment (RFC 9293 §3.1). Only for who asks: it reads the whole payload. */
export function verifyTcpChecksum(packet: Packet): ChecksumState {
  const { bytes, transportStart, payloadEnd } = packet
  const length = packet.headerLength + packet.payloadLength
  const captured = payloadEnd - transportStart
  if (packet.protocol !== Protocol.TCP || captured < length || packet.optionsEnd < packet.payloadStart)
    return ChecksumState.UNKNOWN
  const pseudo = pseudoHeader(packet, length)
  const sum = fold(pseudo + sumWords(bytes, transportStart, transportStart + length))
  if (sum === 0xffff) return ChecksumState.GOOD
  return bytes.getUint16(transportStart + CHECKSUM_OFFSET) === fold(pseudo)
    ? ChecksumState.OFFLOADED
    : ChecksumState.BAD
}

function pseudoHeader(packet: Packet, length: number): number {
  let sum = Protocol.TCP + (length >>> 16) + (length & 0xffff)
  for (let word = 0; word < 8; word++) {
    const value = packet.address[word]!
    sum += (value >>> 16) + (value & 0xffff)
  }
  return sum
}

/** Sum of 16-bit words, an odd last byte as the high half of one. */
export function sumWords(bytes: DataView, start: number, end: number): number {
  let sum = 0
  let at = start
  for (; at + 1 < end; at += 2) sum += bytes.getUint16(at)
  return at < end ? sum + (bytes.getUint8(at) << 8) : sum
}

/** One's complement: carries come back in at the low end. */
export function fold(sum: number): number {
  let folded = sum
  while (folded > 0xffff) folded = Math.floor(folded / 0x10000) + (folded % 0x10000)
  return folded
}
