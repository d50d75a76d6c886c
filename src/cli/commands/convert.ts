import { InvalidArgumentError, Option } from 'commander'
import type { CaptureSummary } from '../../capture/capture-reader.ts'
import { convertCapture, type WrittenFormat } from '../../capture/convert.ts'
import { Epoch } from '../../capture/epoch.ts'
import { openCapture } from '../../capture/open.ts'
import { ExitCode, Failure } from '../../failure.ts'
import { counted } from '../../text/plural.ts'
import { visible } from '../../text/visible.ts'
import { captureNotes } from '../capture-notes.ts'
import { outputName, refuseCaptureOutput, writeCapture } from '../capture-output.ts'
import type { CommandModule } from '../command.ts'
import type { Io } from '../io.ts'

const HELP = `
Examples:
  noaccept convert pasted.txt pasted.pcap --port xx=9000
  noaccept convert trace.pcapng.zst trace.pcap
  noaccept convert trace.pcap - --to pcapng | wireshark -k -i -
`

interface ConvertOptions {
  readonly to?: WrittenFormat
  readonly byteOrder?: 'big' | 'little'
  readonly compress?: 'gzip'
  readonly port: ReadonlyMap<string, number>
}

const FORMAT_OF: Readonly<Record<string, WrittenFormat>> = {
  pcap: 'pcap',
  cap: 'pcap',
  dmp: 'pcap',
  dump: 'pcap',
  pcapng: 'pcapng',
  ntar: 'pcapng',
}
const LARGEST_PORT = 65_535

/** `noaccept convert IN OUT`. */
export const command: CommandModule = {
  declare(program, io) {
    program
      .command('convert')
      .description(
        'Writes a capture in another format. A packet list as text, Wireshark’s or tcpdump’s, becomes a capture that Wireshark reads back to the same list: headers without payload.',
      )
      .argument('<in>', 'pcap, pcapng or packet list, also compressed; "-" for standard input')
      .argument(
        '<out>',
        'file to write; its extension names the format (.pcap, .pcapng, and .gz after it); "-" for standard output, with --to',
      )
      .addOption(new Option('--to <format>', 'format to write, whatever the extension').choices(['pcap', 'pcapng']))
      .addOption(
        new Option('--byte-order <order>', 'of the written file (default: as the input)').choices(['big', 'little']),
      )
      .addOption(new Option('--compress <method>', 'pack what is written').choices(['gzip']))
      .addOption(
        new Option('--port <label=number>', 'number for a port that a packet list masks or names (repeatable)')
          .argParser(portLabel)
          .default(new Map(), 'a free one'),
      )
      .addHelpText('after', HELP)
      .action((input: string, output: string, options: ConvertOptions) => convert(io, input, output, options))
  },
}

async function convert(io: Io, input: string, output: string, options: ConvertOptions): Promise<void> {
  await refuseCaptureOutput(output, [input], io)
  const format = options.to ?? formatOf(output)
  const epoch = new Epoch()
  const reader = await openCapture(input, 0, epoch, { stdin: io.stdin, signal: io.signal, portLabels: options.port })
  const { summary } = reader
  try {
    const pieces = convertCapture(reader, epoch, { format, byteOrder: options.byteOrder })
    if (!(await writeCapture(output, pieces, io, options.compress === 'gzip' || output.endsWith('.gz')))) return
  } finally {
    await reader.close()
  }
  for (const note of captureNotes([summary], 'what stands before it was written')) io.note(`noaccept: ${note}\n`)
  for (const note of idleLabels(options.port, summary)) io.note(`noaccept: ${note}\n`)
  if (summary.damage) io.exitWith(ExitCode.INCOMPLETE)
  io.note(`noaccept: wrote ${counted(summary.packets, 'packet')} to ${outputName(output)} (${format})\n`)
}

/** Labels that were given a number and name no port of the input: most likely they are misspelt. */
function* idleLabels(given: ReadonlyMap<string, number>, { path, portLabels }: CaptureSummary): Generator<string> {
  const labels = new Set(portLabels.values())
  const known = labels.size === 0 ? 'all of its ports are numbers' : `it has ${[...labels].map(visible).join(', ')}`
  for (const label of given.keys())
    if (!labels.has(label)) yield `--port ${visible(label)} had no effect: ${visible(path)} has no such port; ${known}`
}

function formatOf(output: string): WrittenFormat {
  const extension = /\.(\w+)(?:\.gz)?$/.exec(output)?.[1]?.toLowerCase() ?? ''
  const format = FORMAT_OF[extension]
  if (format !== undefined) return format
  if (output === '-')
    throw new Failure('standard output has no name to tell which format to write', 'name one: --to pcap or --to pcapng')
  throw new Failure(
    `the name ${visible(output)} does not tell which format to write`,
    'end it in .pcap or .pcapng, with .gz behind it where it is to be packed, or use --to',
  )
}

function portLabel(text: string, known: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const [, label, digits] = /^([^=]+)=(\d+)$/.exec(text) ?? []
  if (label === undefined) throw new InvalidArgumentError('write it as LABEL=NUMBER, for instance xx=9000')
  if (Number(digits) > LARGEST_PORT) throw new InvalidArgumentError(`the largest port is ${LARGEST_PORT}`)
  return new Map([...known, [label, Number(digits)]])
}
