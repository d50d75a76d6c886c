import { type Command, Option } from 'commander'
import { ExitCode } from '../../failure.ts'
import { TcpAnalysis } from '../../flow/tcp-analysis.ts'
import type { PacketFormatName } from '../../listing/packet-format.ts'
import { PacketListing } from '../../listing/packet-listing.ts'
import { TIME_FORMATS, type TimeFormat } from '../../listing/packet-time.ts'
import { type Scan, scan } from '../../scan.ts'
import type { CommandModule } from '../command.ts'
import { deliverText } from '../deliver.ts'
import type { Io } from '../io.ts'
import { addReportingOptions, readReportingOptions } from '../reporting-options.ts'

const FORMATS = ['terminal', 'ndjson', 'json', 'csv', 'markdown'] as const satisfies readonly PacketFormatName[]

interface Given {
  readonly time: TimeFormat
  readonly absoluteSeq?: true
}

export const command: CommandModule = {
  declare(program, io) {
    const packets = program
      .command('packets')
      .summary('list packets, in the columns and wording of Wireshark')
      .description('Lists the packets of captures, in the columns and wording of Wireshark.')
      .argument('<capture...>', 'captures, or - for standard input')
    addReportingOptions(packets, FORMATS)
      .addOption(
        new Option('-t, --time <format>', 'how to show times; absolute ones are UTC')
          .choices(TIME_FORMATS)
          .default('relative'),
      )
      .option('-S, --absolute-seq', 'show sequence numbers as they are in the packets')
      .action((captures: string[], _options, self: Command) => run(captures, self, io))
  },
}
