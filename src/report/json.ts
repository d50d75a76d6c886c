import { visibleJson } from './json-line.ts'
import {
  captureJson,
  chainStepJson,
  connectionJson,
  findingJson,
  listenerJson,
  logJson,
  SCHEMA_VERSION,
  suppressedCount,
} from './json-model.ts'
import type { Reporter } from './reporter.ts'

function* array<T>(name: string, items: Iterable<T>, json: (item: T) => object): Generator<string> {
  let separator = `  ${JSON.stringify(name)}: [\n    `
  let empty = true
  for (const item of items) {
    yield separator + visibleJson(json(item))
    separator = ',\n    '
    empty = false
  }
  yield empty ? `  ${JSON.stringify(name)}: [],\n` : '\n  ],\n'
}

/** The report as one JSON document, a line for each capture, connection and finding. Its schema: schemas/report.schema.json. */
export const json: Reporter = function* (report) {
  yield `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "tool": ${visibleJson(report.tool)},\n  "complete": ${report.complete},\n`
  yield* array('captures', report.captures, (capture) => captureJson(report, capture))
  yield* array('coverage', report.coverage, (entry) => entry)
  yield* array('logs', report.logs, logJson)
  yield* array('listeners', report.listeners, (listener) => listenerJson(report, listener))
  yield* array('connections', report.connections(), (connection) => connectionJson(report, connection))
  yield* array('findings', report.findings, (finding) => findingJson(report, finding))
  yield* array('omitted', report.omitted, (entry) => entry)
  yield `  "suppressed": ${suppressedCount(report)},\n`
  yield* array('suppressedFindings', report.suppressed ?? [], (entry) => entry)
  yield* array('chain', report.chain, chainStepJson)
  if (report.manifest !== undefined) yield `  "manifest": ${visibleJson(report.manifest)},\n`
  yield `  "rootCause": ${visibleJson(report.rootCause)}\n}\n`
}
