import Table from 'cli-table3'
import { counted } from '../../text/plural.ts'
import { clipMiddle, displayWidth, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
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

/** How many columns, counted from the first, have room side by side; never fewer than the essential ones. */
function fitting(widths: readonly number[], essential: number, room: number): number {
  let count = widths.length
  while (count > essential && total(widths.slice(0, count)) > room) count--
  return count
}

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
  const count = fitting(preferred, essential, pen.width)
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

/** A table of few rows, none wider than the terminal; where that has no room for the essential columns, a list of them. */
export function* table<Row>(
  columns: readonly Column<Row>[],
  essential: number,
  rows: readonly Row[],
  pen: Pen,
): Generator<string> {
  const fitted = settled(columns, essential, rows, pen)
  if (total(fitted.map(({ width }) => width)) > pen.width) {
    for (const row of rows) yield* listed(columns.slice(0, essential), row, pen.width, pen)
    return
  }
  const drawn = new Table({
    chars: NO_BORDERS,
    head: fitted.map(({ column, width }) => pen.chalk.dim(pad(pen.text(column.title), width, column.align))),
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

/** One row in words: `stream 3, client 10.0.0.1:50001, …`. */
function* listed<Row>(columns: readonly Column<Row>[], row: Row, width: number, pen: Pen): Generator<string> {
  const words = columns.map(({ title, cell }) => `${pen.text(title)} ${pen.text(cell(row), 200)}`)
  const lines = wrap(words.join(', '), Math.max(2, width - 2 * INDENT))
  for (const [at, line] of lines.entries()) yield `${' '.repeat(at === 0 ? INDENT : 2 * INDENT)}${line}`
}

/** What a terminal has room for, and the columns that are shown even where it has none. */
export interface Room {
  readonly width: number
  readonly essential: number
}

/**
 * Rows without end, aligned by the first of them: no cell is cut, and memory does not grow. Where there is a `room`, the
 * last columns that it does not hold are left out; where it does not hold the essential ones, the rows are told in words.
 */
export function* aligned<Row>(
  offered: readonly Column<Row>[],
  rows: Iterable<Row>,
  pen: Pen,
  room: Room | null = null,
): Generator<string> {
  const iterator = rows[Symbol.iterator]()
  const first: Row[] = []
  let next = iterator.next()
  for (; !next.done && first.length < TABLE_ROWS; next = iterator.next()) first.push(next.value)
  const widths = offered.map((column) =>
    Math.max(
      displayWidth(pen.text(column.title)),
      ...first.map((row) => displayWidth(pen.text(column.cell(row), 200))),
    ),
  )
  const columns = room === null ? offered : offered.slice(0, fitting(widths, room.essential, room.width))
  const line = (cells: readonly string[]) =>
    `${' '.repeat(INDENT)}${cells.map((cell, at) => pad(cell, widths[at]!, columns[at]!.align)).join(' '.repeat(GAP))}`.trimEnd()
  const inWords = room !== null && total(widths.slice(0, columns.length)) > room.width
  function* lines(row: Row): Generator<string> {
    if (inWords) yield* listed(columns, row, room!.width, pen)
    else yield line(columns.map((column) => pen.text(column.cell(row), 200)))
  }
  if (!inWords) yield pen.chalk.dim(line(columns.map((column) => pen.text(column.title))))
  for (const row of first) yield* lines(row)
  for (; !next.done; next = iterator.next()) yield* lines(next.value)
  const left = offered.length - columns.length
  if (left === 0) return
  const note = `${counted(left, 'more column')}: a wider terminal or --verbose shows them`
  for (const text of wrap(note, Math.min(pen.width, room!.width) - INDENT))
    yield pen.chalk.dim(`${' '.repeat(INDENT)}${text}`)
}
