import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkGithub } from '../../src/check/github.ts'
import { checkJson } from '../../src/check/json.ts'
import type { Item } from '../../src/check/judge.ts'
import { checkJunit } from '../../src/check/junit.ts'
import type { Outcome } from '../../src/check/outcome.ts'
import { checkSarif } from '../../src/check/sarif.ts'
import { checkTap } from '../../src/check/tap.ts'
import { checkTerminal } from '../../src/check/terminal.ts'
import { HOSTILE, plain } from '../support/report.ts'

const item = (change: Partial<Item> = {}): Item => ({
  what: 'listener 9000: verdict',
  expected: 'healthy',
  found: 'ack-only',
  met: false,
  evidence: ['frames 4–9: five pushes, none answered'],
  position: { line: 4, column: 5 },
  ...change,
})

const outcome = (...items: Item[]): Outcome => ({
  checked: [{ capture: 'a/b.pcap', expectation: 'a/b.expect.yaml', items, about: null, updated: false }],
  without: [],
})

const CASES: readonly { readonly name: string; readonly of: Outcome }[] = [
  { name: 'one met and one not', of: outcome(item(), item({ met: true, found: 'healthy' })) },
  { name: 'nothing expected', of: outcome() },
  { name: 'no capture at all', of: { checked: [], without: ['x.pcap'] } },
  ...Object.entries(HOSTILE).map(([name, text]) => ({
    name: `a hostile ${name}`,
    of: {
      checked: [
        {
          capture: text,
          expectation: text,
          items: [item({ what: text, found: text, expected: text, evidence: [text] })],
          about: text,
          updated: true,
        },
      ],
      without: [text],
    },
  })),
]

const joined = (pieces: Iterable<string>): string => [...pieces].join('')

function sarifValidator() {
  try {
    const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
    const ajv = new Ajv.default({ strict: false, unicodeRegExp: false })
    addFormats.default(ajv)
    return ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

describe('the outcome of a check', () => {
  const xmllint = spawnSync('xmllint', ['--version']).error === undefined
  const xsd = fileURLToPath(new URL('../report/junit.xsd', import.meta.url))
  const sarif = sarifValidator()

  it.runIf(xmllint).each(CASES)('follows the schema of JUnit for $name', ({ of }) => {
    const input = joined(checkJunit(of))
    const { stderr } = spawnSync('xmllint', ['--noout', '--schema', xsd, '-'], { input, encoding: 'utf8' })
    expect(stderr).toBe('- validates\n')
  })

  it.skipIf(sarif === null).each(CASES)('follows the schema of SARIF for $name', ({ of }) => {
    const valid = sarif!(JSON.parse(joined(checkSarif(of))))
    expect(valid, JSON.stringify(sarif!.errors)).toBe(true)
  })

  it.each(CASES)('is TAP with a YAML block for each failure, for $name', ({ of }) => {
    const text = joined(checkTap(of))
    const points = text.split('\n').filter((line) => /^(not )?ok /.test(line))
    expect(text.split('\n')[1]).toBe(`1..${points.length}`)
    for (const block of text.matchAll(/^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/gm))
      expect(parse(block[1]!)).toBeTypeOf('object')
  })

  it.each(CASES)('writes a workflow command a line, for $name', ({ of }) => {
    for (const line of joined(checkGithub(of)).split('\n')) expect(line).toMatch(/^(::error file=|noaccept: |$)/)
  })

  it.each(CASES)('drives no terminal, for $name', ({ of }) => {
    expect(joined(checkTerminal(of, plain))).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
    expect(() => JSON.parse(joined(checkJson(of)))).not.toThrow()
  })

  it('shows expected and found side by side, with the evidence and the place', () => {
    const lines = joined(checkTerminal(CASES[0]!.of, plain)).split('\n')
    expect(lines[0]).toBe('NOT OK a/b.pcap (1 of 2 not met)')
    expect(lines[1]).toMatch(/expected {2}found$/)
    expect(lines[2]).toMatch(/listener 9000: verdict {2}healthy {3}ack-only$/)
    expect(lines[3]).toContain('a/b.expect.yaml:4:5')
    expect(lines[4]).toContain('five pushes, none answered')
  })

  it('shows them below each other on a terminal without room for columns', () => {
    const lines = joined(checkTerminal(outcome(item()), { ...plain, width: 40 })).split('\n')
    expect(lines.slice(1, 6)).toEqual([
      '       x listener 9000: verdict',
      '           expected healthy',
      '           found    ack-only',
      '           a/b.expect.yaml:4:5',
      '           │ frames 4–9: five pushes,',
    ])
  })

  it('tells evidence once that stands behind several items', () => {
    const told = joined(checkTerminal(outcome(item(), item({ what: 'listener 9000: served' })), plain))
    expect(told.match(/five pushes/g)).toHaveLength(1)
    expect(told).toMatch(/served .*\n.*\n +│ for the same reasons\n/)
  })

  it('tells the evidence in TAP and SARIF, and nothing where there is none', () => {
    const [shown, bare] = [outcome(item()), outcome(item({ evidence: [] }))]
    expect(joined(checkTap(shown))).toContain('  evidence:\n    - ')
    expect(joined(checkTap(bare))).not.toContain('evidence')
    const said = (of: Outcome): string => JSON.parse(joined(checkSarif(of))).runs[0].results[0].message.text
    expect(said(shown)).toMatch(/ack-only; frames 4–9: five pushes, none answered$/)
    expect(said(bare)).toMatch(/ack-only$/)
  })

  it('annotates the line of the expectation', () => {
    expect(joined(checkGithub(CASES[0]!.of))).toBe(
      '::error file=a/b.expect.yaml,line=4,col=5,title=listener 9000%3A verdict of a/b.pcap::expected healthy, found ack-only%0Aframes 4–9: five pushes, none answered\n',
    )
  })
})
