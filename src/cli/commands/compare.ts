import type { Command } from 'commander'
import { inputName } from '../../capture/source/standard-input.ts'
import type { Comparison } from '../../compare/comparison.ts'
import { ExitCode, Failure } from '../../failure.ts'
import type { ReportOptions } from '../../report/reporter.ts'
import { captureNotes } from '../capture-notes.ts'
import { portOption } from '../capture-options.ts'
import type { CommandModule } from '../command.ts'
import { deliverText, fails } from '../deliver.ts'
import type { Io } from '../io.ts'
import { withProgress } from '../progress.ts'
import { addRedactOptions, addressMapOf } from '../redact-options.ts'
import { addReportingOptions, type Reporting, readReportingOptions } from '../reporting-options.ts'

type Show = (comparison: Comparison, options: ReportOptions) => Iterable<string>

const FORMATS = {
  terminal: async (): Promise<Show> => (await import('../../compare/terminal.ts')).comparisonTerminal,
  json: async (): Promise<Show> => (await import('../../compare/json.ts')).comparisonJson,
  markdown: async (): Promise<Show> => (await import('../../compare/markdown.ts')).comparisonMarkdown,
} as const
const NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[]

const HELP = `
The story of each connection is told as a short sequence; connections are paired
by the service they belong to, across other ports, addresses, clocks and counts.
Exit code 1 where the sequences part.

Examples:
  noaccept compare good.pcap bad.pcap       the first step in which they part
  noaccept compare --port 9000 race.pcap blocked.pcap
  noaccept compare client.pcap server.pcap  one traffic seen at two points
  noaccept compare good.pcap bad.pcap --redact --output parted.md
`

const FAILS = 'exit with 1 where the sequences part, unless it is never'

/** Two captures: same sequence or not, and the first step where they part. */
export const command: CommandModule = {
  declare(program: Command, io: Io): void {
    const declared = program
      .command('compare')
      .description('Compares what happened in two captures.')
      .argument('<a>', 'a capture, or - for standard input')
      .argument('<b>', 'a capture')
      .addOption(portOption('only connections with this port (repeatable)'))
      .addHelpText('after', HELP)
    addReportingOptions(addRedactOptions(declared), NAMES, FAILS).action((a: string, b: string) =>
      run(declared, a, b, io),
    )
  },
}

async function run(declared: Command, a: string, b: string, io: Io): Promise<void> {
  if (a === '-' && b === '-')
    throw new Failure('both captures are to come from standard input', 'name one of them as a file')
  const options = await readReportingOptions(declared, NAMES, [a, b], io)
  const { compare } = await import('../../compare/comparison.ts')
  const { port } = declared.opts<{ port: readonly (number | string)[] }>()
  const comparison = await withProgress(options, io, (onProgress) =>
    compare(a, b, { ports: port, stdin: io.stdin, signal: io.signal, onProgress }),
  )
  const show = await FORMATS[options.format]()
  await deliverText(show(await shared(comparison, declared, options, io), options), options, io)
  const code = exitCodeOf(comparison, options.failOn)
  if (!options.quiet) for (const note of notes(comparison)) io.note(`noaccept: ${note}\n`)
  io.exitWith(code)
}

/** The comparison, redacted where that was asked for. */
async function shared(
  comparison: Comparison,
  declared: Command,
  reporting: Pick<Reporting, 'quiet'>,
  io: Io,
): Promise<Comparison> {
  const addresses = await addressMapOf(declared, reporting, io)
  if (addresses === null) return comparison
  const { redactComparison } = await import('../../redaction/redact-comparison.ts')
  return redactComparison(comparison, addresses)
}

function exitCodeOf({ a, b, answer, interrupted }: Comparison, failOn: Reporting['failOn']): ExitCode {
  if (interrupted) return ExitCode.INTERRUPTED
  if (a.capture.damage !== null || b.capture.damage !== null) return ExitCode.INCOMPLETE
  if (a.connections === 0 || b.connections === 0) return ExitCode.NOTHING
  const parted = answer === 'differs' || answer === 'unrelated'
  return parted && fails('error', failOn) ? ExitCode.FINDINGS : ExitCode.OK
}

function* notes({ a, b }: Comparison): Generator<string> {
  for (const { capture, connections } of [a, b]) {
    yield* captureNotes([capture], 'what stands before it was compared')
    const path = inputName(capture.path)
    if (capture.tcpPackets === 0) yield `${path}: nothing to compare: none of its ${capture.packets} packets is TCP`
    else if (connections === 0) yield `${path}: nothing to compare: no connection has the port that was asked for`
  }
}
