import { visibleJson } from '../text/visible-json.ts'
import { ByteWriter, piece, utf8 } from './json/byte-writer.ts'
import { connectionLines } from './json/connection-lines.ts'
import { captureJson, chainStepJson, findingJson, listenerJson, logJson, SCHEMA_VERSION } from './json/json-model.ts'
import type { Report } from './report.ts'
import type { ByteReporter, Reporter } from './reporter.ts'
import { suppressedCount } from './suppressed.ts'

/** The report as one JSON document, a line for each capture, connection and finding. Its schema: schemas/report.schema.json. */
export const json: Reporter = function* (report, options) {
  for (const bytes of jsonBytes(report, options)) yield utf8(bytes)
}

/** The same as bytes. */
export const jsonBytes: ByteReporter = function* (report) {
  const writer = new ByteWriter()
  writer.text(
    `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "tool": ${visibleJson(report.tool)},\n  "complete": ${report.complete},\n`,
  )
  yield* array(writer, 'captures', report.captures, (capture) => visibleJson(captureJson(report, capture)))
  yield* array(writer, 'coverage', report.coverage, visibleJson)
  yield* array(writer, 'logs', report.logs, (log) => visibleJson(logJson(log)))
  yield* array(writer, 'listeners', report.listeners, (listener) => visibleJson(listenerJson(report, listener)))
  yield* connections(writer, report)
  yield* array(writer, 'findings', report.findings, (finding) => visibleJson(findingJson(report, finding)))
  yield* array(writer, 'omitted', report.omitted, visibleJson)
  writer.text(`  "suppressed": ${suppressedCount(report)},\n`)
  yield* array(writer, 'suppressedFindings', report.suppressed ?? [], visibleJson)
  yield* array(writer, 'chain', report.chain, (step) => visibleJson(chainStepJson(step)))
  if (report.manifest !== undefined) writer.text(`  "manifest": ${visibleJson(report.manifest)},\n`)
  writer.text(`  "rootCause": ${visibleJson(report.rootCause)}\n}\n`)
  yield writer.take()
}

const head = (name: string): string => `  ${JSON.stringify(name)}: [`

function* array<T>(
  writer: ByteWriter,
  name: string,
  items: Iterable<T>,
  line: (item: T) => string,
): Generator<Uint8Array> {
  let separator = `${head(name)}\n    `
  let empty = true
  for (const item of items) {
    writer.text(separator)
    writer.text(line(item))
    separator = ',\n    '
    empty = false
    if (writer.isFull) yield writer.take()
  }
  writer.text(empty ? `${head(name)}],\n` : '\n  ],\n')
}

function* connections(writer: ByteWriter, report: Report): Generator<Uint8Array> {
  const around = { first: piece(`${head('connections')}\n    {`), next: piece(',\n    {') }
  const some = yield* connectionLines(writer, report, around)
  writer.text(some ? '\n  ],\n' : `${head('connections')}],\n`)
}
