import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../bench/generate.mjs'
import { analyze, reportOf } from '../src/analyze.ts'
import { scan } from '../src/scan.ts'

const MEGABYTE = 1 << 20
/** Rows, slots, and the signals of a SYN and its refusal: what the budget allows for a flow that never was. */
const MOST_BYTES_OF_AN_ATTEMPT = 200
/** Row, slots, dossier and SYNs of a flow that talks; the packets that a verdict may cite take 24 bytes each beside it. */
const MOST_BYTES_OF_A_TALK = 300

const noaccept = (capture: string, memory: string) =>
  spawnSync(process.execPath, ['bin/noaccept.js', 'analyze', capture, `--max-memory=${memory}`, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })

describe('the memory for what is kept of connections', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-memory-'))
  const talks = join(folder, 'talks.pcap')
  const attempts = join(folder, 'scan.pcap')
  beforeAll(() => {
    generate({ packets: 60_000, flows: 5000, payload: 44, kind: 'mixed' }, talks)
    generate({ packets: 200_000, flows: 100_000, payload: 0, kind: 'scan' }, attempts)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('follows no new connection beyond its bound, those that began to their end, and counts the rest', async () => {
    const whole = await analyze([talks])
    const bounded = await analyze([talks], { maxMemory: MEGABYTE })
    const { flows } = bounded.scan
    expect(flows.table.count).toBeGreaterThan(1000)
    expect(flows.table.count).toBeLessThan(whole.scan.flows.table.count)
    expect(flows.bytesUsed).toBeLessThan(3 * MEGABYTE)
    const report = reportOf(bounded)
    const followed = [...report.connections()]
    const packets = followed.reduce((sum, each) => sum + each.clientToServer.packets + each.serverToClient.packets, 0)
    expect(packets + flows.unfollowed).toBe(60_000)
    expect(report.coverage[0]).toEqual({ reason: expect.stringContaining('memory'), frames: flows.unfollowed })
    expect(report.complete).toBe(false)
    const first = [...reportOf(whole).connections()].slice(0, 1000)
    expect(followed.slice(0, 1000)).toEqual(first.map((connection) => ({ ...connection, findings: expect.any(Array) })))
  })

  it('ends a bounded analysis as partial', () => {
    const { status, stdout } = noaccept(talks, '1M')
    expect(status).toBe(3)
    expect(JSON.parse(stdout).complete).toBe(false)
  })

  it.each(['12', '1K', 'much', '1.5G', '-2M'])('refuses %s with how a size is written', (size) => {
    const { status, stderr } = noaccept(talks, size)
    expect(status).toBe(2)
    expect(stderr).toContain('as in 512M')
  })

  it('is at most three hundred bytes for a connection that talks, beside the packets that may be cited of it', async () => {
    const { flows } = await scan([talks])
    expect(flows.table.count).toBe(5000)
    expect((flows.bytesUsed - flows.signals.bytesUsed) / flows.table.count).toBeLessThanOrEqual(MOST_BYTES_OF_A_TALK)
  })

  it('is less than two hundred bytes for an attempt that is refused: ten million fit in two gigabytes', async () => {
    const { flows } = await scan([attempts])
    expect(flows.table.count).toBe(100_000)
    expect(flows.bytesUsed / flows.table.count).toBeLessThan(MOST_BYTES_OF_AN_ATTEMPT)
  })
})
