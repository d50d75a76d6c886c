import { type Command, InvalidArgumentError } from 'commander'
import type { AddressMap } from '../redaction/address-map.ts'
import type { Report } from '../report/report.ts'
import type { Io } from './io.ts'
import type { Reporting } from './reporting-options.ts'

const KEY_BYTES = 32

interface Given {
  readonly redact?: true
  readonly redactKey?: string
}

/** Declares the options that make what is written fit to be shared. */
export function addRedactOptions(command: Command): Command {
  return command
    .option('--redact', 'make it fit to be shared: addresses mapped, payload and log values masked, paths cut to names')
    .option('--redact-key <text>', 'map addresses by this key, alike in every run; it implies --redact', secret)
}

// Whoever knows the key can try addresses until one maps to what is shown.
function secret(key: string): string {
  if (key === '') throw new InvalidArgumentError('the key is empty and would hide nothing')
  return key
}

/** The map of addresses of this run; null where nothing is to be redacted. */
export async function addressMapOf(
  command: Command,
  { quiet }: Pick<Reporting, 'quiet'>,
  io: Io,
): Promise<AddressMap | null> {
  const { redact, redactKey } = command.opts<Given>()
  if (redact !== true && redactKey === undefined) return null
  const { AddressMap } = await import('../redaction/address-map.ts')
  if (redactKey === undefined && !quiet)
    io.note(
      'noaccept: addresses were mapped by a random key: another run maps them otherwise, unless --redact-key is given\n',
    )
  const { randomBytes } = await import('node:crypto')
  return new AddressMap(redactKey ?? randomBytes(KEY_BYTES))
}

/** The report, redacted where that was asked for. To be the last change before it is shown. */
export async function withRedaction(
  report: Report,
  command: Command,
  reporting: Pick<Reporting, 'quiet'>,
  io: Io,
): Promise<Report> {
  const addresses = await addressMapOf(command, reporting, io)
  if (addresses === null) return report
  const { redactReport } = await import('../redaction/redact-report.ts')
  return redactReport(report, addresses)
}
