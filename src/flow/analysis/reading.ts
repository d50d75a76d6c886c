import { AnalysisFlag } from './analysis-flag.ts'
import type { Segment } from './segment.ts'
import { RareState, rareOf, SideState, scaleOf } from './side-state.ts'

/** What a segment is where Wireshark's name for it misleads, and the numbers that show it. */
export interface Reading {
  readonly name: 'zero_window_probe' | 'keep_alive_ack' | 'recorded_after_its_ack' | 'recorded_before_its_cause'
  readonly because: string
}

/** How often the capture put an acknowledgment before the bytes that it acknowledges. */
export class Inversions {
  /** Acknowledgments of bytes that had not been seen. */
  unseen = 0
  /** Segments that came after their acknowledgment with bytes never seen before. */
  late = 0

  /** Counts the segment, whose analysis is done. */
  count(segment: Segment): void {
    if ((segment.flags & AnalysisFlag.ACK_LOST_SEGMENT) !== 0) this.unseen++
    if ((segment.flags & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0 && segment.advances) this.late++
  }
}

/**
 * The reading of a segment whose Wireshark name misleads, or null. Wireshark's flags stay as they are:
 * this stands beside them.
 */
export function readingOf(segment: Segment, inversions: Inversions): Reading | null {
  const { flags } = segment
  if ((flags & AnalysisFlag.KEEP_ALIVE) !== 0) return probe(segment)
  if ((flags & AnalysisFlag.WINDOW_UPDATE) !== 0) return keepAliveAck(segment)
  if ((flags & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0) return lateBytes(segment)
  if ((flags & AnalysisFlag.ACK_LOST_SEGMENT) !== 0) return earlyAck(inversions)
  return null
}

/** Linux probes a closed window with a segment before the next byte (tcp_write_wakeup), as a keep-alive looks too. */
function probe(segment: Segment): Reading | null {
  const { words, reverse } = segment
  if (words[reverse + SideState.WINDOW] !== 0) return null
  return {
    name: 'zero_window_probe',
    because: `the receiver’s window was 0 in frame ${words[reverse + SideState.LAST_FRAME]}: this asks whether it opened, with ${segment.payloadLength} bytes before the next sequence number`,
  }
}

/** The window before it was a SYN's, which is never scaled: the two cannot be compared (RFC 7323 §2.2). */
function keepAliveAck(segment: Segment): Reading | null {
  const { words, rare, forward, reverse, previousWindow } = segment
  if ((rare[rareOf(reverse) + RareState.LAST_FLAGS]! & AnalysisFlag.KEEP_ALIVE) === 0) return null
  if (!segment.afterSyn) return null
  const shift = Math.max(scaleOf(words, forward), 0)
  return {
    name: 'keep_alive_ack',
    because: `it answers the keep-alive in frame ${words[reverse + SideState.LAST_FRAME]}; the window that it is compared with is that of the SYN in frame ${segment.previousFrame}, ${previousWindow} and not scaled, against ${segment.headerWindow} shifted by ${shift} = ${segment.window}`,
  }
}

/** Bytes acknowledged before they are seen for the first time have not been sent twice. */
function lateBytes(segment: Segment): Reading | null {
  if (!segment.advances) return null
  const { words, doubles, reverse, payloadLength } = segment
  const age = segment.time - doubles[(reverse + SideState.LAST_TIME) >> 1]!
  return {
    name: 'recorded_after_its_ack',
    because: `its ${payloadLength} bytes had not been seen before, and frame ${words[reverse + SideState.LAST_FRAME]}, ${milliseconds(age)} earlier, acknowledges them: the capture recorded the answer before its cause`,
  }
}

/** What follows cannot be known yet: said where most unseen bytes of this capture did follow. */
function earlyAck(inversions: Inversions): Reading | null {
  const before = inversions.unseen - 1
  if (inversions.late === 0 || inversions.late * 2 < before) return null
  return {
    name: 'recorded_before_its_cause',
    because: `of ${before} earlier acknowledgments of unseen bytes in this capture, ${inversions.late} were followed by those bytes: it records answers before their causes`,
  }
}

const milliseconds = (nanoseconds: number): string => `${Math.round(nanoseconds / 1e3) / 1e3} ms`
