import type { ListedOption } from './tcp-info.ts'

/** What the headers of a synthesized segment say. */
export interface SynthesizedSegment {
  /** 4 or 16 bytes, both alike. */
  readonly source: Uint8Array
  readonly destination: Uint8Array
  readonly sourcePort: number
  readonly destinationPort: number
  readonly seq: number
  readonly ack: number
  readonly flags: number
  /** Not scaled. */
  readonly window: number
  readonly urgent: number
  readonly payloadLength: number
  readonly options: readonly ListedOption[]
  /** TCP header's length where the list tells it, else 0; options that it cannot name are padded with no-operations. */
  readonly headerLength: number
}

/** Longest IP header (IPv6, without extensions) and longest TCP header. */
export const LONGEST_HEADERS = 40 + 60
/** IP headers as they are written: without options or extensions. */
export const IPV4_HEADER = 20
export const IPV6_HEADER = 40
const TCP_HEADER = 20
const LONGEST_TCP_HEADER = 60
const LARGEST_LENGTH = 65_535
const TCP = 6
// What most systems start with: a packet list does not tell it.
const TTL = 64
const DONT_FRAGMENT = 0x4000
const Ipv4 = { LENGTH: 2, FLAGS: 6, TTL: 8, PROTOCOL: 9, SOURCE: 12, DESTINATION: 16 } as const
const Ipv6 = { LENGTH: 4, NEXT: 6, HOPS: 7, SOURCE: 8, DESTINATION: 24 } as const
const Tcp = { SOURCE: 0, DESTINATION: 2, SEQ: 4, ACK: 8, OFFSET: 12, FLAGS: 13, WINDOW: 14, URGENT: 18 } as const
const NO_OPERATION = 1
const OPTION_BYTES = { mss: 4, 'window-scale': 3, 'sack-permitted': 2, timestamps: 10, sack: 2 } as const
const OPTION_KIND = { mss: 2, 'window-scale': 3, 'sack-permitted': 4, sack: 5, timestamps: 8 } as const

/** Length of the TCP header with these options as systems lay them out. */
export function tcpHeaderLength(options: readonly ListedOption[]): number {
  let length = TCP_HEADER
  for (const [index, option] of options.entries())
    length = alignedStart(option, options[index + 1], length) + optionBytes(option)
  return Math.min(LONGEST_TCP_HEADER, (length + 3) & ~3)
}

/** Writes IP and TCP header to `view`, from its start; returns their length. Checksums stay 0, as with offload. */
export function writeSegment(segment: SynthesizedSegment, view: DataView): number {
  new Uint8Array(view.buffer, view.byteOffset, LONGEST_HEADERS).fill(0)
  const laidOut = tcpHeaderLength(segment.options)
  const told = segment.headerLength
  const tcpLength = told > laidOut && told <= LONGEST_TCP_HEADER && told % 4 === 0 ? told : laidOut
  const start = segment.source.length === 4 ? writeIpv4(segment, view, tcpLength) : writeIpv6(segment, view, tcpLength)
  writeTcp(segment, view, start, tcpLength)
  return start + tcpLength
}

function writeIpv4(segment: SynthesizedSegment, view: DataView, tcpLength: number): number {
  const length = IPV4_HEADER + tcpLength + segment.payloadLength
  view.setUint8(0, 0x45)
  view.setUint16(Ipv4.LENGTH, length <= LARGEST_LENGTH ? length : 0)
  view.setUint16(Ipv4.FLAGS, DONT_FRAGMENT)
  view.setUint8(Ipv4.TTL, TTL)
  view.setUint8(Ipv4.PROTOCOL, TCP)
  segment.source.forEach((byte, index) => void view.setUint8(Ipv4.SOURCE + index, byte))
  segment.destination.forEach((byte, index) => void view.setUint8(Ipv4.DESTINATION + index, byte))
  return IPV4_HEADER
}

function writeIpv6(segment: SynthesizedSegment, view: DataView, tcpLength: number): number {
  const length = tcpLength + segment.payloadLength
  view.setUint8(0, 0x60)
  view.setUint16(Ipv6.LENGTH, length <= LARGEST_LENGTH ? length : 0)
  view.setUint8(Ipv6.NEXT, TCP)
  view.setUint8(Ipv6.HOPS, TTL)
  segment.source.forEach((byte, index) => void view.setUint8(Ipv6.SOURCE + index, byte))
  segment.destination.forEach((byte, index) => void view.setUint8(Ipv6.DESTINATION + index, byte))
  return IPV6_HEADER
}

function writeTcp(segment: SynthesizedSegment, view: DataView, start: number, length: number): void {
  view.setUint16(start + Tcp.SOURCE, segment.sourcePort)
  view.setUint16(start + Tcp.DESTINATION, segment.destinationPort)
  view.setUint32(start + Tcp.SEQ, segment.seq)
  view.setUint32(start + Tcp.ACK, segment.ack)
  view.setUint8(start + Tcp.OFFSET, (length / 4) << 4)
  view.setUint8(start + Tcp.FLAGS, segment.flags)
  view.setUint16(start + Tcp.WINDOW, segment.window)
  view.setUint16(start + Tcp.URGENT, segment.urgent)
  const end = start + length
  for (let at = start + TCP_HEADER; at < end; at++) view.setUint8(at, NO_OPERATION)
  let used = TCP_HEADER
  for (const [index, option] of segment.options.entries()) {
    const at = alignedStart(option, segment.options[index + 1], used)
    if (at + optionBytes(option) > length) return
    writeOption(option, view, start + at)
    used = at + optionBytes(option)
  }
}

// Systems put no-operations before an option so that it ends at a multiple of 4; SACK-permitted and the timestamps after
// it make 12 bytes together.
function alignedStart(option: ListedOption, following: ListedOption | undefined, used: number): number {
  if (option.kind === 'sack-permitted' && following?.kind === 'timestamps') return used
  const bytes = optionBytes(option)
  return ((used + bytes + 3) & ~3) - bytes
}

function optionBytes(option: ListedOption): number {
  return OPTION_BYTES[option.kind] + (option.kind === 'sack' ? 4 * option.values.length : 0)
}

function writeOption(option: ListedOption, view: DataView, at: number): void {
  view.setUint8(at, OPTION_KIND[option.kind])
  view.setUint8(at + 1, optionBytes(option))
  if (option.kind === 'mss') view.setUint16(at + 2, option.values[0]!)
  else if (option.kind === 'window-scale') view.setUint8(at + 2, scaleShift(option.values[0]!))
  else option.values.forEach((value, index) => void view.setUint32(at + 2 + 4 * index, value))
}

/** The shift count behind Wireshark's `WS=`, which is the factor; 14 at most (RFC 7323 §2.3). */
export function scaleShift(factor: number): number {
  return factor < 1 ? 0 : Math.min(14, Math.round(Math.log2(factor)))
}
