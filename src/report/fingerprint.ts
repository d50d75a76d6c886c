import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Connection } from '../diagnosis/connection.ts'
import type { Finding } from '../diagnosis/finding.ts'
import { formatEndpoint } from '../text/address.ts'
import type { Report } from './report.ts'

/** What stays of a finding from one capture to the next. */
export interface Identity {
  /** 32 hexadecimal digits. */
  readonly fingerprint: string
  /** The same for people: `127.0.0.1:9000 (ack-only)`; empty for a finding about the captures themselves. */
  readonly subject: string
}

/**
 * Names a finding so that the same trouble has the same name in the next capture: by its rule, its severity, the end
 * that stands still (the server's address and port; a log's file name) and the verdict. Client ports, frames, times and
 * counts change from run to run and are not in it; what grew from a warning to an error is another finding.
 * `connection` is the one that the finding is about, if it is about one.
 */
export function identityOf(report: Report, finding: Finding, connection: Connection | undefined): Identity {
  const subject = subjectOf(report, finding, connection)
  const key = [finding.rule, finding.severity, subject].join('\n')
  return { fingerprint: createHash('sha256').update(key).digest('hex').slice(0, 32), subject }
}

function subjectOf(report: Report, finding: Finding, connection: Connection | undefined): string {
  if (connection !== undefined) return `${formatEndpoint(connection.server)} (${connection.verdict})`
  const listener = finding.listener === null ? undefined : report.listeners[finding.listener]
  if (listener !== undefined) return `${formatEndpoint(listener)} (${listener.verdict})`
  const log = finding.log === null ? undefined : report.logs[finding.log]
  return log === undefined ? '' : basename(log.path)
}
