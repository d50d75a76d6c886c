import type { Report } from '../report/report.ts'
import { lookAgain } from '../second-look.ts'
import type { Io } from './io.ts'

/** The report with the packets that a page draws, where the format is one; after an interruption without them. */
export async function withDetails(report: Report, paths: readonly string[], format: string, io: Io): Promise<Report> {
  if (format !== 'html' || io.signal.aborted) return report
  return { ...report, details: await lookAgain(report, paths, { signal: io.signal }) }
}
