import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { generate } from '../../bench/generate.mjs'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { scan } from '../../src/scan.ts'

const FLOWS = 60_000
/** Late answers that a rule about one listener looks at. */
const MOST_LISTED = 10_000

const folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** To list a flow's signals is an object for each, and a miss of the cache: most flows are judged by their facts. */
it('lists the signals of a bounded number of connections, however many there are', async () => {
  const path = join(folder, 'flows.pcap')
  generate({ packets: 900_000, flows: FLOWS, payload: 4, kind: 'mixed' }, path)
  const scanned = await scan([path])
  const listed = vi.spyOn(FlowView.prototype, 'signals')
  expect(diagnose(scanned).connectionCount).toBeGreaterThan(FLOWS * 0.9)
  expect(listed.mock.calls.length).toBeLessThan(MOST_LISTED * 1.1)
})
