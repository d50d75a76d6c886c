import { formatDuration } from '../../../text/duration.ts'
import type { TimelineRow } from '../../details.ts'
import { section } from '../element.ts'
import { frameRef, lineRef, type Model, type Ref } from '../model.ts'
import { baseName } from '../references.ts'
import type { Selection } from '../selection.ts'
import { VirtualTable } from '../virtual-table.ts'

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
  const where = (row: TimelineRow): string => {
    if (row.line !== null && row.log !== null)
      return `${baseName(model.payload.logs[row.log]?.path ?? 'log')}:${row.line}`
    return row.frame === null ? '' : `frame ${row.frame}`
  }
  const at = (index: number): TimelineRow => rows[index]!
  const table = new VirtualTable({
    label: 'merged time line',
    noun: 'events',
    rows: rows.length,
    placeholder: 'Filter: any words, e.g. log accept',
    columns: [
      {
        title: 'Time',
        width: '136px',
        text: (index) => {
          const { time } = at(index)
          return time === null ? 'not placed' : model.clock.ofDay(time).slice(0, 15)
        },
        value: (index) => at(index).time ?? Infinity,
      },
      {
        title: '±',
        width: '78px',
        numeric: true,
        text: (index) => (at(index).uncertainty > 0 ? formatDuration(at(index).uncertainty) : ''),
        value: (index) => at(index).uncertainty,
      },
      {
        title: 'Source',
        width: '76px',
        text: (index) => at(index).source,
        className: (index) => `source-${at(index).source}`,
      },
      { title: 'What', width: '130px', text: (index) => at(index).kind },
      { title: 'Where', width: '150px', text: (index) => where(at(index)) },
      {
        title: 'Stream',
        width: '70px',
        numeric: true,
        text: (index) => at(index).stream?.toString() ?? '',
        value: (index) => at(index).stream ?? Infinity,
      },
      { title: 'Text', width: 'minmax(280px, 1fr)', text: (index) => at(index).text },
    ],
    ref: (index) => refOf(at(index)),
    matches: (index, query) => {
      const row = at(index)
      const text = `${row.source} ${row.kind} ${where(row)} ${row.text}`.toLowerCase()
      return query.split(/\s+/).every((word) => text.includes(word))
    },
    drawn: (body) => selection.mark(body),
  })
  const index = new Map<Ref, number>()
  rows.forEach((row, position) => {
    const ref = refOf(row)
    if (ref !== null && !index.has(ref)) index.set(ref, position)
  })
  return {
    element: section(
      'timeline',
      'Time line',
      'Events of packets and logs on one clock. ± is how exactly an event’s time is known.',
      table.element,
    ),
    table,
    rowOf: (ref) => index.get(ref) ?? -1,
  }
}
