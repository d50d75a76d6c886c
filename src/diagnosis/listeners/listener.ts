import type { Verdict } from '../verdict.ts'

/** One address and port that was connected to, over the whole capture. */
export interface Listener {
  readonly address: string
  readonly port: number | string
  /** Connections that reached it, attempts included. */
  readonly connections: number
  /** Those that got a payload byte from it. */
  readonly served: number
  readonly verdict: Verdict
  /** When it last sent payload: nanoseconds since the run's epoch; null if never. */
  readonly lastServedTime: number | null
  /** Indexes into the findings, ascending: those about itself; in a report also those about its connections. */
  readonly findings: readonly number[]
  /** Its connections' streams, in order of their first packet; capped. */
  readonly streams: readonly number[]
}
