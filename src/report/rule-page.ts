import { CAUSE_MEANINGS } from '../correlation/causes/cause-meaning.ts'
import type { Verdict } from '../diagnosis/verdict.ts'
import { VERDICT_MEANINGS } from '../diagnosis/verdict-meaning.ts'
import { visibleJson } from '../text/visible-json.ts'
import { displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import { SCHEMA_VERSION } from './json/json-model.ts'
import type { ReportOptions } from './reporter.ts'
import { type ListedRule, RULE_TEXTS } from './rule-texts.ts'
import { type Pen, penOf } from './terminal/pen.ts'

/** Lines of prose longer than this are hard to follow. */
const LONGEST_LINE = 100

const CAUSE_ENTRIES = Object.entries(CAUSE_MEANINGS).map(([cause, { meaning }]) => [cause, meaning] as const)
const VERDICT_ENTRIES = Object.entries(VERDICT_MEANINGS) as [Verdict, string][]

function sections(rule: ListedRule): readonly (readonly [heading: string, texts: readonly string[], list: boolean])[] {
  return [
    ['What it means', [rule.meaning], false],
    ['What looks like it, and what tells the two apart', rule.lookAlikes, true],
    ['What to do next', rule.nextSteps, true],
    ['What it rests on', rule.reference === '' ? [] : [rule.reference], false],
  ]
}

function* paragraph(text: string, bullet: string, pen: Pen): Generator<string> {
  const room = Math.min(pen.width, LONGEST_LINE) - 2 - bullet.length
  for (const [at, line] of wrap(pen.text(text, 4000), room).entries())
    yield `  ${at === 0 ? bullet : ' '.repeat(bullet.length)}${line}\n`
}

function* headline(text: string, pen: Pen): Generator<string> {
  yield '\n'
  for (const line of wrap(text, pen.width)) yield `${pen.chalk.bold(line)}\n`
}

/** What a rule means, what looks like it, and what to do, for the terminal. */
export function* rulePage(rule: ListedRule, options: ReportOptions): Generator<string> {
  const pen = penOf(options)
  const label = `${rule.severity}[${rule.id}]`
  const [first = '', ...rest] = wrap(pen.text(rule.title), pen.width, displayWidth(label) + 2)
  yield `${pen.severity(rule.severity)(label)}${pen.chalk.bold(`: ${first}`)}\n`
  for (const line of rest) yield `${pen.chalk.bold(line)}\n`
  for (const [heading, texts, list] of sections(rule)) {
    if (texts.length === 0) continue
    yield* headline(heading, pen)
    for (const text of texts) yield* paragraph(text, list ? '- ' : '', pen)
  }
}

/** What `explain` tells of a name that has no page of its own. */
export interface Entry {
  readonly kind: 'verdict' | 'cause'
  readonly meaning: string
  /** Rules whose pages say more. */
  readonly rules: readonly string[]
}

const MORE = 'What looks like it, what tells them apart, and what to do'

/** What a verdict or a root cause says, for the terminal. */
export function* entryPage(name: string, { kind, meaning, rules }: Entry, options: ReportOptions): Generator<string> {
  const pen = penOf(options)
  yield `${pen.chalk.bold(`${kind} ${name}`)}\n\n`
  yield* paragraph(meaning, '', pen)
  if (rules.length === 0) return
  yield* headline(MORE, pen)
  for (const rule of rules) yield `  - noaccept explain ${rule}\n`
}

/** The same page as Markdown. */
export function* entryPageMarkdown(name: string, { meaning, rules }: Entry): Generator<string> {
  yield `# ${name}\n\n${meaning}\n`
  if (rules.length === 0) return
  yield `\n## ${MORE}\n\n`
  for (const rule of rules) yield `- [${rule}](${rule}.md)\n`
}

/** The same page as Markdown, as it stands in the documentation. */
export function* rulePageMarkdown(rule: ListedRule): Generator<string> {
  yield `# ${rule.title}\n\n\`${rule.id}\`: ${rule.severity}, read from ${rule.reads}\n`
  for (const [heading, texts, list] of sections(rule)) {
    if (texts.length === 0) continue
    yield `\n## ${heading}\n\n`
    for (const text of texts) yield `${list ? '- ' : ''}${text.replace(/\s*\n\s*/g, ' ')}\n`
  }
}

/** Less room than this beside a name has its text in columns of single words. */
const LEAST_BESIDE = 30

/** Names with what they say beside them, or below where there is no room, in lines of the terminal's width. */
function* definitions(entries: readonly (readonly [name: string, text: string])[], pen: Pen): Generator<string> {
  const widest = Math.max(...entries.map(([name]) => name.length))
  const room = Math.min(pen.width, LONGEST_LINE) - widest - 4
  const beside = room >= LEAST_BESIDE
  for (const [name, text] of entries) {
    if (!beside) yield `  ${name}\n`
    for (const [at, line] of wrap(pen.text(text), beside ? room : pen.width - 4).entries())
      yield beside ? `  ${(at === 0 ? name : '').padEnd(widest)}  ${line}\n` : `    ${line}\n`
  }
}

const EXPLAIN = 'noaccept explain RULE tells what one means, what looks like it, and what to do.'

/** Every rule, verdict and root cause, for the terminal. */
export function* ruleList(options: ReportOptions): Generator<string> {
  const pen = penOf(options)
  for (const reads of ['packets', 'logs'] as const) {
    yield `${pen.chalk.bold(`Rules that read ${reads}`)}\n`
    const rules = RULE_TEXTS.filter((rule) => rule.reads === reads)
    yield* definitions(
      rules.map(({ id, severity, title }) => [id, `${severity}: ${title}`]),
      pen,
    )
    yield '\n'
  }
  yield `${pen.chalk.bold('Verdicts of a connection')}\n`
  yield* definitions(VERDICT_ENTRIES, pen)
  yield `\n${pen.chalk.bold('Root causes that logs tell')}\n`
  yield* definitions(CAUSE_ENTRIES, pen)
  yield '\n'
  for (const line of wrap(EXPLAIN, Math.min(pen.width, LONGEST_LINE))) yield `${line}\n`
}

/** The same as one JSON document. */
export function* ruleListJson(): Generator<string> {
  yield `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "rules": [\n`
  yield RULE_TEXTS.map((rule) => `    ${visibleJson(rule)}`).join(',\n')
  yield '\n  ],\n  "verdicts": [\n'
  yield VERDICT_ENTRIES.map(([verdict, meaning]) => `    ${visibleJson({ verdict, meaning })}`).join(',\n')
  yield '\n  ],\n  "causes": [\n'
  yield CAUSE_ENTRIES.map(([cause, meaning]) => `    ${visibleJson({ cause, meaning })}`).join(',\n')
  yield '\n  ]\n}\n'
}

/** The same as Markdown tables; each rule has a link to its page. */
export function* ruleListMarkdown(): Generator<string> {
  yield '# Rules\n\n| rule | severity | reads | what it finds |\n|---|---|---|---|\n'
  for (const { id, severity, reads, title } of RULE_TEXTS)
    yield `| [${id}](${id}.md) | ${severity} | ${reads} | ${title} |\n`
  yield '\n# Verdicts\n\n| verdict | what it says |\n|---|---|\n'
  for (const [verdict, meaning] of VERDICT_ENTRIES) yield `| ${verdict} | ${meaning} |\n`
  yield '\n# Root causes\n\n| cause | what it says |\n|---|---|\n'
  for (const [cause, meaning] of CAUSE_ENTRIES) yield `| ${cause} | ${meaning} |\n`
}
