import type { BeatView } from '../../flow/beats.ts'
import type { FlowView } from '../../flow/flow-view.ts'

/**
 * Two equal gaps are the least that shows a period. Written out for the assembly by the build.
 * @public
 */
export const LEAST_BEATS = 3
/** A timer's beats are even: their deviation is small against the period; what people or events send is not. */
const EVEN = 0.1

/** TCP options take up to this much of a segment that is full (RFC 9293 §3.7.1). */
const OPTIONS = 40

/** The client's beat, where it is even enough to come from a timer: so queries look, and one-way reports may. */
export function rhythmOf(flow: FlowView): BeatView | null {
  const beat = flow.beat
  if (beat === null || beat.count < LEAST_BEATS || fillsSegments(flow, beat.size)) return null
  return beat.jitterMs <= EVEN * beat.periodMs ? beat : null
}

/** Segments as large as they may be are pieces of a transfer, however evenly they come. */
function fillsSegments(flow: FlowView, size: number): boolean {
  const mss = flow.syn(flow.server)?.mss ?? 0
  return mss > 0 && size >= mss - OPTIONS
}
