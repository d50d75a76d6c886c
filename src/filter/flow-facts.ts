import type { FlowView } from '../flow/flow-view.ts'

/** Final values of all flows of a run, for filters that ask for them. */
export interface FlowFacts {
  /** A cursor of the filter's own: it is moved. */
  readonly view: FlowView
  /** What was judged of a flow. */
  readonly verdict: (row: number) => string
  /** Wireshark's completeness, for filters that need statistics. */
  readonly completeness: (row: number) => number
}
