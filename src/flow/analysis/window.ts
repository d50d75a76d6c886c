import { Flag } from '../../packet/packet.ts'
import { AnalysisFlag } from './analysis-flag.ts'
import type { Segment } from './segment.ts'
import { SideBit, SideState, scaleOf, setScale } from './side-state.ts'

/** Segments that open or end a connection say nothing about windows and keep-alives. */
export const OPENS_OR_ENDS = Flag.SYN | Flag.FIN | Flag.RST

/** One byte that is next in line, while the receiver's window is closed. */
export function isZeroWindowProbe(segment: Segment): boolean {
  const { words, forward, reverse } = segment
  return (
    segment.payloadLength === 1 &&
    segment.absoluteSeq === words[forward + SideState.NEXT_SEQ] &&
    words[reverse + SideState.WINDOW] === 0
  )
}

/** Zero window, keep-alive and window full: what a segment says whatever the peer sent before it. */
export function windowFlags(segment: Segment): number {
  if ((segment.control & OPENS_OR_ENDS) !== 0) return 0
  const { words, forward, payloadLength } = segment
  let flags = segment.headerWindow === 0 ? AnalysisFlag.ZERO_WINDOW : 0
  if (payloadLength <= 1 && segment.absoluteSeq === ((words[forward + SideState.NEXT_SEQ]! - 1) | 0))
    flags |= AnalysisFlag.KEEP_ALIVE
  if (payloadLength > 0 && fillsWindow(segment)) flags |= AnalysisFlag.WINDOW_FULL
  return flags
}

function fillsWindow(segment: Segment): boolean {
  const { words, reverse } = segment
  const scale = scaleOf(words, reverse)
  if (scale === -1) return false
  const shift = scale < 0 || (words[reverse + SideState.BITS]! & SideBit.FIRST_ACK) !== 0 ? 0 : scale
  const edge = words[reverse + SideState.LAST_ACK]! + (words[reverse + SideState.WINDOW]! << shift)
  return ((segment.absoluteSeq + segment.payloadLength) | 0) === (edge | 0)
}

/** The window in bytes. */
export function scaleWindow(segment: Segment): void {
  const { scale, control, headerWindow } = segment
  segment.window = scale > 0 && (control & Flag.SYN) === 0 ? headerWindow << scale : headerWindow
}

/** Settles after a SYN what both sides' windows are shifted by: both must have offered it (RFC 7323 §2.2). */
export function agreeOnScale(segment: Segment): void {
  const { words, forward, reverse, control } = segment
  if (scaleOf(words, forward) === -1) {
    setScale(words, forward, -2)
    setScale(words, reverse, -2)
  } else if ((control & Flag.ACK) !== 0 && scaleOf(words, reverse) === -2) {
    setScale(words, forward, -2)
  }
}
