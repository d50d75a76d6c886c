import { Flag, Protocol, Stop } from '../packet/packet.ts'
import { AnalysisFlag } from './analysis/analysis-flag.ts'
import { completenessOf } from './completeness.ts'
import type { Current, PacketVisitor } from './current.ts'
import { distance } from './sequence.ts'
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

/** Where a side's numbers lie in its row. */
const Column = {
  RTT: 0,
  WINDOW: 4,
  RETRANSMITTED: 8,
  IDLE_MAX: 9,
  LAST_TIME: 10,
  PACKETS: 11,
  /** Behind the highest byte sent twice, and 1 once there is one. */
  AGAIN_END: 12,
  AGAIN: 13,
  COMPLETENESS: 14,
} as const
const SIDE_DOUBLES = 15

/** A spread's numbers, from its column. */
const Part = { MIN: 0, SUM: 1, MAX: 2, SAMPLES: 3 } as const

/** Collects, behind the analysis that it is given, what a conversation table tells beyond counts. */
export class FlowStatistics implements PacketVisitor {
  readonly #analysis: TcpAnalysis
  #numbers = new Float64Array(256 * 2 * SIDE_DOUBLES)

  constructor(analysis: TcpAnalysis) {
    this.#analysis = analysis
  }

  /** Sum of what was read while warming up: kept, so that no compiler finds the reading useless. */
  warmth = 0

  warm(flows: Int32Array, from: number, to: number): void {
    const numbers = this.#numbers
    const last = numbers.length - 2 * SIDE_DOUBLES
    let warmth = 0
    for (let i = from; i < to; i++) {
      const row = flows[i]! * 2 * SIDE_DOUBLES
      if (row < 0 || row > last) continue
      warmth += numbers[row]! + numbers[row + Column.RETRANSMITTED]!
      warmth += numbers[row + SIDE_DOUBLES]! + numbers[row + SIDE_DOUBLES + Column.RETRANSMITTED]!
    }
    this.warmth = warmth
  }

  visit(current: Current): void {
    const { packet, flow, side, frame } = current
    if (flow < 0 || packet.protocol !== Protocol.TCP || packet.stop !== Stop.NONE) return
    const analysis = this.#analysis
    const own = this.#row(flow, side)
    const peer = this.#row(flow, side ^ 1)
    const numbers = this.#numbers
    const isFirst = numbers[own + Column.PACKETS]! + numbers[peer + Column.PACKETS]! === 0
    numbers[own + Column.COMPLETENESS] = numbers[own + Column.COMPLETENESS]! | completenessOf(current, isFirst)
    this.#pace(own, frame.time)
    this.#repeat(own, packet.seq, packet.payloadLength)
    if ((packet.flags & (Flag.SYN | Flag.RST)) === 0) this.#sample(own + Column.WINDOW, analysis.window)
    if (analysis.acksFrame === 0) return
    const ambiguous = numbers[peer + Column.AGAIN] === 1 && distance(packet.ack, numbers[peer + Column.AGAIN_END]!) <= 0
    if (!ambiguous) this.#sample(peer + Column.RTT, analysis.ackRtt)
  }

  /** What is known of a side of a flow. */
  of(flow: number, side: number): SideStatistics {
    const row = this.#row(flow, side)
    const numbers = this.#numbers
    return {
      roundTrip: this.#spread(row + Column.RTT),
      window: this.#spread(row + Column.WINDOW),
      retransmittedBytes: numbers[row + Column.RETRANSMITTED]!,
      idleMax: numbers[row + Column.PACKETS]! < 2 ? null : numbers[row + Column.IDLE_MAX]!,
      completeness: numbers[row + Column.COMPLETENESS]!,
    }
  }

  #pace(row: number, time: number): void {
    const numbers = this.#numbers
    const idle = time - numbers[row + Column.LAST_TIME]!
    if (numbers[row + Column.PACKETS]! > 0 && idle > numbers[row + Column.IDLE_MAX]!)
      numbers[row + Column.IDLE_MAX] = idle
    numbers[row + Column.LAST_TIME] = time
    numbers[row + Column.PACKETS]!++
  }

  #repeat(row: number, seq: number, payloadLength: number): void {
    const { flags, advances } = this.#analysis
    const again = (flags & AnalysisFlag.RETRANSMISSION) !== 0 && !advances
    if (!again) return
    const numbers = this.#numbers
    numbers[row + Column.RETRANSMITTED]! += payloadLength
    const end = (seq + Math.max(payloadLength, 1)) | 0
    if (numbers[row + Column.AGAIN] === 1 && distance(end, numbers[row + Column.AGAIN_END]!) < 0) return
    numbers[row + Column.AGAIN_END] = end
    numbers[row + Column.AGAIN] = 1
  }

  #sample(column: number, value: number): void {
    const numbers = this.#numbers
    const samples = numbers[column + Part.SAMPLES]!
    if (samples === 0 || value < numbers[column + Part.MIN]!) numbers[column + Part.MIN] = value
    if (samples === 0 || value > numbers[column + Part.MAX]!) numbers[column + Part.MAX] = value
    numbers[column + Part.SUM]! += value
    numbers[column + Part.SAMPLES] = samples + 1
  }

  #spread(column: number): Spread | null {
    const numbers = this.#numbers
    const samples = numbers[column + Part.SAMPLES]!
    if (samples === 0) return null
    const mean = numbers[column + Part.SUM]! / samples
    return { min: numbers[column + Part.MIN]!, mean, max: numbers[column + Part.MAX]!, samples }
  }

  #row(flow: number, side: number): number {
    const row = (flow * 2 + side) * SIDE_DOUBLES
    if (row + SIDE_DOUBLES > this.#numbers.length) {
      const grown = new Float64Array(Math.max(this.#numbers.length * 2, row + 2 * SIDE_DOUBLES))
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    return row
  }
}
