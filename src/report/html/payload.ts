import type { ChainStep, RootCause } from '../../correlation/chain.ts'
import type { Endpoint } from '../../diagnosis/connection.ts'
import type { Finding } from '../../diagnosis/finding.ts'
import type { Listener } from '../../diagnosis/listeners/listener.ts'
import type { Candidate } from '../../diagnosis/verdict.ts'
import type { SlotSpan, TimelineRow } from '../details.ts'
import type { Manifest } from '../manifest.ts'
import type { Coverage, LogSummary } from '../report.ts'
import type { EncodedSeries } from './series-codec.ts'

/** What the page shows: the report, cut to what a browser opens at once. Times are nanoseconds since `epochSeconds`. */
export interface Payload {
  readonly tool: { readonly name: string; readonly version: string }
  readonly epochSeconds: number
  /** Digits after the second that the finest capture's stamps carry. */
  readonly timeDigits: number
  /** False where no stamp tells the day. */
  readonly dated: boolean
  readonly complete: boolean
  readonly captures: readonly PageCapture[]
  readonly coverage: readonly Coverage[]
  readonly logs: readonly LogSummary[]
  readonly totals: Totals
  readonly listeners: readonly Listener[]
  readonly connectionCount: number
  readonly connections: ConnectionColumns
  readonly findings: readonly Finding[]
  /** What could be behind a stream that a finding is about. */
  readonly candidates: readonly { readonly stream: number; readonly list: readonly Candidate[] }[]
  readonly omitted: readonly { readonly rule: string; readonly count: number }[]
  /** Findings that a baseline let pass; null where none was given. */
  readonly suppressed: number | null
  /** Null where none was asked for. */
  readonly manifest: Manifest | null
  readonly chain: readonly ChainStep[]
  readonly rootCause: RootCause | null
  readonly analysisNames: readonly string[]
  readonly series: readonly EncodedSeries[]
  readonly timeline: readonly TimelineRow[]
  readonly slots: readonly SlotSpan[]
  /** What was left out of the page, and why, in sentences. */
  readonly leftOut: readonly string[]
}

/** Counts over all of the report, of which the page may list a part. */
export interface Totals {
  readonly listeners: number
  /** Connections to listeners, attempts included. */
  readonly reached: number
  /** Those that got a payload byte. */
  readonly served: number
  readonly findings: number
}

export interface PageCapture {
  readonly path: string
  readonly format: string
  readonly linkTypes: readonly string[]
  readonly packets: number
  readonly tcpPackets: number
  readonly bytes: number
  readonly firstTime: number | null
  readonly lastTime: number | null
  readonly dropped: number | null
  readonly damage: string | null
  readonly warnings: readonly string[]
}

/** One array per column, all of one length; names are indexes into `verdicts` and `addresses`. */
export interface ConnectionColumns {
  readonly verdicts: readonly string[]
  readonly ends: readonly Endpoint['address'][]
  readonly stream: readonly number[]
  readonly capture: readonly number[]
  readonly clientAddress: readonly number[]
  readonly clientPort: readonly (number | string)[]
  readonly serverAddress: readonly number[]
  readonly serverPort: readonly (number | string)[]
  readonly verdict: readonly number[]
  readonly state: readonly string[]
  readonly start: readonly number[]
  readonly duration: readonly number[]
  readonly firstFrame: readonly number[]
  readonly packets: readonly number[]
  readonly clientBytes: readonly number[]
  /** Payload from the server: 0 where the connection was not served. */
  readonly serverBytes: readonly number[]
}
