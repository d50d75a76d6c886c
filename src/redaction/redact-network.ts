import { fold, sumWords } from '../packet/checksum.ts'
import { finalDestination, homeAddress } from '../packet/ipv6-ends.ts'
import type { FrameCopy } from './frame-copy.ts'
import { type Ends, type Segment, TransportRedaction } from './redact-transport.ts'

const IPV4 = { LENGTH: 2, FRAGMENT: 6, PROTOCOL: 9, CHECKSUM: 10, SOURCE: 12, DESTINATION: 16, HEADER: 20 } as const
const IPV6 = { LENGTH: 4, NEXT: 6, SOURCE: 8, DESTINATION: 24, HEADER: 40 } as const
const MORE_FRAGMENTS = 0x2000
const FRAGMENT_OFFSET = 0x1fff
const NO_OPERATION = 1
const Extension = {
  HOP_BY_HOP: 0,
  ROUTING: 43,
  FRAGMENT: 44,
  AUTHENTICATION: 51,
  DESTINATION: 60,
  MOBILITY: 135,
} as const
const EXTENSIONS: ReadonlySet<number> = new Set(Object.values(Extension))
const Next = { IPV4: 4, IPV6: 41, GRE: 47 } as const
/** RFC 2784, RFC 2890: a checksum, a key and a sequence number may follow; a source route names addresses. */
const GRE = { HEADER: 4, CHECKSUM: 0x8000, ROUTING: 0x4000, KEY: 0x2000, SEQUENCE: 0x1000, VERSION: 7 } as const
/** Up to how many segments of a route are left, and which entry of a list is the last (RFC 8754 §2). */
const ROUTING_KEPT = 5
const WHOLE_ADDRESS = 16
const OPTION_HEADER = 2
/** Headers followed in one frame. */
const MOST_HEADERS = 32

/** Redacts IP headers and what they carry. */
export class NetworkRedaction {
  readonly #copy: FrameCopy
  readonly #transport: TransportRedaction
  readonly #etherType: (type: number, at: number) => boolean
  #headers = 0

