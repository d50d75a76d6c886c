import { expandPaths } from '../../capture/source/expand.ts'
import { inputName } from '../../capture/source/standard-input.ts'
import { ExitCode } from '../../failure.ts'
import type { LogFile } from '../../log/event.ts'
import { eventsAsNdjson, summariesAsJson, summariesAsText } from '../../log/log-summary.ts'
import { readLogs } from '../../log/read-logs.ts'
import type { AddressMap } from '../../redaction/address-map.ts'
import { toAscii } from '../../text/ascii.ts'
import { visible } from '../../text/visible.ts'
import type { CommandModule } from '../command.ts'
import { deliverText } from '../deliver.ts'
import type { Io } from '../io.ts'
import { readLogConfiguration } from '../log-options.ts'
import { addRedactOptions, addressMapOf } from '../redact-options.ts'
import {
  addReportingOptions,
  NEVER_FAILS,
  NO_PROGRESS,
  type Reporting,
  readReportingOptions,
} from '../reporting-options.ts'

const FORMATS = ['terminal', 'json', 'ndjson'] as const
type Format = (typeof FORMATS)[number]

const HELP = `
Examples:
  noaccept logs server.log
  noaccept logs server.log --log-config logs.yaml
  noaccept logs server.log --format ndjson --output events.ndjson
`

/** `noaccept logs FILE…` */
export const command: CommandModule = {
  declare(program, io) {
    const listing = program
      .command('logs')
      .description(
        'Reads logs and tells their format, clock and events, and the most frequent lines that no event pattern understands, to write patterns from. With --format ndjson: every event.',
      )
      .argument('<file...>', 'logs, also in gzip, zstd or lz4; globs; - for standard input')
      .option('--log-config <file>', 'more formats and events: YAML, or an lnav format file')
      .addHelpText('after', HELP)
    addReportingOptions(addRedactOptions(listing), FORMATS, NEVER_FAILS, NO_PROGRESS).action(
      async (given: string[]) => {
        const paths = expandPaths(given)
        const reporting = await readReportingOptions(listing, FORMATS, paths, io)
        const config = await readLogConfiguration(listing, io)
        const events = reporting.format === 'ndjson'
        const read = await readLogs(paths, { ...config, stdin: io.stdin, signal: io.signal, shapes: !events, events })
        const addresses = await addressMapOf(listing, reporting, io)
        const logs = addresses === null ? read : await redacted(read, addresses)
        await deliverText(rendered(logs, reporting), reporting, io)
        conclude(logs, reporting, io)
      },
    )
  },
}

async function redacted(logs: readonly LogFile[], addresses: AddressMap): Promise<LogFile[]> {
  const { redactLog } = await import('../../redaction/redact-log.ts')
  return logs.map((log) => redactLog(log, addresses))
}

function rendered(logs: readonly LogFile[], reporting: Reporting<Format>): Iterable<string> {
  if (reporting.format === 'json') return summariesAsJson(logs)
  if (reporting.format === 'ndjson') return eventsAsNdjson(logs)
  const text = summariesAsText(logs, reporting.width, reporting.verbose)
  return reporting.ascii ? spelled(text) : text
}

function* spelled(text: Iterable<string>): Generator<string> {
  for (const piece of text) yield piece.split('\n').map(toAscii).join('\n')
}

function conclude(logs: readonly LogFile[], reporting: Reporting<Format>, io: Io): void {
  if (reporting.format !== 'terminal' && !reporting.quiet)
    for (const { path, warnings } of logs)
      for (const warning of warnings) io.note(`noaccept: ${inputName(path)}: ${visible(warning)}\n`)
  const code = exitCodeOf(logs, io)
  if (code === ExitCode.NOTHING && !reporting.quiet) io.note('noaccept: nothing to read: no log has a line\n')
  if (code !== ExitCode.OK) io.exitWith(code)
}

function exitCodeOf(logs: readonly LogFile[], io: Io): ExitCode {
  if (io.signal.aborted) return ExitCode.INTERRUPTED
  if (logs.some((log) => !log.complete)) return ExitCode.INCOMPLETE
  return logs.every((log) => log.lines === 0) ? ExitCode.NOTHING : ExitCode.OK
}
