import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import type { Log, Run } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { sarif } from '../../src/report/sarif.ts'
import {
  capture,
  correlated,
  HOSTILE,
  hostileReport,
  manifest,
  plain,
  report,
  silentConnection,
  silentFinding,
} from '../support/report.ts'

/** The schema of OASIS comes with a package of Microsoft's SARIF tools. */
const SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'

function schemaPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve(SCHEMA)
  } catch {
    return null
  }
}

function validator(path: string) {
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false })
  addFormats.default(ajv)
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
}

const run = (of: Report): Run => (JSON.parse([...sarif(of, plain)].join('')) as Log).runs[0]!

const CASES = [
  { name: 'a silent connection', of: report() },
  { name: 'one with logs', of: correlated() },
  { name: 'offsets of frames', of: { ...report(), frameOffset: (_: number, frame: number) => 24 + frame * 68 } },
  {
    name: 'damage',
    of: report({
      complete: false,
      captures: [capture({ warnings: ['cut'], damage: { frame: 3, offset: 99, expected: 'a', found: 'b' } })],
    }),
  },
  { name: 'nothing at all', of: report({ list: [], findings: [], listeners: [], captures: [] }) },
  { name: 'a line of 1 MB', of: hostileReport('x'.repeat(1_000_000)) },
  ...Object.entries(HOSTILE).map(([name, hostile]) => ({ name: `a hostile ${name}`, of: hostileReport(hostile) })),
  { name: 'a manifest', of: report({ manifest }) },
]

