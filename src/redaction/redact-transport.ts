import { fold, sumWords } from '../packet/checksum.ts'
import { Protocol } from '../packet/packet.ts'
import { OptionKind } from '../packet/tcp-options.ts'
import type { FrameCopy } from './frame-copy.ts'

const TCP = { LENGTH: 12, CHECKSUM: 16, HEADER: 20 } as const
const UDP = { DESTINATION: 2, CHECKSUM: 6, HEADER: 8 } as const
const ICMP = { CHECKSUM: 2, REST: 4, HEADER: 8 } as const
const VXLAN = { PORT: 4789, HEADER: 8, BRIDGED: 0x6558 } as const
/** Errors quote the packet that they are about (RFC 792, RFC 4443 §2.1); a redirect names a router. */
const ICMP_ERRORS: ReadonlySet<number> = new Set([3, 4, 5, 11, 12])
const REDIRECT = 5
const LAST_ERROR_V6 = 127
/** Echo and its reply: identifier and sequence number stay. */
const ECHO_V6 = [128, 129]
/** Options that are numbers of the connection. Others carry keys, cookies and addresses. */
const KEPT_OPTIONS: ReadonlySet<number> = new Set([
  OptionKind.MSS,
  OptionKind.WINDOW_SCALE,
  OptionKind.SACK_PERMITTED,
  OptionKind.SACK,
  OptionKind.TIMESTAMPS,
])
/** Changes every sum into another one. */
const OTHERWISE = 0x0f0f

/** Where the addresses of a connection's ends stand: those of the pseudo-header (RFC 8200 §8.1). */
export interface Ends {
  readonly source: number
  readonly destination: number
}

/** What an IP header carries. Offsets count from the frame's start. */
export interface Segment {
  readonly ends: Ends
  readonly version: 4 | 6
  readonly start: number
  /** As the IP header tells it; the capture may end before. */
  readonly end: number
  /** False for the first fragment of a datagram. */
  readonly whole: boolean
  /** Within an ICMP error. */
  readonly quoted: boolean
}

/** Goes on with what a segment holds. */
export interface Within {
  readonly quote: (at: number) => void
  readonly tunnel: (etherType: number, at: number) => void
}

/** Redacts transport headers: payload and options with contents become zero, checksums are as right as they were. */
export class TransportRedaction {
  /** Checksums left zero. */
  unsummed = 0
  readonly #copy: FrameCopy
  readonly #within: Within

  constructor(copy: FrameCopy, within: Within) {
    this.#copy = copy
    this.#within = within
  }

  segment(protocol: number, segment: Segment): void {
    if (protocol === Protocol.TCP) this.#tcp(segment)
    else if (protocol === Protocol.UDP) this.#udp(segment)
    else if (protocol === Protocol.ICMP || protocol === Protocol.ICMPV6) this.#icmp(protocol, segment)
  }

  #tcp(segment: Segment): void {
    const copy = this.#copy
    const { start } = segment
    copy.keep(start, TCP.CHECKSUM)
    copy.keep(start + TCP.CHECKSUM + 2, 2)
    if (copy.has(start, TCP.HEADER))
      this.#options(start + TCP.HEADER, start + ((copy.from.getUint8(start + TCP.LENGTH) >> 4) << 2))
    this.#checksum(Protocol.TCP, segment, TCP.CHECKSUM)
  }

  #options(start: number, end: number): void {
    const copy = this.#copy
    const { from, to } = copy
    const last = Math.min(end, copy.length)
    for (let at = start; at < last; ) {
      const kind = from.getUint8(at)
      if (kind === OptionKind.END) return
      const length = kind === OptionKind.NOP ? 1 : at + 1 < last ? from.getUint8(at + 1) : 0
      if (length === 0 || (length < 2 && kind !== OptionKind.NOP)) return
      if (KEPT_OPTIONS.has(kind)) copy.keep(at, Math.min(length, last - at))
      else for (let i = at; i < Math.min(at + length, last); i++) to.setUint8(i, OptionKind.NOP)
      at += length
    }
  }

  #udp(segment: Segment): void {
    const copy = this.#copy
    const { start } = segment
    copy.keep(start, UDP.CHECKSUM)
    if (copy.has(start, UDP.HEADER) && copy.from.getUint16(start + UDP.DESTINATION) === VXLAN.PORT) {
      copy.keep(start + UDP.HEADER, VXLAN.HEADER)
      this.#within.tunnel(VXLAN.BRIDGED, start + UDP.HEADER + VXLAN.HEADER)
    }
    // Zero says that there is none (RFC 768).
    const none = copy.has(start, UDP.HEADER) && copy.from.getUint16(start + UDP.CHECKSUM) === 0
    if (!none) this.#checksum(Protocol.UDP, segment, UDP.CHECKSUM)
  }

  #icmp(protocol: number, segment: Segment): void {
    const copy = this.#copy
    const { start } = segment
    if (!copy.has(start, ICMP.HEADER)) return
    const type = copy.from.getUint8(start)
    const isError = protocol === Protocol.ICMP ? ICMP_ERRORS.has(type) : type <= LAST_ERROR_V6
    const numbers = protocol === Protocol.ICMP ? type !== REDIRECT : isError || ECHO_V6.includes(type)
    copy.keep(start, ICMP.CHECKSUM)
    if (numbers) copy.keep(start + ICMP.REST, 4)
    if (protocol === Protocol.ICMP && type === REDIRECT) copy.ipv4(start + ICMP.REST)
    if (isError && !segment.quoted) this.#within.quote(start + ICMP.HEADER)
    this.#checksum(protocol, segment, ICMP.CHECKSUM)
  }

  /** A right one stays right, a wrong one wrong, and one that a network card was to finish, unfinished. */
  #checksum(protocol: number, segment: Segment, field: number): void {
    const { from, to, length } = this.#copy
    const at = segment.start + field
    if (at + 2 > length || segment.quoted) return
    if (!segment.whole || segment.end > length || segment.end < at + 2) {
      this.unsummed++
      return
    }
    const before = this.#pseudoHeader(from, protocol, segment)
    const after = this.#pseudoHeader(to, protocol, segment)
    const unfinished = before !== 0 && from.getUint16(at) === fold(before)
    const right = fold(before + sumWords(from, segment.start, segment.end)) === 0xffff
    const sum = ~fold(after + sumWords(to, segment.start, segment.end)) & 0xffff
    to.setUint16(at, right ? sum : unfinished ? fold(after) : sum ^ OTHERWISE)
  }

  #pseudoHeader(bytes: DataView, protocol: number, { ends, version, start, end }: Segment): number {
    if (protocol === Protocol.ICMP) return 0
    const length = version === 4 ? 4 : 16
    const { source, destination } = ends
    return (
      protocol +
      (end - start) +
      sumWords(bytes, source, source + length) +
      sumWords(bytes, destination, destination + length)
    )
  }
}
