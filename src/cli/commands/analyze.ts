import { analyze, reportOf } from '../../analyze.ts'
import { REPORT_FORMATS, WRITERS } from '../../report/reporters.ts'
import { addBaselineOptions, readBaselineOptions, withBaseline } from '../baseline-options.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import type { CommandModule } from '../command.ts'
import { deliver } from '../deliver.ts'
import { addManifestOption, sealInputs, withManifest } from '../manifest.ts'
import { withProgress } from '../progress.ts'
import { addRedactOptions, withRedaction } from '../redact-options.ts'
import { addReportingOptions, readReportingOptions } from '../reporting-options.ts'
import { withDetails } from '../with-details.ts'

const HELP = `
Examples:
  noaccept analyze lo.pcap --port 9000
  noaccept analyze 'ring_*.pcapng.gz' --output report.html
  noaccept analyze - --format json < lo.pcap
`

/** `noaccept analyze CAPTURE…` */
export const command: CommandModule = {
  declare(program, io) {
    const analysing = program
      .command('analyze')
      .description('Reads captures (files, globs, or - for standard input) as one, and judges every TCP connection.')
      .argument(
        '<capture...>',
        'pcap, pcapng (also in gzip, zstd or lz4), or a packet list as text, Wireshark’s or tcpdump’s',
      )
      .addHelpText('after', HELP)
    const offered = addRedactOptions(addManifestOption(addBaselineOptions(addCaptureOptions(analysing))))
    addReportingOptions(offered, REPORT_FORMATS).action(async (patterns: string[]) => {
      const given = await readCaptureOptions(analysing, patterns, io)
      const reporting = await readReportingOptions(analysing, REPORT_FORMATS, given.paths, io)
      const baseline = await readBaselineOptions(analysing, given.paths)
      const sealed = await sealInputs(analysing, given.paths, io.signal)
      const analysis = await withProgress(reporting, io, (onProgress) =>
        analyze(given.paths, { ...given.options, onProgress }),
      )
      const found = await withBaseline(reportOf(analysis), baseline, reporting, io)
      const report = await withDetails(found, given.paths, reporting, io)
      const sealedReport = await withManifest(report, sealed, analysing)
      await deliver(await withRedaction(sealedReport, analysing, reporting, io), WRITERS, reporting, io)
    })
  },
}
