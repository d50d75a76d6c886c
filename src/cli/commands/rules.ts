import { ruleList, ruleListJson, ruleListMarkdown } from '../../report/rule-page.ts'
import type { CommandModule } from '../command.ts'
import { deliverText } from '../deliver.ts'
import { addReportingOptions, NEVER_FAILS, NO_PROGRESS, readReportingOptions } from '../reporting-options.ts'

const FORMATS = ['terminal', 'json', 'markdown'] as const

/** `noaccept rules` */
export const command: CommandModule = {
  declare(program, io) {
    const listing = program
      .command('rules')
      .description('Lists every rule that can find something, every verdict of a connection, and every root cause.')
    addReportingOptions(listing, FORMATS, NEVER_FAILS, NO_PROGRESS).action(async () => {
      const reporting = await readReportingOptions(listing, FORMATS, [], io)
      const pages = { terminal: () => ruleList(reporting), json: ruleListJson, markdown: ruleListMarkdown }
      await deliverText(pages[reporting.format](), reporting, io)
    })
  },
}
