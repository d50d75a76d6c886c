import { el, section } from '../element.ts'
import type { Model } from '../model.ts'
import type { Selection } from '../selection.ts'
import { type Column, VirtualTable } from '../virtual-table.ts'
import { type PacketTest, packetQuery } from './packet-query.ts'
import { PacketRows } from './packet-rows.ts'
import type { TableView } from './timeline.ts'

/** The packets that the page carries, in Wireshark's columns. */
export function packetTable(model: Model, selection: Selection): TableView | null {
  const rows = new PacketRows(model)
  if (rows.length === 0) return null
  const table = new VirtualTable({
    label: 'packet list',
    noun: 'packet',
    rows: rows.length,
    placeholder: 'Filter: stream:0 len>0 from:client retransmission',
    columns: columns(model, rows),
    ref: (index) => rows.ref(index),
    matches: matcher(rows),
    drawn: (body) => selection.mark(body),
  })
  const element = section(
    'packets',
    'Packets',
    'Of the flows that findings are about. Sort by a column’s head; arrow keys move, words and fields filter.',
    leftOut(model),
    table.element,
  )
  return { element, table, rowOf: (ref) => rows.indexOf(ref) }
}

function columns(model: Model, rows: PacketRows): Column[] {
  const numbers = (column: 'frame' | 'length') => ({
    numeric: true,
    text: (index: number) => String(rows.value(column, index)),
    value: (index: number) => rows.value(column, index),
  })
  return [
    { title: 'No.', width: '76px', ...numbers('frame') },
    {
      title: 'Time',
      width: '136px',
      text: (index) => model.clock.ofDay(rows.value('time', index)).slice(0, 18),
      value: (index) => rows.value('time', index),
    },
    {
      title: 'Stream',
      width: '74px',
      numeric: true,
      text: (index) => String(rows.series(index).stream),
      value: (index) => rows.series(index).stream,
    },
    { title: 'Source', width: 'minmax(140px, 0.3fr)', text: (index) => rows.source(index) },
    { title: 'Destination', width: 'minmax(140px, 0.3fr)', text: (index) => rows.destination(index) },
    { title: 'Length', width: '68px', ...numbers('length') },
    {
      title: 'Info',
      width: 'minmax(430px, 2fr)',
      text: (index) => rows.info(index),
      className: (index) =>
        rows.isFlagged(index) ? 'flagged' : rows.isFromClient(index) ? 'client-text' : 'server-text',
    },
  ]
}

/** One query is asked of all packets, and read once. */
function matcher(rows: PacketRows): (index: number, wanted: string) => boolean {
  let query = ''
  let test: PacketTest = () => true
  return (index, wanted) => {
    if (wanted !== query) test = packetQuery(wanted)
    query = wanted
    return test(rows.series(index), rows.place(index), () =>
      `${rows.source(index)} ${rows.destination(index)} ${rows.info(index)}`.toLowerCase(),
    )
  }
}

const leftOut = ({ payload }: Model): HTMLElement | false =>
  payload.leftOut.length > 0 &&
  el(
    'p',
    { class: 'intro' },
    'Not every packet of the capture is here: see ',
    el('a', { href: '#inputs' }, 'what was left out'),
    '.',
  )
