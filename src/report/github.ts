import { type Finding, SEVERITIES, type Severity } from '../diagnosis/finding.ts'
import { are } from '../text/plural.ts'
import { workflowCommand } from '../text/workflow-command.ts'
import { damages } from './damage.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { formatFact, primaryPlace } from './source.ts'
import { suppressedText } from './suppressed.ts'
import { whyNothing } from './why-nothing.ts'

/** GitHub shows so many annotations of a level for a step, and drops the others without a word. */
const SHOWN_PER_LEVEL = 10

/** Facts told within one annotation. */
const FACTS = 6

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const satisfies Record<Severity, string>

function annotation(report: Report, finding: Finding): string {
  const { path, line } = primaryPlace(report, finding)
  const facts = finding.evidence.slice(0, FACTS).map((fact) => formatFact(report, fact, 4))
  const place = line === null ? { file: path } : { file: path, line }
  const title = `${finding.rule} (${finding.confidence})`
  return workflowCommand(COMMANDS[finding.severity], place, title, [finding.title, ...facts])
}

/** Workflow commands that GitHub Actions turns into annotations, the worst first, as many as it shows. */
export const github: Reporter = function* (report) {
  for (const severity of SEVERITIES) {
    const findings = report.findings.filter((finding) => finding.severity === severity)
    for (const finding of findings.slice(0, SHOWN_PER_LEVEL)) yield annotation(report, finding)
    const left = findings.length - SHOWN_PER_LEVEL
    if (left > 0) yield `noaccept: ${left} more of severity ${severity} ${are(left)} not annotated\n`
  }
  if (!report.complete) yield* partial(report)
  if (report.connectionCount === 0) yield `::notice title=nothing to analyse::${whyNothing(report.captures)}\n`
  const suppressed = suppressedText(report)
  if (suppressed !== null) yield `::notice title=baseline::${suppressed}\n`
}

const PARTIAL = 'part of the input was not read: the result is partial'

function* partial(report: Report): Generator<string> {
  const found = damages(report)
  for (const { path, text } of found.slice(0, SHOWN_PER_LEVEL))
    yield workflowCommand('warning', { file: path }, 'incomplete', [PARTIAL, text])
  if (found.length === 0) yield `::warning title=incomplete::${PARTIAL}\n`
}
