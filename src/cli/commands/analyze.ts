import { analyze, reportOf } from '../../analyze.ts'
import { REPORT_FORMATS, REPORTERS } from '../../report/reporters.ts'
import { addBaselineOptions, readBaselineOptions, withBaseline } from '../baseline-options.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import type { CommandModule } from '../command.ts'
import { deliver } from '../deliver.ts'
import { withProgress } from '../progress.ts'
import { addReportingOptions, readReportingOptions } from '../reporting-options.ts'
import { withDetails } from '../with-details.ts'

/** `noaccept analyze CAPTURE…` */
export const command: CommandModule = {
  declare(program, io) {
    const analysing = program
      .command('analyze')
      .summary('read captures, follow their TCP connections, and say what is wrong, with proof')
      .description('Reads captures (files, globs, or - for standard input) as one, and judges every TCP connection.')
      .argument('<capture...>', 'pcap, pcapng (also in gzip, zstd or lz4), or a packet list as text')
    addReportingOptions(addBaselineOptions(addCaptureOptions(analysing)), REPORT_FORMATS).action(
      async (patterns: string[]) => {
        const given = await readCaptureOptions(analysing, patterns, io)
        const reporting = await readReportingOptions(analysing, REPORT_FORMATS, given.paths, io)
        const baseline = await readBaselineOptions(analysing, given.paths)
        const analysis = await withProgress(reporting, io, (onProgress) =>
          analyze(given.paths, { ...given.options, onProgress }),
        )
        const found = await withBaseline(reportOf(analysis), baseline, reporting, io)
        const report = await withDetails(found, given.paths, reporting.format, io)
        await deliver(report, REPORTERS, reporting, io)
      },
    )
  },
}
