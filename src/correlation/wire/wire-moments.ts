import type { FrameTable } from '../../capture/frame-table.ts'
import type { Current, PacketVisitor } from '../../flow/current.ts'
import { advance, distance } from '../../flow/sequence.ts'
import { Flag, Protocol, Stop } from '../../packet/packet.ts'
import { flagsOf, seqOf, windowOf } from '../../packet/plain-segment.ts'
import { CaptureClock } from './capture-clock.ts'

/** What a segment did that a log line may speak of. */
export const MomentKind = { SYN: 0, SYN_ACK: 1, ACK: 2, PUSH: 3, FIN: 4, RST: 5, ZERO_WINDOW: 6 } as const
export type MomentKind = (typeof MomentKind)[keyof typeof MomentKind]

/** How many of a kind are kept per side: enough to match lines with, bounded however long a connection lives. */
const KEPT = [16, 8, 1, 512, 2, 2, 8] as const
const MOMENT_KINDS = KEPT.length
/** All sides together: 2 M moments are 50 MB. Later ones are counted in `dropped` alone. */
const MOST = 2_000_000
const FIRST_ROWS = 1024
const FIRST_SIDES = 256
const NONE = -1

/** One kept moment, as a log line is compared with it. */
export interface Moment {
  readonly kind: MomentKind
  /** Which of the given captures holds it, and its number there. */
  readonly capture: number
  readonly frame: number
  /** Nanoseconds since the run's epoch. */
  readonly time: number
  /** New payload bytes of a push; else 0. */
  readonly bytes: number
}

/**
 * Collects, per side of each flow, the segments that processes write about: handshake, new payload, closes, zero windows.
 * A side is `flow << 1 | side`, side 0 being the sender of the flow's first packet.
 */
export class WireMoments implements PacketVisitor {
  readonly clock = new CaptureClock()
  /** Moments beyond what is kept. */
  dropped = 0
  /** Of the frame that is looked at: its time, its number, and its capture's. */
  #now = 0
  #number = 0
  #from = 0
  #rows = 0
  #kind = new Uint8Array(FIRST_ROWS)
  #frame = new Int32Array(FIRST_ROWS)
  #capture = new Uint16Array(FIRST_ROWS)
  #bytes = new Int32Array(FIRST_ROWS)
  #time = new Float64Array(FIRST_ROWS)
  #next = new Int32Array(FIRST_ROWS)
  #sides = 0
  #head = new Int32Array(FIRST_SIDES).fill(NONE)
  #tail = new Int32Array(FIRST_SIDES).fill(NONE)
  /** Highest sequence number after payload, to tell new bytes from repeated ones; valid where `#started`. */
  #nextSeq = new Int32Array(FIRST_SIDES)
  #started = new Uint8Array(FIRST_SIDES)
  #count = new Uint16Array(FIRST_SIDES * MOMENT_KINDS)
  /** Pushes, also those beyond what is kept. */
  #pushes = new Int32Array(FIRST_SIDES)
  #lastPushFrame = new Int32Array(FIRST_SIDES)
  #lastPushCapture = new Uint16Array(FIRST_SIDES)
  #lastPushTime = new Float64Array(FIRST_SIDES)

  visit({ frame, packet, flow, side }: Current): void {
    this.#look(frame.capture, frame.number, frame.time)
    if (flow < 0 || packet.protocol !== Protocol.TCP || packet.stop !== Stop.NONE) return
    this.#take((flow << 1) | side, packet.flags, packet.seq, packet.payloadLength, packet.window)
  }

  visitSegments(frames: FrameTable, from: number, to: number): void {
    const { view, segments, payloads, rows, sides } = frames
    for (let index = from; index < to; index++) {
      this.#look(frames.capture, frames.first + index, frames.time(index))
      const flow = rows[index]!
      if (flow < 0) continue
      const at = segments[index]!
      this.#take((flow << 1) | sides[index]!, flagsOf(view, at), seqOf(view, at), payloads[index]!, windowOf(view, at))
    }
  }

