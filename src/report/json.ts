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

function* array<T>(name: string, items: Iterable<T>, line: (item: T) => string): Generator<string> {
  let separator = `  ${JSON.stringify(name)}: [\n    `
  let empty = true
  for (const item of items) {
    yield separator + line(item)
    separator = ',\n    '
    empty = false
  }
  yield empty ? `  ${JSON.stringify(name)}: [],\n` : '\n  ],\n'
}

/** The report as one JSON document, a line for each capture, connection and finding. Its schema: schemas/report.schema.json. */
export const json: Reporter = function* (report) {
  const connections = new ConnectionLines(report)
  yield `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "tool": ${visibleJson(report.tool)},\n  "complete": ${report.complete},\n`
  yield* array('captures', report.captures, (capture) => visibleJson(captureJson(report, capture)))
  yield* array('coverage', report.coverage, visibleJson)
  yield* array('logs', report.logs, (log) => visibleJson(logJson(log)))
  yield* array('listeners', report.listeners, (listener) => visibleJson(listenerJson(report, listener)))
  yield* array('connections', report.connections(), (connection) => connections.line(connection))
  yield* array('findings', report.findings, (finding) => visibleJson(findingJson(report, finding)))
  yield* array('omitted', report.omitted, visibleJson)
  yield `  "suppressed": ${suppressedCount(report)},\n`
  yield* array('suppressedFindings', report.suppressed ?? [], visibleJson)
  yield* array('chain', report.chain, (step) => visibleJson(chainStepJson(step)))
  if (report.manifest !== undefined) yield `  "manifest": ${visibleJson(report.manifest)},\n`
  yield `  "rootCause": ${visibleJson(report.rootCause)}\n}\n`
}
