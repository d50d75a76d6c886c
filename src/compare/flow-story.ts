import { distance } from '../flow/sequence.ts'
import { Flag, type Packet } from '../packet/packet.ts'
import { Fold } from './fold.ts'
import { Spread } from './spread.ts'
import type { Side, Step, Word } from './step.ts'
import { StoryEnd } from './story-end.ts'

/** Steps that wait for what comes of them: whether a push is acknowledged or answered is known only later. */
const WAITING = 64
/** Sizes of messages that are counted apart. */
const MOST_SIZES = 32

/** Follows one flow and tells it as a short sequence. Bounded: {@link WAITING} steps and the fold's rounds. */
export class FlowStory {
  readonly fold = new Fold(true)
  ends: readonly [StoryEnd, StoryEnd] = [new StoryEnd(), new StoryEnd()]
  readonly #waiting: Step[] = []
  readonly #ackOf: (readonly [number, Step])[][] = [[], []]
  readonly start: number
  readonly firstFrame: number
  end = 0
  lastFrame = 0
  packets = 0
  /** Without a SYN or SYN-ACK at its beginning: the handshake was before the capture. */
  midstream = true
  /** A SYN-ACK or payload was seen. */
  established = false
  /** A FIN or RST was seen. */
  ended = false
  /** Times from SYN to SYN-ACK. */
  readonly handshake = new Spread()
  #unanswered: Step | null = null
  #synTime = Number.NaN
  /** Side that sent a SYN-ACK; -1 while none did. */
  #answering = -1
  #handshaken = false

  constructor(time: number, frame: number) {
    this.start = time
    this.firstFrame = frame
  }

  observe(packet: Packet, side: Side, frame: number, time: number): void {
    this.end = time
    this.lastFrame = frame
    this.packets++
    const flags = packet.flags
    if ((flags & Flag.ACK) !== 0) this.#acknowledge(packet, side, frame, time)
    if ((flags & Flag.SYN) !== 0) this.#syn(packet, side, frame, time)
    else if ((flags & Flag.RST) !== 0) this.#reset(side, frame, time)
    else this.#segment(packet, side, frame, time)
  }

  /** Lets out what still waits. Call once, after the last packet. */
  finish(): void {
    while (this.#waiting.length > 0) this.#release()
  }

  /** Exchanges the sides: what was 0 is the server. */
  turn(): void {
    this.ends = [this.ends[1], this.ends[0]]
    for (const round of this.fold.rounds) for (const step of round.steps) step.side = (step.side ^ 1) as Side
  }

  #syn(packet: Packet, side: Side, frame: number, time: number): void {
    const answering = (packet.flags & Flag.ACK) !== 0
    const own = this.ends[side]
    if (this.packets <= 2) this.midstream = false
    own.next = (packet.seq + 1 + packet.payloadLength) | 0
    own.nextKnown = true
    own.synWindow = packet.window
    if (answering && this.#answering < 0) {
      this.#answering = side
      if (!Number.isNaN(this.#synTime)) this.handshake.add(time - this.#synTime)
    }
    if (!answering) this.#synTime = time
    this.#tell(side, answering ? 'SYN-ACK' : 'SYN', 0, frame, time)
    this.established ||= answering
  }

  #reset(side: Side, frame: number, time: number): void {
    this.ended = true
    this.#tell(side, 'RST', 0, frame, time)
  }

  #segment(packet: Packet, side: Side, frame: number, time: number): void {
    const own = this.ends[side]
    own.noteWindow(packet.window)
    if (!own.nextKnown) {
      own.next = packet.seq
      own.nextKnown = true
    }
    const fresh = distance((packet.seq + packet.payloadLength) | 0, own.next)
    // RFC 9293 §3.8.4: a keep-alive lies one byte before what comes next.
    if (distance(packet.seq, own.next) === -1 && packet.payloadLength <= 1) own.keepAlives++
    else if (packet.payloadLength > 0 && fresh <= 0) own.retransmissions++
    else if (packet.payloadLength > 0) this.#payload(packet, side, frame, time, fresh)
    if ((packet.flags & Flag.FIN) !== 0 && !own.fin) this.#fin(side, frame, time)
  }

