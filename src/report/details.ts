import type { TimelineEntry } from '../timeline/entry.ts'
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

/** One thing that happened, from whichever source. A page folds none together. */
export type TimelineRow = Pick<
  TimelineEntry,
  'time' | 'uncertainty' | 'source' | 'kind' | 'text' | 'capture' | 'frame' | 'log' | 'line' | 'stream'
>

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
