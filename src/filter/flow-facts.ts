import type { FlowView } from '../flow/flow-view.ts'

/** What was judged of a flow, which its packets alone do not say. */
export interface FlowJudgement {
  readonly verdict: string
  /** Zeek's conn_state and history. */
  readonly state: string
  readonly history: string
  /** First round trip in nanoseconds; NaN where the capture does not show it. */
  readonly rtt: number
}

/** Final values of all flows, for filters that ask for them. */
export interface FlowFacts {
  readonly count: number
  /** A cursor of the filter's own: it is moved. */
  readonly view: FlowView
  judgement(row: number): FlowJudgement
}
