import type { Engine } from '../engine/engine.ts'
import { FOUND, FOUND_WORDS, Found } from '../engine/memory-map.ts'
import { Flag, type Packet, Protocol, Stop } from '../packet/packet.ts'
import { repeatedAckFlags, unseenAckFlags } from './analysis/acknowledgment.ts'
import { AnalysisFlag } from './analysis/analysis-flag.ts'
import { RunMemory } from './analysis/analysis-memory.ts'
import { countInFlight } from './analysis/in-flight.ts'
import { OptionState } from './analysis/option-state.ts'
import { Inversions, type Reading, readingOf } from './analysis/reading.ts'
import { retransmissionFlags } from './analysis/retransmission.ts'
import { Segment } from './analysis/segment.ts'
import {
  FLOW_WORDS,
  FlowTime,
  noteRemarkable,
  RareState,
  rareOf,
  SIDE_WORDS,
  SideBit,
  SideState,
  scaleOf,
  timeOf,
} from './analysis/side-state.ts'
import { UnackedSegments } from './analysis/unacked-segments.ts'
import { agreeOnScale, isZeroWindowProbe, scaleWindow, windowFlags } from './analysis/window.ts'
import type { Current, PacketVisitor } from './current.ts'
import type { Flows } from './flows.ts'
import { distance } from './sequence.ts'

const NO_FLAGS = 0
const UNSEEN = AnalysisFlag.ACK_LOST_SEGMENT | AnalysisFlag.SPURIOUS_RETRANSMISSION
const RETRANSMISSIONS =
  AnalysisFlag.RETRANSMISSION | AnalysisFlag.FAST_RETRANSMISSION | AnalysisFlag.SPURIOUS_RETRANSMISSION

/**
 * Wireshark's sequence analysis (its 4.0 series), segment by segment in the order of the file. After `visit` its fields
 * tell of that segment. Allocates nothing per packet; its state per flow is of fixed size but for the unacknowledged
 * segments, which have bounds of their own.
 */
export class TcpAnalysis extends Segment implements PacketVisitor {
  readonly #unacked = new UnackedSegments()
  readonly #options = new OptionState()
  readonly inversions = new Inversions()
  /** Takes segments that no flag can be for, where what is known of flows lies in its memory. */
  #engine: Engine | null = null
  #found: Int32Array = new Int32Array()
  #foundDoubles: Float64Array = new Float64Array()

  /** Unacknowledged segments that were not kept: round trips and bytes in flight may be wrong where this is not 0. */
  get dropped(): number {
    return this.#unacked.dropped
  }

  get isServed(): boolean {
    return this.#engine !== null
  }

  /** What the segment is where Wireshark's name for it misleads; null elsewhere. */
  reading(): Reading | null {
    return this.flags === NO_FLAGS ? null : readingOf(this, this.inversions)
  }

  begin(flows: Flows): void {
    const memory = RunMemory.of(flows)
    if (memory === null) return
    const { engine } = flows
    this.memory = memory
    this.#engine = engine
    this.#found = new Int32Array(engine.memory.buffer, FOUND, FOUND_WORDS)
    this.#foundDoubles = new Float64Array(engine.memory.buffer, FOUND, FOUND_WORDS >> 1)
  }

  visit(current: Current): void {
    const { packet } = current
    this.clear()
    if (current.flow < 0 || packet.protocol !== Protocol.TCP || packet.stop !== Stop.NONE) return
    this.#enter(current)
    const isAnalysed = current.index >= 0 && this.#engine?.analyse(current.index, this.frame) === 1
    if (isAnalysed) this.#readFound()
    else this.#examine(current)
  }