  #payload(packet: Packet, side: Side, frame: number, time: number, fresh: number): void {
    const own = this.ends[side]
    this.established = true
    own.next = (own.next + fresh) | 0
    own.payload += fresh
    if (own.open === null || this.#waiting.at(-1) !== own.open) own.open = this.#tell(side, 'push', 0, frame, time)
    own.open.bytes += fresh
    this.#expect(side, own.open)
    this.#answer(side, own.open)
    if ((packet.flags & Flag.PSH) === 0) return
    const { bytes } = own.open
    if (own.sizes.has(bytes) || own.sizes.size < MOST_SIZES) own.sizes.set(bytes, (own.sizes.get(bytes) ?? 0) + 1)
    own.open = null
  }

  #fin(side: Side, frame: number, time: number): void {
    const own = this.ends[side]
    own.fin = true
    own.open = null
    own.next = (own.next + 1) | 0
    this.ended = true
    this.#expect(side, this.#tell(side, 'FIN', 0, frame, time))
  }

  #answer(side: Side, step: Step): void {
    const open = this.#unanswered
    if (open !== null && open.side !== side) {
      this.ends[open.side].answerDelay.add(step.time - open.time)
      this.#unanswered = null
    }
    this.#unanswered ??= step
  }

  /** Remembers up to where `step` must be acknowledged; a capture may hold the acknowledgment before its cause. */
  #expect(side: Side, step: Step): void {
    const other = this.ends[side ^ 1]!
    const own = this.ends[side]
    if (other.ackedKnown && distance(other.acked, own.next) >= 0) {
      this.#acked(step, other.ackFrame, other.ackTime)
      return
    }
    const open = this.#ackOf[side]!
    if (open.at(-1)?.[1] === step) open.pop()
    open.push([own.next, step])
    if (open.length > WAITING) open.shift()
  }

  #acknowledge(packet: Packet, side: Side, frame: number, time: number): void {
    const own = this.ends[side]
    const pure = packet.payloadLength === 0 && (packet.flags & (Flag.SYN | Flag.FIN | Flag.RST)) === 0
    const completing = this.#answering === (side ^ 1) && !this.#handshaken && (packet.flags & Flag.RST) === 0
    if (completing && (packet.flags & Flag.SYN) === 0) {
      // Also where the first payload brings it along.
      this.#handshaken = true
      this.#tell(side, 'ACK', 0, frame, time)
    }
    own.acked = packet.ack
    own.ackedKnown = true
    own.ackFrame = frame
    own.ackTime = time
    const open = this.#ackOf[side ^ 1]!
    while (open.length > 0 && distance(packet.ack, open[0]![0]) >= 0) {
      const [, step] = open.shift()!
      if (pure) this.#acked(step, frame, time)
    }
  }

  #acked(step: Step, frame: number, time: number): void {
    if (!Number.isNaN(step.ackTime)) return
    step.ackFrame = frame
    step.ackTime = time
    if (step.word === 'push') this.ends[step.side].ackDelay.add(Math.max(0, time - step.time))
  }

  #tell(side: Side, word: Word, bytes: number, frame: number, time: number): Step {
    const step: Step = { side, word, bytes, frame, time, ackTime: Number.NaN, ackFrame: 0 }
    this.#waiting.push(step)
    if (this.#waiting.length > WAITING) this.#release()
    return step
  }

  /**
   * An acknowledgment is a step of its own only where the end that sent it says nothing before the other goes on:
   * whether it comes alone or on the answer's back is a matter of milliseconds, not of what happens.
   */
  #release(): void {
    const step = this.#waiting.shift()!
    this.fold.add(step)
    if (Number.isNaN(step.ackTime) || this.#waiting[0]?.side === (step.side ^ 1)) return
    const side = (step.side ^ 1) as Side
    const none = { ackTime: Number.NaN, ackFrame: 0 }
    this.fold.add({ side, word: 'ack', bytes: 0, frame: step.ackFrame, time: step.ackTime, ...none })
  }
}
