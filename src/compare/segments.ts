import type { Current, PacketVisitor } from '../flow/current.ts'
import { distance } from '../flow/sequence.ts'
import { Flag, Protocol, Stop } from '../packet/packet.ts'

/** Segments of more packets than these are not matched: 32 bytes each. */
const MOST_SEGMENTS = 1 << 20
/** Thousands of equal segments (keep-alives of one second) must not make the search quadratic. */
const MOST_LOOKS = 4096
/** A connection whose numbers stay in the first quarter of all numbers may count from 0, as packet lists do. */
const LARGEST_RELATIVE = 1 << 30

/** What identifies a segment wherever on its way it was captured, for every TCP packet of a capture, or those of some ports. */
export class Segments implements PacketVisitor {
  count = 0
  /** Packets beyond what is kept. */
  omitted = 0
  seq = new Int32Array(1 << 12)
  ack = new Int32Array(1 << 12)
  /** Payload length and flags. */
  shape = new Int32Array(1 << 12)
  ipId = new Int32Array(1 << 12)
  frame = new Int32Array(1 << 12)
  /** Flow's row, and in the lowest bit the side that sent it. */
  origin = new Int32Array(1 << 12)
  /** Nanoseconds since the run's epoch. */
  time = new Float64Array(1 << 12)
  readonly #ports: ReadonlySet<number | string>

  /** Of all ports where none is named. */
  constructor(ports: Iterable<number | string> = []) {
    this.#ports = new Set(ports)
  }

  visit(current: Current): void {
    const { packet, frame } = current
    if (current.flow < 0 || packet.stop !== Stop.NONE || packet.protocol !== Protocol.TCP) return
    if (this.#ports.size > 0 && !this.#ports.has(packet.sourcePort) && !this.#ports.has(packet.destinationPort)) return
    if (this.count === MOST_SEGMENTS) {
      this.omitted++
      return
    }
    if (this.count === this.seq.length) this.#grow()
    const at = this.count++
    this.seq[at] = packet.seq
    this.ack[at] = (packet.flags & Flag.ACK) === 0 ? 0 : packet.ack
    this.shape[at] = (packet.payloadLength << 8) | packet.flags
    this.ipId[at] = packet.ipVersion === 4 ? packet.ipId : 0
    this.frame[at] = frame.number
    this.origin[at] = (current.flow << 1) | current.side
    this.time[at] = frame.time
  }

  #grow(): void {
    const grown = (old: Int32Array) => {
      const larger = new Int32Array(old.length * 2)
      larger.set(old)
      return larger
    }
    this.seq = grown(this.seq)
    this.ack = grown(this.ack)
    this.shape = grown(this.shape)
    this.ipId = grown(this.ipId)
    this.frame = grown(this.frame)
    this.origin = grown(this.origin)
    const time = new Float64Array(this.time.length * 2)
    time.set(this.time)
    this.time = time
  }
}

const hashOf = (segments: Segments, at: number): number => {
  const mixed = Math.imul(segments.seq[at]! ^ Math.imul(segments.ack[at]!, 0x9e3779b1), 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15) ^ segments.shape[at]!, 0x27d4eb2f)
}

/** For each segment of `a` its index in `b`, or -1. The same bytes sent twice are matched in order. */
export function matchSegments(a: Segments, b: Segments): Int32Array {
  const matched = new Int32Array(a.count).fill(-1)
  const taken = new Uint8Array(b.count)
  const index = new Index(b)
  // By its IP identification first: only it tells a segment from its retransmission. Some routers rewrite it.
  for (const exact of [true, false])
    for (let at = 0; at < a.count; at++) {
      if (matched[at]! >= 0) continue
      const found = index.find(a, at, taken, exact)
      if (found < 0) continue
      matched[at] = found
      taken[found] = 1
    }
  return matched
}

/** Segments by their hash, those of one hash in order of time. */
class Index {
  readonly #segments: Segments
  readonly #first: Int32Array
  readonly #next: Int32Array
  readonly #mask: number

  constructor(segments: Segments) {
    this.#segments = segments
    let size = 1024
    while (size < segments.count * 2) size *= 2
    this.#mask = size - 1
    this.#first = new Int32Array(size).fill(-1)
    this.#next = new Int32Array(segments.count)
    for (let at = segments.count - 1; at >= 0; at--) {
      const slot = (hashOf(segments, at) >>> 7) & this.#mask
      this.#next[at] = this.#first[slot]!
      this.#first[slot] = at
    }
  }

  find(a: Segments, at: number, taken: Uint8Array, exact: boolean): number {
    const b = this.#segments
    const slot = (hashOf(a, at) >>> 7) & this.#mask
    let looked = 0
    // Equal segments are taken in order: what is taken at the head of its chain is not looked at again.
    while (this.#first[slot]! >= 0 && taken[this.#first[slot]!] === 1)
      this.#first[slot] = this.#next[this.#first[slot]!]!
    for (let other = this.#first[slot]!; other >= 0 && looked < MOST_LOOKS; other = this.#next[other]!) {
      looked++
      if (taken[other] === 1 || b.seq[other] !== a.seq[at] || b.ack[other] !== a.ack[at]) continue
      if (b.shape[other] === a.shape[at] && (!exact || b.ipId[other] === a.ipId[at])) return other
    }
    return -1
  }
}

/**
 * Whether a segment is told from others' by its sequence number: a packet list as text, and a capture made from one,
 * count from 0 in every connection.
 */
export function hasRealNumbers(segments: Segments): boolean {
  for (let at = 0; at < segments.count; at++) {
    const syn = (segments.shape[at]! & Flag.SYN) !== 0
    if (syn && segments.seq[at] !== 0) return true
    if (!syn && Math.abs(distance(segments.seq[at]!, 0)) > LARGEST_RELATIVE) return true
  }
  return false
}
