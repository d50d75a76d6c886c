import { formatDuration } from '../../../text/duration.ts'
import type { TimelineRow } from '../../details.ts'
import { section } from '../element.ts'
import { frameRef, lineRef, type Model, type Ref } from '../model.ts'
import { baseName } from '../references.ts'
import type { Selection } from '../selection.ts'
import { type Column, VirtualTable } from '../virtual-table.ts'

export interface TableView {
  readonly element: HTMLElement
  readonly table: VirtualTable
  readonly rowOf: (ref: Ref) => number
}

const refOf = (row: TimelineRow): Ref | null =>
  row.frame !== null && row.capture !== null
    ? frameRef(row.capture, row.frame)
    : row.line !== null && row.log !== null
      ? lineRef(row.log, row.line)
      : null

/** What packets, logs and findings tell, in one order of time. */
export function timeline(model: Model, selection: Selection): TableView | null {
  const rows = model.payload.timeline
  if (rows.length === 0) return null
  const table = new VirtualTable({
    label: 'merged time line',
    noun: 'event',
    rows: rows.length,
    placeholder: 'Filter: any words, e.g. log accept',
    columns: columns(model).map((column) => ofRows(column, rows)),
    ref: (index) => refOf(rows[index]!),
    matches: (index, query) => {
      const row = rows[index]!
      const text = `${row.source} ${row.kind} ${where(model, row)} ${row.text}`.toLowerCase()
      return query.split(/\s+/).every((word) => text.includes(word))
    },
    drawn: (body) => selection.mark(body),
  })
  const positions = positionsOf(rows)
  return {
    element: section(
      'timeline',
      'Time line',
      'Events of packets and logs on one clock. ± is how exactly an event’s time is known.',
      table.element,
    ),
    table,
    rowOf: (ref) => positions.get(ref) ?? -1,
  }
}

/** A column as it reads an event. */
interface RowColumn extends Pick<Column, 'title' | 'width' | 'numeric'> {
  readonly text: (row: TimelineRow) => string
  readonly value?: (row: TimelineRow) => number
  readonly className?: (row: TimelineRow) => string
}

const columns = (model: Model): RowColumn[] => [
  {
    title: 'Time',
    width: '136px',
    text: ({ time }) => (time === null ? 'not placed' : model.clock.ofDay(time).slice(0, 15)),
    value: ({ time }) => time ?? Infinity,
  },
  {
    title: '±',
    width: '78px',
    numeric: true,
    text: ({ uncertainty }) => (uncertainty > 0 ? formatDuration(uncertainty) : ''),
    value: ({ uncertainty }) => uncertainty,
  },
  { title: 'Source', width: '76px', text: ({ source }) => source, className: ({ source }) => `source-${source}` },
  { title: 'What', width: '130px', text: ({ kind }) => kind },
  { title: 'Where', width: '150px', text: (row) => where(model, row) },
  {
    title: 'Stream',
    width: '70px',
    numeric: true,
    text: ({ stream }) => stream?.toString() ?? '',
    value: ({ stream }) => stream ?? Infinity,
  },
  { title: 'Text', width: 'minmax(280px, 1fr)', text: ({ text }) => text },
]

const ofRows = ({ text, value, className, ...rest }: RowColumn, rows: readonly TimelineRow[]): Column => ({
  ...rest,
  text: (index) => text(rows[index]!),
  ...(value === undefined ? {} : { value: (index: number) => value(rows[index]!) }),
  ...(className === undefined ? {} : { className: (index: number) => className(rows[index]!) }),
})

function where({ payload }: Model, row: TimelineRow): string {
  if (row.line !== null && row.log !== null) return `${baseName(payload.logs[row.log]?.path ?? 'log')}:${row.line}`
  return row.frame === null ? '' : `frame ${row.frame}`
}

/** Where what a reference names stands first. */
function positionsOf(rows: readonly TimelineRow[]): Map<Ref, number> {
  const positions = new Map<Ref, number>()
  rows.forEach((row, position) => {
    const ref = refOf(row)
    if (ref !== null && !positions.has(ref)) positions.set(ref, position)
  })
  return positions
}
