import { describe, expect, it } from 'vitest'
import { type KnownFinding, readBaseline, writeBaseline } from '../../src/baseline/baseline.ts'
import { knownOf, suppress } from '../../src/baseline/suppress.ts'
import { exitCodeOf } from '../../src/cli/deliver.ts'
import { ExitCode, Failure } from '../../src/failure.ts'
import { json } from '../../src/report/json.ts'
import { sarif } from '../../src/report/sarif.ts'
import { listener, plain, report, silentConnection, silentFinding } from '../support/report.ts'

const TODAY = '2026-07-01'
const known = (change: Partial<KnownFinding> = {}): KnownFinding[] =>
  knownOf(report(), []).map((entry) => ({ ...entry, ...change }))

describe('a baseline', () => {
  it('takes what it knows out of the report, counts it, and lets the run pass', () => {
    const { report: rest } = suppress(report(), known({ reason: 'mended in the next release' }), TODAY)
    expect(exitCodeOf(report(), 'error')).toBe(ExitCode.FINDINGS)
    expect(exitCodeOf(rest, 'error')).toBe(ExitCode.OK)
    const told = JSON.parse([...json(rest, plain)].join(''))
    expect(told).toMatchObject({ suppressed: 1, findings: [] })
    expect(told.suppressedFindings).toMatchObject([
      { rule: 'no-accept-signature', count: 1, reason: 'mended in the next release' },
    ])
    expect(told.connections[0].findings).toEqual([])
  })

  it('leaves a new finding, and moves what points at it', () => {
    const other = silentFinding({ rule: 'peer-stalled' })
    const both = report({
      findings: [silentFinding(), other],
      list: [silentConnection({ findings: [0, 1] })],
      listeners: [listener({ findings: [0, 1] })],
    })
    const { report: rest } = suppress(both, known(), TODAY)
    expect(rest.findings).toEqual([other])
    expect([...rest.connections()][0]!.findings).toEqual([0])
    expect(rest.listeners[0]!.findings).toEqual([0])
  })

  it.each([
    [
      'another client port and other frames',
      silentConnection({ client: { address: '10.0.0.9', port: 4711 }, firstFrame: 900 }),
      1,
    ],
    ['another time', silentConnection({ start: 9e12, end: 9.1e12 }), 1],
    ['another port of the server', silentConnection({ server: { address: '127.0.0.1', port: 9001 } }), 0],
    ['another verdict', silentConnection({ verdict: 'zero-window-stall' }), 0],
  ])('meets the same finding with %s: %#', (_name, connection, count) => {
    expect(suppress(report({ list: [connection] }), known(), TODAY).report.suppressed).toHaveLength(count)
  })

  it('does not let a warning pass that grew to an error', () => {
    const before = knownOf(report({ findings: [silentFinding({ severity: 'warning' })] }), [])
    expect(suppress(report(), before, TODAY).report.findings).toHaveLength(1)
  })

  it('tells entries that nothing met, and those whose day is over', () => {
    expect(suppress(report({ findings: [] }), known(), TODAY).stale).toEqual([0])
    const over = suppress(report(), known({ expires: '2026-06-30' }), TODAY)
    expect([over.expired, over.stale, over.report.findings.length]).toEqual([[0], [], 1])
    expect(suppress(report(), known({ expires: TODAY }), TODAY).report.findings).toEqual([])
  })

  it('is written the same for the same findings, and keeps reason and expiry', () => {
    const entries = knownOf(report(), known({ reason: 'a ticket', expires: '2027-01-01' }))
    const text = writeBaseline(entries)
    expect(readBaseline(text, 'known.yaml').known).toEqual(entries)
    expect(entries[0]).toMatchObject({
      about: 'error: Connected, acknowledged, never answered: 127.0.0.1:9000 (ack-only)',
      reason: 'a ticket',
      expires: '2027-01-01',
    })
    expect(writeBaseline(knownOf(report({ findings: [silentFinding(), silentFinding()] }), entries))).toBe(text)
  })

  it('is written in one order whichever connection a capture holds first', () => {
    const findings = [
      silentFinding({ rule: 'peer-stalled' }),
      silentFinding({ rule: 'foreign-reset', severity: 'warning' }),
      silentFinding(),
    ]
    const entries = knownOf(report({ findings }), [])
    expect(entries.map(({ rule }) => rule)).toEqual(['foreign-reset', 'no-accept-signature', 'peer-stalled'])
    expect(writeBaseline(knownOf(report({ findings: findings.toReversed() }), []))).toBe(writeBaseline(entries))
  })

  it('names the one entry that nothing met, among those that were', () => {
    const [met] = known()
    const gone = { ...met!, rule: 'peer-stalled', fingerprint: 'f'.repeat(32) }
    expect(suppress(report(), [gone, met!], TODAY)).toMatchObject({ stale: [0], expired: [] })
    expect(suppress(report(), [met!, gone], TODAY)).toMatchObject({ stale: [1], expired: [] })
  })

  it('takes a known finding from its connection where that is looked up by its stream, too', () => {
    const connection = silentConnection({ findings: [0] })
    const looked = {
      ...report({ list: [connection] }),
      connectionOf: (stream: number) => (stream === 0 ? connection : null),
    }
    const { report: rest } = suppress(looked, known(), TODAY)
    expect(rest.connectionOf?.(0)?.findings).toEqual([])
    expect(rest.connectionOf?.(7)).toBeNull()
  })

  it('names a finding as SARIF names it', () => {
    const { runs } = JSON.parse([...sarif(report(), plain)].join(''))
    expect(runs[0].results[0].partialFingerprints['noaccept/v1']).toBe(known()[0]!.fingerprint)
  })

  it.each([
    ['a file without a version', 'known: []', /^known\.yaml:1:1: "version" is missing/],
    [
      'a wrong key',
      'version: 1\nknown:\n  - rule: refused\n    fingerprnt: x',
      /^known\.yaml:3:5:.*fingerprint|^known\.yaml:4:5:/,
    ],
    [
      'a day that does not exist',
      `version: 1\nknown:\n  - {rule: refused, fingerprint: ${'a'.repeat(32)}, expires: 2026-13-01}`,
      /^known\.yaml:3:.*no such day/,
    ],
    ['text that is no YAML', 'version: [', /^known\.yaml:1:/],
  ])('that is %s fails with its line', (_name, text, message) => {
    expect(() => readBaseline(text, 'known.yaml')).toThrow(Failure)
    expect(() => readBaseline(text, 'known.yaml')).toThrow(message)
  })
})
