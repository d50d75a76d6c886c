import { Flag, Protocol, Stop } from '../packet/packet.ts'
import { AnalysisFlag } from './analysis/analysis-flag.ts'
import { completenessOf } from './completeness.ts'
import type { Current, PacketVisitor } from './current.ts'
import type { Flows } from './flows.ts'
import { distance } from './sequence.ts'
import {
  COMPLETENESS,
  ownStatistics,
  RARE_STATISTICS_WORDS,
  SideCount,
  STATISTICS_SIDE_WORDS,
  STATISTICS_WORDS,
  statisticsOfRun,
  Told,
} from './statistics-memory.ts'
import type { TcpAnalysis } from './tcp-analysis.ts'

/** Smallest, mean and largest of some samples. */
export interface Spread {
  readonly min: number
  readonly mean: number
  readonly max: number
  readonly samples: number
}

/** What one side of a connection did, as tcptrace reckons it. Times are nanoseconds. */
export interface SideStatistics {
  /** From its payload, SYN or FIN to the acknowledgment; null without one. Nothing that was sent twice counts (Karn). */
  readonly roundTrip: Spread | null
  /** Windows that it told, in bytes; those of SYNs and RSTs do not count. */
  readonly window: Spread | null
  /** Payload that it sent again. */
  readonly retransmittedBytes: number
  /** Longest time between two of its packets; null where it sent fewer. */
  readonly idleMax: number | null
  /** Bits of `Completeness` that its packets added. */
  readonly completeness: number
}

/** Collects, behind the analysis that it is given, what a conversation table tells beyond counts. */
export class FlowStatistics implements PacketVisitor {
  readonly #analysis: TcpAnalysis
  #memory = ownStatistics()
  #isInEngine = false

  constructor(analysis: TcpAnalysis) {
    this.#analysis = analysis
  }

  begin(flows: Flows): void {
    const memory = this.#analysis.isServed ? statisticsOfRun(flows) : null
    if (memory === null) return
    this.#memory = memory
    this.#isInEngine = true
  }

  get isServed(): boolean {
    return this.#isInEngine
  }

  visit(current: Current): void {
    const { packet, flow, side, frame } = current
    if (flow < 0 || packet.protocol !== Protocol.TCP || packet.stop !== Stop.NONE) return
    const analysis = this.#analysis
    this.#prepare(flow)
    const own = countsOf(flow, side)
    const { words } = this.#memory.rows
    const sentBefore = words[own + SideCount.BITS]! | words[countsOf(flow, side ^ 1) + SideCount.BITS]!
    const bits = completenessOf(current, (sentBefore & Told.ONE) === 0)
    this.#pace(own, frame.time - analysis.previousTime, bits)
    this.#repeat(flow, side, packet.seq, packet.payloadLength)
    if ((packet.flags & (Flag.SYN | Flag.RST)) === 0) this.#tellWindow(own, analysis.window)
    if (analysis.acksFrame !== 0) this.#tellRoundTrip(own, packet.ack, analysis.ackRtt)
  }

  /** What is known of a side of a flow. */
  of(flow: number, side: number): SideStatistics {
    this.#prepare(flow)
    const { words, doubles } = this.#memory.rows
    const own = countsOf(flow, side)
    const bits = words[own + SideCount.BITS]!
    return {
      roundTrip: this.#roundTrip(countsOf(flow, side ^ 1)),
      window: this.#window(own),
      retransmittedBytes: this.#memory.rare.doubles[retransmittedBy(flow, side)]!,
      idleMax: (bits & Told.MORE) === 0 ? null : doubles[(own + SideCount.IDLE_MAX) >> 1]!,
      completeness: bits & COMPLETENESS,
    }
  }

