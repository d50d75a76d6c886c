import type { PacketSeries } from './packet-series.ts'

/** What a report for people shows beside the findings: packets to draw, events in order, sockets in their slots. */
export interface Details {
  /** Packets of the flows that findings are about. */
  readonly series: readonly PacketSeries[]
  /** Bit n of a series' analysis column is Wireshark's `tcp.analysis.` name n. */
  readonly analysisNames: readonly string[]
  readonly timeline: readonly TimelineRow[]
  readonly slots: readonly SlotSpan[]
  /** What is not in here, and why, in sentences. */
  readonly leftOut: readonly string[]
}

/** One thing that happened, from whichever source. */
export interface TimelineRow {
  /** Nanoseconds since the run's epoch; null where its log could not be put on the capture's clock. */
  readonly time: number | null
  /** Right to within this many nanoseconds. */
  readonly uncertainty: number
  readonly source: 'packet' | 'log' | 'finding'
  /** Such as `SYN`, `listening`, or a rule's id. */
  readonly kind: string
  readonly text: string
  readonly capture: number | null
  readonly frame: number | null
  readonly log: number | null
  readonly line: number | null
  readonly stream: number | null
}

/** Who held a slot of the process's socket table, from when to when; null where the log does not tell. */
export interface SlotSpan {
  readonly slot: number
  readonly label: string
  readonly from: number
  readonly to: number | null
  /** Another socket took the slot while this one was open. */
  readonly overwritten: boolean
  readonly log: number
  readonly lines: readonly number[]
}
