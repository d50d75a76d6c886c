import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Analysis, analyze, reportOf } from '../../analyze.ts'
import { ExitCode } from '../../failure.ts'
import { FlowStatistics } from '../../flow/flow-statistics.ts'
import { TcpAnalysis } from '../../flow/tcp-analysis.ts'
import { FLOW_COLUMNS, SORT_NAMES } from '../../listing/flow-columns.ts'
import { FLOW_FORMATS, type FlowFormatName } from '../../listing/flow-listing.ts'
import type { FlowRow } from '../../listing/flow-row.ts'
import { sortedByKey } from '../../listing/sorted-by-key.ts'
import { StreamRows } from '../../listing/stream-rows.ts'
import type { AddressMap } from '../../redaction/address-map.ts'
import type { Report } from '../../report/report.ts'
import { analysisNotes } from '../capture-notes.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import type { CommandModule } from '../command.ts'
import { deliverText, exitCodeOf } from '../deliver.ts'
import type { Io } from '../io.ts'
import { withProgress } from '../progress.ts'
import { addRedactOptions, addressMapOf } from '../redact-options.ts'
import { addReportingOptions, NEVER_FAILS, readReportingOptions } from '../reporting-options.ts'

const FORMATS = ['terminal', 'ndjson', 'json', 'csv', 'markdown'] as const satisfies readonly FlowFormatName[]

const HELP = `
Examples:
  noaccept flows lo.pcap --sort server_idle_max_ms --limit 20
  noaccept flows lo.pcap --filter 'flow.server.payload == 0'
  noaccept flows lo.pcap --output flows.csv
`

interface Given {
  readonly sort: string
  readonly ascending?: true
  readonly limit?: number
}

/** `noaccept flows CAPTURE…` */
export const command: CommandModule = {
  declare(program, io) {
    const flows = program
      .command('flows')
      .description('Lists the TCP connections of captures with what each of them did.')
      .argument('<capture...>', 'captures, globs, or - for standard input')
      .addOption(
        new Option('--sort <column>', `largest first, by a column of the CSV format`)
          .choices(SORT_NAMES)
          .default('stream', 'stream, in the order of the capture'),
      )
      .option('--ascending', 'smallest first')
      .option('--limit <count>', 'show so many connections', positive)
      .addHelpText('after', HELP)
    addReportingOptions(addRedactOptions(addCaptureOptions(flows)), FORMATS, NEVER_FAILS).action((patterns: string[]) =>
      run(patterns, flows, io),
    )
  },
}

async function run(patterns: readonly string[], self: Command, io: Io): Promise<void> {
  const given = self.opts<Given>()
  const { paths, options } = await readCaptureOptions(self, patterns, io)
  const reporting = await readReportingOptions(self, FORMATS, paths, io)
  const segments = new TcpAnalysis()
  const statistics = new FlowStatistics(segments)
  const analysis = await withProgress(reporting, io, (onProgress) =>
    analyze(paths, { ...options, onProgress, analysis: segments, visitors: [statistics] }),
  )
  const report = reportOf(analysis)
  const rows = chosen(analysis, statistics, given)
  const addresses = await addressMapOf(self, reporting, io)
  const shown = addresses === null ? { report, rows } : await redacted(report, rows, addresses)
  const terminalColumns = reporting.output === null && io.stdoutIsTerminal ? io.columns : null
  const listed = FLOW_FORMATS[reporting.format](shown.report, shown.rows, { ...reporting, terminalColumns })
  await deliverText(listed, reporting, io)
  const notes = analysisNotes(report.captures, report.connectionCount === 0)
  if (!reporting.quiet) for (const note of notes) io.note(`noaccept: ${note}\n`)
  io.exitWith(io.signal.aborted ? ExitCode.INTERRUPTED : exitCodeOf(report, 'never'))
}

async function redacted(report: Report, rows: Iterable<FlowRow>, addresses: AddressMap) {
  const { ReportRedaction } = await import('../../redaction/redact-report.ts')
  const redaction = new ReportRedaction(addresses, report)
  function* changed(): Generator<FlowRow> {
    for (const row of rows) yield { ...row, connection: redaction.connection(row.connection) }
  }
  return { report: redaction.report(report), rows: changed() }
}

/** Rows in the order asked for. */
function chosen(analysis: Analysis, statistics: FlowStatistics, given: Given): Iterable<FlowRow> {
  const { scan, diagnosis } = analysis
  const limit = given.limit ?? Number.POSITIVE_INFINITY
  const rows = new StreamRows(scan.flows, statistics, diagnosis.connections(), limit)
  return given.sort === 'stream' ? rows : sorted(rows, analysis, given)
}

/** Sorting keeps a number and a key of each connection, not the connections. */
function* sorted(rows: StreamRows, { scan, diagnosis }: Analysis, { sort, ascending }: Given): Generator<FlowRow> {
  const key = FLOW_COLUMNS.find(({ name }) => name === sort)!.key!
  const keys = new Float64Array(scan.flows.table.count)
  const streams = new Uint32Array(diagnosis.connectionCount)
  let count = 0
  const sign = ascending === true ? 1 : -1
  for (const connection of rows.connections) {
    streams[count++] = connection.stream
    keys[connection.stream] = sign * key(rows.of(connection))
  }
  for (const stream of sortedByKey(streams, keys).subarray(0, rows.limit)) yield rows.of(diagnosis.connection(stream))
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a limit is a whole number from 1')
  return Number(text)
}
