import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { command as flows } from '../../src/cli/commands/flows.ts'
import { correlatedReport, correlateFiles } from '../../src/correlate.ts'
import { SEVERITIES } from '../../src/diagnosis/finding.ts'
import { VERDICTS } from '../../src/diagnosis/verdict.ts'
import { json } from '../../src/report/json.ts'
import { ndjson } from '../../src/report/ndjson.ts'
import type { Report } from '../../src/report/report.ts'
import { recordedIo } from '../support/io.ts'
import { capture, correlated, HOSTILE, hostileReport, log, plain, report, silentConnection } from '../support/report.ts'

type Schema = {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly $defs?: Readonly<Record<string, Schema>>
}

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8')) as Schema
const ajv = new Ajv2020.default({ allErrors: true, allowUnionTypes: true }).addSchema(schema, 'report')
const validate = ajv.getSchema('report')!

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

/** Paths of fields that a document has and the schema does not describe. */
function* undescribed(value: unknown, described: Schema, path: string): Generator<string> {
  if (value === null) return
  if (described.$ref !== undefined) {
    yield* undescribed(value, schema.$defs![described.$ref.replace('#/$defs/', '')]!, path)
  } else if (described.anyOf !== undefined) {
    yield* undescribed(value, described.anyOf[0]!, path)
  } else if (Array.isArray(value)) {
    for (const item of value) yield* undescribed(item, described.items!, `${path}[]`)
  } else if (typeof value === 'object') {
    for (const [name, field] of Object.entries(value)) {
      const inner = described.properties?.[name]
      if (inner === undefined) yield `${path}.${name}`
      else yield* undescribed(field, inner, `${path}.${name}`)
    }
  }
}

describe('the schema of the JSON report', () => {
  it.each(CASES)('accepts the report of $name, and describes each of its fields', ({ of }) => {
    const written = document(of)
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true)
    expect([...undescribed(written, schema, '')]).toEqual([])
  })

  it.each([
    'incident/listing-1.pcap',
    'incident/listing-1.txt',
    'incident/listing-2.pcap',
    'stories/repaired/repaired.pcap',
  ])('accepts the report of %s as analysed, and describes each of its fields', async (name) => {
    const path = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
    const written = document(reportOf(await analyze([path])))
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true)
    expect([...undescribed(written, schema, '')]).toEqual([])
  })

  it('accepts the report of a capture with its logs', async () => {
    const story = fileURLToPath(new URL('../../fixtures/stories/slot-race/', import.meta.url))
    const clocks = () => ({ zone: null, logDate: null, offsets: new Map<number, number>() })
    const logs = [`${story}network.log`, `${story}app.log`]
    const written = document(correlatedReport(await correlateFiles([`${story}slot-race.pcap`], logs, { clocks })))
    expect(written.rootCause.verdict).toBe('slot-race')
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true)
    expect([...undescribed(written, schema, '')]).toEqual([])
  })

  it.each(CASES)('describes the lines of the NDJSON report of $name', ({ of }) => {
    const lines = [...ndjson(of, plain)].join('').trimEnd().split('\n')
    const [head, ...rest] = lines.map((line) => JSON.parse(line) as { type: string })
    const whole = document(of)
    for (const [name, value] of Object.entries(head!))
      expect(value, name).toEqual(name === 'type' ? 'report' : whole[name])
    for (const { type, ...fields } of rest) {
      const name = LINES[type]!
      const check = ajv.getSchema(`report#/$defs/${name}`)!
      expect(check(fields), `${type}: ${JSON.stringify(check.errors)}`).toBe(true)
      expect([...undescribed(fields, schema.$defs![name]!, '')]).toEqual([])
    }
  })

  it('describes a connection as flows tells of it, beside its statistics', async () => {
    const path = fileURLToPath(new URL('../../fixtures/stories/repaired/repaired.pcap', import.meta.url))
    const io = recordedIo()
    const program = new Command('noaccept').exitOverride()
    flows.declare(program, io)
    await program.parseAsync(['flows', path, '--format', 'ndjson'], { from: 'user' })
    const check = ajv.getSchema('report#/$defs/connection')!
    const rows = io.stdout.trimEnd().split('\n')
    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows) expect(check(JSON.parse(row)), JSON.stringify(check.errors)).toBe(true)
  })

  it('refuses a report that lacks a field or has one of another kind', () => {
    const whole = document(correlated())
    for (const name of schema.required!) expect(validate({ ...whole, [name]: undefined }), name).toBe(false)
    const [connection] = whole.connections
    for (const name of schema.$defs!['connection']!.required!)
      expect(validate({ ...whole, connections: [{ ...connection, [name]: {} }] }), name).toBe(false)
  })

  it('knows the verdicts and severities that the program knows', () => {
    expect(schema.$defs!['verdict']!.enum).toEqual(VERDICTS)
    expect(schema.$defs!['severity']!.enum).toEqual(SEVERITIES)
  })
})
