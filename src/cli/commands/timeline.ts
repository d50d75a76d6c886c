import type { Command } from 'commander'
import { distinctPaths } from '../../capture/source/expand.ts'
import { type Correlated, correlatedReport, correlateFiles } from '../../correlate.ts'
import { ExitCode, Failure } from '../../failure.ts'
import type { Report } from '../../report/report.ts'
import type { TimelineReporter, TimelineView } from '../../report/timeline/timeline-view.ts'
import { parseDuration } from '../../text/parse-duration.ts'
import { visible } from '../../text/visible.ts'
import type { TimelineEntry } from '../../timeline/entry.ts'
import { FrameMoment } from '../../timeline/frame-moment.ts'
import { type Axis, extentOf, inRange, parseMoment, parsePlace, type RangeRequest } from '../../timeline/time-range.ts'
import { timelineOf, timeOfLine } from '../../timeline/timeline.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import { addLogOptions, readLogOptions } from '../clock-options.ts'
import type { CommandModule } from '../command.ts'
import { deliverText, reportNotes } from '../deliver.ts'
import { inputsOf, refuseSharedInput, requireCapture } from '../input-kind.ts'
import type { Io } from '../io.ts'
import { readLogConfiguration } from '../log-options.ts'
import { withProgress } from '../progress.ts'
import { addRedactOptions, addressMapOf } from '../redact-options.ts'
import { addReportingOptions, NEVER_FAILS, readReportingOptions } from '../reporting-options.ts'

const REPORTERS = {
  terminal: async (): Promise<TimelineReporter> => (await import('../../report/timeline/terminal.ts')).timelineTerminal,
  json: async (): Promise<TimelineReporter> => (await import('../../report/timeline/documents.ts')).timelineJson,
  ndjson: async (): Promise<TimelineReporter> => (await import('../../report/timeline/documents.ts')).timelineNdjson,
  csv: async (): Promise<TimelineReporter> => (await import('../../report/timeline/documents.ts')).timelineCsv,
  markdown: async (): Promise<TimelineReporter> =>
    (await import('../../report/timeline/documents.ts')).timelineMarkdown,
} as const
const FORMATS = Object.keys(REPORTERS) as (keyof typeof REPORTERS)[]

const HELP = `
Times are UTC. A log’s event lies within its uncertainty after the time shown;
~ marks an event that may as well have come before the one above it.

Examples:
  noaccept timeline lo.pcap --log network.log
  noaccept timeline lo.pcap --log network.log --around network.log:21 --within 200ms
  noaccept timeline lo.pcap --since +2s --until 03:53:45.5 --unfold
`

/** `noaccept timeline CAPTURE… [--log FILE…]` */
export const command: CommandModule = {
  declare(program, io) {
    const declared = program
      .command('timeline')
      .description('Merges what packets, logs and findings tell into one timeline.')
      .argument('<file...>', 'captures, and logs: files, globs, or - for a capture on standard input')
      .option('--since <time>', 'from this time on: 2026-11-23T03:53:41Z, 03:53:41.5, or +2.5s after the first packet')
      .option('--until <time>', 'up to this time')
      .option('--around <frame|log:line>', 'around a frame (38) or a line (network.log:21)')
      .option('--within <duration>', 'how far on either side of --around', '1s')
      .option('--unfold', 'one line for each push and each log line')
      .addHelpText('after', HELP)
    addReportingOptions(addRedactOptions(addLogOptions(addCaptureOptions(declared))), FORMATS, NEVER_FAILS).action(
      (patterns: string[]) => run(declared, patterns, io),
    )
  },
}

async function run(declared: Command, patterns: string[], io: Io): Promise<void> {
  const chosen = readLogOptions(declared)
  const range = rangeOf(declared)
  const { paths, options } = await readCaptureOptions(declared, patterns, io)
  const inputs = await inputsOf(paths, io.stdin)
  requireCapture(inputs, 'timeline')
  const logs = distinctPaths([...inputs.logs, ...chosen.paths])
  refuseSharedInput(inputs.captures, logs)
  const reporting = await readReportingOptions(declared, FORMATS, [...paths, ...chosen.paths], io)
  const vocabulary = await readLogConfiguration(declared, io)
  const middle = range.around?.log === null ? new FrameMoment(range.around.number) : null
  const visitors = middle === null ? [] : [middle]
  const correlated = await withProgress(reporting, io, (onProgress) =>
    correlateFiles(inputs.captures, logs, { ...options, visitors, onProgress, clocks: chosen.clocks, vocabulary }),
  )
  const report = correlatedReport(correlated)
  const entries = timelineOf(correlated.correlation, report.findings, {
    unfolded: declared.opts<{ unfold?: true }>().unfold === true,
    isReported: correlated.analysis.diagnosis.has,
  })
  const view = viewOf(report, entries, inRange(entries, range, axisOf(correlated, report, middle)))
  const addresses = await addressMapOf(declared, reporting, io)
  const shown =
    addresses === null ? view : (await import('../../redaction/redact-timeline.ts')).redactTimeline(view, addresses)
  const reporter = await REPORTERS[reporting.format]()
  await deliverText(reporter(shown, reporting), reporting, io)
  if (!reporting.quiet) for (const note of reportNotes(report)) io.note(`noaccept: ${note}\n`)
  if (io.signal.aborted) io.exitWith(ExitCode.INTERRUPTED)
  else if (!report.complete) io.exitWith(ExitCode.INCOMPLETE)
  else if (report.connectionCount === 0) io.exitWith(ExitCode.NOTHING)
}

/** What the range's times, frames and lines are understood against. */
const axisOf = ({ correlation }: Correlated, { epochSeconds, logs }: Report, middle: FrameMoment | null): Axis => ({
  epochSeconds,
  from: correlation.scene.capture.from,
  logPaths: logs.map(({ path }) => path),
  timeOfFrame: () => middle?.time ?? null,
  timeOfLine: (log, line) => timeOfLine(correlation, log, line),
})

/** The timeline to be shown: of all that happened, the `shown` entries. */
const viewOf = (report: Report, all: readonly TimelineEntry[], shown: readonly TimelineEntry[]): TimelineView => ({
  epochSeconds: report.epochSeconds,
  timeDigits: Math.max(0, ...report.captures.map(({ timeDigits }) => timeDigits)),
  dated: report.captures.every(({ dated }) => dated),
  capturePaths: report.captures.map(({ path }) => path),
  logPaths: report.logs.map(({ path }) => path),
  complete: report.complete,
  extent: extentOf(all),
  entries: shown,
})

/** Before anything is read: a mistake in what was typed is told at once. */
function rangeOf(declared: Command): RangeRequest {
  const { since, until, around, within } = declared.opts<{
    since?: string
    until?: string
    around?: string
    within: string
  }>()
  const span = parseDuration(within)
  if (span === null || span < 0) throw new Failure(`${visible(within)} is not a duration`, 'give one as 200ms or 1.5s')
  if (around === undefined && declared.getOptionValueSource('within') === 'cli')
    throw new Failure('--within says how far from --around, which was not given', 'name a frame or a line: --around 38')
  return {
    since: since === undefined ? null : parseMoment(since),
    until: until === undefined ? null : parseMoment(until),
    around: around === undefined ? null : parsePlace(around),
    within: span,
  }
}
