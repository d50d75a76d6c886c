import { type Command, Option } from 'commander'
import { ExitCode } from '../../failure.ts'
import { TcpAnalysis } from '../../flow/tcp-analysis.ts'
import { packetFilter } from '../../flow-selection.ts'
import type { PacketFormatName } from '../../listing/packet-format.ts'
import { PacketListing } from '../../listing/packet-listing.ts'
import { TIME_FORMATS, type TimeFormat } from '../../listing/packet-time.ts'
import { type Scan, type ScanOptions, scan } from '../../scan.ts'
import { analysisNotes } from '../capture-notes.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import type { CommandModule } from '../command.ts'
import { deliverText } from '../deliver.ts'
import type { Io } from '../io.ts'
import { showProgress } from '../progress.ts'
import { addRedactOptions, addressMapOf } from '../redact-options.ts'
import { Relay } from '../relay.ts'
import { addReportingOptions, NEVER_FAILS, type Reporting, readReportingOptions } from '../reporting-options.ts'

const FORMATS = ['terminal', 'ndjson', 'json', 'csv', 'markdown'] as const satisfies readonly PacketFormatName[]

const HELP = `
Examples:
  noaccept packets lo.pcap --port 9000 --time delta
  noaccept packets lo.pcap --filter 'tcp.flags.syn == 1 && tcp.flags.ack == 0'
  noaccept packets lo.pcap --format ndjson --output packets.ndjson
`

interface Given {
  readonly time: TimeFormat
  readonly absoluteSeq?: true
}

export const command: CommandModule = {
  declare(program, io) {
    const packets = program
      .command('packets')
      .description('Lists the packets of captures, in the columns and wording of Wireshark.')
      .argument('<capture...>', 'captures, globs, or - for standard input')
      .addOption(
        new Option('-t, --time <format>', 'how to show times; absolute ones are UTC')
          .choices(TIME_FORMATS)
          .default('relative'),
      )
      .option('-S, --absolute-seq', 'show sequence numbers as they are in the packets')
      .addHelpText('after', HELP)
    addReportingOptions(addRedactOptions(addCaptureOptions(packets, 'packets')), FORMATS, NEVER_FAILS).action(
      (captures: string[]) => run(captures, packets, io),
    )
  },
}

async function run(patterns: readonly string[], self: Command, io: Io): Promise<void> {
  const { paths, options } = await readCaptureOptions(self, patterns, io)
  const reporting = await readReportingOptions(self, FORMATS, paths, io)
  const analysis = new TcpAnalysis()
  const listing = new PacketListing(
    {
      format: reporting.format,
      ascii: reporting.ascii && reporting.format === 'terminal',
      ...listingOptions(self.opts<Given>()),
      ports: options.ports ?? [],
      filter: options.filter === undefined ? null : await packetFilter(options.filter, paths, options),
      addresses: await addressMapOf(self, reporting, io),
    },
    analysis,
  )
  const result = await list(paths, { ...options, visitors: [analysis, listing] }, listing, reporting, io)
  const code = exitCode(result, listing.shown)
  const notes = analysisNotes(result.captures, code === ExitCode.NOTHING)
  if (!reporting.quiet) for (const note of notes) io.note(`noaccept: ${note}\n`)
  io.exitWith(code)
}

const listingOptions = ({ time, absoluteSeq }: Given) => ({ time, absoluteSeq: absoluteSeq === true })

/** Scans and writes side by side: what was read of a window goes out before the next one is read. */
async function list(
  paths: readonly string[],
  options: ScanOptions,
  listing: PacketListing,
  reporting: Reporting<(typeof FORMATS)[number]>,
  io: Io,
): Promise<Scan> {
  const relay = new Relay()
  /** Aborted where nobody takes the list any more: a pipe would be read on for as long as somebody writes to it. */
  const unwritten = new AbortController()
  // Where the list goes to the terminal that progress would be shown on, it shows by itself how far it has come.
  const isShown = reporting.output === null && io.stdoutIsTerminal && reporting.progress === 'auto'
  const progress = showProgress(isShown ? { ...reporting, progress: 'none' } : reporting, io)
  const scanned = scan(paths, {
    ...options,
    signal: AbortSignal.any([io.signal, unwritten.signal]),
    onProgress: progress.update,
    onCapture: (summary, epoch) => listing.open(summary, epoch),
    onWindow: () => relay.push(listing.take()),
  })
  const finished = scanned.then(
    () => {
      listing.end()
      return relay.push(listing.take()).then(() => relay.end())
    },
    (error) => relay.end(error),
  )
  try {
    await deliverText(relay, reporting, io)
    await finished
  } catch (error) {
    unwritten.abort()
    throw error
  } finally {
    progress.end()
  }
  return scanned
}

function exitCode(result: Scan, shown: number): ExitCode {
  if (result.interrupted) return ExitCode.INTERRUPTED
  if (result.captures.some((capture) => capture.damage !== null)) return ExitCode.INCOMPLETE
  const tcp = result.captures.some((capture) => capture.tcpPackets > 0)
  return tcp && shown > 0 ? ExitCode.OK : ExitCode.NOTHING
}
