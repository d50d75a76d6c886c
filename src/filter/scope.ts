import type { CaptureSummary } from '../capture/capture-reader.ts'
import { Epoch } from '../capture/epoch.ts'
import { NO_BYTES } from '../capture/frame.ts'
import { Current } from '../flow/current.ts'
import type { TcpAnalysis } from '../flow/tcp-analysis.ts'
import { FlowClock } from './flow-clock.ts'
import type { FlowFacts } from './flow-facts.ts'

/** What a filter looks at: refilled for each packet. */
export class Scope {
  current = new Current()
  /** Of the current packet; null where the filter needs none. */
  analysis: TcpAnalysis | null = null
  flows: FlowFacts | null = null
  /** Of the run; unset, absolute times are not known. */
  epoch = new Epoch()
  /** Of the capture that the current packet is from, as far as it was read; null where nobody told. */
  capture: CaptureSummary | null = null
  /** Comments of the capture before this one are about earlier frames. */
  comment = 0
  readonly clock = new FlowClock()
  /** Answer of a field whose value is a run of bytes. */
  bytes: DataView = NO_BYTES
  from = 0
  to = 0

  /** Answers with the bytes from `from` to `to`. */
  found(bytes: DataView, from: number, to: number): void {
    this.bytes = bytes
    this.from = from
    this.to = to
  }
}
