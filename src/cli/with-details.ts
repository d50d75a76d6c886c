import { withFrameOffsets } from '../frame-offsets.ts'
import type { Report } from '../report/report.ts'
import { lookAgain } from '../second-look.ts'
import type { Io } from './io.ts'

/** The report with what its format needs of a second look: a page its packets, SARIF its bytes. After an interruption without. */
export async function withDetails(report: Report, paths: readonly string[], format: string, io: Io): Promise<Report> {
  if (io.signal.aborted) return report
  if (format === 'sarif') return withFrameOffsets(report, paths, io.signal)
  if (format !== 'html') return report
  return { ...report, details: await lookAgain(report, paths, { signal: io.signal }) }
}
