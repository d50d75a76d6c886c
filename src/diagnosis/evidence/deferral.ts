import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import type { Confidence } from '../verdict.ts'
import { isServed } from './stance.ts'

/** TCP_RTO_MIN, the shortest time-out of any stack: what comes again sooner was not repeated by a timer. */
export const SHORTEST_TIMEOUT = 200e6
/** RFC 6298 §2.1 has the first repetition after 1 s; Linux leaves out those that fall into the time of deferral. */
const FIRST_LEFT_OUT = 2e9
/** Time-outs double, give or take a timer's coarseness: so long after the last one a full queue would have shown another. */
const NEXT_TIMEOUT = 2.2

/**
 * The server's system kept a finished handshake from its process until data came (TCP_DEFER_ACCEPT): it repeats its
 * SYN-ACK although the client's ACK has come, and stops when data does, or when the time set is over. A full queue does
 * not take the data, and does not stop.
 */
export interface Deferral {
  readonly confidence: Confidence
  /** The SYN-ACKs after the client's ACK. */
  readonly repeated: readonly SignalView[]
  /** From the handshake to the first of them. */
  readonly after: number
  /** Data ended it; else the time that was set. */
  readonly endedByData: boolean
}

/** Null where the SYN-ACK was not repeated after the handshake, or for another reason. */
export function deferralOf(judged: Case): Deferral | null {
  const { flow } = judged
  const handshake = flow.signals(Signal.HANDSHAKE)[0]
  const synAcks = flow.signals(Signal.SYN_ACK)
  if (handshake === undefined || !flow.has(State.SYN_ACK << flow.server)) return null
  const repeated = synAcks.filter(({ time }) => time - handshake.time >= SHORTEST_TIMEOUT)
  const [first] = repeated
  if (first === undefined) return null
  const endedByData = flow.payload(flow.client) > 0
  const after = first.time - handshake.time
  const leftOut = after > FIRST_LEFT_OUT && repeated.length === 1
  if (endedByData ? !tookDataAtOnce(flow, repeated.at(-1)!) : !leftOut && !stopped(judged, synAcks)) return null
  // A lost final ACK also has the SYN-ACK repeated once: at the first time-out, and not on one host.
  return { confidence: judged.isLocal || after > FIRST_LEFT_OUT ? 'likely' : 'suspected', repeated, after, endedByData }
}

/** The first data came after the last SYN-ACK, and was taken without being sent again. */
function tookDataAtOnce(flow: FlowView, last: SignalView): boolean {
  const reply = flow.signals(Signal.REPLY)[0]
  const first = flow.signals(Signal.PUSH)[0]?.time ?? (reply === undefined ? NaN : reply.time - flow.firstResponse)
  const taken = flow.acknowledged(flow.client) > 0 || isServed(flow)
  return taken && first >= last.time && flow.signals(Signal.RETRANSMISSION).length === 0
}

/** The next SYN-ACK would have been due within the capture, and did not come. */
function stopped({ flow, end }: Case, synAcks: readonly SignalView[]): boolean {
  const last = synAcks.at(-1)!
  return end - last.time > NEXT_TIMEOUT * (last.time - synAcks.at(-2)!.time) && !flow.has(State.RST << flow.server)
}
