import type { LogFile } from '../../log/event.ts'
import type { Anchor } from './anchor.ts'
import type { CaptureSpan, LogTimes } from './nominal-time.ts'

/** A log beside a capture, before its clock is known. */
export interface DatedLog {
  readonly file: LogFile
  /** Its stamps as they would lie on the capture's clock if nothing had to be added to them. */
  readonly times: LogTimes
  /** What of its lines packets can date. */
  readonly anchors: readonly Anchor[]
  readonly capture: CaptureSpan
}