  /** What the engine found. */
  #readFound(): void {
    const outcome = this.#found
    this.#number()
    this.window = outcome[Found.WINDOW]!
    this.bytesInFlight = outcome[Found.IN_FLIGHT]!
    if (this.bytesInFlight > 0) this.pushBytesSent = outcome[Found.PUSHED]!
    this.advances = this.payloadLength > 0 || (this.control & (Flag.SYN | Flag.FIN)) !== 0
    const acksFrame = outcome[Found.ACKS_FRAME]!
    if (acksFrame === 0) return
    this.acksFrame = acksFrame
    this.ackRtt = this.#foundDoubles[Found.ACK_RTT >> 1]!
  }

  /** A segment for which there may be a flag, as far as the engine can tell. */
  #examine(current: Current): void {
    this.#unacked.unfold(this, this.forward)
    this.#unacked.unfold(this, this.reverse)
    this.previousFrame = this.words[this.forward + SideState.LAST_FRAME]!
    this.previousWindow = this.words[this.forward + SideState.WINDOW]!
    this.afterSyn = (this.words[this.forward + SideState.BITS]! & SideBit.FIRST_ACK) !== 0
    this.#setBases()
    this.#recognizeSyn(current)
    this.#sequence()
    this.#number()
    this.#handshake(current.packet)
    noteRemarkable(this.words, this.rare, this.forward)
    noteRemarkable(this.words, this.rare, this.reverse)
    if ((this.flags & UNSEEN) !== 0) this.inversions.count(this)
  }

  /** Sequence numbers from the bases; an acknowledgment number without its bit stays as it is. */
  #number(): void {
    const { words } = this
    this.seq = (this.absoluteSeq - words[this.forward + SideState.BASE]!) | 0
    const acknowledges = (this.control & Flag.ACK) !== 0
    this.ack = acknowledges ? (this.absoluteAck - words[this.reverse + SideState.BASE]!) | 0 : this.absoluteAck
  }

  #enter(current: Current): void {
    const { packet, frame } = current
    this.prepare(current.flow)
    const base = current.flow * FLOW_WORDS
    const forward = base + current.side * SIDE_WORDS
    this.base = base
    this.forward = forward
    this.reverse = forward ^ SIDE_WORDS
    this.previousTime = this.doubles[(forward + SideState.LAST_TIME) >> 1]!
    this.frame = frame.number
    this.time = frame.time
    this.absoluteSeq = packet.seq
    this.absoluteAck = packet.ack
    this.control = packet.flags
    this.headerWindow = packet.window
    this.payloadLength = packet.payloadLength
    // A SYN's own options do not count for it.
    this.scale = scaleOf(this.words, forward)
  }

  /** A SYN on known ports: another connection, or the same one's again. */
  #recognizeSyn(current: Current): void {
    if ((this.control & Flag.SYN) === 0) return
    const { words, forward } = this
    const base = words[forward + SideState.BASE]!
    if ((this.control & Flag.ACK) !== 0) {
      if (base === this.absoluteSeq) return
      // Wireshark stays in the stream and counts from the new number on.
      words[forward + SideState.BASE] = this.absoluteSeq
      this.#unacked.rebase(this)
      this.flags |= AnalysisFlag.REUSED_PORTS
    } else if (current.reused) this.flags |= AnalysisFlag.REUSED_PORTS
    // A RST that repeats an acknowledgment number can have moved it away (RFC 9293 §3.10.7).
    else if (this.previousFrame !== 0) words[forward + SideState.NEXT_SEQ] = words[forward + SideState.CONTIGUOUS]!
  }

  /** The numbers that are shown as 0; 1 is shown first where the SYN is missing. */
  #setBases(): void {
    const { words, forward, reverse, control } = this
    if ((words[forward + SideState.BITS]! & SideBit.BASE_SET) === 0) {
      words[forward + SideState.BASE] = (control & Flag.SYN) === 0 ? this.absoluteSeq - 1 : this.absoluteSeq
      words[forward + SideState.BITS] = words[forward + SideState.BITS]! | SideBit.BASE_SET
    }
    if ((control & Flag.ACK) === 0) return
    if ((words[reverse + SideState.BITS]! & SideBit.BASE_SET) === 0)
      words[reverse + SideState.BASE] = this.absoluteAck - 1
    words[reverse + SideState.BITS] = (words[reverse + SideState.BITS]! | SideBit.BASE_SET) & ~SideBit.GAP
  }

  #sequence(): void {
    const { words, rare, forward, reverse } = this
    let flags = this.flags
    if (isZeroWindowProbe(this)) flags |= AnalysisFlag.ZERO_WINDOW_PROBE
    else flags |= windowFlags(this) | this.#lostFlag() | repeatedAckFlags(this)
    if (this.absoluteAck !== words[forward + SideState.LAST_ACK]) {
      words[forward + SideState.FIRST_ACK_FRAME] = this.frame
      rare[rareOf(forward) + RareState.DUPLICATES] = 0
    }
    flags |= unseenAckFlags(this)
    flags |= retransmissionFlags(this, flags)
    if ((flags & RETRANSMISSIONS) === AnalysisFlag.RETRANSMISSION) this.#unacked.retransmitted(this)
    this.flags = flags
    this.#advance(flags)
    words[forward + SideState.WINDOW] = this.headerWindow
    words[forward + SideState.LAST_ACK] = this.absoluteAck
    rare[rareOf(forward) + RareState.LAST_FLAGS] = flags
    words[forward + SideState.LAST_FRAME] = this.frame
    this.doubles[(forward + SideState.LAST_TIME) >> 1] = this.time
    if (words[reverse + SideState.OLDEST] !== 0) this.#unacked.acknowledge(this)
    countInFlight(this)
  }

  #lostFlag(): number {
    const next = this.words[this.forward + SideState.NEXT_SEQ]!
    if (next === 0 || (this.control & Flag.RST) !== 0 || distance(next, this.absoluteSeq) >= 0) return NO_FLAGS
    this.words[this.forward + SideState.BITS] = this.words[this.forward + SideState.BITS]! | SideBit.GAP
    return AnalysisFlag.LOST_SEGMENT
  }

  /** Remembers how far its side has got. A zero-window probe does not count. */
  #advance(flags: number): void {
    const { words, forward } = this
    const counted = (this.control & (Flag.SYN | Flag.FIN)) === 0 ? 0 : 1
    let end = (this.absoluteSeq + this.payloadLength) | 0
    if (this.payloadLength + counted > 0) {
      const complete = (end + counted) | 0
      // Wireshark counts SYN and FIN only where its list had room for the segment.
      if (this.#unacked.append(this, complete)) end = complete
    }
    if ((flags & AnalysisFlag.ZERO_WINDOW_PROBE) !== 0) return
    const next = words[forward + SideState.NEXT_SEQ]!
    if (next === 0 || distance(next, end) < 0) {
      this.advances = true
      words[forward + SideState.NEXT_SEQ] = end
      words[forward + SideState.NEXT_FRAME] = this.frame
      this.doubles[(forward + SideState.NEXT_TIME) >> 1] = this.time
    }
    const contiguous = words[forward + SideState.CONTIGUOUS]!
    if (contiguous === 0 || contiguous === this.absoluteSeq)
      words[forward + SideState.CONTIGUOUS] = words[forward + SideState.NEXT_SEQ]!
  }

  /** What the handshake settles: scaling, Fast Open and the first round trip. */
  #handshake(packet: Packet): void {
    const { words, rareDoubles, base, forward, reverse, control } = this
    scaleWindow(this)
    this.#options.read(this, packet)
    const synTime = timeOf(base, FlowTime.SYN)
    const roundTrip = timeOf(base, FlowTime.INITIAL_RTT)
    if ((control & Flag.SYN) !== 0) {
      if ((control & Flag.ACK) === 0) rareDoubles[synTime] = this.time
      else if (this.ack >>> 0 > 1) this.flags |= AnalysisFlag.TFO_ACK
      else if (((words[forward + SideState.BITS]! | words[reverse + SideState.BITS]!) & SideBit.FAST_OPEN_DATA) !== 0)
        this.flags |= AnalysisFlag.TFO_IGNORED
      words[forward + SideState.BITS] = words[forward + SideState.BITS]! | SideBit.FIRST_ACK
      // Options that the capture cut off leave it open.
      if (packet.optionsEnd === packet.payloadStart) agreeOnScale(this)
    } else if ((control & Flag.ACK) !== 0) {
      words[forward + SideState.BITS] = words[forward + SideState.BITS]! & ~SideBit.FIRST_ACK
      if (rareDoubles[roundTrip] === 0 && !Number.isNaN(rareDoubles[synTime]!)) this.#measure(roundTrip, synTime)
    }
  }

  #measure(roundTrip: number, synTime: number): void {
    const { words, rareDoubles, forward, reverse } = this
    rareDoubles[roundTrip] = this.time - rareDoubles[synTime]!
    if (rareDoubles[roundTrip] === 0) return
    words[forward + SideState.BITS] = words[forward + SideState.BITS]! | SideBit.ROUND_TRIP
    words[reverse + SideState.BITS] = words[reverse + SideState.BITS]! | SideBit.ROUND_TRIP
  }
}
