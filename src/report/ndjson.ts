import { visibleJson } from '../text/visible-json.ts'
import { ConnectionLines } from './connection-line.ts'
import {
  captureJson,
  chainStepJson,
  findingJson,
  listenerJson,
  logJson,
  SCHEMA_VERSION,
  suppressedCount,
} from './json-model.ts'
import type { Reporter } from './reporter.ts'

const typed = (type: string, value: object): string => `${visibleJson({ type, ...value })}\n`

/** One object a line; its `type` says what it is, its other fields are those of the JSON report. */
export const ndjson: Reporter = function* (report) {
  yield typed('report', {
    schemaVersion: SCHEMA_VERSION,
    tool: report.tool,
    complete: report.complete,
    suppressed: suppressedCount(report),
  })
  for (const capture of report.captures) yield typed('capture', captureJson(report, capture))
  for (const entry of report.coverage) yield typed('coverage', entry)
  for (const log of report.logs) yield typed('log', logJson(log))
  for (const listener of report.listeners) yield typed('listener', listenerJson(report, listener))
  const connections = new ConnectionLines(report)
  for (const connection of report.connections()) yield `{"type":"connection",${connections.line(connection).slice(1)}\n`
  for (const finding of report.findings) yield typed('finding', findingJson(report, finding))
  for (const entry of report.omitted) yield typed('omitted', entry)
  for (const entry of report.suppressed ?? []) yield typed('suppressed', entry)
  for (const step of report.chain) yield typed('chain', chainStepJson(step))
  if (report.rootCause !== null) yield typed('rootCause', report.rootCause)
}
