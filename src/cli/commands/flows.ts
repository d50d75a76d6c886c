import { analyze, reportOf } from '../../analyze.ts'
import { CONNECTION_FORMATS, CONNECTION_REPORTERS } from '../../report/reporters.ts'
import { addCaptureOptions, readCaptureOptions } from '../capture-options.ts'
import type { CommandModule } from '../command.ts'
import { deliver } from '../deliver.ts'
import { withProgress } from '../progress.ts'
import { addReportingOptions, readReportingOptions } from '../reporting-options.ts'

/** `noaccept flows CAPTURE…` */
export const command: CommandModule = {
  declare(program, io) {
    const listing = program
      .command('flows')
      .summary('the conversation table: every TCP connection with its verdict')
      .description('Reads captures (files, globs, or - for standard input) as one, and lists every TCP connection.')
      .argument('<capture...>', 'pcap, pcapng (also in gzip, zstd or lz4), or a packet list as text')
    addReportingOptions(addCaptureOptions(listing), CONNECTION_FORMATS).action(async (patterns: string[]) => {
      const given = await readCaptureOptions(listing, patterns, io)
      const reporting = await readReportingOptions(listing, CONNECTION_FORMATS, given.paths, io)
      const analysis = await withProgress(reporting, io, (onProgress) =>
        analyze(given.paths, { ...given.options, onProgress }),
      )
      await deliver(reportOf(analysis), CONNECTION_REPORTERS, reporting, io)
    })
  },
}
