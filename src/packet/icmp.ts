import type { Cursor } from './cursor.ts'
import { Layer } from './layer.ts'
import { type Packet, Protocol, Stop } from './packet.ts'

const HEADER = 4
/** Errors put 8 bytes before what they quote (RFC 792, RFC 4443 §2.1). */
const ERROR_HEADER = 8
/** Unreachable, source quench, redirect, time exceeded, parameter problem. */
const ERRORS = [3, 4, 5, 11, 12]
/** ICMPv6 types up to here are errors (RFC 4443 §2.1). */
const LAST_ERROR_V6 = 127
const IPV4 = { MIN_HEADER: 20, FRAGMENT: 6, OFFSET: 0x1fff, PROTOCOL: 9, SOURCE: 12, DESTINATION: 16 } as const
const IPV6 = { HEADER: 40, NEXT_HEADER: 6, ADDRESSES: 8 } as const
const TCP = { SEQ: 4, ACK: 8, FLAGS: 13, WINDOW: 14 } as const
/** An error quotes at least so much of a transport header (RFC 792): ports and sequence number. */
const QUOTE = 8

/** ICMP (RFC 792). */
export function icmp(cursor: Cursor, packet: Packet): Layer {
  if (!message(cursor, packet, Protocol.ICMP)) return cursor.broken(packet, Stop.TRUNCATED, Layer.ICMP)
  if (ERRORS.includes(packet.icmpType)) quoteIpv4(cursor, packet)
  return Layer.DONE
}

/** ICMPv6 (RFC 4443). */
export function icmpv6(cursor: Cursor, packet: Packet): Layer {
  if (!message(cursor, packet, Protocol.ICMPV6)) return cursor.broken(packet, Stop.TRUNCATED, Layer.ICMPV6)
  if (packet.icmpType <= LAST_ERROR_V6) quoteIpv6(cursor, packet)
  return Layer.DONE
}

function message(cursor: Cursor, packet: Packet, protocol: number): boolean {
  packet.transportStart = cursor.start
  if (cursor.captured < HEADER) return false
  packet.protocol = protocol
  packet.icmpType = cursor.bytes.getUint8(cursor.start)
  packet.icmpCode = cursor.bytes.getUint8(cursor.start + 1)
  packet.payloadStart = cursor.start + HEADER
  packet.payloadEnd = cursor.end
  return true
}

function quoteIpv4(cursor: Cursor, packet: Packet): void {
  const { bytes } = cursor
  const start = cursor.start + ERROR_HEADER
  if (cursor.end - start < IPV4.MIN_HEADER || bytes.getUint8(start) >> 4 !== 4) return
  if (bytes.getUint8(start + IPV4.PROTOCOL) !== Protocol.TCP) return
  if ((bytes.getUint16(start + IPV4.FRAGMENT) & IPV4.OFFSET) !== 0) return
  const headerLength = (bytes.getUint8(start) & 0x0f) << 2
  if (headerLength < IPV4.MIN_HEADER || !quoteTcp(bytes, start + headerLength, cursor.end, packet)) return
  packet.address.fill(0)
  packet.address[0] = bytes.getInt32(start + IPV4.SOURCE)
  packet.address[4] = bytes.getInt32(start + IPV4.DESTINATION)
}

function quoteIpv6(cursor: Cursor, packet: Packet): void {
  const { bytes } = cursor
  const start = cursor.start + ERROR_HEADER
  if (cursor.end - start < IPV6.HEADER || bytes.getUint8(start) >> 4 !== 6) return
  if (bytes.getUint8(start + IPV6.NEXT_HEADER) !== Protocol.TCP) return
  if (!quoteTcp(bytes, start + IPV6.HEADER, cursor.end, packet)) return
  for (let word = 0; word < 8; word++) packet.address[word] = bytes.getInt32(start + IPV6.ADDRESSES + word * 4)
}

function quoteTcp(bytes: DataView, start: number, end: number, packet: Packet): boolean {
  if (end - start < QUOTE) return false
  packet.quoted = true
  packet.sourcePort = bytes.getUint16(start)
  packet.destinationPort = bytes.getUint16(start + 2)
  packet.seq = bytes.getInt32(start + TCP.SEQ)
  if (end - start >= TCP.ACK + 4) packet.ack = bytes.getInt32(start + TCP.ACK)
  if (end - start > TCP.FLAGS) packet.flags = bytes.getUint8(start + TCP.FLAGS)
  if (end - start >= TCP.WINDOW + 2) packet.window = bytes.getUint16(start + TCP.WINDOW)
  return true
}
