import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { github } from '../../src/report/github.ts'
import { junit } from '../../src/report/junit.ts'
import type { Report } from '../../src/report/report.ts'
import { tap } from '../../src/report/tap.ts'
import {
  capture,
  correlated,
  HOSTILE,
  hostileReport,
  listener,
  manifest,
  plain,
  report,
  silentFinding,
} from '../support/report.ts'

const text = (reporter: typeof junit, of: Report) => [...reporter(of, plain)].join('')

const mixed = report({
  findings: [silentFinding(), silentFinding({ severity: 'warning', rule: 'slow-reader' })],
  listeners: [listener(), listener({ port: 80, verdict: 'healthy', findings: [] })],
})

const damaged = report({
  complete: false,
  captures: [
    capture({ damage: { frame: 4, offset: 216, expected: 'a captured length of at most 262144 bytes', found: '9' } }),
  ],
})
const WHERE = 'client.pcap: damaged at frame 4, byte 216: expected a captured length of at most 262144 bytes, found 9'
const known = [{ rule: 'no-accept-signature', fingerprint: 'f', count: 2, reason: null }]

const CASES = [
  { name: 'a silent connection', of: report() },
  { name: 'one with logs', of: correlated() },
  { name: 'several severities', of: mixed },
  { name: 'a partial result', of: report({ complete: false }) },
  { name: 'a damaged capture', of: damaged },
  { name: 'known findings', of: report({ findings: [], suppressed: known }) },
  { name: 'a manifest', of: report({ manifest }) },
  { name: 'nothing at all', of: report({ list: [], findings: [], listeners: [], captures: [] }) },
  { name: 'a line of 1 MB', of: hostileReport('x'.repeat(1_000_000)) },
  ...Object.entries(HOSTILE).map(([name, hostile]) => ({ name: `a hostile ${name}`, of: hostileReport(hostile) })),
]

const xmllint = spawnSync('xmllint', ['--version']).error === undefined
const schema = fileURLToPath(new URL('junit.xsd', import.meta.url))

describe('the JUnit report', () => {
  it.runIf(xmllint).each(CASES)('follows its schema for $name', ({ of }) => {
    const checked = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], {
      input: text(junit, of),
      encoding: 'utf8',
    })
    expect(checked.stderr).toBe('- validates\n')
  })

  it('fails for an error alone, tells a warning with its test, passes for a listener in order', () => {
    const written = text(junit, mixed)
    expect(written).toContain('<testsuites name="noaccept" tests="3" failures="1" errors="0" time="0">')
    expect(written.match(/<failure type="no-accept-signature"/g)).toHaveLength(1)
    expect(written).toContain('name="slow-reader in stream 0" time="0">\n      <system-out>')
    expect(written).toContain('name="listener 127.0.0.1:80: healthy" time="0"/>')
  })

  it('tells with a failure which display filter shows it', () => {
    expect(text(junit, report())).toMatch(/<failure[\s\S]*^Wireshark: tcp\.stream eq 0</m)
  })

  it('counts a partial result as an error, not as a failure, and says where the capture is damaged', () => {
    expect(text(junit, report({ complete: false }))).toContain('tests="2" failures="1" errors="1"')
    expect(text(junit, damaged)).toContain(`>${WHERE}</error>`)
  })

  it('says how much a baseline let pass, and which bytes it is about', () => {
    const written = text(junit, report({ findings: [], suppressed: known, manifest }))
    expect(written).toContain('<property name="suppressed by the baseline" value="2"/>')
    expect(written).toContain(`<property name="SHA-256 of client.pcap" value="${'ab'.repeat(32)}"/>`)
  })
})

describe('a result without a connection', () => {
  const nothing = report({ list: [], findings: [], listeners: [] })
  const WHY = 'none of the 17 TCP packets matches the port or filter that was asked for'

  it.each([
    ['JUnit', junit, `<property name="nothing to analyse" value="${WHY}"/>`],
    ['TAP', tap, `1..0 # SKIP nothing to analyse: ${WHY}\n`],
    ['GitHub', github, `::notice title=nothing to analyse::${WHY}\n`],
  ] as const)('says why in %s', (_, reporter, told) => {
    expect(text(reporter, nothing)).toContain(told)
  })
})

