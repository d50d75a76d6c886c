import type { BeatView } from '../../flow/beats.ts'
import type { FlowView } from '../../flow/flow-view.ts'

// Both are written out for the assembly by the build.
/**
 * Two equal gaps are the least that shows a period.
 * @public
 */
export const LEAST_BEATS = 3
/**
 * A timer's beats are even: their deviation is small against the period; what people or events send is not.
 * @public
 */
export const EVEN = 0.1

/** TCP options take up to this much of a segment that is full (RFC 9293 §3.7.1). */
const OPTIONS = 40

/** The client's beat, where it is even enough to come from a timer: so queries look, and one-way reports may. */
export function rhythmOf(flow: FlowView): BeatView | null {
  const beat = flow.beat
  if (beat === null || beat.count < LEAST_BEATS) return null
  // What comes at one time by the capture's clock has no period.
  if (beat.periodMs === 0 || beat.jitterMs > EVEN * beat.periodMs) return null
  return fillsSegments(flow, beat.size) ? null : beat
}

/** Segments as large as they may be are pieces of a transfer, however evenly they come. */
function fillsSegments(flow: FlowView, size: number): boolean {
  const mss = flow.syn(flow.server)?.mss ?? 0
  return mss > 0 && size >= mss - OPTIONS
}
