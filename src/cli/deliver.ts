import { inputName } from '../capture/source/standard-input.ts'
import { SEVERITIES, type Severity } from '../diagnosis/finding.ts'
import { ExitCode } from '../failure.ts'
import type { Report } from '../report/report.ts'
import type { ByteReporter, Reporter, ReportOptions } from '../report/reporter.ts'
import { visible } from '../text/visible.ts'
import { analysisNotes } from './capture-notes.ts'
import type { Io } from './io.ts'
import { joined } from './joined.ts'
import { type Pieces, refuseInput, writeWhole } from './output-file.ts'
import type { Reporting } from './reporting-options.ts'

/** Writes to standard output, bytes while the next ones are made. Stops where the reader has gone away. */
async function stream(pieces: Pieces, io: Io): Promise<void> {
  let written = Promise.resolve(true)
  for await (const piece of pieces) {
    if (!(await written)) return
    written = io.out(piece)
    if (typeof piece === 'string' && !(await written)) return
  }
  await written
}

/** Writes a result, already made into text, to standard output or to the file that was named. */
export async function deliverText(pieces: Pieces, options: Reporting, io: Io): Promise<void> {
  const gathered = Symbol.iterator in pieces ? joined(pieces) : pieces
  if (options.output === null) return stream(gathered, io)
  await writeWhole(options.output, gathered)
  if (!options.quiet) io.note(`noaccept: wrote ${visible(options.output)}\n`)
}

/** Whether something that severe makes the run fail. */
export function fails(severity: Severity, failOn: Reporting['failOn']): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn)
}

/** What standard error says beside a report that does not show it itself. */
export function* reportNotes(report: Report): Generator<string> {
  yield* analysisNotes(report.captures, report.connectionCount === 0)
  for (const { path, warnings } of report.logs)
    for (const warning of warnings) yield `${inputName(path)}: ${visible(warning)}`
}

/** What the report ends the process with; an interruption is not in the report. */
export function exitCodeOf(report: Report, failOn: Reporting['failOn']): ExitCode {
  if (!report.complete) return ExitCode.INCOMPLETE
  if (report.connectionCount === 0) return ExitCode.NOTHING
  return report.findings.some((finding) => fails(finding.severity, failOn)) ? ExitCode.FINDINGS : ExitCode.OK
}

/**
 * Shows a report in the format asked for, on standard output or in the file, tells its warnings on standard error
 * where the report itself does not show them there, and sets the exit code.
 */
export async function deliver<Format extends string>(
  report: Report,
  reporters: Readonly<Record<Format, () => Promise<Reporter | ByteReporter>>>,
  options: Reporting<Format>,
  io: Io,
): Promise<void> {
  if (options.output !== null) {
    const inputs = [...report.captures, ...report.logs].map((input) => input.path)
    await refuseInput(options.output, inputs)
  }
  const reporter = await reporters[options.format]()
  await deliverText(reporter(report, options satisfies ReportOptions), options, io)
  const told = options.format === 'terminal' && options.output === null
  if (!told && !options.quiet) for (const note of reportNotes(report)) io.note(`noaccept: ${note}\n`)
  io.exitWith(io.signal.aborted ? ExitCode.INTERRUPTED : exitCodeOf(report, options.failOn))
}
