import { excerpt } from '../text/visible.ts'
import { escapeXml } from '../text/xml.ts'
import { type Check, checks } from './checks.ts'
import { damages } from './damage.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { formatFact } from './source.ts'
import { suppressedCount } from './suppressed.ts'
import { whyNothing } from './why-nothing.ts'

const attribute = (text: string): string => escapeXml(excerpt(text, 1000))

function body(report: Report, check: Check): string {
  const { finding } = check
  if (finding === null) return ''
  const facts = finding.evidence.slice(0, 50).map((fact) => formatFact(report, fact, 12))
  const lines = [finding.title, finding.explanation, ...facts, ...finding.nextSteps.map((step) => `next: ${step}`)]
  if (finding.filter !== null) lines.push(`Wireshark: ${finding.filter}`)
  return lines.map((line) => escapeXml(excerpt(line, 4000))).join('\n')
}

function testcase(report: Report, check: Check): string {
  const { finding } = check
  const head = `    <testcase classname="${attribute(check.path)}" name="${attribute(check.name)}" time="0"`
  if (finding === null) return `${head}/>\n`
  const text = body(report, check)
  if (!check.failed) return `${head}>\n      <system-out>${text}</system-out>\n    </testcase>\n`
  const failure = `<failure type="${attribute(finding.rule)}" message="${attribute(finding.title)}">${text}</failure>`
  return `${head}>\n      ${failure}\n    </testcase>\n`
}

function partial(report: Report): string {
  const error = '<error type="incomplete" message="part of the input was not read: the result is partial"'
  const lines = damages(report).map(({ path, text }) => escapeXml(excerpt(`${path}: ${text}`, 4000)))
  const told = lines.length === 0 ? `${error}/>` : `${error}>${lines.join('\n')}</error>`
  return `    <testcase classname="noaccept" name="every input was read to its end" time="0">\n      ${told}\n    </testcase>\n`
}

/** What a result says beside its tests: why there are none, how much a baseline let pass, and the inputs' sums where a manifest was asked for. */
function* properties(report: Report): Generator<string> {
  const entries: [string, string][] = []
  if (report.connectionCount === 0) entries.push(['nothing to analyse', whyNothing(report.captures)])
  if (report.suppressed !== undefined) entries.push(['suppressed by the baseline', `${suppressedCount(report)}`])
  for (const { path, sha256 } of report.manifest?.inputs ?? [])
    entries.push([`SHA-256 of ${path}`, sha256 ?? 'unknown'])
  if (entries.length === 0) return
  yield '    <properties>\n'
  for (const [name, value] of entries) yield `      <property name="${attribute(name)}" value="${attribute(value)}"/>\n`
  yield '    </properties>\n'
}

/** A test suite in JUnit's form, as CI servers read it: each error a failure, each listener in order a passed test. */
export const junit: Reporter = function* (report) {
  let tests = 0
  let failures = 0
  for (const check of checks(report)) {
    tests++
    if (check.failed) failures++
  }
  // The error of a partial result is no finding: CI servers show the two apart.
  const errors = report.complete ? 0 : 1
  const counts = `tests="${tests + errors}" failures="${failures}" errors="${errors}"`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="noaccept" ${counts} time="0">\n`
  yield `  <testsuite name="noaccept" ${counts} skipped="0" time="0">\n`
  yield* properties(report)
  for (const check of checks(report)) yield testcase(report, check)
  if (!report.complete) yield partial(report)
  yield '  </testsuite>\n</testsuites>\n'
}
