import { ByteWriter, piece } from '../report/json/byte-writer.ts'
import { captureJson, SCHEMA_VERSION } from '../report/json/json-model.ts'
import type { Report } from '../report/report.ts'
import type { ReportOptions } from '../report/reporter.ts'
import { aligned, type Column } from '../report/terminal/columns.ts'
import { penOf } from '../report/terminal/pen.ts'
import { csvCell } from '../text/csv-cell.ts'
import { markdownText } from '../text/markdown-text.ts'
import { visibleJson } from '../text/visible-json.ts'
import { FLOW_COLUMNS } from './flow-columns.ts'
import { flowLines } from './flow-lines.ts'
import type { FlowRow } from './flow-row.ts'

/** How a conversation table is to be shown. */
export interface FlowListingOptions extends ReportOptions {
  /** Columns of the terminal that the table is printed on; null where it goes to a file or a pipe, and stays whole. */
  readonly terminalColumns: number | null
}

/** Writes the rows of a conversation table, in pieces. */
export type FlowFormat = (
  report: Report,
  rows: Iterable<FlowRow>,
  options: FlowListingOptions,
) => Iterable<string | Uint8Array>

export type FlowFormatName = 'terminal' | 'ndjson' | 'json' | 'csv' | 'markdown'

const SHOWN = FLOW_COLUMNS.filter((column) => column.hidden === undefined)

/** Who spoke with whom, and what became of it: shown on any terminal. */
const ESSENTIAL = FLOW_COLUMNS.findIndex(({ name }) => name === 'verdict') + 1

const terminal: FlowFormat = function* (report, rows, options) {
  const pen = penOf(options)
  const { terminalColumns: width } = options
  const room = width === null || options.verbose ? null : { width, essential: ESSENTIAL }
  const columns = (options.verbose ? FLOW_COLUMNS : SHOWN).map(
    (column): Column<FlowRow> => ({
      title: column.title,
      align: column.key === undefined ? 'left' : 'right',
      least: null,
      cell: (row) => (column.shown ?? column.value)(row, report),
    }),
  )
  for (const line of aligned(columns, rows, pen, room)) yield `${line}\n`
}

const csv: FlowFormat = function* (report, rows) {
  yield `${FLOW_COLUMNS.map(({ name }) => name).join(',')}\r\n`
  for (const row of rows) yield `${FLOW_COLUMNS.map(({ value }) => csvCell(value(row, report))).join(',')}\r\n`
}

const markdown: FlowFormat = function* (report, rows) {
  yield `| ${SHOWN.map(({ title }) => title).join(' | ')} |\n`
  yield `| ${SHOWN.map(({ key }) => (key === undefined ? '---' : '---:')).join(' | ')} |\n`
  for (const row of rows)
    yield `| ${SHOWN.map(({ shown, value }) => markdownText((shown ?? value)(row, report))).join(' | ')} |\n`
}

const ndjson: FlowFormat = function* (report, rows) {
  const writer = new ByteWriter()
  const some = yield* flowLines(writer, report, rows, { first: piece('{'), next: piece('\n{') })
  if (some) writer.text('\n')
  yield writer.take()
}

const json: FlowFormat = function* (report, rows) {
  const { tool, complete } = report
  const captures = report.captures.map((capture) => captureJson(report, capture))
  const head = visibleJson({ schemaVersion: SCHEMA_VERSION, tool, complete, captures }).slice(0, -1)
  const writer = new ByteWriter()
  writer.text(`${head},"connections":[\n`)
  yield* flowLines(writer, report, rows, { first: piece('{'), next: piece(',\n{') })
  writer.text('\n]}\n')
  yield writer.take()
}

export const FLOW_FORMATS = { terminal, ndjson, json, csv, markdown } as const satisfies Record<
  FlowFormatName,
  FlowFormat
>
