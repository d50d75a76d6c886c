import type { Frame } from '../capture/frame.ts'
import { LinkType } from '../capture/link-type.ts'
import { EtherType } from './ether-type.ts'
import { type Packet, Protocol } from './packet.ts'
import { readTcpHeader } from './tcp.ts'

/** Links whose header says by an ethertype what follows. */
const HAS_ETHERTYPE: ReadonlySet<number> = new Set([LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2])

/** Offsets from the IP header's start, and its length. */
const Ipv4 = { TOTAL_LENGTH: 2, ID: 4, TTL: 8, SOURCE: 12, DESTINATION: 16, HEADER: 20 } as const
const Ipv6 = { PAYLOAD_LENGTH: 4, HOP_LIMIT: 7, ADDRESSES: 8, HEADER: 40 } as const
/** Offsets from the TCP header's start. */
const Tcp = { SEQ: 4, FLAGS: 13, WINDOW: 14 } as const

// Fields of a plain segment whose TCP header starts at `transport`, for whom a whole packet is too much.

/** Control bits: see `Flag`. */
export const flagsOf = (bytes: DataView, transport: number): number => bytes.getUint8(transport + Tcp.FLAGS)
export const seqOf = (bytes: DataView, transport: number): number => bytes.getInt32(transport + Tcp.SEQ)
export const windowOf = (bytes: DataView, transport: number): number => bytes.getUint16(transport + Tcp.WINDOW)

/**
 * Refills `packet` from a plain segment of the frame, as the decoder would: for whoever looks at packets, in a quarter of
 * the decoder's time.
 */
export function readPlainSegment(frame: Frame, transport: number, isIpv6: boolean, packet: Packet): void {
  const { bytes } = frame
  packet.reset()
  packet.protocol = packet.ipProtocol = Protocol.TCP
  packet.bytes = bytes
  packet.networkEnd = transport
  const wireEnd = isIpv6 ? readIpv6(bytes, transport, packet) : readIpv4(bytes, transport, packet)
  packet.ipStarts[packet.ipHeaders++] = packet.networkStart
  if (HAS_ETHERTYPE.has(frame.linkType)) packet.etherType = isIpv6 ? EtherType.IPV6 : EtherType.IPV4
  readTcpHeader(bytes, transport, packet)
  packet.payloadLength = wireEnd - packet.payloadStart
  const end = Math.min(frame.end, wireEnd)
  packet.payloadEnd = Math.max(end, packet.payloadStart)
  packet.optionsEnd = Math.min(end, packet.payloadStart)
}

/** Returns where the datagram ends by its header. */
function readIpv4(bytes: DataView, transport: number, packet: Packet): number {
  const network = transport - Ipv4.HEADER
  packet.ipVersion = 4
  packet.networkStart = network
  packet.address.fill(0)
  packet.address[0] = bytes.getInt32(network + Ipv4.SOURCE)
  packet.address[4] = bytes.getInt32(network + Ipv4.DESTINATION)
  packet.ttl = bytes.getUint8(network + Ipv4.TTL)
  packet.ipId = bytes.getUint16(network + Ipv4.ID)
  return network + bytes.getUint16(network + Ipv4.TOTAL_LENGTH)
}

function readIpv6(bytes: DataView, transport: number, packet: Packet): number {
  const network = transport - Ipv6.HEADER
  packet.ipVersion = 6
  packet.networkStart = network
  for (let word = 0; word < 8; word++) packet.address[word] = bytes.getInt32(network + Ipv6.ADDRESSES + word * 4)
  packet.ttl = bytes.getUint8(network + Ipv6.HOP_LIMIT)
  return transport + bytes.getUint16(network + Ipv6.PAYLOAD_LENGTH)
}
