import type { Frame } from '../capture/frame.ts'
import { LinkType } from '../capture/link-type.ts'
import { Flag, type Packet, Protocol } from './packet.ts'
import { readTcpHeader } from './tcp.ts'

/**
 * Plain segments: what nearly every frame of a capture is. A link header that is followed by IPv4 without options or
 * fragments, and a TCP segment that acknowledges and neither opens nor ends a connection, with all of its headers
 * captured. One look tells them, and their fields are read where they lie; all other frames go through the decoder.
 */

const ETHERTYPE_IPV4 = 0x0800
/** Links whose header says by an ethertype what follows. */
const HAS_ETHERTYPE: ReadonlySet<number> = new Set([LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2])
const AF_INET = 2
const AF_INET_SWAPPED = 0x02000000
/** Version 4, a header of five words. */
const IPV4_WITHOUT_OPTIONS = 0x45
const IPV4_HEADER = 20
/** More fragments, and the offset. */
const FRAGMENT = 0x3fff
const TCP_HEADER = 20
const CONTROL = Flag.SYN | Flag.FIN | Flag.RST | Flag.ACK

/** Offsets from the TCP header's start: the IPv4 header lies before it. */
export const Plain = {
  TOTAL_LENGTH: 2 - IPV4_HEADER,
  ID: 4 - IPV4_HEADER,
  TTL: 8 - IPV4_HEADER,
  SOURCE_ADDRESS: 12 - IPV4_HEADER,
  DESTINATION_ADDRESS: 16 - IPV4_HEADER,
  /** Source port in the upper half, destination port in the lower. */
  PORTS: 0,
  SEQ: 4,
  ACK: 8,
  DATA_OFFSET: 12,
  WINDOW: 14,
  CHECKSUM: 16,
} as const

/** Where the TCP header of a plain segment starts in the frame's bytes; -1 for a frame that is none. */
export function plainSegmentAt(frame: Frame): number {
  const network = ipv4At(frame)
  const transport = network + IPV4_HEADER
  const bytes = frame.bytes
  if (network < 0 || transport + TCP_HEADER > frame.end) return -1
  const first = bytes.getInt32(network)
  const totalLength = first & 0xffff
  if (first >>> 24 !== IPV4_WITHOUT_OPTIONS || network + totalLength > frame.start + frame.originalLength) return -1
  if ((bytes.getUint16(network + 6) & FRAGMENT) !== 0 || bytes.getUint8(network + 9) !== Protocol.TCP) return -1
  if ((bytes.getUint8(transport + 13) & CONTROL) !== Flag.ACK) return -1
  const headerLength = (bytes.getUint8(transport + Plain.DATA_OFFSET) >> 4) << 2
  return headerLength < TCP_HEADER || IPV4_HEADER + headerLength > totalLength ? -1 : transport
}

/** Payload of a plain segment, as its IP header promises it. */
export const plainPayloadLength = (bytes: DataView, transport: number): number =>
  bytes.getUint16(transport + Plain.TOTAL_LENGTH) -
  IPV4_HEADER -
  ((bytes.getUint8(transport + Plain.DATA_OFFSET) >> 4) << 2)

/**
 * Refills `packet` from a plain segment of the frame, as the decoder would: for whoever looks at packets, in a quarter of
 * the decoder's time.
 */
export function readPlainSegment(frame: Frame, transport: number, packet: Packet): void {
  const { bytes } = frame
  const network = transport - IPV4_HEADER
  packet.reset()
  packet.protocol = packet.ipProtocol = Protocol.TCP
  packet.ipVersion = 4
  packet.etherType = HAS_ETHERTYPE.has(frame.linkType) ? ETHERTYPE_IPV4 : 0
  packet.address.fill(0)
  packet.address[0] = bytes.getInt32(transport + Plain.SOURCE_ADDRESS)
  packet.address[4] = bytes.getInt32(transport + Plain.DESTINATION_ADDRESS)
  packet.ttl = bytes.getUint8(transport + Plain.TTL)
  packet.ipId = bytes.getUint16(transport + Plain.ID)
  packet.ipStarts[packet.ipHeaders++] = network
  packet.networkStart = network
  packet.networkEnd = transport
  packet.bytes = bytes
  const end = Math.min(frame.end, network + bytes.getUint16(transport + Plain.TOTAL_LENGTH))
  readTcpHeader(bytes, transport, packet)
  packet.payloadLength = plainPayloadLength(bytes, transport)
  packet.payloadEnd = Math.max(end, packet.payloadStart)
  packet.optionsEnd = Math.min(end, packet.payloadStart)
}

/** Where an IPv4 header follows the link header directly; -1 where it does not. */
function ipv4At(frame: Frame): number {
  const { bytes, start, end } = frame
  switch (frame.linkType) {
    case LinkType.ETHERNET:
      return start + 14 <= end && bytes.getUint16(start + 12) === ETHERTYPE_IPV4 ? start + 14 : -1
    case LinkType.RAW:
    case LinkType.RAW_BSD:
    case LinkType.RAW_OPENBSD:
    case LinkType.IPV4:
      return start
    case LinkType.NULL:
      return start + 4 <= end && isIpv4Family(bytes.getInt32(start)) ? start + 4 : -1
    case LinkType.LINUX_SLL:
      return start + 16 <= end && bytes.getUint16(start + 14) === ETHERTYPE_IPV4 ? start + 16 : -1
    case LinkType.LINUX_SLL2:
      return start + 20 <= end && bytes.getUint16(start) === ETHERTYPE_IPV4 ? start + 20 : -1
    default:
      return -1
  }
}

/** In either byte order: that of the machine that captured. */
const isIpv4Family = (family: number): boolean => family === AF_INET || family === AF_INET_SWAPPED
