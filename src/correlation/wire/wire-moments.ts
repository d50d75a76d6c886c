import type { FrameTable } from '../../capture/frame-table.ts'
import type { Current, PacketVisitor } from '../../flow/current.ts'
import { advance, distance } from '../../flow/sequence.ts'
import { Flag, Protocol, Stop } from '../../packet/packet.ts'
import { flagsOf, seqOf, windowOf } from '../../packet/plain-segment.ts'
import { CaptureClock } from './capture-clock.ts'
import { type Moment, MomentKind, MomentLog, NONE } from './moment-log.ts'

/** How many of a kind are kept per side: enough to match lines with, bounded however long a connection lives. */
const KEPT = [16, 8, 1, 512, 2, 2, 8] as const
const MOMENT_KINDS = KEPT.length
/** All sides together: 2 M moments are 50 MB. Later ones are counted in `dropped` alone. */
const MOST = 2_000_000
const FIRST_SIDES = 256

/** A side's words, as many as a line of the cache has; times are float64 at an even word. */
const Side = {
  /** Its first and its last moment. */
  HEAD: 0,
  TAIL: 1,
  /** Highest sequence number after payload, to tell new bytes from repeated ones; valid where it has sent some. */
  NEXT_SEQ: 2,
  /** Pushes, also those beyond what is kept; and the last of them. */
  PUSHES: 3,
  LAST_PUSH_FRAME: 4,
  LAST_PUSH_CAPTURE: 5,
  LAST_PUSH_TIME: 6,
  /** The first and the last time of what is kept. */
  FROM: 8,
  TO: 10,
  /** uint16: how many of each kind are kept, and behind them whether NEXT_SEQ is valid. */
  COUNTS: 12,
} as const
const SIDE_WORDS = 16

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
  readonly #log = new MomentLog()
  #sides = 0
  #words = new Int32Array(FIRST_SIDES * SIDE_WORDS)
  #doubles = new Float64Array(this.#words.buffer)
  #halves = new Uint16Array(this.#words.buffer)

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
    const at = side * SIDE_WORDS
    const words = this.#words
    words[at + Side.PUSHES]!++
    words[at + Side.LAST_PUSH_FRAME] = this.#number
    words[at + Side.LAST_PUSH_CAPTURE] = this.#from
    this.#doubles[(at + Side.LAST_PUSH_TIME) >> 1] = this.#now
  }

  /** Payload bytes that this side had not sent before: none in a keep-alive, a probe or a retransmission. */
  #freshBytes(side: number, seq: number, payloadLength: number): number {
    const at = side * SIDE_WORDS
    const end = advance(seq, payloadLength)
    const started = 2 * (at + Side.COUNTS) + MOMENT_KINDS
    if (this.#halves[started] === 0) {
      this.#halves[started] = 1
      this.#words[at + Side.NEXT_SEQ] = end
      return payloadLength
    }
    const fresh = distance(end, this.#words[at + Side.NEXT_SEQ]!)
    if (fresh <= 0) return 0
    this.#words[at + Side.NEXT_SEQ] = end
    return Math.min(fresh, payloadLength)
  }

  #keep(kind: MomentKind, side: number, bytes = 0): void {
    const at = side * SIDE_WORDS
    const count = 2 * (at + Side.COUNTS) + kind
    if (this.#halves[count]! >= KEPT[kind] || this.#log.count >= MOST) {
      this.dropped++
      return
    }
    this.#halves[count]!++
    const number = this.#log.add(kind, this.#from, this.#number, this.#now, bytes)
    const tail = this.#words[at + Side.TAIL]!
    if (tail === NONE) this.#words[at + Side.HEAD] = number
    else this.#log.setNext(tail, number)
    this.#words[at + Side.TAIL] = number
    const doubles = this.#doubles
    if (this.#now < doubles[(at + Side.FROM) >> 1]!) doubles[(at + Side.FROM) >> 1] = this.#now
    if (this.#now > doubles[(at + Side.TO) >> 1]!) doubles[(at + Side.TO) >> 1] = this.#now
  }

  #growSides(side: number): void {
    const before = this.#sides
    this.#sides = side + 1
    if (this.#sides * SIDE_WORDS > this.#words.length) this.#enlarge()
    for (let at = before * SIDE_WORDS; at < this.#sides * SIDE_WORDS; at += SIDE_WORDS) {
      this.#words[at + Side.HEAD] = NONE
      this.#words[at + Side.TAIL] = NONE
      this.#doubles[(at + Side.FROM) >> 1] = Number.POSITIVE_INFINITY
      this.#doubles[(at + Side.TO) >> 1] = Number.NEGATIVE_INFINITY
    }
  }

  #enlarge(): void {
    const before = this.#words
    this.#words = new Int32Array(Math.max(before.length * 2, this.#sides * SIDE_WORDS))
    this.#words.set(before)
    this.#doubles = new Float64Array(this.#words.buffer)
    this.#halves = new Uint16Array(this.#words.buffer)
  }

  /** What was kept of a side and of these kinds, in file order. */
  momentsOf(side: number, ...kinds: readonly MomentKind[]): Moment[] {
    let wanted = 0
    for (const kind of kinds) wanted += this.countOf(side, kind)
    const moments: Moment[] = []
    for (let number = this.#first(side); moments.length < wanted; number = this.#log.next(number))
      if (kinds.includes(this.#log.kindOf(number))) moments.push(this.#log.at(number))
    return moments
  }

  /** How many of a kind were kept of a side. */
  countOf(side: number, kind: MomentKind): number {
    return side < this.#sides ? this.#halves[2 * (side * SIDE_WORDS + Side.COUNTS) + kind]! : 0
  }

  /** How many new payloads a side sent, kept or not. */
  pushesOf(side: number): number {
    return side < this.#sides ? this.#words[side * SIDE_WORDS + Side.PUSHES]! : 0
  }

  /** When a side first acknowledged anything after a frame, be it with payload; null where it did not. */
  acknowledgedAfter(side: number, frame: number): Moment | null {
    for (let number = this.#first(side); number !== NONE; number = this.#log.next(number)) {
      const kind = this.#log.kindOf(number)
      if ((kind === MomentKind.ACK || kind === MomentKind.PUSH) && this.#log.frameOf(number) > frame)
        return this.#log.at(number)
    }
    return null
  }

  /** The first and the last time that is kept of a side; from positive to negative infinity where nothing is. */
  spanOf(side: number): { readonly from: number; readonly to: number } {
    if (side >= this.#sides) return { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
    const at = side * SIDE_WORDS
    const from = this.#doubles[(at + Side.FROM) >> 1]!
    const to = this.#doubles[(at + Side.TO) >> 1]!
    if (this.countOf(side, MomentKind.PUSH) === 0) return { from, to }
    const last = this.#doubles[(at + Side.LAST_PUSH_TIME) >> 1]!
    return { from: Math.min(from, last), to: Math.max(to, last) }
  }

  #first(side: number): number {
    return side < this.#sides ? this.#words[side * SIDE_WORDS + Side.HEAD]! : NONE
  }

  /** The side's last new payload, also where it is beyond what is kept. */
  lastPushOf(side: number): Moment | null {
    if (this.countOf(side, MomentKind.PUSH) === 0) return null
    const at = side * SIDE_WORDS
    return {
      kind: MomentKind.PUSH,
      capture: this.#words[at + Side.LAST_PUSH_CAPTURE]!,
      frame: this.#words[at + Side.LAST_PUSH_FRAME]!,
      time: this.#doubles[(at + Side.LAST_PUSH_TIME) >> 1]!,
      bytes: 0,
    }
  }
}
