import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../bench/generate.mjs'
import { scan } from '../src/scan.ts'
import { collectionsDuring } from './support/collections.ts'

const PACKETS = 2_000_000
const FLOWS = 1000
/** Measured: none; with one small object per packet, 14. */
const MOST_COLLECTIONS = 2

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
