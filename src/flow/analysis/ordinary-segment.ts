import { Flag } from '../../packet/packet.ts'
import { countInFlight } from './in-flight.ts'
import type { Segment } from './segment.ts'
import { noteRemarkable, SideBit, SideState, scaleOf } from './side-state.ts'
import type { UnackedSegments } from './unacked-segments.ts'
import { OPENS_OR_ENDS } from './window.ts'

/** Nothing is pending on its sender's side: it has a base, and the handshake is behind it. */
const SETTLED_SENDER = SideBit.BASE_SET | SideBit.ROUND_TRIP
const SENDER_BITS = SETTLED_SENDER | SideBit.FIRST_ACK
const SETTLED_RECEIVER = SideBit.BASE_SET
const RECEIVER_BITS = SideBit.BASE_SET | SideBit.GAP

/**
 * Whether the segment is one that no flag can be for: next in line, acknowledging what was seen, in an established flow
 * with open windows. Nearly all segments of a healthy capture are; they take the short way of `takeOrdinary`.
 */
export function isOrdinary(segment: Segment): boolean {
  const { words, forward, reverse, control, payloadLength, absoluteAck } = segment
  if ((control & (OPENS_OR_ENDS | Flag.ACK)) !== Flag.ACK || segment.headerWindow === 0) return false
  if ((words[forward + SideState.BITS]! & SENDER_BITS) !== SETTLED_SENDER) return false
  if ((words[reverse + SideState.BITS]! & RECEIVER_BITS) !== SETTLED_RECEIVER) return false
  const next = words[forward + SideState.NEXT_SEQ]!
  const contiguous = words[reverse + SideState.CONTIGUOUS]!
  if (segment.absoluteSeq !== next || next === 0 || contiguous === 0) return false
  if (((absoluteAck - contiguous) | 0) > 0) return false
  if (payloadLength === 0) return absoluteAck !== words[forward + SideState.LAST_ACK]
  return staysInside(segment)
}

/** Payload beyond what the receiver acknowledged and short of its window's edge. */
function staysInside(segment: Segment): boolean {
  const { words, reverse, payloadLength } = segment
  const peerAck = words[reverse + SideState.LAST_ACK]!
  const peerWindow = words[reverse + SideState.WINDOW]!
  if (payloadLength === 1 || peerWindow === 0 || peerAck === 0) return false
  const end = (segment.absoluteSeq + payloadLength) | 0
  const scale = scaleOf(words, reverse)
  const first = (words[reverse + SideState.BITS]! & SideBit.FIRST_ACK) !== 0
  const edge = (peerAck + (scale > 0 && !first ? peerWindow << scale : peerWindow)) | 0
  return end !== edge && ((end - peerAck) | 0) > 0
}

/** Takes a segment for which `isOrdinary` holds. */
export function takeOrdinary(segment: Segment, unacked: UnackedSegments): void {
  const { words, doubles, forward, frame, absoluteAck, payloadLength } = segment
  const seq = segment.absoluteSeq
  if ((words[forward + SideState.BITS]! & SideBit.REMARKABLE) !== 0) forget(segment)
  if (absoluteAck !== words[forward + SideState.LAST_ACK]) {
    words[forward + SideState.LAST_ACK] = absoluteAck
    words[forward + SideState.FIRST_ACK_FRAME] = frame
  }
  if (payloadLength > 0) {
    const end = (seq + payloadLength) | 0
    unacked.appendNext(segment, end)
    segment.advances = true
    words[forward + SideState.NEXT_SEQ] = end
    words[forward + SideState.NEXT_FRAME] = frame
    doubles[(forward + SideState.NEXT_TIME) >> 1] = segment.time
    if (words[forward + SideState.CONTIGUOUS] === seq) words[forward + SideState.CONTIGUOUS] = end
  }
  words[forward + SideState.WINDOW] = segment.headerWindow
  words[forward + SideState.LAST_FRAME] = frame
  doubles[(forward + SideState.LAST_TIME) >> 1] = segment.time
  if (words[segment.reverse + SideState.OLDEST] !== 0) unacked.acknowledge(segment)
  if (payloadLength > 0) countInFlight(segment)
}

/** Clears what was remarkable about its sender's segment before; duplicates go on as long as the same is acknowledged. */
function forget(segment: Segment): void {
  const { words, forward } = segment
  words[forward + SideState.LAST_FLAGS] = 0
  words[forward + SideState.SACKED] = 0
  if (segment.absoluteAck !== words[forward + SideState.LAST_ACK]) words[forward + SideState.DUPLICATES] = 0
  noteRemarkable(words, forward)
}
