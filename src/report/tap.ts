import { tapDescription, tapValue } from '../text/tap.ts'
import { type Check, checks } from './checks.ts'
import { damages } from './damage.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { formatFact } from './source.ts'
import { suppressedText } from './suppressed.ts'
import { whyNothing } from './why-nothing.ts'

function* diagnostics(report: Report, check: Check): Generator<string> {
  const { finding } = check
  if (finding === null) return
  yield `  ---\n  severity: ${finding.severity}\n  confidence: ${finding.confidence}\n`
  yield `  file: ${tapValue(check.path)}\n  message: ${tapValue(finding.title)}\n`
  if (finding.filter !== null) yield `  wireshark: ${tapValue(finding.filter)}\n`
  if (finding.evidence.length > 0) yield '  evidence:\n'
  for (const fact of finding.evidence.slice(0, 50)) yield `    - ${tapValue(formatFact(report, fact, 12))}\n`
  yield '  ...\n'
}

/** TAP version 14: each finding and each listener in order a test point, the facts as its YAML block. */
export const tap: Reporter = function* (report) {
  let count = 0
  for (const _ of checks(report)) count++
  const points = report.complete ? count : count + 1
  const reason =
    points === 0 && report.connectionCount === 0 ? ` # SKIP nothing to analyse: ${whyNothing(report.captures)}` : ''
  yield `TAP version 14\n1..${points}${reason}\n`
  let number = 0
  for (const check of checks(report)) {
    number++
    yield `${check.failed ? 'not ok' : 'ok'} ${number} - ${tapDescription(check.name)}\n`
    yield* diagnostics(report, check)
  }
  if (!report.complete) yield* partial(report, number + 1)
  const suppressed = suppressedText(report)
  if (suppressed !== null) yield `# ${suppressed}\n`
  for (const { path, sha256 } of report.manifest?.inputs ?? [])
    yield `# SHA-256 ${sha256 ?? 'unknown'} ${tapDescription(path)}\n`
}

function* partial(report: Report, number: number): Generator<string> {
  yield `not ok ${number} - every input was read to its end\n`
  const found = damages(report)
  if (found.length === 0) return
  yield '  ---\n  damages:\n'
  for (const { path, text } of found) yield `    - ${tapValue(`${path}: ${text}`)}\n`
  yield '  ...\n'
}
