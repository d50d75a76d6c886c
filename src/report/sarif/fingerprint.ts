import { createHash } from 'node:crypto'
import type { Connection } from '../../diagnosis/connection.ts'
import type { Finding } from '../../diagnosis/finding.ts'
import type { Report } from '../report.ts'
import { formatEndpoint } from '../source.ts'

/** What stays of a finding's subject from one capture to the next: the server's end. Client ports, frames and times change. */
export function serverOf(report: Report, finding: Finding, connection: Connection | undefined): string {
  if (connection !== undefined) return formatEndpoint(connection.server)
  const listener = finding.listener === null ? undefined : report.listeners[finding.listener]
  return listener === undefined ? '' : formatEndpoint(listener)
}

/** The key as 32 hexadecimal digits. */
export const fingerprint = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32)
