import { Flag } from '../../packet/packet.ts'
import { countInFlight } from './in-flight.ts'
import type { Segment } from './segment.ts'
import { noteRemarkable, RareState, rareOf, SideBit, SideState } from './side-state.ts'
import { SOLE } from './unacked-node.ts'
import type { UnackedSegments } from './unacked-segments.ts'
import { OPENS_OR_ENDS } from './window.ts'

/** Nothing is pending on its sender's side: it has a base, and the handshake is behind it. */
const SETTLED_SENDER = SideBit.BASE_SET | SideBit.ROUND_TRIP
const SENDER_BITS = SETTLED_SENDER | SideBit.FIRST_ACK
const SETTLED_RECEIVER = SideBit.BASE_SET
const RECEIVER_BITS = SideBit.BASE_SET | SideBit.GAP
/** Where the receiver of payload has sent nothing but its SYN, its window is not a scaled one. */
const UNSCALED = SideBit.FIRST_ACK

/**
 * Whether the segment is one that no flag can be for: next in line, acknowledging what was seen, in an established flow
 * with open windows. Nearly all segments of a healthy capture are; they take the short way of `takeOrdinary`.
 */
export function isOrdinary(segment: Segment): boolean {
  const { words, forward, reverse, payloadLength, absoluteAck } = segment
  if ((segment.control & (OPENS_OR_ENDS | Flag.ACK)) !== Flag.ACK || segment.headerWindow === 0) return false
  const seq = segment.absoluteSeq
  const contiguous = words[reverse + SideState.CONTIGUOUS]!
  if (seq !== words[forward + SideState.NEXT_SEQ] || seq === 0 || contiguous === 0) return false
  const peerBits = words[reverse + SideState.BITS]!
  if ((words[forward + SideState.BITS]! & SENDER_BITS) !== SETTLED_SENDER) return false
  if ((peerBits & RECEIVER_BITS) !== SETTLED_RECEIVER || ((contiguous - absoluteAck) | 0) < 0) return false
  if (payloadLength === 0) return absoluteAck !== words[forward + SideState.LAST_ACK]
  // Payload beyond what the receiver acknowledged and short of its window's edge.
  const peerAck = words[reverse + SideState.LAST_ACK]!
  const peerWindow = words[reverse + SideState.WINDOW]!
  if (payloadLength === 1 || peerWindow === 0 || peerAck === 0) return false
  const end = (seq + payloadLength) | 0
  const scale = (peerBits & UNSCALED) === 0 ? peerBits >> SideBit.SCALE_SHIFT : 0
  const edge = (peerAck + (scale > 0 ? peerWindow << scale : peerWindow)) | 0
  return end !== edge && ((end - peerAck) | 0) > 0
}

/** Takes a segment for which `isOrdinary` holds. */
export function takeOrdinary(segment: Segment, unacked: UnackedSegments): void {
  const { words, doubles, forward, reverse, absoluteAck, headerWindow, frame, time } = segment
  const bits = words[forward + SideState.BITS]!
  if ((bits & SideBit.REMARKABLE) !== 0) forget(segment)
  if (absoluteAck !== words[forward + SideState.LAST_ACK]) {
    words[forward + SideState.LAST_ACK] = absoluteAck
    words[forward + SideState.FIRST_ACK_FRAME] = frame
  }
  words[forward + SideState.WINDOW] = headerWindow
  words[forward + SideState.LAST_FRAME] = frame
  doubles[(forward + SideState.LAST_TIME) >> 1] = time
  const scale = bits >> SideBit.SCALE_SHIFT
  segment.scale = scale
  segment.window = scale > 0 ? headerWindow << scale : headerWindow
  segment.seq = (segment.absoluteSeq - words[forward + SideState.BASE]!) | 0
  segment.ack = (absoluteAck - words[reverse + SideState.BASE]!) | 0
  if (segment.payloadLength > 0) takePayload(segment, unacked)
  const oldest = words[reverse + SideState.OLDEST]!
  if (oldest === SOLE) unacked.takeSole(segment)
  else if (oldest !== 0) unacked.acknowledge(segment)
}

/** Its payload goes on where its side's ended. */
function takePayload(segment: Segment, unacked: UnackedSegments): void {
  const { words, forward, payloadLength, frame, absoluteSeq } = segment
  const end = (absoluteSeq + payloadLength) | 0
  const alone = words[forward + SideState.OLDEST] === 0
  if (alone) {
    // One alone needs no place in the list: most are acknowledged before another follows.
    words[forward + SideState.OLDEST] = SOLE
    words[forward + SideState.LOW] = segment.seq
  } else {
    unacked.unfold(segment, forward)
    unacked.append(segment, end)
  }
  segment.advances = true
  words[forward + SideState.NEXT_SEQ] = end
  words[forward + SideState.NEXT_FRAME] = frame
  segment.doubles[(forward + SideState.NEXT_TIME) >> 1] = segment.time
  if (words[forward + SideState.CONTIGUOUS] === absoluteSeq) words[forward + SideState.CONTIGUOUS] = end
  countInFlight(segment)
}

/** Clears what was remarkable about its sender's segment before; duplicates go on as long as the same is acknowledged. */
function forget(segment: Segment): void {
  const { words, rare, forward } = segment
  const at = rareOf(forward)
  rare[at + RareState.LAST_FLAGS] = 0
  rare[at + RareState.SACKED] = 0
  if (segment.absoluteAck !== words[forward + SideState.LAST_ACK]) rare[at + RareState.DUPLICATES] = 0
  noteRemarkable(words, rare, forward)
}
