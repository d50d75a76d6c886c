import { formatEndpoint } from '../../../text/address.ts'
import { formatDuration } from '../../../text/duration.ts'
import { section } from '../element.ts'
import { frameRef, type Model } from '../model.ts'
import type { Selection } from '../selection.ts'
import { VirtualTable } from '../virtual-table.ts'

/** Every connection with its verdict. */
export function connections(
  model: Model,
  selection: Selection,
  chosen: (capture: number, stream: number) => void,
): HTMLElement {
  const { connections: all, connectionCount } = model.payload
  const client = (row: number): string =>
    formatEndpoint({ address: all.ends[all.clientAddress[row]!]!, port: all.clientPort[row]! })
  const server = (row: number): string =>
    formatEndpoint({ address: all.ends[all.serverAddress[row]!]!, port: all.serverPort[row]! })
  const verdict = (row: number): string => all.verdicts[all.verdict[row]!]!
  const plain = (values: readonly number[]) => ({
    numeric: true,
    text: (row: number) => String(values[row]),
    value: (row: number) => values[row]!,
  })
  const table = new VirtualTable({
    label: 'connections',
    noun: 'connections',
    rows: all.stream.length,
    placeholder: 'Filter: a verdict, an address, a port',
    columns: [
      { title: 'Stream', width: '72px', ...plain(all.stream) },
      { title: 'Client', width: 'minmax(136px, 1fr)', text: client },
      { title: 'Server', width: 'minmax(136px, 1fr)', text: server },
      { title: 'Verdict', width: '148px', text: verdict },
      { title: 'State', width: '64px', text: (row) => all.state[row]! },
      {
        title: 'Start',
        width: '124px',
        text: (row) => model.clock.ofDay(all.start[row]!).slice(0, 15),
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
    ],
    ref: (row) => frameRef(all.capture[row]!, all.firstFrame[row]!),
    matches: (row, query) => {
      const text =
        `${client(row)} ${server(row)} ${verdict(row)} ${all.state[row]} stream:${all.stream[row]}`.toLowerCase()
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
      ? `The first ${all.stream.length} and those with findings; ${rest} more are in the JSON and CSV.`
      : 'Choose one to see its flow, where the page carries its packets.',
    table.element,
  )
}
