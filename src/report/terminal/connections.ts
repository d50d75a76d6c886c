import type { Connection } from '../../diagnosis/connection.ts'
import type { Listener } from '../../diagnosis/listeners/listener.ts'
import type { Verdict } from '../../diagnosis/verdict.ts'
import { formatEndpoint } from '../../text/address.ts'
import { formatDuration } from '../../text/duration.ts'
import { formatTime } from '../../text/time.ts'
import type { Report } from '../report.ts'
import { connectionsOf } from '../subjects.ts'
import { UNTROUBLED } from '../untroubled.ts'
import { aligned, type Column, TABLE_ROWS, table } from './columns.ts'
import type { Pen } from './pen.ts'

/** An end of a connection that is cut further tells nobody apart. */
const LEAST_ENDPOINT = 15

const frames = ({ firstFrame, lastFrame }: Connection): string =>
  firstFrame === lastFrame ? `${firstFrame}` : `${firstFrame}–${lastFrame}`

/** Rows of a folded list. */
const FOLDED = 20

const verdictPaint =
  (pen: Pen) =>
  (row: { readonly verdict: Verdict }, text: string): string =>
    UNTROUBLED.has(row.verdict) ? pen.chalk.green(text) : pen.chalk.yellow(text)

const connectionColumns = (pen: Pen): Column<Connection>[] => [
  { title: 'stream', align: 'right', least: null, cell: (row) => `${row.stream}` },
  { title: 'client', align: 'left', least: LEAST_ENDPOINT, cell: (row) => formatEndpoint(row.client) },
  { title: 'server', align: 'left', least: LEAST_ENDPOINT, cell: (row) => formatEndpoint(row.server) },
  { title: 'verdict', align: 'left', least: null, cell: (row) => row.verdict, paint: verdictPaint(pen) },
  { title: 'sent', align: 'right', least: null, cell: (row) => `${row.clientToServer.payloadBytes}` },
  { title: 'received', align: 'right', least: null, cell: (row) => `${row.serverToClient.payloadBytes}` },
  { title: 'confidence', align: 'left', least: null, cell: (row) => row.confidence },
  { title: 'lasted', align: 'right', least: null, cell: (row) => formatDuration(row.end - row.start) },
  { title: 'frames', align: 'left', least: null, cell: frames },
  { title: 'state', align: 'left', least: null, cell: (row) => row.state },
  { title: 'history', align: 'left', least: 8, cell: (row) => row.history },
]

function listenerColumns(report: Report, pen: Pen): Column<Listener>[] {
  const digits = Math.min(6, Math.max(0, ...report.captures.map((capture) => capture.timeDigits)))
  const served = (time: number | null) =>
    time === null ? 'never' : formatTime(report.epochSeconds, time, digits).slice('yyyy-mm-ddT'.length, -1)
  return [
    { title: 'listener', align: 'left', least: LEAST_ENDPOINT, cell: formatEndpoint },
    { title: 'connections', align: 'right', least: null, cell: (row) => `${row.connections}` },
    { title: 'served', align: 'right', least: null, cell: (row) => `${row.served}` },
    { title: 'verdict', align: 'left', least: null, cell: (row) => row.verdict, paint: verdictPaint(pen) },
    { title: 'last served', align: 'left', least: null, cell: (row) => served(row.lastServedTime) },
  ]
}

/** The listeners to show of many: those in trouble before the others, each kind in the order given. */
function chosenListeners(report: Report, limit: number): Listener[] {
  const troubled = report.listeners.filter((row) => !UNTROUBLED.has(row.verdict))
  const others = report.listeners.filter((row) => UNTROUBLED.has(row.verdict))
  return [...troubled, ...others].slice(0, limit)
}

/** The connections to show of many: those that findings are about, in the findings' order, then the first others. */
function chosenConnections(report: Report, limit: number): Connection[] {
  const streams = [...new Set(report.findings.map((finding) => finding.stream))].slice(0, limit)
  const found = connectionsOf(report, streams)
  const chosen = streams.map((stream) => found.get(stream ?? -1)).filter((connection) => connection !== undefined)
  for (const connection of report.connections()) {
    if (chosen.length >= limit) break
    if (!found.has(connection.stream)) chosen.push(connection)
  }
  return chosen
}

interface List<Row> {
  readonly title: string
  readonly count: number
  readonly columns: readonly Column<Row>[]
  /** Columns that no terminal is too narrow for. */
  readonly essential: number
  readonly all: () => Iterable<Row>
  readonly chosen: (limit: number) => readonly Row[]
}

function* list<Row>(of: List<Row>, pen: Pen): Generator<string> {
  const { count, columns, essential } = of
  if (count === 0) return
  yield pen.chalk.bold(`${of.title} (${count})`)
  const limit = pen.verbose ? TABLE_ROWS : FOLDED
  if (count <= limit) yield* table(columns, essential, [...of.all()], pen)
  else if (pen.verbose) yield* aligned(columns, of.all(), pen)
  else {
    yield* table(columns, essential, of.chosen(limit), pen)
    yield pen.chalk.dim(`  ${count - limit} more: --verbose shows them`)
  }
  yield ''
}

/** Every address and port that was connected to; where the list is cut, those in trouble. */
export const listeners = (report: Report, pen: Pen): Generator<string> =>
  list(
    {
      title: 'Listeners',
      count: report.listeners.length,
      columns: listenerColumns(report, pen),
      essential: 4,
      all: () => report.listeners,
      chosen: (limit) => chosenListeners(report, limit),
    },
    pen,
  )

/** Every connection: a table where they are few, lines that stream where all of many are asked for. */
export const connections = (report: Report, pen: Pen): Generator<string> =>
  list(
    {
      title: 'Connections',
      count: report.connectionCount,
      columns: connectionColumns(pen),
      essential: 4,
      all: report.connections,
      chosen: (limit) => chosenConnections(report, limit),
    },
    pen,
  )