describe('the SARIF report', () => {
  const path = schemaPath()

  const validate = path === null ? null : validator(path)

  it.skipIf(validate === null).each(CASES)('follows the schema of OASIS for $name', ({ of }) => {
    const valid = validate!(JSON.parse([...sarif(of, plain)].join('')))
    expect(valid, JSON.stringify(validate!.errors)).toBe(true)
  })

  it.each(CASES)('points with each index at what it names, for $name', ({ of }) => {
    const { results = [], tool, artifacts = [] } = run(of)
    for (const result of results) {
      expect(tool.driver.rules![result.ruleIndex!]!.id).toBe(result.ruleId)
      const flows = (result.codeFlows ?? []).flatMap((flow) => flow.threadFlows.flatMap((thread) => thread.locations))
      const locations = [...result.locations!, ...result.relatedLocations!, ...flows.map((step) => step.location!)]
      for (const { physicalLocation } of locations) {
        if (physicalLocation === undefined) continue
        const { index, uri } = physicalLocation.artifactLocation!
        expect(artifacts[index!]!.location!.uri).toBe(uri)
      }
    }
  })

  it('has a place for what no frame and no line shows: the input as a whole; none where there is no input', () => {
    const absent = silentFinding({ evidence: [{ text: 'no SYN', capture: null, frames: [], log: null, lines: [] }] })
    const placeOf = (of: Report) =>
      run(of).results![0]!.locations!.map(({ physicalLocation }) => physicalLocation!.artifactLocation!.uri)
    expect(placeOf(report({ findings: [absent] }))).toEqual(['client.pcap'])
    expect(placeOf(report({ findings: [absent], captures: [] }))).toEqual([])
  })

  it('gives an input the length of its file, and the sum that a manifest has of it', () => {
    const of = report({ captures: [capture({ bytes: 1241, storedSize: 1537 })], manifest })
    expect(run(of).artifacts).toMatchObject([{ length: 1537, hashes: { 'sha-256': 'ab'.repeat(32) } }])
    expect(run(report({ captures: [capture({ storedSize: null })] })).artifacts![0]).not.toHaveProperty('length')
  })

  it('gives each of several inputs of one name its own sum, as a redacted report of two folders has them', () => {
    const [input] = manifest.inputs
    const sums = ['aa'.repeat(32), 'bb'.repeat(32), 'cc'.repeat(32)]
    const sealed = { ...manifest, inputs: sums.map((sha256, at) => ({ ...input!, bytes: 1537 + (at >> 1), sha256 })) }
    const captures = [capture({ storedSize: 1538 }), capture(), capture()]
    const { artifacts } = run(report({ captures, manifest: sealed }))
    expect(artifacts!.map(({ hashes }) => hashes?.['sha-256'])).toEqual([sums[2], sums[0], sums[1]])
  })

  it('shows a frame by its number, and by its byte where that is known', () => {
    const [unknown] = run(report()).results![0]!.locations!
    expect(unknown!.logicalLocations![0]!.name).toBe('frame 1')
    expect(unknown!.physicalLocation!.region).toBeUndefined()
    const [known] = run({ ...report(), frameOffset: () => 1241 }).results![0]!.locations!
    expect(known!.physicalLocation!.region).toEqual({ byteOffset: 1241 })
  })

  it('gives no byte of a compressed capture: the offset counts in what is inside', () => {
    const of = { ...report({ captures: [capture({ compression: 'gzip' })] }), frameOffset: () => 1241 }
    expect(run(of).results![0]!.locations![0]!.physicalLocation!.region).toBeUndefined()
  })

  it('shows log lines by their number', () => {
    const locations = run(correlated()).results![0]!.relatedLocations!
    expect(locations.at(-1)).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'server.log', index: 1 }, region: { startLine: 250 } },
    })
  })

  it('tells the deciding packets and the causal chain as code flows', () => {
    const flows = run(correlated()).results![0]!.codeFlows!
    expect(flows.map((flow) => flow.message!.text)).toEqual(['The deciding packets', 'How it came about'])
    const [ladder, chain] = flows.map((flow) =>
      flow.threadFlows[0]!.locations.map((step) => step.location!.message!.text),
    )
    expect(ladder![4]).toBe('server → client: ack 45, window 7936 (acked, and not read)')
    expect(chain![2]).toBe('c. accept() was called (missing)')
  })

  it('has another fingerprint for the same trouble of another server', () => {
    const list = [1, 2, 3].map((stream) =>
      silentConnection({ stream, server: { address: '127.0.0.1', port: stream < 3 ? 9000 : 9001 } }),
    )
    const findings = list.map(({ stream }) => silentFinding({ stream }))
    const [first, again, other] = run(report({ list, findings })).results!.map(
      (result) => result.partialFingerprints!['noaccept/v1']!,
    )
    expect(again).toBe(`${first}:2`)
    expect(other).toMatch(/^[0-9a-f]{32}$/)
    expect(other).not.toBe(first)
  })

  it('keeps its fingerprint when ports, frames and times of the client change', () => {
    const prints = (of: Report) => run(of).results!.map((result) => result.partialFingerprints!['noaccept/v1'])
    const again = report({
      list: [silentConnection({ client: { address: '10.0.0.9', port: 4711 }, start: 5e9, firstFrame: 900 })],
      findings: [silentFinding({ evidence: [{ text: 'x', capture: 0, frames: [900], log: null, lines: [] }] })],
    })
    expect(prints(again)).toEqual(prints(report()))
    const elsewhere = report({ list: [silentConnection({ server: { address: '127.0.0.1', port: 9001 } })] })
    expect(prints(elsewhere)).not.toEqual(prints(report()))
    const twice = prints(report({ findings: [silentFinding(), silentFinding()] }))
    expect(new Set(twice).size).toBe(2)
  })

  it('stays within what GitHub takes, and says what it left out', () => {
    const frames = Array.from({ length: 5000 }, (_, at) => at + 1)
    const evidence = Array.from({ length: 300 }, () => ({ text: 'x', capture: 0, frames, log: null, lines: [] }))
    const warning = silentFinding({ severity: 'warning', ladder: [] })
    const of = report({ findings: [...Array(6000).fill(warning), silentFinding({ evidence })] })
    const { results, properties } = run(of)
    expect(results).toHaveLength(5000)
    expect(results![0]!.level).toBe('error')
    expect(results![0]!.relatedLocations!.length).toBeLessThanOrEqual(100)
    expect(properties!['omitted']).toEqual(['1001 more findings'])
  })

  it('makes no link of brackets that came from outside', () => {
    const { text } = run(hostileReport('see [log](http://evil)')).results![0]!.message
    expect(text).toContain('see \\[log\\](http://evil)')
  })

  it.each([
    ['a b/[c]?.pcap', 'a%20b/%5Bc%5D%3F.pcap'],
    ['/var/log/x.log', 'file:///var/log/x.log'],
    ['C:\\cap\\x.pcap', 'file:///C:/cap/x.pcap'],
    ['-', '-'],
    ['half\ud800.pcap', 'half%EF%BF%BD.pcap'],
  ])('names %s as the URI %s', (path, uri) => {
    expect(run(report({ captures: [capture({ path })] })).artifacts![0]!.location!.uri).toBe(uri)
  })

  it('tells damage with its byte, and that the result is partial', () => {
    const { invocations, properties } = run(CASES[3]!.of)
    expect(properties!['complete']).toBe(false)
    expect(invocations![0]!.toolExecutionNotifications![1]).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { region: { byteOffset: 99 } } }],
    })
  })
})
