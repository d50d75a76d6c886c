import { type Finding, SEVERITIES, type Severity } from '../diagnosis/finding.ts'
import { workflowCommand } from '../text/workflow-command.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { formatFact, primaryPlace } from './source.ts'

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
    if (left > 0) yield `noaccept: ${left} more of severity ${severity} are not annotated\n`
  }
  if (!report.complete) yield '::warning title=incomplete::part of the input was not read: the result is partial\n'
}
