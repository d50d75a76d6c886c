import { Flag } from '../../packet/packet.ts'
import { distance } from '../sequence.ts'
import { AnalysisFlag } from './analysis-flag.ts'
import type { Segment } from './segment.ts'
import { RareState, rareOf, SideState } from './side-state.ts'
import { OPENS_OR_ENDS } from './window.ts'

/**
 * What a segment without payload repeats: it may update the window, answer a keep-alive or a probe, or be a duplicate.
 * A keep-alive's and a probe's answer are no duplicates.
 */
export function repeatedAckFlags(segment: Segment): number {
  if (segment.payloadLength !== 0 || (segment.control & OPENS_OR_ENDS) !== 0) return 0
  const { words, rare, forward, reverse, headerWindow } = segment
  if (segment.absoluteSeq !== words[forward + SideState.NEXT_SEQ]) return 0
  if (segment.absoluteAck !== words[forward + SideState.LAST_ACK]) return 0
  const peerFlags = rare[rareOf(reverse) + RareState.LAST_FLAGS]!
  if (headerWindow !== words[forward + SideState.WINDOW]) return headerWindow === 0 ? 0 : AnalysisFlag.WINDOW_UPDATE
  if (headerWindow === 0)
    return (peerFlags & AnalysisFlag.ZERO_WINDOW_PROBE) === 0 ? 0 : AnalysisFlag.ZERO_WINDOW_PROBE_ACK
  if ((peerFlags & AnalysisFlag.KEEP_ALIVE) !== 0) return AnalysisFlag.KEEP_ALIVE_ACK
  const duplicates = rareOf(forward) + RareState.DUPLICATES
  const repeated = rare[duplicates]!
  rare[duplicates] = repeated === -1 ? 1 : repeated + 1
  segment.duplicateAckNumber = rare[duplicates]!
  segment.duplicateAckFrame = words[forward + SideState.FIRST_ACK_FRAME]!
  return AnalysisFlag.DUPLICATE_ACK
}

/**
 * An acknowledgment of bytes that the capture does not hold. Told once for each gap; where nothing at all was seen
 * behind the contiguous bytes, once until the other side acknowledges something new.
 */
export function unseenAckFlags(segment: Segment): number {
  const { words, rare, reverse } = segment
  const contiguous = words[reverse + SideState.CONTIGUOUS]!
  if (contiguous === 0 || (segment.control & Flag.ACK) === 0) return 0
  // Half of all numbers away is beyond, for Wireshark.
  if (distance(contiguous, segment.absoluteAck) >= 0) return 0
  const next = words[reverse + SideState.NEXT_SEQ]!
  if (distance(next, contiguous) > 0) {
    words[reverse + SideState.CONTIGUOUS] = next
    return AnalysisFlag.ACK_LOST_SEGMENT
  }
  const duplicates = rareOf(reverse) + RareState.DUPLICATES
  const first = rare[duplicates] === 0
  rare[duplicates] = -1
  return first ? AnalysisFlag.ACK_LOST_SEGMENT : 0
}
