import { Flag } from '../../packet/packet.ts'
import type { Segment } from './segment.ts'
import { RareState, rareOf, SideBit, SideState } from './side-state.ts'

/** Beyond this the numbers make no sense: Wireshark shows nothing then. */
const IMPLAUSIBLE = 2_000_000_000

/** Sets the payload on its way and since the last PSH, where the segment carries some and no gap is open. */
export function countInFlight(segment: Segment): void {
  const { words, forward, payloadLength, control } = segment
  const bits = words[forward + SideState.BITS]!
  if (payloadLength === 0 || (bits & SideBit.GAP) !== 0 || words[forward + SideState.OLDEST] === 0) return
  const high = segment.rare[rareOf(forward) + RareState.HIGH]!
  const inFlight = (high - words[forward + SideState.LOW]! - sackedBy(segment)) >>> 0
  const pushed = (bits & SideBit.PUSHED) === 0 ? words[forward + SideState.PUSHED]! + payloadLength : payloadLength
  words[forward + SideState.PUSHED] = pushed
  words[forward + SideState.BITS] = (control & Flag.PSH) === 0 ? bits & ~SideBit.PUSHED : bits | SideBit.PUSHED
  if (inFlight === 0 || inFlight >= IMPLAUSIBLE) return
  segment.bytesInFlight = (control & (Flag.SYN | Flag.FIN)) === 0 ? inFlight : inFlight - 1
  if (segment.bytesInFlight > 0) segment.pushBytesSent = pushed
}

/** Bytes that the receiver's last segment told it has beyond what it acknowledged. */
function sackedBy({ words, rare, reverse }: Segment): number {
  const remarkable = (words[reverse + SideState.BITS]! & SideBit.REMARKABLE) !== 0
  return remarkable ? rare[rareOf(reverse) + RareState.SACKED]! : 0
}
