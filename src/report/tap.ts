import { excerpt } from '../text/visible.ts'
import { visibleJson } from '../text/visible-json.ts'
import { type Check, checks } from './checks.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { formatSource } from './source.ts'

/** In a description `#` begins a directive such as SKIP, and a backslash escapes. */
const description = (text: string): string => excerpt(text, 1000).replace(/[\\#]/g, '\\$&')

/** A quoted JSON string is a YAML string. */
const quoted = (text: string): string => visibleJson([excerpt(text, 4000)]).slice(1, -1)

function* diagnostics(report: Report, check: Check): Generator<string> {
  const { finding } = check
  if (finding === null) return
  yield `  ---\n  severity: ${finding.severity}\n  confidence: ${finding.confidence}\n`
  yield `  file: ${quoted(check.path)}\n  message: ${quoted(finding.title)}\n`
  if (finding.filter !== null) yield `  wireshark: ${quoted(finding.filter)}\n`
  if (finding.evidence.length > 0) yield '  evidence:\n'
  for (const fact of finding.evidence.slice(0, 50)) {
    const where = formatSource(report, fact, { limit: 12 })
    yield `    - ${quoted(where === '' ? fact.text : `${where}: ${fact.text}`)}\n`
  }
  yield '  ...\n'
}

/** TAP version 14: each finding and each listener in order a test point, the facts as its YAML block. */
export const tap: Reporter = function* (report) {
  let count = 0
  for (const _ of checks(report)) count++
  yield `TAP version 14\n1..${report.complete ? count : count + 1}\n`
  let number = 0
  for (const check of checks(report)) {
    number++
    yield `${check.failed ? 'not ok' : 'ok'} ${number} - ${description(check.name)}\n`
    yield* diagnostics(report, check)
  }
  if (!report.complete) yield `not ok ${number + 1} - every input was read to its end\n`
}