describe('the TAP report', () => {
  it.each(CASES)('is well-formed for $name', ({ of }) => {
    const lines = text(tap, of).split('\n')
    expect(lines[0]).toBe('TAP version 14')
    const planned = Number(/^1\.\.(\d+)(?: # SKIP .*)?$/.exec(lines[1]!)![1])
    const points = lines.filter((line) => /^(not )?ok /.test(line))
    expect(points.map((line) => Number(/^(?:not )?ok (\d+) - /.exec(line)![1]))).toEqual(
      Array.from({ length: planned }, (_, at) => at + 1),
    )
    for (const line of points) expect(line.replaceAll(/\\[\\#]/g, '')).not.toContain('#')
    const lawful = /^(TAP version 14|# .*|1\.\.\d+(?: # SKIP .*)?|(not )?ok \d+ - .*| {2}.*|)$/
    for (const line of lines) expect(line).toMatch(lawful)
  })

  it('carries the facts of a finding as YAML', () => {
    const block = /\n {2}---\n([\s\S]*?)\n {2}\.\.\.\n/.exec(text(tap, hostileReport(HOSTILE.json)))![1]!
    expect(parse(block)).toMatchObject({
      severity: 'error',
      confidence: 'likely',
      message: '","verdict":"healthy","x":"\\u2028',
      evidence: [expect.stringContaining('frame 1; ')],
    })
  })

  it('is not ok for an error and for a partial result, ok for the rest', () => {
    const points = (of: Report) => text(tap, of).match(/^(not )?ok \d/gm)
    expect(points(mixed)).toEqual(['not ok 1', 'ok 2', 'ok 3'])
    expect(points(report({ complete: false }))).toEqual(['not ok 1', 'not ok 2'])
  })

  it('says where a capture is damaged, and how much a baseline let pass', () => {
    expect(text(tap, damaged)).toContain(`  damages:\n    - "${WHERE}"\n`)
    expect(text(tap, report({ findings: [], suppressed: known }))).toMatch(/^# 2 findings suppressed by the baseline$/m)
    expect(text(tap, report({ manifest }))).toContain(`\n# SHA-256 ${'ab'.repeat(32)} client.pcap\n`)
  })
})

describe('the GitHub annotations', () => {
  it('name file, rule and facts', () => {
    expect(text(github, mixed)).toMatch(
      /^::error file=client\.pcap,title=no-accept-signature \(likely\)::The server’s .*%0Aframes 1–3: handshake completed%0A/,
    )
    expect(text(github, mixed)).toMatch(/^::warning file=client\.pcap,title=slow-reader/m)
  })

  it('say which capture is damaged and where, and how much a baseline let pass', () => {
    expect(text(github, damaged)).toContain(
      `::warning file=client.pcap,title=incomplete::part of the input was not read: the result is partial%0A${WHERE.slice('client.pcap: '.length)}\n`,
    )
    expect(text(github, report({ findings: [], suppressed: known }))).toContain(
      '::notice title=baseline::2 findings suppressed by the baseline\n',
    )
  })

  it('say that a result is partial, also where no capture is damaged', () => {
    expect(text(github, report({ complete: false }))).toMatch(/^::warning title=incomplete::.+$/m)
  })

  it('name the line where only a log shows it', () => {
    const evidence = [{ text: 'x', capture: null, frames: [], log: 0, lines: [250] }]
    const of = report({ logs: correlated().logs, findings: [silentFinding({ evidence, log: 0, stream: null })] })
    expect(text(github, of)).toContain('::error file=server.log,line=250,title=')
  })

  it('are ten of a level at most, the worst first, and say how many more there are', () => {
    const findings = ['note', 'error', 'warning'].flatMap((severity) =>
      Array.from({ length: 13 }, () => silentFinding({ severity: severity as 'note' })),
    )
    const written = text(github, report({ findings }))
    expect(written.match(/^::\w+/gm)).toEqual([
      ...Array(10).fill('::error'),
      ...Array(10).fill('::warning'),
      ...Array(10).fill('::notice'),
    ])
    expect(written).toContain('noaccept: 3 more of severity error are not annotated\n')
    expect(text(github, report({ findings: findings.slice(0, 11) }))).toContain(
      '1 more of severity note is not annotated',
    )
  })

  it.each(Object.entries(HOSTILE))('stay one command each with a hostile %s', (_, hostile) => {
    const lines = text(github, hostileReport(hostile)).trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^::error file=[^,:]*,title=[^,:]*::.*$/)
    expect(lines[0]).not.toMatch(/[\x00-\x1f]/)
  })
})
