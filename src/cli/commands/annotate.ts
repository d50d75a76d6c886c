import { type Command, InvalidArgumentError } from 'commander'
import { type AnalyzeOptions, analyze, reportOf } from '../../analyze.ts'
import { annotatedCopy } from '../../annotate.ts'
import { STANDARD_INPUT } from '../../capture/source/standard-input.ts'
import { correlatedReport, correlateFiles } from '../../correlate.ts'
import { ExitCode, Failure } from '../../failure.ts'
import type { FrameRedaction } from '../../redaction/redact-frame.ts'
import type { Report } from '../../report/report.ts'
import { whyNothing } from '../../report/why-nothing.ts'
import { counted } from '../../text/plural.ts'
import { visible } from '../../text/visible.ts'
import { captureNotes } from '../capture-notes.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import { outputName, refuseCaptureOutput, writeCapture } from '../capture-output.ts'
import { addLogOptions, readLogOptions } from '../clock-options.ts'
import type { CommandModule } from '../command.ts'
import type { Io } from '../io.ts'
import { readLogConfiguration } from '../log-options.ts'
import { addRedactOptions, addressMapOf } from '../redact-options.ts'

const HELP = `
Examples:
  noaccept annotate lo.pcap marked.pcapng
  noaccept annotate lo.pcap marked.pcapng --log network.log --only-finding 1
  noaccept annotate lo.pcap shared.pcapng --redact
`

/** Formats that have no room for a comment. */
const SILENT = /\.(pcap|cap|dmp|dump|txt)$/i

/** `noaccept annotate IN OUT` */
export const command: CommandModule = {
  declare(program, io) {
    const annotating = program
      .command('annotate')
      .description(
        'Writes a pcapng copy in which the deciding packets carry the findings as comments (frame.comment in Wireshark). Times, interfaces, unknown blocks and options stay; the original is not touched.',
      )
      .argument('<in>', 'pcap, pcapng or packet list, also compressed')
      .argument('<out>', 'the pcapng to write; "-" for standard output')
      .option('--only-finding <n>', 'only the packets of the connections that finding N is about', findingNumber)
      .addHelpText('after', HELP)
    addRedactOptions(addLogOptions(addCaptureOptions(annotating))).action((input: string, output: string) =>
      run(annotating, input, output, io),
    )
  },
}

async function run(annotating: Command, input: string, output: string, io: Io): Promise<void> {
  const { onlyFinding } = annotating.opts<{ onlyFinding?: number }>()
  if (SILENT.test(output))
    throw new Failure(`${visible(output)}: only a pcapng has room for comments`, 'end the name in .pcapng')
  if (input === STANDARD_INPUT) throw piped()
  const { logConfig = [] } = annotating.opts<{ logConfig?: string }>()
  await refuseCaptureOutput(output, [input, ...readLogOptions(annotating).paths, logConfig].flat(), io)
  const { paths, options } = await readCaptureOptions(annotating, [input], io)
  const report = await reported(annotating, paths, options, io)
  if (report.captures.some((capture) => capture.storedSize === null)) throw piped()
  if (report.connectionCount === 0) tellNothing(report, io)
  const path = paths[0]!
  const only = onlyFinding === undefined ? null : onlyFinding - 1
  const addresses = await addressMapOf(annotating, { quiet: false }, io)
  if (addresses === null) {
    await write(io, output, await annotatedCopy(path, report, only))
    return
  }
  const { FrameRedaction } = await import('../../redaction/redact-frame.ts')
  const { redactReport } = await import('../../redaction/redact-report.ts')
  const frames = new FrameRedaction(addresses)
  const copy = await annotatedCopy(path, redactReport(report, addresses), only, frames.apply)
  if (await write(io, output, copy)) tellRedacted(frames, io)
}

/** With logs their lines are among the comments. */
async function reported(
  annotating: Command,
  paths: readonly string[],
  options: AnalyzeOptions,
  io: Io,
): Promise<Report> {
  const logs = readLogOptions(annotating)
  if (logs.paths.length === 0) return reportOf(await analyze(paths, options))
  const vocabulary = await readLogConfiguration(annotating, io)
  return correlatedReport(await correlateFiles(paths, logs.paths, { ...options, clocks: logs.clocks, vocabulary }))
}

/** The copy is written all the same, as one of a capture in which nothing was found is. */
function tellNothing(report: Report, io: Io): void {
  io.note(`noaccept: nothing to annotate: ${whyNothing(report.captures)}\n`)
  io.exitWith(ExitCode.NOTHING)
}

const piped = (): Failure =>
  new Failure('a capture that comes by a pipe cannot be annotated: it is read twice', 'save it to a file first')

/** False where standard output did not take the copy. */
async function write(io: Io, output: string, copy: Awaited<ReturnType<typeof annotatedCopy>>): Promise<boolean> {
  try {
    if (!(await writeCapture(output, copy.pieces, io))) return false
  } finally {
    await copy.close()
  }
  const { annotator, summary } = copy
  for (const note of captureNotes([summary], 'the copy ends before it')) io.note(`noaccept: ${note}\n`)
  if (annotator.unplaced.length > 0)
    io.note(
      `noaccept: ${annotator.unplaced.length} frames are simple packet blocks and have no room for a comment, the first is ${annotator.unplaced[0]}\n`,
    )
  if (summary.damage !== null) io.exitWith(ExitCode.INCOMPLETE)
  io.note(
    `noaccept: wrote ${counted(annotator.packets, 'packet')} to ${outputName(output)}, ${annotator.commented} of them with comments\n`,
  )
  return true
}

/** What a reader of the copy would take for the capture's own, and what cannot be seen in it any more. */
function tellRedacted({ unread, unsummed }: FrameRedaction, io: Io): void {
  io.note(
    'noaccept: payload is zero in the copy; comments, interface names and unknown blocks of the original are left out\n',
  )
  if (unread > 0)
    io.note(`noaccept: ${unread} frames hold no IP that is understood: all behind their link headers is zero\n`)
  if (unsummed > 0)
    io.note(`noaccept: ${unsummed} checksums are zero: they cover bytes that were not captured, or several fragments\n`)
}

function findingNumber(text: string): number {
  const number = Number(text)
  if (!/^\d{1,6}$/.test(text) || number < 1) throw new InvalidArgumentError('a finding is named by its number, from 1')
  return number
}
