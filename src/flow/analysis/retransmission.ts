import { Flag } from '../../packet/packet.ts'
import { distance } from '../sequence.ts'
import { AnalysisFlag } from './analysis-flag.ts'
import type { Segment } from './segment.ts'
import { FlowTime, RareState, rareOf, SideState, timeOf } from './side-state.ts'

/** A segment this soon after the second duplicate ACK was sent because of it. */
const FAST = 20e6
/** Segments cannot overtake each other by more than a round trip; this is taken where it is not known. */
const UNKNOWN_RTT = 3e6
/** Wireshark reckons delays as unsigned 64-bit numbers: a clock that went back makes them huge. */
const UNSIGNED = 2 ** 64

const unsigned = (nanoseconds: number): number => (nanoseconds < 0 ? nanoseconds + UNSIGNED : nanoseconds)

/**
 * Payload, SYN or FIN that was sent before: which kind of repetition it is. Fast and
 * spurious ones are retransmissions too. `known` are the flags found so far.
 */
export function retransmissionFlags(segment: Segment, known: number): number {
  const { words, rare, forward, reverse, payloadLength, absoluteSeq } = segment
  if (payloadLength === 0 && (segment.control & (Flag.SYN | Flag.FIN)) === 0) return 0
  if ((known & AnalysisFlag.KEEP_ALIVE) !== 0) return 0
  const next = words[forward + SideState.NEXT_SEQ]!
  // More than a byte from one before the next: new data behind a probe's byte.
  const repeats =
    next !== 0 && distance(absoluteSeq, next) < 0 && !(payloadLength > 1 && absoluteSeq === ((next - 1) | 0))
  const peerAck = words[reverse + SideState.LAST_ACK]!
  if (payloadLength > 0 && peerAck !== 0 && distance((absoluteSeq + payloadLength) | 0, peerAck) <= 0)
    return AnalysisFlag.RETRANSMISSION | AnalysisFlag.SPURIOUS_RETRANSMISSION
  if (!repeats) return 0
  // Wireshark compares without a sign: the -1 that follows an ACK of unseen data counts as many duplicates.
  if (rare[rareOf(reverse) + RareState.DUPLICATES]! >>> 0 >= 2 && peerAck === absoluteSeq && isFast(segment))
    return AnalysisFlag.RETRANSMISSION | AnalysisFlag.FAST_RETRANSMISSION
  return isOvertaken(segment, next) ? AnalysisFlag.OUT_OF_ORDER : AnalysisFlag.RETRANSMISSION
}

function isFast(segment: Segment): boolean {
  return unsigned(segment.time - segment.doubles[(segment.reverse + SideState.LAST_TIME) >> 1]!) < FAST
}

function isOvertaken(segment: Segment, next: number): boolean {
  const { doubles, rareDoubles, base, forward, control } = segment
  const counted = (control & (Flag.SYN | Flag.FIN)) === 0 ? 0 : 1
  if (next === ((segment.absoluteSeq + segment.payloadLength + counted) | 0)) return false
  const roundTrip = rareDoubles[timeOf(base, FlowTime.INITIAL_RTT)]!
  const limit = roundTrip === 0 ? UNKNOWN_RTT : unsigned(roundTrip)
  return unsigned(segment.time - doubles[(forward + SideState.NEXT_TIME) >> 1]!) < limit
}
