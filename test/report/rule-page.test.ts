import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CAUSE_MEANINGS } from '../../src/correlation/causes/cause-meaning.ts'
import { VERDICTS } from '../../src/diagnosis/verdict.ts'
import { VERDICT_MEANINGS } from '../../src/diagnosis/verdict-meaning.ts'
import {
  entryPage,
  ruleList,
  ruleListJson,
  ruleListMarkdown,
  rulePage,
  rulePageMarkdown,
} from '../../src/report/rule-page.ts'
import { RULE_TEXTS, ruleText } from '../../src/report/rule-texts.ts'
import { displayWidth } from '../../src/text/width.ts'
import { plain } from '../support/report.ts'

const text = (pieces: Iterable<string>) => [...pieces].join('')
const docs = fileURLToPath(new URL('../../docs/rules/', import.meta.url))
const pages = new Map([
  ...RULE_TEXTS.map((rule) => [`${rule.id}.md`, text(rulePageMarkdown(rule))] as const),
  ['README.md', text(ruleListMarkdown())] as const,
])

if (process.env['UPDATE'] === '1') {
  mkdirSync(docs, { recursive: true })
  for (const [name, page] of pages) writeFileSync(docs + name, page)
}

describe('the rules', () => {
  it('have an id each, which is a file name and a word of a command line', () => {
    expect(new Set(RULE_TEXTS.map((rule) => rule.id)).size).toBe(RULE_TEXTS.length)
    for (const { id } of RULE_TEXTS) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it.each(RULE_TEXTS)('say of $id what it means, what looks like it and what to do', (rule) => {
    expect(rule.meaning.length).toBeGreaterThan(40)
    expect(rule.lookAlikes.length).toBeGreaterThan(0)
    expect(rule.nextSteps.length).toBeGreaterThan(0)
    const page = text(rulePage(rule, plain))
    const [headline] = page.split('\n\n')
    expect(headline!.replace('\n', ' ')).toBe(`${rule.severity}[${rule.id}]: ${rule.title}`)
    for (const line of page.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  })

  it('are listed with the verdicts within 60 columns, none cut', () => {
    const list = text(ruleList({ ...plain, width: 60 }))
    for (const { id } of RULE_TEXTS) expect(list).toContain(`  ${id} `)
    for (const verdict of VERDICTS) expect(list).toContain(`  ${verdict} `)
    for (const line of list.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60)
    expect(list).not.toContain('…')
  })

  it('are a JSON document for programs', () => {
    const document = JSON.parse(text(ruleListJson()))
    expect(document.rules).toEqual(RULE_TEXTS)
    expect(document.verdicts.map((entry: { verdict: string }) => entry.verdict)).toEqual(VERDICTS)
  })

  it('are listed with the root causes that logs tell, whatever the format', () => {
    for (const list of [text(ruleList(plain)), text(ruleListJson()), text(ruleListMarkdown())])
      for (const cause of Object.keys(CAUSE_MEANINGS)) expect(list).toContain(cause)
  })

  it('are found by their id', () => {
    expect(ruleText('no-accept-signature')?.severity).toBe('error')
    expect(ruleText('no-such-rule')).toBeUndefined()
  })

  it.each([...pages.keys()])('are documented as they are told, in docs/rules/%s', (name) => {
    const path = docs + name
    expect(
      existsSync(path) ? readFileSync(path, 'utf8') : 'missing: run UPDATE=1 vitest run test/report/rule-page',
    ).toBe(pages.get(name))
  })

  it('are documented on no page that stands for none', () => {
    expect(readdirSync(docs).sort()).toEqual([...pages.keys()].sort())
  })
})

describe('a verdict', () => {
  it.each(VERDICTS)('%s is explained in a sentence', (verdict) => {
    expect(text(entryPage(verdict, { kind: 'verdict', meaning: VERDICT_MEANINGS[verdict], rules: [] }, plain))).toMatch(
      new RegExp(`^verdict ${verdict}\\n\\n {2}[A-Z][^\\n]*(?:\\n  [^\\n]*)*\\.\\n$`, 's'),
    )
  })
})
