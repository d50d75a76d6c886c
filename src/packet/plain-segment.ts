import type { Frame } from '../capture/frame.ts'
import { LinkType } from '../capture/link-type.ts'
import { type Packet, Protocol } from './packet.ts'
import { readTcpHeader } from './tcp.ts'

const ETHERTYPE_IPV4 = 0x0800
/** Links whose header says by an ethertype what follows. */
const HAS_ETHERTYPE: ReadonlySet<number> = new Set([LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2])
const IPV4_HEADER = 20

/** Offsets from the TCP header's start, where the IPv4 header lies before it. */
const Plain = {
  TOTAL_LENGTH: 2 - IPV4_HEADER,
  ID: 4 - IPV4_HEADER,
  TTL: 8 - IPV4_HEADER,
  SOURCE_ADDRESS: 12 - IPV4_HEADER,
  DESTINATION_ADDRESS: 16 - IPV4_HEADER,
  SEQ: 4,
  DATA_OFFSET: 12,
  FLAGS: 13,
  WINDOW: 14,
} as const

// Fields of a plain segment whose TCP header starts at `transport`, for whom a whole packet is too much.

/** Control bits: see `Flag`. */
export const flagsOf = (bytes: DataView, transport: number): number => bytes.getUint8(transport + Plain.FLAGS)
export const seqOf = (bytes: DataView, transport: number): number => bytes.getInt32(transport + Plain.SEQ)
export const windowOf = (bytes: DataView, transport: number): number => bytes.getUint16(transport + Plain.WINDOW)
/** Payload, as the IP header promises it. */
export const payloadLengthOf = (bytes: DataView, transport: number): number =>
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
  packet.payloadLength = payloadLengthOf(bytes, transport)
  packet.payloadEnd = Math.max(end, packet.payloadStart)
  packet.optionsEnd = Math.min(end, packet.payloadStart)
}