  /** Goes on to the next frame. */
  #look(capture: number, number: number, stamp: number): void {
    this.#now = this.clock.timeOf(capture, stamp)
    this.#number = number
    this.#from = capture
  }

  #take(side: number, flags: number, seq: number, payloadLength: number, window: number): void {
    if ((side | 1) >= this.#sides) this.#growSides(side | 1)
    if (flags & Flag.RST) this.#keep(MomentKind.RST, side)
    else if (flags & Flag.SYN) this.#keep(flags & Flag.ACK ? MomentKind.SYN_ACK : MomentKind.SYN, side)
    else {
      const fresh = this.#freshBytes(side, seq, payloadLength)
      if (fresh > 0) this.#keepPush(side, fresh)
      else if (flags & Flag.ACK) this.#keep(MomentKind.ACK, side)
      if (window === 0) this.#keep(MomentKind.ZERO_WINDOW, side)
      if (flags & Flag.FIN) this.#keep(MomentKind.FIN, side)
    }
  }

  #keepPush(side: number, fresh: number): void {
    this.#keep(MomentKind.PUSH, side, fresh)
    this.#pushes[side]!++
    this.#lastPushFrame[side] = this.#number
    this.#lastPushCapture[side] = this.#from
    this.#lastPushTime[side] = this.#now
  }

  /** Payload bytes that this side had not sent before: none in a keep-alive, a probe or a retransmission. */
  #freshBytes(side: number, seq: number, payloadLength: number): number {
    const end = advance(seq, payloadLength)
    if (this.#started[side] === 0) {
      this.#started[side] = 1
      this.#nextSeq[side] = end
      return payloadLength
    }
    const fresh = distance(end, this.#nextSeq[side]!)
    if (fresh <= 0) return 0
    this.#nextSeq[side] = end
    return Math.min(fresh, payloadLength)
  }

  #keep(kind: MomentKind, side: number, bytes = 0): void {
    const slot = side * MOMENT_KINDS + kind
    if (this.#count[slot]! >= KEPT[kind] || this.#rows >= MOST) {
      this.dropped++
      return
    }
    this.#count[slot]!++
    const row = this.#rows++
    if (row === this.#kind.length) this.#growRows()
    this.#kind[row] = kind
    this.#frame[row] = this.#number
    this.#capture[row] = this.#from
    this.#bytes[row] = bytes
    this.#time[row] = this.#now
    this.#next[row] = NONE
    if (this.#tail[side] === NONE) this.#head[side] = row
    else this.#next[this.#tail[side]!] = row
    this.#tail[side] = row
  }

  #growRows(): void {
    const length = this.#kind.length * 2
    this.#kind = enlarged(this.#kind, new Uint8Array(length))
    this.#frame = enlarged(this.#frame, new Int32Array(length))
    this.#capture = enlarged(this.#capture, new Uint16Array(length))
    this.#bytes = enlarged(this.#bytes, new Int32Array(length))
    this.#time = enlarged(this.#time, new Float64Array(length))
    this.#next = enlarged(this.#next, new Int32Array(length))
  }

  #growSides(side: number): void {
    this.#sides = side + 1
    if (this.#sides <= this.#head.length) return
    const length = Math.max(this.#head.length * 2, this.#sides)
    this.#head = enlarged(this.#head, new Int32Array(length).fill(NONE))
    this.#tail = enlarged(this.#tail, new Int32Array(length).fill(NONE))
    this.#nextSeq = enlarged(this.#nextSeq, new Int32Array(length))
    this.#started = enlarged(this.#started, new Uint8Array(length))
    this.#count = enlarged(this.#count, new Uint16Array(length * MOMENT_KINDS))
    this.#pushes = enlarged(this.#pushes, new Int32Array(length))
    this.#lastPushFrame = enlarged(this.#lastPushFrame, new Int32Array(length))
    this.#lastPushCapture = enlarged(this.#lastPushCapture, new Uint16Array(length))
    this.#lastPushTime = enlarged(this.#lastPushTime, new Float64Array(length))
  }

  /** What was kept of a side and of these kinds, in file order. */
  momentsOf(side: number, ...kinds: readonly MomentKind[]): Moment[] {
    let wanted = 0
    for (const kind of kinds) wanted += this.countOf(side, kind)
    const moments: Moment[] = []
    for (let row = this.#first(side); moments.length < wanted; row = this.#next[row]!)
      if (kinds.includes(this.#kind[row] as MomentKind)) moments.push(this.#moment(row))
    return moments
  }

  /** How many of a kind were kept of a side. */
  countOf(side: number, kind: MomentKind): number {
    return side < this.#sides ? this.#count[side * MOMENT_KINDS + kind]! : 0
  }

  /** How many new payloads a side sent, kept or not. */
  pushesOf(side: number): number {
    return side < this.#sides ? this.#pushes[side]! : 0
  }

  /** When a side first acknowledged anything after a frame, be it with payload; null where it did not. */
  acknowledgedAfter(side: number, frame: number): Moment | null {
    for (let row = this.#first(side); row !== NONE; row = this.#next[row]!) {
      const kind = this.#kind[row]
      if ((kind === MomentKind.ACK || kind === MomentKind.PUSH) && this.#frame[row]! > frame) return this.#moment(row)
    }
    return null
  }

  /** The first and the last time that is kept of a side; from positive to negative infinity where nothing is. */
  spanOf(side: number): { readonly from: number; readonly to: number } {
    const last = this.countOf(side, MomentKind.PUSH) === 0 ? Number.NaN : this.#lastPushTime[side]!
    let from = Number.isNaN(last) ? Number.POSITIVE_INFINITY : last
    let to = Number.isNaN(last) ? Number.NEGATIVE_INFINITY : last
    for (let row = this.#first(side); row !== NONE; row = this.#next[row]!) {
      const time = this.#time[row]!
      if (time < from) from = time
      if (time > to) to = time
    }
    return { from, to }
  }

  #first(side: number): number {
    return side < this.#sides ? this.#head[side]! : NONE
  }

  #moment(row: number): Moment {
    return {
      kind: this.#kind[row] as MomentKind,
      capture: this.#capture[row]!,
      frame: this.#frame[row]!,
      time: this.#time[row]!,
      bytes: this.#bytes[row]!,
    }
  }

  /** The side's last new payload, also where it is beyond what is kept. */
  lastPushOf(side: number): Moment | null {
    if (this.countOf(side, MomentKind.PUSH) === 0) return null
    return {
      kind: MomentKind.PUSH,
      capture: this.#lastPushCapture[side]!,
      frame: this.#lastPushFrame[side]!,
      time: this.#lastPushTime[side]!,
      bytes: 0,
    }
  }
}

function enlarged<T extends Uint8Array | Uint16Array | Int32Array | Float64Array>(from: T, into: T): T {
  into.set(from)
  return into
}
