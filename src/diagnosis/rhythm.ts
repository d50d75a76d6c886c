import type { BeatView } from '../flow/beats.ts'
import type { FlowView } from '../flow/flow-view.ts'

/** Two equal gaps are the least that shows a period. */
const LEAST_BEATS = 3
/** A timer's beats are even: their deviation is small against the period; what people or events send is not. */
const EVEN = 0.1

/** The client's beat, where it is even enough to come from a timer: so queries look, and one-way reports may. */
export function rhythmOf(flow: FlowView): BeatView | null {
  const beat = flow.beat
  return beat !== null && beat.count >= LEAST_BEATS && beat.jitterMs <= EVEN * beat.periodMs ? beat : null
}
