import type { Traffic } from '../diagnosis/connection.ts'
import { completenessNames, completenessText } from '../flow/completeness.ts'
import type { SideStatistics, Spread } from '../flow/flow-statistics.ts'
import type { Report } from '../report/report.ts'
import { formatEndpoint } from '../text/address.ts'
import { formatDuration } from '../text/duration.ts'
import { formatTime } from '../text/time.ts'
import { completeness, type FlowRow, throughput } from './flow-row.ts'

/** A column of the conversation table: its name for programs, its title for readers, its value for both. */
export interface FlowColumn {
  readonly name: string
  readonly title: string
  /** For programs: numbers in the unit that the name tells. */
  readonly value: (row: FlowRow, report: Report) => string
  /** For readers; the value where it is left out. */
  readonly shown?: (row: FlowRow, report: Report) => string
  /** What `--sort` sorts by; texts are not sorted by. */
  readonly key?: (row: FlowRow) => number
  /** Left out of the table that people read. */
  readonly hidden?: true
}

const plain = (value: number | null, unit = 1): string =>
  value === null ? '' : `${Math.round((value / unit) * 1e6) / 1e6}`
const duration = (value: number | null): string => (value === null ? '' : formatDuration(value))
const rate = (value: number | null): string => (value === null ? '' : `${Math.round(value)}`)

const rateOf = ({ connection }: FlowRow, { payloadBytes }: Traffic): number | null =>
  throughput(connection.end - connection.start, payloadBytes)

/** A number column. */
const count = (name: string, title: string, key: (row: FlowRow) => number): FlowColumn => ({
  name,
  title,
  key,
  value: (row) => `${key(row)}`,
})

/** One that only programs, and readers who ask for all, see. */
const hidden = (column: FlowColumn): FlowColumn => ({ ...column, hidden: true })

const time = (report: Report, row: FlowRow, at: number): string =>
  formatTime(report.epochSeconds, at, report.captures[row.connection.capture]?.timeDigits ?? 9)

type SideName = 'client' | 'server'
const PARTS = ['min', 'mean', 'max'] as const satisfies readonly (keyof Spread)[]

/** What was not measured sorts before all that was. */
const measured = (key: (row: FlowRow) => number | null) => (row: FlowRow) => key(row) ?? -1

function roundTripColumn(name: SideName, sign: string, part: keyof Spread): FlowColumn {
  const value = (row: FlowRow) => row[name].roundTrip?.[part] ?? null
  return {
    name: `${name}_rtt_${part}_ms`,
    title: `${part === 'mean' ? '' : `${part} `}rtt ${sign}`,
    key: measured(value),
    value: (row) => plain(value(row), 1e6),
    shown: (row) => duration(value(row)),
    ...(part !== 'mean' && { hidden: true }),
  }
}

function windowColumn(name: SideName, sign: string, part: keyof Spread): FlowColumn {
  const value = (row: FlowRow) => row[name].window?.[part] ?? null
  return {
    name: `${name}_window_${part}_bytes`,
    title: `${part} window ${sign}`,
    key: measured(value),
    value: (row) => plain(value(row)),
    hidden: true,
  }
}

/** Columns about what one end did. */
function sideColumns(name: SideName, sign: string): FlowColumn[] {
  const of = (row: FlowRow): SideStatistics => row[name]
  const sent = (row: FlowRow) => (name === 'client' ? row.connection.clientToServer : row.connection.serverToClient)
  return [
    count(`${name}_packets`, `packets ${sign}`, (row) => sent(row).packets),
    count(`${name}_bytes`, `bytes ${sign}`, (row) => sent(row).bytes),
    hidden(count(`${name}_payload_bytes`, `payload ${sign}`, (row) => sent(row).payloadBytes)),
    count(`${name}_retransmitted_bytes`, `again ${sign}`, (row) => of(row).retransmittedBytes),
    ...PARTS.map((part) => roundTripColumn(name, sign, part)),
    ...PARTS.map((part) => windowColumn(name, sign, part)),
    {
      name: `${name}_idle_max_ms`,
      title: `idle ${sign}`,
      key: measured((row) => of(row).idleMax),
      value: (row) => plain(of(row).idleMax, 1e6),
      shown: (row) => duration(of(row).idleMax),
      hidden: true,
    },
    {
      name: `${name}_throughput_bytes_per_second`,
      title: `B/s ${sign}`,
      key: measured((row) => rateOf(row, sent(row))),
      value: (row) => plain(rateOf(row, sent(row))),
      shown: (row) => rate(rateOf(row, sent(row))),
      hidden: true,
    },
    {
      name: `${name}_completeness`,
      title: `seen ${sign}`,
      value: (row) => completenessNames(of(row).completeness).join(' '),
      hidden: true,
    },
  ]
}

/** Every column, in the order of the table. */
export const FLOW_COLUMNS: readonly FlowColumn[] = [
  count('stream', 'stream', (row) => row.connection.stream),
  { name: 'client', title: 'client', value: (row) => formatEndpoint(row.connection.client) },
  { name: 'server', title: 'server', value: (row) => formatEndpoint(row.connection.server) },
  { name: 'state', title: 'state', value: (row) => row.connection.state },
  { name: 'history', title: 'history', value: (row) => row.connection.history },
  { name: 'verdict', title: 'verdict', value: (row) => row.connection.verdict },
  {
    name: 'duration_ms',
    title: 'lasted',
    key: (row) => row.connection.end - row.connection.start,
    value: (row) => plain(row.connection.end - row.connection.start, 1e6),
    shown: (row) => formatDuration(row.connection.end - row.connection.start),
  },
  hidden(
    count('packets', 'packets', (row) => row.connection.clientToServer.packets + row.connection.serverToClient.packets),
  ),
  hidden(count('bytes', 'bytes', (row) => row.connection.clientToServer.bytes + row.connection.serverToClient.bytes)),
  ...sideColumns('client', '→'),
  ...sideColumns('server', '←'),
  {
    name: 'completeness',
    title: 'completeness',
    value: (row) => `${completeness(row)}`,
    shown: (row) => `${completenessText(completeness(row))} (${completeness(row)})`,
  },
  {
    name: 'start',
    title: 'start',
    key: (row) => row.connection.start,
    value: (row, report) => time(report, row, row.connection.start),
    hidden: true,
  },
  {
    name: 'end',
    title: 'end',
    key: (row) => row.connection.end,
    value: (row, report) => time(report, row, row.connection.end),
    hidden: true,
  },
  hidden(count('first_frame', 'first frame', (row) => row.connection.firstFrame)),
  hidden(count('last_frame', 'last frame', (row) => row.connection.lastFrame)),
]

/** What `--sort` knows. */
export const SORT_NAMES: readonly string[] = FLOW_COLUMNS.filter(({ key }) => key !== undefined).map(({ name }) => name)
