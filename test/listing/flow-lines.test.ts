import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { FlowStatistics } from '../../src/flow/flow-statistics.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { FLOW_FORMATS } from '../../src/listing/flow-listing.ts'
import type { FlowRow } from '../../src/listing/flow-row.ts'
import { StreamRows } from '../../src/listing/stream-rows.ts'
import { randomTraffic } from '../support/random-traffic.ts'
import { plain } from '../support/report.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-flow-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

const CAPTURES = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.pcap(ng)?$|\blisting-\d\.txt$/.test(name) && !name.startsWith('capture'))
  .map((name) => join('fixtures', name))

/** The table's JSON in both ways: straight from the flows, and from an object for each row. */
async function bothWays(path: string) {
  const analysis = new TcpAnalysis()
  const statistics = new FlowStatistics(analysis)
  const found = await analyze([path], { analysis, visitors: [statistics] })
  const report = reportOf(found)
  const rows = () => new StreamRows(found.scan.flows, statistics, report.connections(), Number.POSITIVE_INFINITY)
  const told = (given: Iterable<FlowRow>) =>
    Array.from(FLOW_FORMATS.ndjson(report, given, { ...plain, terminalColumns: null }), (piece) =>
      Buffer.from(piece).toString(),
    ).join('')
  return { straight: told(rows()), made: told([...rows()]) }
}

describe('a conversation as JSON', () => {
  it.each(CAPTURES)('is the same straight from the flows as from an object: %s', async (path) => {
    const { straight, made } = await bothWays(path)
    expect(straight).toBe(made)
  })

  it.each([1, 2, 3, 4, 5])('is the same of traffic that keeps to no rule (%i)', async (seed) => {
    const path = join(folder, `${seed}.pcap`)
    writeFileSync(path, randomTraffic(seed, 400))
    const { straight, made } = await bothWays(path)
    expect(straight.length).toBeGreaterThan(1000)
    expect(straight).toBe(made)
  })
})
