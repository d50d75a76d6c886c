import type { Command } from 'commander'
import { distinctPaths } from '../../capture/source/expand.ts'
import { STANDARD_INPUT } from '../../capture/source/standard-input.ts'
import { correlatedReport, correlateFiles } from '../../correlate.ts'
import { Failure } from '../../failure.ts'
import { REPORT_FORMATS, WRITERS } from '../../report/reporters.ts'
import { addBaselineOptions, readBaselineOptions, withBaseline } from '../baseline-options.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import { addLogOptions, readLogOptions } from '../clock-options.ts'
import type { CommandModule } from '../command.ts'
import { deliver } from '../deliver.ts'
import { inputsOf, named, refuseSharedInput, requireCapture } from '../input-kind.ts'
import type { Io } from '../io.ts'
import { readLogConfiguration } from '../log-options.ts'
import { addManifestOption, sealInputs, withManifest } from '../manifest.ts'
import { withProgress } from '../progress.ts'
import { addRedactOptions, withRedaction } from '../redact-options.ts'
import { addReportingOptions, readReportingOptions } from '../reporting-options.ts'
import { withDetails } from '../with-details.ts'

const HELP = `
Captures and logs are told apart by their content. Stamps without date or zone
are put on the capture’s clock by what lines and packets have in common; a log
of another run is not compared, and the report says why.

Examples:
  noaccept correlate lo.pcap --log network.log --log app.log
  noaccept correlate lo.pcap network.log
  noaccept correlate lo.pcap --log network.log --tz Europe/Berlin --clock-offset network.log=-1.5s
`

/** Why none of the files is a log. Standard input is not looked into: it can be read only once. */
function noLog(paths: readonly string[]): Failure {
  if (paths.length > 1 && paths.includes(STANDARD_INPUT))
    return new Failure('no log was given: standard input is taken for a capture', 'name a log that is piped: --log -')
  return new Failure(
    paths.length === 1 ? 'no log was given' : `no log was given: by their content, ${named(paths)} are not logs`,
    'name one: --log FILE; for captures alone there is noaccept analyze',
  )
}

const NOT_COMPARED = 'noaccept: it ended before the logs were read: the packets were not compared with them\n'

/** `noaccept correlate CAPTURE… --log FILE…` */
export const command: CommandModule = {
  declare(program, io) {
    const correlating = program
      .command('correlate')
      .description('Puts process logs beside the packets, ties their lines to connections, and tells how it happened.')
      .argument('<file...>', 'captures, and logs: files, globs, or - for a capture on standard input')
      .addHelpText('after', HELP)
    const offered = addRedactOptions(
      addManifestOption(addBaselineOptions(addLogOptions(addCaptureOptions(correlating)))),
    )
    addReportingOptions(offered, REPORT_FORMATS).action((patterns: string[]) => run(correlating, patterns, io))
  },
}

async function run(correlating: Command, patterns: readonly string[], io: Io): Promise<void> {
  const chosen = readLogOptions(correlating)
  const { paths, options } = await readCaptureOptions(correlating, patterns, io)
  const inputs = await inputsOf(paths, io.stdin)
  requireCapture(inputs, 'correlate')
  const logs = distinctPaths([...inputs.logs, ...chosen.paths])
  if (logs.length === 0) throw noLog(paths)
  refuseSharedInput(inputs.captures, logs)
  const reporting = await readReportingOptions(correlating, REPORT_FORMATS, [...paths, ...chosen.paths], io)
  const baseline = await readBaselineOptions(correlating, [...paths, ...chosen.paths])
  const sealed = await sealInputs(correlating, [...paths, ...chosen.paths], io.signal)
  const vocabulary = await readLogConfiguration(correlating, io)
  const { clocks } = chosen
  const correlated = await withProgress(reporting, io, (onProgress) =>
    correlateFiles(inputs.captures, logs, { ...options, onProgress, clocks, vocabulary }),
  )
  if (correlated.interrupted && !reporting.quiet) io.note(NOT_COMPARED)
  const { scene } = correlated.correlation
  const found = await withBaseline(correlatedReport(correlated), baseline, reporting, io)
  const report = await withDetails(found, inputs.captures, reporting, io, scene)
  const sealedReport = await withManifest(report, sealed, correlating)
  await deliver(await withRedaction(sealedReport, correlating, reporting, io), WRITERS, reporting, io)
}
