import Table from 'cli-table3'
import { clipMiddle, displayWidth, pad } from '../../text/width.ts'
import type { Pen } from './pen.ts'

/** One column of a table. A narrow terminal loses a table's last columns first. */
export interface Column<Row> {
  readonly title: string
  readonly align: 'left' | 'right'
  readonly cell: (row: Row) => string
  /** Colours a cell after its width was settled. */
  readonly paint?: (row: Row, text: string) => string
  /** Narrowest width that still says something; null where the cell is always shown whole. */
  readonly least: number | null
}

interface Fitted<Row> {
  readonly column: Column<Row>
  readonly width: number
}

const INDENT = 2
const GAP = 2

/** Rows that a table of cli-table3 takes; its time grows with their square. */
export const TABLE_ROWS = 50

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
}

const total = (widths: readonly number[]): number =>
  INDENT + widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1)

/** An IPv4 address with its port is not narrowed as long as a column of less worth can go. */
const PREFERRED = 21

/** Drops columns from the end until the rest fits, then narrows those that may be narrowed, the widest first. */
function settled<Row>(
  columns: readonly Column<Row>[],
  essential: number,
  rows: readonly Row[],
  pen: Pen,
): Fitted<Row>[] {
  const natural = columns.map((column) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(pen.text(column.cell(row), 200)))),
  )
  const least = columns.map((column, at) => Math.min(natural[at]!, column.least ?? natural[at]!))
  const preferred = natural.map((width, at) => Math.max(least[at]!, Math.min(width, PREFERRED)))
  let count = columns.length
  while (count > essential && total(preferred.slice(0, count)) > pen.width) count--
  const shown = natural.slice(0, count)
  while (total(shown) > pen.width) {
    let widest = -1
    for (let at = 0; at < count; at++)
      if (shown[at]! > least[at]! && (widest < 0 || shown[at]! > shown[widest]!)) widest = at
    if (widest < 0) break
    shown[widest]!--
  }
  return shown.map((width, at) => ({ column: columns[at]!, width }))
}

/** A table of few rows, none wider than the terminal. */
export function* table<Row>(
  columns: readonly Column<Row>[],
  essential: number,
  rows: readonly Row[],
  pen: Pen,
): Generator<string> {
  const fitted = settled(columns, essential, rows, pen)
  const drawn = new Table({
    chars: NO_BORDERS,
    head: fitted.map(({ column, width }) => pen.chalk.dim(pad(column.title, width, column.align))),
    // Without these it colours heads and borders by itself, also where no colour is wanted.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: fitted.map(({ column }) => column.align),
  })
  for (const row of rows) drawn.push(fitted.map((cell) => painted(cell, row, pen)))
  for (const line of drawn.toString().split('\n')) yield `${' '.repeat(INDENT)}${line.trimEnd()}`
}

function painted<Row>({ column, width }: Fitted<Row>, row: Row, pen: Pen): string {
  const text = clipMiddle(pen.text(column.cell(row), 200), width, pen.signs.ellipsis)
  return column.paint === undefined ? text : column.paint(row, text)
}

/** Rows without end, aligned by the first of them: no cell is cut, and memory does not grow. */
export function* aligned<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>, pen: Pen): Generator<string> {
  const iterator = rows[Symbol.iterator]()
  const first: Row[] = []
  let next = iterator.next()
  for (; !next.done && first.length < TABLE_ROWS; next = iterator.next()) first.push(next.value)
  const widths = columns.map((column) =>
    Math.max(displayWidth(column.title), ...first.map((row) => displayWidth(pen.text(column.cell(row), 200)))),
  )
  const line = (cells: readonly string[]) =>
    `${' '.repeat(INDENT)}${cells.map((cell, at) => pad(cell, widths[at]!, columns[at]!.align)).join(' '.repeat(GAP))}`.trimEnd()
  const cells = (row: Row) => columns.map((column) => pen.text(column.cell(row), 200))
  yield pen.chalk.dim(line(columns.map((column) => column.title)))
  for (const row of first) yield line(cells(row))
  for (; !next.done; next = iterator.next()) yield line(cells(next.value))
}
