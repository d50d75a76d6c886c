import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { generate } from '../../bench/generate.mjs'
import { correlateFiles } from '../../src/correlate.ts'
import { MomentKind } from '../../src/correlation/wire/moment-log.ts'
import { WireMoments } from '../../src/correlation/wire/wire-moments.ts'

const CONNECTIONS = 5000
const HOUR = '2023-11-14T22:13'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Segments with payload are most of what is kept of a capture: what no line speaks of need not be listed. */
it('lists the payload of few connections where a log speaks of none', async () => {
  const capture = join(folder, 'flows.pcap')
  const log = join(folder, 'server.log')
  generate({ packets: 60_000, flows: CONNECTIONS, payload: 44, kind: 'mixed' }, capture)
  const line = (n: number) => `${HOUR}:${20 + (n % 30)}.${100 + n}Z INFO request ${n} done; closed socket ${n % 50}\n`
  writeFileSync(log, Array.from({ length: 800 }, (_, n) => line(n)).join(''))
  const listed = vi.spyOn(WireMoments.prototype, 'momentsOf')
  const { analysis } = await correlateFiles([capture], [log])
  expect(analysis.diagnosis.connectionCount).toBeGreaterThan(CONNECTIONS / 2)
  const ofPayload = listed.mock.calls.filter(([, ...kinds]) => kinds.includes(MomentKind.PUSH))
  expect(ofPayload.length).toBeLessThan(CONNECTIONS / 20)
})
