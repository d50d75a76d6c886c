import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PerformanceObserver } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../bench/generate.mjs'
import { reportOf } from '../src/analyze.ts'
import { diagnose } from '../src/diagnosis/diagnose.ts'
import type { FlowView } from '../src/flow/flow-view.ts'
import { jsonBytes } from '../src/report/json.ts'
import { type Scan, scan } from '../src/scan.ts'
import { plain } from './support/report.ts'

const PACKETS = 2_000_000
const FLOWS = 1000
/** Measured: none; with one small object per packet, 14. */
const MOST_COLLECTIONS = 2

/** Garbage collections while `work` runs. */
async function collectionsDuring(work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const observer = new PerformanceObserver((entries) => {
    count += entries.getEntries().length
  })
  observer.observe({ entryTypes: ['gc'] })
  await work()
  await setImmediate()
  observer.disconnect()
  return count
}

describe('the budget of the loop that every packet goes through', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-budget-'))
  const path = join(folder, 'flows.pcap')
  beforeAll(() => generate({ packets: PACKETS, flows: FLOWS, payload: 4, kind: 'mixed' }, path), 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('allocates nothing per packet: two million leave next to nothing to collect', async () => {
    // Once to be compiled; compilers allocate too.
    await scan([path])
    let packets = 0
    const collections = await collectionsDuring(async () => {
      packets = (await scan([path])).captures[0]!.packets
    })
    expect(packets).toBe(PACKETS)
    expect(collections).toBeLessThanOrEqual(MOST_COLLECTIONS)
  }, 120_000)
})

const CONNECTIONS = 20_000
const ROUNDS = 5
/** Measured: 10; with an object and a string for each connection, 28. */
const MOST_COLLECTIONS_OF_REPORTS = 18

describe('the budget of what every connection goes through', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-budget-'))
  const path = join(folder, 'connections.pcap')
  beforeAll(() => generate({ packets: CONNECTIONS * 10, flows: CONNECTIONS, payload: 4, kind: 'mixed' }, path), 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const isServed = (flow: FlowView) => flow.payload(flow.server) > 0

  function told(scanned: Scan): number {
    const shown = reportOf({ scan: scanned, diagnosis: diagnose(scanned, isServed) })
    let bytes = 0
    for (const piece of jsonBytes(shown, plain)) bytes += piece.length
    return bytes
  }

  it('leaves next to nothing to collect of a healthy connection that is judged and written', async () => {
    const scanned = await scan([path])
    const once = told(scanned)
    const collections = await collectionsDuring(async () => {
      for (let round = 0; round < ROUNDS; round++) {
        expect(told(scanned)).toBe(once)
        await setImmediate()
      }
    })
    expect(collections).toBeLessThanOrEqual(MOST_COLLECTIONS_OF_REPORTS)
  }, 120_000)
})
