import type { Scene } from '../correlation/scene.ts'
import type { Report } from '../report/report.ts'
import type { Io } from './io.ts'

/** How the report was asked for. */
interface Asked {
  readonly format: string
  readonly verbose: boolean
}

/** Formats that tell what each acknowledgment shows of the receive buffer. */
const SHOW_WINDOWS: readonly string[] = ['terminal', 'json', 'ndjson']

const asksOfWindows = (report: Report): boolean => report.findings.some(({ drain }) => drain !== undefined)

/**
 * The report with what its format needs of a second look: a page its packets and log lines, SARIF its bytes, and what is
 * asked to show everything the receive windows. After an interruption without.
 */
export async function withDetails(
  report: Report,
  paths: readonly string[],
  { format, verbose }: Asked,
  io: Io,
  scene: Scene | null = null,
): Promise<Report> {
  if (io.signal.aborted) return report
  if (format === 'sarif')
    return (await import('../details/frame-offsets.ts')).withFrameOffsets(report, paths, io.signal)
  if (format !== 'html' && !(verbose && SHOW_WINDOWS.includes(format) && asksOfWindows(report))) return report
  const { lookAgain } = await import('../details/second-look.ts')
  const details = await lookAgain(report, paths, { signal: io.signal })
  if (scene === null) return { ...report, details }
  const told = (await import('../details/log-details.ts')).logDetails(scene)
  return { ...report, details: { ...details, ...told, leftOut: [...details.leftOut, ...told.leftOut] } }
}