  /** `etherType` goes on with what a tunnel carries. */
  constructor(copy: FrameCopy, etherType: (type: number, at: number) => boolean) {
    this.#copy = copy
    this.#etherType = etherType
    this.#transport = new TransportRedaction(copy, {
      quote: (at) => void this.ip(at, true),
      tunnel: (type, at) => void etherType(type, at),
    })
  }

  get unsummed(): number {
    return this.#transport.unsummed
  }

  begin(): void {
    this.#headers = 0
  }

  /** Redacts from an IP header on; false where there is none. `quoted`: within an ICMP error, cut off and past its use. */
  ip(at: number, quoted = false): boolean {
    const copy = this.#copy
    if (!copy.has(at, 1) || ++this.#headers > MOST_HEADERS) return false
    const version = copy.from.getUint8(at) >> 4
    if (version === 4) return this.#ipv4(at, quoted)
    return version === 6 && this.#ipv6(at, quoted)
  }

  #ipv4(at: number, quoted: boolean): boolean {
    const copy = this.#copy
    const { from, to } = copy
    if (!copy.has(at, IPV4.HEADER)) return false
    const headerLength = (from.getUint8(at) & 15) << 2
    const total = from.getUint16(at + IPV4.LENGTH)
    if (headerLength < IPV4.HEADER || !copy.has(at, headerLength)) return false
    copy.keep(at, IPV4.CHECKSUM)
    copy.ipv4(at + IPV4.SOURCE)
    copy.ipv4(at + IPV4.DESTINATION)
    // Options name routers on the way.
    for (let option = at + IPV4.HEADER; option < at + headerLength; option++) to.setUint8(option, NO_OPERATION)
    const right = fold(sumWords(from, at, at + headerLength)) === 0xffff
    if (right) to.setUint16(at + IPV4.CHECKSUM, ~fold(sumWords(to, at, at + headerLength)) & 0xffff)
    const fragment = from.getUint16(at + IPV4.FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)
    if ((fragment & FRAGMENT_OFFSET) !== 0) return true
    const protocol = from.getUint8(at + IPV4.PROTOCOL)
    const end = total === 0 ? copy.originalLength : at + total
    const ends = { source: at + IPV4.SOURCE, destination: at + IPV4.DESTINATION }
    this.#carried(protocol, { ends, version: 4, start: at + headerLength, end, whole: fragment === 0, quoted })
    return true
  }

  #ipv6(at: number, quoted: boolean): boolean {
    const copy = this.#copy
    const { from } = copy
    if (!copy.has(at, IPV6.HEADER)) return false
    copy.keep(at, IPV6.SOURCE)
    copy.ipv6(at + IPV6.SOURCE)
    copy.ipv6(at + IPV6.DESTINATION)
    const length = from.getUint16(at + IPV6.LENGTH)
    const end = length === 0 ? copy.originalLength : at + IPV6.HEADER + length
    let next = from.getUint8(at + IPV6.NEXT)
    let start = at + IPV6.HEADER
    let whole = true
    let ends: Ends = { source: at + IPV6.SOURCE, destination: at + IPV6.DESTINATION }
    while (EXTENSIONS.has(next) && copy.has(start, 8)) {
      const fragment = next === Extension.FRAGMENT
      copy.keep(start, fragment ? 8 : 2)
      if (fragment && (from.getUint16(start + 2) & 0xfff8) !== 0) return true
      // One that is the first and the last is whole by itself (RFC 6946).
      whole &&= !fragment || (from.getUint16(start + 2) & 1) === 0
      const units = from.getUint8(start + 1)
      const after = next === Extension.AUTHENTICATION ? (units + 2) << 2 : fragment ? 8 : (units + 1) << 3
      ends = this.#endsBehind(next, start, Math.min(start + after, copy.length), ends)
      next = from.getUint8(start)
      start += after
    }
    this.#carried(next, { ends, version: 6, start, end, whole, quoted })
    return true
  }

  /** Keeps, mapped, what an extension header says of the connection's ends; routers on the way and the rest are gone. */
  #endsBehind(header: number, start: number, end: number, ends: Ends): Ends {
    const copy = this.#copy
    if (header === Extension.ROUTING) {
      const last = finalDestination(copy.from, start, end)
      if (last?.length !== WHOLE_ADDRESS) return ends
      copy.keep(start, ROUTING_KEPT)
      copy.ipv6(last.at)
      return { ...ends, destination: last.at }
    }
    const home = header === Extension.DESTINATION ? homeAddress(copy.from, start, end) : null
    if (home === null) return ends
    copy.keep(home.at - OPTION_HEADER, OPTION_HEADER)
    copy.ipv6(home.at)
    return { ...ends, source: home.at }
  }

  #carried(protocol: number, segment: Segment): void {
    if (segment.start >= this.#copy.length) return
    if (protocol === Next.IPV4 || protocol === Next.IPV6) this.ip(segment.start, segment.quoted)
    else if (protocol === Next.GRE) this.#gre(segment.start)
    else this.#transport.segment(protocol, segment)
  }

  #gre(at: number): void {
    const copy = this.#copy
    if (!copy.has(at, GRE.HEADER)) return
    const flags = copy.from.getUint16(at)
    if ((flags & (GRE.ROUTING | GRE.VERSION)) !== 0) return
    copy.keep(at, GRE.HEADER)
    let start = at + GRE.HEADER
    // Its checksum covers what was changed: zero, as the key's neighbour, says nothing.
    if ((flags & GRE.CHECKSUM) !== 0) start += 4
    for (const bit of [GRE.KEY, GRE.SEQUENCE]) {
      if ((flags & bit) === 0) continue
      copy.keep(start, 4)
      start += 4
    }
    this.#etherType(copy.from.getUint16(at + 2), start)
  }
}
