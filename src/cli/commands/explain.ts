import { CAUSE_MEANINGS, CAUSE_NAMES, type CauseName } from '../../correlation/causes/cause-meaning.ts'
import { VERDICTS, type Verdict } from '../../diagnosis/verdict.ts'
import { RULES_OF_VERDICT, VERDICT_MEANINGS } from '../../diagnosis/verdict-meaning.ts'
import { Failure } from '../../failure.ts'
import { type Entry, entryPage, entryPageMarkdown, rulePage, rulePageMarkdown } from '../../report/rule-page.ts'
import { RULE_TEXTS, ruleText } from '../../report/rule-texts.ts'
import { nearest } from '../../text/nearest.ts'
import { excerpt } from '../../text/visible.ts'
import { visibleJson } from '../../text/visible-json.ts'
import type { CommandModule } from '../command.ts'
import { deliverText } from '../deliver.ts'
import {
  addReportingOptions,
  NEVER_FAILS,
  NO_PROGRESS,
  type Reporting,
  readReportingOptions,
} from '../reporting-options.ts'

const FORMATS = ['terminal', 'json', 'markdown'] as const
type Format = (typeof FORMATS)[number]

const HELP = `
Examples:
  noaccept explain no-accept-signature
  noaccept explain ack-only
  noaccept explain slot-race
`

/** `noaccept explain RULE` */
export const command: CommandModule = {
  declare(program, io) {
    const explaining = program
      .command('explain')
      .description(
        'Tells what a rule, a verdict or a root cause means, what looks like it and what tells the two apart, and what to do.',
      )
      .argument('<rule>', 'a rule, a verdict or a root cause, as reports name it; noaccept rules lists them')
      .addHelpText('after', HELP)
    addReportingOptions(explaining, FORMATS, NEVER_FAILS, NO_PROGRESS).action(async (name: string) => {
      const reporting = await readReportingOptions(explaining, FORMATS, [], io)
      await deliverText(explained(name, reporting), reporting, io)
    })
  },
}

const isCause = (name: string): name is CauseName => Object.hasOwn(CAUSE_MEANINGS, name)
const isVerdict = (name: string): name is Verdict => (VERDICTS as readonly string[]).includes(name)

/** A rule outranks a verdict of the same name: its page says more. */
function explained(name: string, reporting: Reporting<Format>): Iterable<string> {
  const rule = ruleText(name)
  if (rule !== undefined) {
    if (reporting.format === 'json') return [`${visibleJson(rule)}\n`]
    return reporting.format === 'markdown' ? rulePageMarkdown(rule) : rulePage(rule, reporting)
  }
  const entry = entryOf(name)
  if (entry === null) throw unknown(name)
  const { kind, meaning, rules } = entry
  if (reporting.format === 'json') return [`${visibleJson({ [kind]: name, meaning, rules })}\n`]
  return reporting.format === 'markdown' ? entryPageMarkdown(name, entry) : entryPage(name, entry, reporting)
}

/** A verdict or a root cause; null where it is neither. */
function entryOf(name: string): Entry | null {
  if (isVerdict(name)) return { kind: 'verdict', meaning: VERDICT_MEANINGS[name], rules: RULES_OF_VERDICT[name] ?? [] }
  return isCause(name) ? { kind: 'cause', ...CAUSE_MEANINGS[name] } : null
}

function unknown(name: string): Failure {
  const known = [...RULE_TEXTS.map((rule) => rule.id), ...VERDICTS, ...CAUSE_NAMES]
  const meant = known.find((one) => name.length > 2 && one.startsWith(name)) ?? nearest(name, known)
  const hint = meant === null ? 'noaccept rules lists them all' : `did you mean ${meant}? noaccept rules lists them all`
  return new Failure(`there is no rule, no verdict and no cause called ${excerpt(name, 80)}`, hint)
}
