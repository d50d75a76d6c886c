import type { Connection } from '../diagnosis/connection.ts'
import { csvCell as text } from '../text/csv-cell.ts'
import { formatTime } from '../text/time.ts'
import { rounded } from './json/json-model.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'

const port = (given: number | string): string => (typeof given === 'number' ? `${given}` : text(given))

interface Field {
  readonly name: string
  readonly value: (connection: Connection, report: Report) => string
}

const time = (report: Report, connection: Connection, at: number): string =>
  formatTime(report.epochSeconds, at, report.captures[connection.capture]?.timeDigits ?? 9)

const FIELDS: readonly Field[] = [
  { name: 'stream', value: (of) => `${of.stream}` },
  { name: 'capture', value: (of, report) => text(report.captures[of.capture]?.path ?? '') },
  { name: 'client_address', value: (of) => text(of.client.address) },
  { name: 'client_port', value: (of) => port(of.client.port) },
  { name: 'server_address', value: (of) => text(of.server.address) },
  { name: 'server_port', value: (of) => port(of.server.port) },
  { name: 'verdict', value: (of) => of.verdict },
  { name: 'confidence', value: (of) => of.confidence },
  { name: 'state', value: (of) => text(of.state) },
  { name: 'history', value: (of) => text(of.history) },
  { name: 'first_frame', value: (of) => `${of.firstFrame}` },
  { name: 'last_frame', value: (of) => `${of.lastFrame}` },
  { name: 'start', value: (of, report) => time(report, of, of.start) },
  { name: 'end', value: (of, report) => time(report, of, of.end) },
  { name: 'duration_ms', value: (of) => `${rounded((of.end - of.start) / 1e6)}` },
  { name: 'client_packets', value: (of) => `${of.clientToServer.packets}` },
  { name: 'client_bytes', value: (of) => `${of.clientToServer.bytes}` },
  { name: 'client_payload_bytes', value: (of) => `${of.clientToServer.payloadBytes}` },
  { name: 'client_retransmissions', value: (of) => `${of.clientToServer.retransmissions}` },
  { name: 'server_packets', value: (of) => `${of.serverToClient.packets}` },
  { name: 'server_bytes', value: (of) => `${of.serverToClient.bytes}` },
  { name: 'server_payload_bytes', value: (of) => `${of.serverToClient.payloadBytes}` },
  { name: 'server_retransmissions', value: (of) => `${of.serverToClient.retransmissions}` },
  { name: 'heartbeat_payload_bytes', value: (of) => `${of.heartbeat?.payloadBytes ?? ''}` },
  { name: 'heartbeat_count', value: (of) => `${of.heartbeat?.count ?? ''}` },
  { name: 'heartbeat_period_ms', value: (of) => (of.heartbeat === null ? '' : `${rounded(of.heartbeat.periodMs)}`) },
  { name: 'heartbeat_jitter_ms', value: (of) => (of.heartbeat === null ? '' : `${rounded(of.heartbeat.jitterMs)}`) },
  { name: 'heartbeat_answered', value: (of) => `${of.heartbeat?.answered ?? ''}` },
  { name: 'rules', value: (of, report) => text(of.findings.map((at) => report.findings[at]?.rule ?? '').join(' ')) },
]

/** The conversation table as RFC 4180 has it: a header, a line for each connection, no cell that a spreadsheet would run. */
export const csv: Reporter = function* (report) {
  yield `${FIELDS.map((field) => field.name).join(',')}\r\n`
  for (const connection of report.connections())
    yield `${FIELDS.map((field) => field.value(connection, report)).join(',')}\r\n`
}
