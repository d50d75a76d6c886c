import { formatEndpoint } from '../../../text/address.ts'
import { formatDuration } from '../../../text/duration.ts'
import { are } from '../../../text/plural.ts'
import { section } from '../element.ts'
import { frameRef, type Model } from '../model.ts'
import type { ConnectionColumns } from '../payload.ts'
import type { Selection } from '../selection.ts'
import { type Column, VirtualTable } from '../virtual-table.ts'

/** Every connection with its verdict; null where there is none. */
export function connections(
  model: Model,
  selection: Selection,
  chosen: (capture: number, stream: number) => void,
): HTMLElement | null {
  const { connections: all, connectionCount } = model.payload
  if (connectionCount === 0) return null
  const table = new VirtualTable({
    label: 'connections',
    noun: 'connection',
    rows: all.stream.length,
    placeholder: 'Filter: a verdict, an address, a port',
    columns: columns(model),
    ref: (row) => frameRef(all.capture[row]!, all.firstFrame[row]!),
    matches: (row, query) => {
      const ends = `${client(all, row)} ${server(all, row)}`
      const text = `${ends} ${verdict(all, row)} ${all.state[row]} stream:${all.stream[row]}`.toLowerCase()
      return query.split(/\s+/).every((word) => text.includes(word))
    },
    drawn: (body) => selection.mark(body),
    chosen: (row) => chosen(all.capture[row]!, all.stream[row]!),
  })
  const rest = connectionCount - all.stream.length
  return section(
    'connections',
    'Connections',
    rest > 0
      ? `The first ${all.stream.length} and those with findings; ${rest} more ${are(rest)} in the JSON and CSV.`
      : 'Choose one to see its flow, where the page carries its packets.',
    table.element,
  )
}

const client = (all: ConnectionColumns, row: number): string =>
  formatEndpoint({ address: all.ends[all.clientAddress[row]!]!, port: all.clientPort[row]! })

const server = (all: ConnectionColumns, row: number): string =>
  formatEndpoint({ address: all.ends[all.serverAddress[row]!]!, port: all.serverPort[row]! })

const verdict = (all: ConnectionColumns, row: number): string => all.verdicts[all.verdict[row]!]!

function columns({ clock, payload: { connections: all } }: Model): Column[] {
  const plain = (values: readonly number[]) => ({
    numeric: true,
    text: (row: number) => String(values[row]),
    value: (row: number) => values[row]!,
  })
  return [
    { title: 'Stream', width: '72px', ...plain(all.stream) },
    { title: 'Client', width: 'minmax(136px, 1fr)', text: (row) => client(all, row) },
    { title: 'Server', width: 'minmax(136px, 1fr)', text: (row) => server(all, row) },
    // The longest verdict and a time of day to the microsecond fit, where the page has room for them.
    { title: 'Verdict', width: 'minmax(148px, 172px)', text: (row) => verdict(all, row) },
    { title: 'State', width: '64px', text: (row) => all.state[row]! },
    {
      title: 'Start',
      width: 'minmax(124px, 140px)',
      text: (row) => clock.ofDay(all.start[row]!).slice(0, 15),
      value: (row) => all.start[row]!,
    },
    {
      title: 'Lasted',
      width: '80px',
      numeric: true,
      text: (row) => formatDuration(all.duration[row]!),
      value: (row) => all.duration[row]!,
    },
    { title: 'Packets', width: '74px', ...plain(all.packets) },
    { title: 'Client B', width: '84px', ...plain(all.clientBytes) },
    { title: 'Server B', width: '86px', ...plain(all.serverBytes) },
  ]
}