  #prepare(flow: number): void {
    const { rows, rare } = this.#memory
    if (flow < rows.count) return
    this.#memory.reserve(flow)
    rows.count = rare.count = flow + 1
  }

  /** `idle` is known where the side sent something before. */
  #pace(own: number, idle: number, told: number): void {
    const { words, doubles } = this.#memory.rows
    const bits = words[own + SideCount.BITS]!
    const idleMax = (own + SideCount.IDLE_MAX) >> 1
    if ((bits & Told.ONE) !== 0 && idle > doubles[idleMax]!) doubles[idleMax] = idle
    words[own + SideCount.BITS] = bits | told | ((bits & Told.ONE) === 0 ? Told.ONE : Told.MORE)
  }

  #repeat(flow: number, side: number, seq: number, payloadLength: number): void {
    const { flags, advances } = this.#analysis
    const again = (flags & AnalysisFlag.RETRANSMISSION) !== 0 && !advances
    if (!again) return
    const { rows, rare } = this.#memory
    rare.doubles[retransmittedBy(flow, side)]! += payloadLength
    const peer = countsOf(flow, side ^ 1)
    const [bits, furthest] = [peer + SideCount.BITS, peer + SideCount.AGAIN_END]
    const end = (seq + Math.max(payloadLength, 1)) | 0
    if ((rows.words[bits]! & Told.AGAIN) !== 0 && distance(end, rows.words[furthest]!) < 0) return
    rows.words[furthest] = end
    rows.words[bits] = rows.words[bits]! | Told.AGAIN
  }

  #tellWindow(own: number, window: number): void {
    const { words, doubles } = this.#memory.rows
    const told = words[own + SideCount.WINDOWS]!
    if (told === 0 || window < words[own + SideCount.WINDOW_MIN]!) words[own + SideCount.WINDOW_MIN] = window
    if (told === 0 || window > words[own + SideCount.WINDOW_MAX]!) words[own + SideCount.WINDOW_MAX] = window
    doubles[(own + SideCount.WINDOW_SUM) >> 1]! += window
    words[own + SideCount.WINDOWS] = told + 1
  }

  /** Nothing that was sent twice counts (Karn). */
  #tellRoundTrip(own: number, ack: number, roundTrip: number): void {
    const { words, doubles } = this.#memory.rows
    const again = (words[own + SideCount.BITS]! & Told.AGAIN) !== 0
    if (again && distance(ack, words[own + SideCount.AGAIN_END]!) <= 0) return
    const samples = words[own + SideCount.TRIPS]!
    const [min, max] = [(own + SideCount.TRIP_MIN) >> 1, (own + SideCount.TRIP_MAX) >> 1]
    if (samples === 0 || roundTrip < doubles[min]!) doubles[min] = roundTrip
    if (samples === 0 || roundTrip > doubles[max]!) doubles[max] = roundTrip
    doubles[(own + SideCount.TRIP_SUM) >> 1]! += roundTrip
    words[own + SideCount.TRIPS] = samples + 1
  }

  #window(own: number): Spread | null {
    const { words, doubles } = this.#memory.rows
    const samples = words[own + SideCount.WINDOWS]! >>> 0
    if (samples === 0) return null
    const mean = doubles[(own + SideCount.WINDOW_SUM) >> 1]! / samples
    return { min: words[own + SideCount.WINDOW_MIN]!, mean, max: words[own + SideCount.WINDOW_MAX]!, samples }
  }

  /** Of what the other side acknowledged. */
  #roundTrip(peer: number): Spread | null {
    const { words, doubles } = this.#memory.rows
    const samples = words[peer + SideCount.TRIPS]! >>> 0
    if (samples === 0) return null
    const at = (place: number) => doubles[(peer + place) >> 1]!
    const mean = at(SideCount.TRIP_SUM) / samples
    return { min: at(SideCount.TRIP_MIN), mean, max: at(SideCount.TRIP_MAX), samples }
  }
}

/** Where a side's words lie among the rows. */
const countsOf = (flow: number, side: number): number => flow * STATISTICS_WORDS + side * STATISTICS_SIDE_WORDS
/** Where its retransmitted bytes lie among the rare ones, read as float64. */
const retransmittedBy = (flow: number, side: number): number => (flow * RARE_STATISTICS_WORDS) / 2 + side
