import { NO_BYTES } from '../capture/frame.ts'

/** IP protocol numbers (IANA) that a packet can end in here. */
export const Protocol = { NONE: 0, ICMP: 1, TCP: 6, UDP: 17, ICMPV6: 58 } as const

/** Why decoding went no further. NONE: down to the transport header, complete. */
export const Stop = {
  NONE: 0,
  /** The captured bytes end inside a header. */
  TRUNCATED: 1,
  /** A length field contradicts itself or its surroundings. */
  BAD_LENGTH: 2,
  /** A fragment that does not complete its datagram. */
  FRAGMENT: 3,
  /** A layer that is not understood: ARP, LLDP, an unknown ethertype or link type. */
  NOT_IP: 4,
  /** IP, with a protocol that is not looked into. */
  NOT_TRANSPORT: 5,
  /** More nested headers than are followed. */
  TOO_DEEP: 6,
} as const
export type Stop = (typeof Stop)[keyof typeof Stop]

/** IP headers whose place is kept: more than two are rare. */
export const IP_STARTS = 8

/** RFC 9293 §3.1: the control bits, as in the header's 14th byte. */
export const Flag = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32, ECE: 64, CWR: 128 } as const

/** The decoded headers of one frame. One instance per run, refilled per frame. */
export class Packet {
  stop: Stop = Stop.NONE
  /**
   * A {@link Protocol} once its header was decoded, else NONE. For an ICMP error: ICMP or ICMPV6.
   * TCP with `stop` NONE is a segment with all that a flow needs, up to its window. TCP with TRUNCATED has its ports
   * alone; with BAD_LENGTH its header length is impossible, and there is no payload.
   */
  protocol = 0
  /** The IP header's protocol (or last next header), also where it is not decoded. */
  ipProtocol = 0
  /** 4, 6, or 0 without an IP header. */
  ipVersion = 0
  /** Ethertype of the innermost link layer; 0 without one. */
  etherType = 0
  /** Source in words 0–3, destination in 4–7, as signed big-endian words; IPv4 uses words 0 and 4, the others are 0. */
  readonly address = new Int32Array(8)
  /** TTL or hop limit. */
  ttl = 0
  /** IPv4 identification; 0 for IPv6. */
  ipId = 0
  /** True where the segment stands in a buffer: put together from fragments that ended in this frame, or unpacked. */
  reassembled = false
  /** True where the IP header states no length and the frame's was taken (segmentation offload). */
  offloaded = false
  /** True within GTP-U: the packet of a user of a mobile network. */
  inGtp = false
  /** IP headers passed to get here: 1 without a tunnel. */
  ipHeaders = 0
  /** Where each of them starts, the outermost first, as far as there is room; the last one's is `networkStart` too. */
  readonly ipStarts = new Int32Array(IP_STARTS)
  /**
   * Of a reassembled packet: how many of its IP headers, the outermost first, stand in the frame that completed it. The
   * others stand in `bytes`.
   */
  framedHeaders = 0

  sourcePort = 0
  destinationPort = 0
  /** Sequence and acknowledgment number as signed 32-bit integers: compare with `distance`. */
  seq = 0
  ack = 0
  /** The control bits, see {@link Flag}. */
  flags = 0
  /** As in the header, not scaled. */
  window = 0
  checksum = 0
  urgent = 0
  /** TCP header with options, in bytes. */
  headerLength = 0
  /** As the IP header promises it, even where the snap length cut the bytes off. */
  payloadLength = 0

  /** Type and code of an ICMP message; addresses and ports are then those of the segment that it quotes. */
  icmpType = 0
  icmpCode = 0
  /** An ICMP error that quotes a TCP header. */
  quoted = false

  /** Holds the offsets below: the frame's window, or the reassembly's buffer. */
  bytes: DataView = NO_BYTES
  /** The innermost IP header; for an ICMP error, the one that carries it. */
  networkStart = 0
  /** Where its captured bytes end, its options among them, but not the extension headers of IPv6. */
  networkEnd = 0
  transportStart = 0
  payloadStart = 0
  /** Where the captured bytes of the payload end: `payloadEnd - payloadStart` may be less than `payloadLength`. */
  payloadEnd = 0
  /** Where the captured bytes of the TCP options end: before `payloadStart` where the snap length cut into them. */
  optionsEnd = 0

  /** Forgets the previous frame, but for the addresses: an IP header overwrites all of them. */
  reset(): void {
    this.stop = Stop.NONE
    this.protocol = Protocol.NONE
    this.ipProtocol = 0
    this.ipVersion = 0
    this.etherType = 0
    this.ttl = 0
    this.ipId = 0
    this.reassembled = false
    this.offloaded = false
    this.ipHeaders = 0
    this.inGtp = false
    this.framedHeaders = 0
    this.sourcePort = 0
    this.destinationPort = 0
    this.seq = 0
    this.ack = 0
    this.flags = 0
    this.window = 0
    this.checksum = 0
    this.urgent = 0
    this.headerLength = 0
    this.payloadLength = 0
    this.icmpType = 0
    this.icmpCode = 0
    this.quoted = false
    this.networkStart = 0
    this.networkEnd = 0
    this.transportStart = 0
    this.payloadStart = 0
    this.payloadEnd = 0
    this.optionsEnd = 0
  }
}
