import { type Finding, SEVERITIES } from '../diagnosis/finding.ts'
import { are, counted } from '../text/plural.ts'
import { clip } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { connectionsOf } from './subjects.ts'
import { suppressedCount } from './suppressed.ts'
import { chain } from './terminal/chain.ts'
import { connections, listeners } from './terminal/connections.ts'
import { inputs } from './terminal/inputs.ts'
import { manifestLines } from './terminal/manifest.ts'
import { type Pen, penOf } from './terminal/pen.ts'
import { story } from './terminal/story.ts'
import { whyNothing } from './why-nothing.ts'

/** Findings told as a story, then as a line each, unless everything is asked for. */
const STORIES = 4
const LINES = 20

/** The story first: what lies behind it and how it came about, each finding with its proof; then tables and inputs. */
export const terminal: Reporter = function* (report, options) {
  const pen = penOf(options)
  for (const line of lines(report, pen)) yield `${line}\n`
}

function* lines(report: Report, pen: Pen): Generator<string> {
  yield* chain(report, pen)
  yield* findings(report, pen)
  yield* listeners(report, pen)
  yield* connections(report, pen)
  yield* inputs(report, pen)
  if (report.manifest !== undefined) {
    yield ''
    yield* manifestLines(report.manifest, pen)
  }
  yield ''
  yield* summary(report, pen)
}

function* findings(report: Report, pen: Pen): Generator<string> {
  const told = pen.verbose ? report.findings : report.findings.slice(0, STORIES)
  const about = connectionsOf(
    report,
    told.map((finding) => finding.stream),
  )
  for (const finding of told) yield* story(report, finding, about.get(finding.stream ?? -1), pen)
  const short = report.findings.slice(told.length, told.length + LINES)
  for (const finding of short) yield inOneLine(finding, pen)
  const left = report.findings.length - told.length - short.length
  if (left > 0)
    yield* wrap(`${counted(left, 'more finding')}: --verbose tells ${left === 1 ? 'it' : 'them all'}`, pen.width)
  else if (short.length > 0)
    yield* wrap(
      `${counted(short.length, 'finding')} in one line: --verbose tells ${short.length === 1 ? 'it' : 'each'} in full`,
      pen.width,
    )
  for (const { rule, count } of report.omitted)
    yield* wrap(`${count} more of ${pen.text(rule, 100)} ${are(count)} counted, not listed`, pen.width)
  if (short.length + left + report.omitted.length > 0) yield ''
}

function inOneLine(finding: Finding, pen: Pen): string {
  const label = `${finding.severity}[${pen.text(finding.rule, 100)}]`
  const about = finding.stream === null ? '' : `stream ${finding.stream}: `
  const title = clip(pen.text(about + finding.title), pen.width - label.length - 2, pen.signs.ellipsis)
  return `${pen.severity(finding.severity)(label)}: ${title}`
}

function* summary(report: Report, pen: Pen): Generator<string> {
  const { chalk } = pen
  const count = report.connectionCount
  const over = counted(count, 'connection')
  const counts = SEVERITIES.map(
    (severity) => [severity, report.findings.filter((f) => f.severity === severity).length] as const,
  )
  const found = counts.filter(([, number]) => number > 0).map(([severity, number]) => counted(number, severity))
  const more = report.omitted.reduce((sum, { count: omitted }) => sum + omitted, 0)
  if (more > 0) found.push(`${more} more`)
  if (report.suppressed !== undefined) found.push(`${suppressedCount(report)} suppressed by the baseline`)
  const said =
    count === 0
      ? `Nothing to analyse: ${whyNothing(report.captures)}`
      : `${found.length === 0 ? 'Nothing found' : found.join(', ')} in ${over}`
  const partial = report.complete ? '.' : '. Part of the input was not read: the result is partial.'
  for (const line of wrap(`${said}${partial}`, pen.width)) yield chalk.bold(line)
}
