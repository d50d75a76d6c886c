import { formatEndpoint } from '../../../text/address.ts'
import type { PacketSeries } from '../../packet-series.ts'
import { el, section } from '../element.ts'
import { frameRef, type Model } from '../model.ts'
import { infoText } from '../packet-text.ts'
import type { Selection } from '../selection.ts'
import { VirtualTable } from '../virtual-table.ts'
import { type PacketTest, packetQuery } from './packet-query.ts'
import type { TableView } from './timeline.ts'

/** The packets that the page carries, in Wireshark's columns. */
export function packetTable(model: Model, selection: Selection): TableView | null {
  const rows = inTimeOrder(model.series)
  if (rows.length === 0) return null
  const names = model.payload.analysisNames
  const seriesOf = (index: number): PacketSeries => model.series[rows.series[index]!]!
  const rowOf = (index: number): number => rows.row[index]!
  const info = (index: number): string => infoText(seriesOf(index), rowOf(index), names)
  const end = (index: number, sender: boolean): string => {
    const series = seriesOf(index)
    return formatEndpoint((series.columns.side[rowOf(index)] === 0) === sender ? series.client : series.server)
  }
  const number =
    (column: 'frame' | 'length' | 'time') =>
    (index: number): number =>
      seriesOf(index).columns[column][rowOf(index)]!
  let query = ''
  let test: PacketTest = () => true
  const table = new VirtualTable({
    label: 'packet list',
    noun: 'packets',
    rows: rows.length,
    placeholder: 'Filter: stream:0 len>0 from:client retransmission',
    columns: [
      {
        title: 'No.',
        width: '76px',
        numeric: true,
        text: (index) => String(number('frame')(index)),
        value: number('frame'),
      },
      {
        title: 'Time',
        width: '136px',
        text: (index) => model.clock.ofDay(number('time')(index)).slice(0, 18),
        value: number('time'),
      },
      {
        title: 'Stream',
        width: '74px',
        numeric: true,
        text: (index) => String(seriesOf(index).stream),
        value: (index) => seriesOf(index).stream,
      },
      { title: 'Source', width: 'minmax(140px, 0.3fr)', text: (index) => end(index, true) },
      { title: 'Destination', width: 'minmax(140px, 0.3fr)', text: (index) => end(index, false) },
      {
        title: 'Length',
        width: '68px',
        numeric: true,
        text: (index) => String(number('length')(index)),
        value: number('length'),
      },
      {
        title: 'Info',
        width: 'minmax(430px, 2fr)',
        text: info,
        className: (index) =>
          seriesOf(index).columns.analysis[rowOf(index)]
            ? 'flagged'
            : seriesOf(index).columns.side[rowOf(index)] === 0
              ? 'client-text'
              : 'server-text',
      },
    ],
    ref: (index) => frameRef(seriesOf(index).capture, number('frame')(index)),
    matches: (index, wanted) => {
      if (wanted !== query) test = packetQuery(wanted)
      query = wanted
      return test(seriesOf(index), rowOf(index), () =>
        `${end(index, true)} ${end(index, false)} ${info(index)}`.toLowerCase(),
      )
    },
    drawn: (body) => selection.mark(body),
  })
  const left =
    model.payload.leftOut.length > 0 &&
    el(
      'p',
      { class: 'intro' },
      'Not every packet of the capture is here: see ',
      el('a', { href: '#inputs' }, 'what was left out'),
      '.',
    )
  const element = section(
    'packets',
    'Packets',
    'Of the flows that findings are about. Sort by a column’s head; arrow keys move, words and fields filter.',
    left,
    table.element,
  )
  return { element, table, rowOf: (ref) => positionOf(model, rows, ref) }
}

interface Rows {
  readonly length: number
  readonly series: Int16Array
  readonly row: Int32Array
}

function inTimeOrder(all: readonly PacketSeries[]): Rows {
  const length = all.reduce((sum, series) => sum + series.columns.frame.length, 0)
  const series = new Int16Array(length)
  const row = new Int32Array(length)
  const next = all.map(() => 0)
  const heads = all.map((one) => rank(one, 0))
  for (let index = 0; index < length; index++) {
    let best = 0
    for (let one = 1; one < heads.length; one++) if (heads[one]! < heads[best]!) best = one
    series[index] = best
    row[index] = next[best]!
    next[best]!++
    heads[best] = rank(all[best]!, next[best]!)
  }
  return { length, series, row }
}

/** By capture, then by frame. */
const rank = (series: PacketSeries, row: number): number =>
  row < series.columns.frame.length ? series.capture * 2 ** 40 + series.columns.frame[row]! : Infinity

function positionOf(model: Model, rows: Rows, ref: string): number {
  for (let index = 0; index < rows.length; index++) {
    const series = model.series[rows.series[index]!]!
    if (frameRef(series.capture, series.columns.frame[rows.row[index]!]!) === ref) return index
  }
  return -1
}
