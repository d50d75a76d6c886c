import type { Finding } from '../diagnosis/finding.ts'
import { formatEndpoint } from '../text/address.ts'
import type { Report } from './report.ts'
import { primaryPlace } from './source.ts'

/** One line of a test result: a finding, or a listener that nothing was found about. */
export interface Check {
  /** The capture or log it was found in. */
  readonly path: string
  readonly name: string
  /** Null where nothing was found. */
  readonly finding: Finding | null
  /** An error fails the check; warnings and notes are told with it. */
  readonly failed: boolean
}

function nameOf(report: Report, finding: Finding): string {
  const listener = finding.listener === null ? undefined : report.listeners[finding.listener]
  const about =
    listener !== undefined
      ? ` on ${formatEndpoint(listener)}`
      : finding.stream !== null
        ? ` in stream ${finding.stream}`
        : ''
  return `${finding.rule}${about}`
}

/** A report in the form of a test run: what was found, then the listeners that are in order; a note is no disorder. */
export function* checks(report: Report): Generator<Check> {
  for (const finding of report.findings) {
    const { path } = primaryPlace(report, finding)
    yield { path, name: nameOf(report, finding), finding, failed: finding.severity === 'error' }
  }
  const path = report.captures[0]?.path ?? ''
  for (const listener of report.listeners) {
    if (listener.findings.some((at) => report.findings[at]?.severity !== 'note')) continue
    yield { path, name: `listener ${formatEndpoint(listener)}: ${listener.verdict}`, finding: null, failed: false }
  }
}
