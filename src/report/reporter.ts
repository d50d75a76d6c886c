import type { Report } from './report.ts'

/** How a report is to be shown; nothing here changes what is in it. */
export interface ReportOptions {
  /** Columns of the terminal or page. */
  readonly width: number
  /** 0 without colour, else chalk's level. */
  readonly color: 0 | 1 | 2 | 3
  /** Restrict drawing to ASCII. */
  readonly ascii: boolean
  /** Everything, with nothing folded or left out. */
  readonly verbose: boolean
}

/** Text for a file or a terminal of which nothing is known. */
export const PLAIN: ReportOptions = { width: 80, color: 0, ascii: false, verbose: false }

/** A pure function from a report to its text, in pieces, so that a large one need not stand in memory. */
export type Reporter = (report: Report, options: ReportOptions) => Iterable<string>

/**
 * As a reporter, in bytes, for reports with a line for each of a million connections. A piece is to be consumed before
 * the next but one is asked for: two buffers take turns, so that one is written out while the other is filled.
 */
export type ByteReporter = (report: Report, options: ReportOptions) => Iterable<Uint8Array>
