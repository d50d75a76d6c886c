import { visibleJson } from '../text/visible-json.ts'
import { ByteWriter, piece, utf8 } from './json/byte-writer.ts'
import { connectionLines } from './json/connection-lines.ts'
import { captureJson, chainStepJson, findingJson, listenerJson, logJson, SCHEMA_VERSION } from './json/json-model.ts'
import type { Report } from './report.ts'
import type { ByteReporter, Reporter } from './reporter.ts'
import { suppressedCount } from './suppressed.ts'

const FIRST = piece('{"type":"connection",')
const NEXT = piece('\n{"type":"connection",')

/** One object a line; its `type` says what it is, its other fields are those of the JSON report. */
export const ndjson: Reporter = function* (report, options) {
  for (const bytes of ndjsonBytes(report, options)) yield utf8(bytes)
}

/** The same as bytes. */
export const ndjsonBytes: ByteReporter = function* (report) {
  const writer = new ByteWriter()
  yield* written(writer, before(report))
  const some = yield* connectionLines(writer, report, { first: FIRST, next: NEXT })
  if (some) writer.text('\n')
  yield* written(writer, after(report))
  yield writer.take()
}

function* written(writer: ByteWriter, lines: Iterable<string>): Generator<Uint8Array> {
  for (const line of lines) {
    writer.text(line)
    if (writer.isFull) yield writer.take()
  }
}

const typed = (type: string, value: object): string => `${visibleJson({ type, ...value })}\n`

function* before(report: Report): Generator<string> {
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
}

function* after(report: Report): Generator<string> {
  for (const finding of report.findings) yield typed('finding', findingJson(report, finding))
  for (const entry of report.omitted) yield typed('omitted', entry)
  for (const entry of report.suppressed ?? []) yield typed('suppressed', entry)
  for (const step of report.chain) yield typed('chain', chainStepJson(step))
  if (report.manifest !== undefined) yield typed('manifest', report.manifest)
  if (report.rootCause !== null) yield typed('rootCause', report.rootCause)
}
