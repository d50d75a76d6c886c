import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { correlatedReport, correlateFiles } from '../../src/correlate.ts'
import { SEVERITIES } from '../../src/diagnosis/finding.ts'
import { VERDICTS } from '../../src/diagnosis/verdict.ts'
import { json } from '../../src/report/json.ts'
import { ndjson } from '../../src/report/ndjson.ts'
import type { Report } from '../../src/report/report.ts'
import { capture, correlated, HOSTILE, hostileReport, log, plain, report, silentConnection } from '../support/report.ts'
import { objections, schemaOf, undescribed } from '../support/schemas.ts'

const REPORT = 'report.schema.json'
const schema = schemaOf(REPORT)
const part = (name: string) => `${REPORT}#/$defs/${name}`

/** What describes a line of the NDJSON report, by its `type`; a line of `report` has the fields that stand alone. */
const LINES: Readonly<Record<string, string>> = {
  capture: 'capture',
  coverage: 'coverage',
  log: 'log',
  listener: 'listener',
  connection: 'connection',
  finding: 'finding',
  omitted: 'omitted',
  suppressed: 'suppressedFinding',
  chain: 'chainStep',
  rootCause: 'rootCause',
  manifest: 'manifest',
}
const document = (of: Report) => JSON.parse([...json(of, plain)].join(''))

const CASES = [
  { name: 'a silent connection', of: report() },
  { name: 'one with logs', of: correlated() },
  { name: 'nothing at all', of: report({ list: [], findings: [], listeners: [], captures: [] }) },
  {
    name: 'damage, a masked port, no heartbeat, a log without a clock',
    of: report({
      complete: false,
      captures: [
        capture({ damage: { frame: 1, offset: 24, expected: 'a', found: 'b' }, timeDigits: 9, compression: 'zstd' }),
      ],
      coverage: [{ reason: 'ARP', frames: 1 }],
      logs: [log({ clock: null })],
      omitted: [{ rule: 'x', count: 2 }],
      list: [silentConnection({ heartbeat: null, server: { address: '::1', port: 'xx' } })],
    }),
  },
  ...Object.entries(HOSTILE).map(([name, hostile]) => ({ name: `a hostile ${name}`, of: hostileReport(hostile) })),
]

/** Holds a value to what describes it: neither does it break a rule, nor has it a field more. */
function hold(value: unknown, ref = REPORT): void {
  expect(objections(value, ref)).toBeNull()
  expect(undescribed(value, ref)).toEqual([])
}

describe('the schema of the JSON report', () => {
  it.each(CASES)('accepts the report of $name, and describes each of its fields', ({ of }) => {
    hold(document(of))
  })

  it.each([
    'incident/listing-1.pcap',
    'incident/listing-1.txt',
    'incident/listing-2.pcap',
    'stories/repaired/repaired.pcap',
  ])('accepts the report of %s as analysed, and describes each of its fields', async (name) => {
    const path = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
    hold(document(reportOf(await analyze([path]))))
  })

  it('accepts the report of a capture with its logs', async () => {
    const story = fileURLToPath(new URL('../../fixtures/stories/slot-race/', import.meta.url))
    const clocks = () => ({ zone: null, logDate: null, offsets: new Map<number, number>() })
    const logs = [`${story}network.log`, `${story}app.log`]
    const written = document(correlatedReport(await correlateFiles([`${story}slot-race.pcap`], logs, { clocks })))
    expect(written.rootCause.verdict).toBe('slot-race')
    hold(written)
  })

  it.each(CASES)('describes the lines of the NDJSON report of $name', ({ of }) => {
    const lines = [...ndjson(of, plain)].join('').trimEnd().split('\n')
    const [head, ...rest] = lines.map((line) => JSON.parse(line) as { type: string })
    const whole = document(of)
    for (const [name, value] of Object.entries(head!))
      expect(value, name).toEqual(name === 'type' ? 'report' : whole[name])
    for (const { type, ...fields } of rest) {
      hold(fields, part(LINES[type]!))
    }
  })

  it('refuses a report that lacks a field or has one of another kind', () => {
    const whole = document(correlated())
    for (const name of schema.required!)
      expect(objections({ ...whole, [name]: undefined }, REPORT), name).not.toBeNull()
    const [connection] = whole.connections
    for (const name of schema.$defs!['connection']!.required!)
      expect(objections({ ...whole, connections: [{ ...connection, [name]: {} }] }, REPORT), name).not.toBeNull()
  })

  it('knows the verdicts and severities that the program knows', () => {
    expect(schema.$defs!['verdict']!.enum).toEqual(VERDICTS)
    expect(schema.$defs!['severity']!.enum).toEqual(SEVERITIES)
  })
})
