import { SEVERITIES, type Severity } from '../diagnosis/finding.ts'
import { ExitCode } from '../failure.ts'
import type { Report } from '../report/report.ts'
import type { ByteReporter, Reporter, ReportOptions } from '../report/reporter.ts'
import { visible } from '../text/visible.ts'
import { analysisNotes } from './capture-notes.ts'
import type { Io } from './io.ts'
import { type Pieces, refuseInput, writeWhole } from './output-file.ts'
import type { Reporting } from './reporting-options.ts'

/** Pieces of a result are gathered to this many characters before they are written. */
const WRITE_SIZE = 1 << 16

/** Joins small texts: a turn of the event loop for each of a million connections costs more than to write them. */
function* gathered(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let text = ''
  for (const piece of pieces) {
    const isText = typeof piece === 'string'
    if (isText) text += piece
    if (text.length >= WRITE_SIZE || (!isText && text !== '')) {
      yield text
      text = ''
    }
    if (!isText) yield piece
  }
  if (text !== '') yield text
}

/** Has bytes written while the next ones are made. */
async function stream(pieces: Pieces, io: Io): Promise<void> {
  let text = ''
  let written = Promise.resolve(true)
  for await (const piece of pieces) {
    const isText = typeof piece === 'string'
    if (isText) text += piece
    if (text.length >= WRITE_SIZE || (!isText && text !== '')) {
      if (!(await written) || !(await io.out(text))) return
      text = ''
    }
    if (isText) continue
    if (!(await written)) return
    written = io.out(piece)
  }
  if ((await written) && text !== '') await io.out(text)
}

/** Writes a result, already made into text, to standard output or to the file that was named. */
export async function deliverText(pieces: Pieces, options: Reporting, io: Io): Promise<void> {
  if (options.output === null) return stream(pieces, io)
  await writeWhole(options.output, pieces)
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
    for (const warning of warnings) yield `${visible(path)}: ${visible(warning)}`
}

/** What the report ends the process with, by the contract; an interruption is not in the report. */
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
  await deliverText(gathered(reporter(report, options satisfies ReportOptions)), options, io)
  const told = options.format === 'terminal' && options.output === null
  if (!told && !options.quiet) for (const note of reportNotes(report)) io.note(`noaccept: ${note}\n`)
  io.exitWith(io.signal.aborted ? ExitCode.INTERRUPTED : exitCodeOf(report, options.failOn))
}
