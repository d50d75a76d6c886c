import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import type { Report } from '../report/report.ts'
import type { Io } from './io.ts'
import type { Reporting } from './reporting-options.ts'

const KEY_BYTES = 32

interface Given {
  readonly redact?: true
  readonly redactKey?: string
}

/** Declares the options that make a report fit to be shared. */
export function addRedactOptions(command: Command): Command {
  return command
    .option('--redact', 'make the report fit to be shared: addresses mapped, log values masked, paths reduced to names')
    .option('--redact-key <text>', 'map addresses by this key, alike in every report; it implies --redact')
}

/** The report, redacted where that was asked for. To be the last change before it is shown. */
export async function withRedaction(
  report: Report,
  command: Command,
  { quiet }: Pick<Reporting, 'quiet'>,
  io: Io,
): Promise<Report> {
  const { redact, redactKey } = command.opts<Given>()
  if (redact !== true && redactKey === undefined) return report
  const { redactReport } = await import('../redaction/redact-report.ts')
  if (redactKey === undefined && !quiet)
    io.note(
      'noaccept: addresses were mapped by a random key: another run maps them otherwise, unless --redact-key is given\n',
    )
  return redactReport(report, redactKey ?? randomBytes(KEY_BYTES))
}
