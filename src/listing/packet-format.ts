import { csvCell } from '../text/csv-cell.ts'
import { markdownText } from '../text/markdown-text.ts'

/** The columns that Wireshark shows by default. */
export interface PacketColumns {
  readonly number: number
  readonly time: string
  readonly source: string
  readonly destination: string
  readonly protocol: string
  readonly length: number
  readonly info: string
}

/** How a list of packets is written: what stands before, for each packet, between two, and behind. */
export interface PacketFormat {
  readonly head: string
  /** The columns as text; null where the format tells of records. */
  readonly columns: ((packet: PacketColumns) => string) | null
  readonly record: (record: object) => string
  readonly between: string
  readonly tail: string
}

export type PacketFormatName = 'terminal' | 'json' | 'ndjson' | 'csv' | 'markdown'

const noRecord = (): string => ''

/** As `tshark -r` prints them. */
const terminal: PacketFormat = {
  head: '',
  columns: (of) =>
    `${`${of.number}`.padStart(5)} ${of.time.padStart(10)} ${of.source.padStart(12)} → ${of.destination.padEnd(12)} ${of.protocol} ${of.length} ${of.info}\n`,
  record: noRecord,
  between: '',
  tail: '',
}

const csv: PacketFormat = {
  head: 'No.,Time,Source,Destination,Protocol,Length,Info\r\n',
  columns: (of) =>
    `${of.number},${csvCell(of.time)},${of.source},${of.destination},${of.protocol},${of.length},${csvCell(of.info)}\r\n`,
  record: noRecord,
  between: '',
  tail: '',
}

const markdown: PacketFormat = {
  head: '| No. | Time | Source | Destination | Protocol | Length | Info |\n| ---: | ---: | --- | --- | --- | ---: | --- |\n',
  columns: (of) =>
    `| ${of.number} | ${of.time} | ${of.source} | ${of.destination} | ${of.protocol} | ${of.length} | ${markdownText(of.info)} |\n`,
  record: noRecord,
  between: '',
  tail: '',
}

const ndjson: PacketFormat = {
  head: '',
  columns: null,
  record: (record) => `${JSON.stringify(record)}\n`,
  between: '',
  tail: '',
}

const json: PacketFormat = { ...ndjson, head: '[\n', record: JSON.stringify, between: ',\n', tail: '\n]\n' }

export const PACKET_FORMATS = { terminal, json, ndjson, csv, markdown } as const satisfies Record<
  PacketFormatName,
  PacketFormat
>
