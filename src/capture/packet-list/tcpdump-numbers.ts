import { ControlBit, type ListedSegment } from './tcp-info.ts'

/** Sequence and acknowledgment number as a header holds them, but for their last 32 bits. */
export interface Numbers {
  readonly seq: number
  readonly ack: number
  /** Added to the edges of SACK blocks. */
  readonly edges: number
}

/**
 * Initial sequence numbers are spread over 32 bits (RFC 9293 §3.4.1): two that are smaller are counted from the start of a
 * connection, whose beginning an excerpt leaves out.
 */
const LARGEST_RELATIVE = 1 << 20

/**
 * The sequence numbers of a connection as tcpdump prints them. Of segments without ACK, and of the first one that has it, they are
 * those of the header; after that tcpdump counts from there, unless it is told not to (`-S`). Of a segment that has no
 * length, SYN, FIN or RST it prints no sequence number: that is where its side had come to.
 */
export class TcpdumpNumbers {
  /** What is counted from, by side; null before a segment with ACK was seen. */
  #bases: [number, number] | null = null
  readonly #next: [number | null, number | null] = [null, null]
  readonly #acknowledged: [number | null, number | null] = [null, null]

  /** Puts the header's numbers back. `absolute`: all numbers are those of the header. Segments have to come in order. */
  place(side: 0 | 1, segment: ListedSegment, absolute: boolean): Numbers {
    const other = side === 0 ? 1 : 0
    const hasAck = (segment.flags & ControlBit.ACK) !== 0
    const isCounted = hasAck && !absolute && this.#isCounted(side, segment)
    const [own, peer] = isCounted ? [this.#bases![side], this.#bases![other]] : [0, 0]
    const seq = segment.seq === null ? (this.#next[side] ?? this.#acknowledged[other] ?? 0) : segment.seq + own
    const ack = segment.ack + peer
    this.#goOn(side, seq, segment)
    if (hasAck) this.#acknowledged[side] = ack
    return { seq, ack, edges: peer }
  }

  /** Whether a number of a connection that was seen from its start is nearer to what that starts with than to 0; null where nobody knows. */
  tellsAbsolute(side: 0 | 1, { flags, ack }: ListedSegment): boolean | null {
    const isBare = (flags & (ControlBit.ACK | ControlBit.SYN)) === ControlBit.ACK
    if (this.#bases === null || !isBare) return null
    return Math.abs((ack - this.#bases[side === 0 ? 1 : 0]) | 0) < Math.abs(ack | 0)
  }

  /** True where the segment's numbers count from the bases; sets these where it is what others count from. */
  #isCounted(side: 0 | 1, { flags, seq, ack }: ListedSegment): boolean {
    const starts = (flags & ControlBit.SYN) !== 0
    if (!starts && this.#bases !== null) return true
    const excerpt = !starts && Math.max(seq ?? 0, ack) < LARGEST_RELATIVE
    const own = seq ?? this.#next[side] ?? 0
    if (excerpt) this.#bases = [0, 0]
    else this.#bases = side === 0 ? [own, ack - 1] : [ack - 1, own]
    return false
  }

  #goOn(side: 0 | 1, seq: number, { flags, payloadLength }: ListedSegment): void {
    const isSyn = (flags & ControlBit.SYN) !== 0
    const isFin = (flags & ControlBit.FIN) !== 0
    const end = seq + payloadLength + (isSyn ? 1 : 0) + (isFin ? 1 : 0)
    const next = this.#next[side]
    if (next === null || isSyn || ((end - next) | 0) > 0) this.#next[side] = end
  }
}
