import type { ReportingDescriptor } from 'sarif'
import { type Finding, SEVERITIES } from '../diagnosis/finding.ts'
import { counted } from '../text/plural.ts'
import { visibleJson } from '../text/visible-json.ts'
import { identityOf } from './fingerprint.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { rulePageMarkdown } from './rule-page.ts'
import { ruleText } from './rule-texts.ts'
import { artifacts, notification } from './sarif/location.ts'
import { resultOf } from './sarif/result.ts'
import { MOST_RESULTS, message, SARIF_SCHEMA } from './sarif/text.ts'
import { connectionsOf } from './subjects.ts'
import { suppressedCount } from './suppressed.ts'

function* list(items: Iterable<object>): Generator<string> {
  let separator = '\n        '
  for (const item of items) {
    yield separator + visibleJson(item)
    separator = ',\n        '
  }
  yield '\n      ]'
}

function* results(report: Report, ruleIds: readonly string[]): Generator<object> {
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity)
  // Of many the most severe ones are kept; within one severity the order of the report stays.
  const kept = [...report.findings].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_RESULTS)
  const about = connectionsOf(
    report,
    kept.map((finding) => finding.stream),
  )
  const seen = new Map<string, number>()
  for (const [at, finding] of kept.entries()) {
    const { fingerprint } = identityOf(report, finding, about.get(finding.stream ?? -1))
    const occurrence = seen.get(fingerprint) ?? 0
    seen.set(fingerprint, occurrence + 1)
    const key = occurrence === 0 ? fingerprint : `${fingerprint}:${occurrence + 1}`
    yield resultOf(report, finding, ruleIds.indexOf(finding.rule), key, at === 0)
  }
}

/** A rule as viewers show it beside its results. One that this version does not know is told by its severity alone. */
function describeRule(report: Report, id: string): ReportingDescriptor {
  const text = ruleText(id)
  const level = text?.severity ?? report.findings.find((finding) => finding.rule === id)?.severity ?? 'warning'
  if (text === undefined) return { id, defaultConfiguration: { level } }
  const help = [text.meaning, ...text.lookAlikes, ...text.nextSteps].map(message).join('\n\n')
  return {
    id,
    shortDescription: { text: message(text.title) },
    fullDescription: { text: message(text.meaning) },
    help: { text: help, markdown: [...rulePageMarkdown(text)].join('') },
    defaultConfiguration: { level },
    properties: { tags: ['tcp', text.reads] },
  }
}

/** SARIF 2.1.0: findings as results, evidence as locations, ladder and causal chain as code flows. */
export const sarif: Reporter = function* (report) {
  const ruleIds = [...new Set(report.findings.map((finding) => finding.rule))].sort()
  const rules = ruleIds.map((id) => describeRule(report, id))
  const driver = { name: report.tool.name, semanticVersion: report.tool.version, rules }
  yield `{\n  "$schema": ${JSON.stringify(SARIF_SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`
  yield `      "tool": ${visibleJson({ driver })},\n      "columnKind": "utf16CodeUnits",\n`
  yield `      "invocations": [${visibleJson({
    executionSuccessful: true,
    toolExecutionNotifications: notification(report),
  })}],\n`
  yield '      "artifacts": ['
  yield* list(artifacts(report))
  yield ',\n      "results": ['
  yield* list(results(report, ruleIds))
  const left = report.findings.length - MOST_RESULTS
  const omitted = [
    ...report.omitted.map(({ rule, count }) => `${count} more of ${rule}`),
    ...(left > 0 ? [counted(left, 'more finding')] : []),
  ]
  yield `,\n      "properties": ${visibleJson({
    complete: report.complete,
    omitted: omitted.map(message),
    suppressed: suppressedCount(report),
    ...(report.manifest === undefined ? {} : { manifest: report.manifest }),
  })}\n    }\n  ]\n}\n`
}
