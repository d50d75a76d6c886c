import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../bench/generate.mjs'
import { reportOf } from '../src/analyze.ts'
import { diagnose } from '../src/diagnosis/diagnose.ts'
import type { FlowView } from '../src/flow/flow-view.ts'
import { jsonBytes } from '../src/report/json.ts'
import { type Scan, scan } from '../src/scan.ts'
import { collectionsDuring } from './support/collections.ts'
import { plain } from './support/report.ts'

// In a file, and so a heap, of its own: what other tests leave to be collected would be counted.
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
