import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionTruth, SlotTruth } from '../../fixtures/lab/truth.ts'

interface Truth {
  readonly attempts: number
  readonly listenerSlot: number
  readonly connections: readonly ConnectionTruth[]
  readonly slots: readonly SlotTruth[]
}

const LINUX = process.platform === 'linux'
const PROGRAM = '.lab/run.js'
const folder = mkdtempSync(join(tmpdir(), 'noaccept-lab-test-'))

const lab = (args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, [PROGRAM, ...args, '--out', folder], { encoding: 'utf8', env, timeout: 60_000 })

/** Runs an experiment with a query every 150 ms, whether or not this machine lets it capture. */
function experiment(mode: string): { truth: Truth; log: string; app: string; capture: string } {
  const run = lab([mode, '--period', '150'])
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  const read = (name: string) => readFileSync(join(folder, mode, name), 'utf8')
  const truth = JSON.parse(read('truth.json')) as Truth
  return { truth, log: read('network.log'), app: read('app.log'), capture: join(folder, mode, `${mode}.pcap`) }
}

const appsOf = (truth: Truth) => truth.connections.filter((row) => row.client === 'app')

describe.skipIf(!LINUX)('the laboratory (needs Linux)', () => {
  beforeAll(() => void execFileSync('npx', ['tsc', '-p', 'fixtures/lab/tsconfig.json'], { stdio: 'pipe' }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('loses the listener to a race of two threads, and the kernel completes the handshake all the same', (context) => {
    const { truth, log, app, capture } = experiment('slot-race')
    expect(truth.listenerSlot).toBe(-1)
    expect(appsOf(truth)).toMatchObject([
      { connected: true, accepted: false, serverBytesRead: 0, label: 'never-accepted' },
    ])
    const listener = /Listening on Socket (\d+)/.exec(log)?.[1]
    expect(log).toContain(`Socket ${listener} not matched ...`)
    expect(log).not.toContain('Accept:')
    const atOnce = truth.slots.slice(0, 4)
    expect(atOnce.map((store) => store.event)).toEqual(Array(4).fill('attach'))
    expect(new Set(atOnce.map((store) => store.slot)).size).toBeLessThan(4)
    expect(app).toContain('query link status, status = 0')
    expect(app).not.toContain('status = 1')
    expect(log.match(/not matched/g)).toHaveLength(1)
    if (!existsSync(capture)) context.skip('nothing may be captured here, so its capture was not looked at')
    expect(readFileSync(capture).byteLength).toBeGreaterThan(1000)
  })

  it('answers every query once a slot is claimed in one step', () => {
    const { truth, log, app } = experiment('repaired')
    expect(truth.listenerSlot).toBeGreaterThanOrEqual(0)
    // A busy machine may accept later than a short period: the journals then say so.
    expect(appsOf(truth)).toMatchObject([
      { accepted: true, label: expect.stringMatching(/^(healthy|delayed-accept)$/) },
    ])
    expect(log).not.toContain('not matched')
    expect(app).toContain('query link status, status = 1')
    const taken = truth.slots.filter((store) => store.event === 'attach').slice(0, 4)
    expect(new Set(taken.map((store) => store.slot)).size).toBe(4)
  })

  it('leaves logs and truth, and says what is missing, where nothing may be captured', () => {
    const programs = mkdtempSync(join(tmpdir(), 'noaccept-lab-path-'))
    const refusing = join(programs, 'tcpdump')
    writeFileSync(
      refusing,
      '#!/bin/sh\necho "tcpdump: lo: You do not have permission to capture on that device" >&2\nexit 1\n',
    )
    chmodSync(refusing, 0o755)
    const run = lab(['blocked-accept', '--period', '100'], { PATH: programs })
    rmSync(programs, { recursive: true })
    expect(run.stdout).toContain('no capture: tcpdump may not capture here')
    expect(run.stdout).toContain('permission')
    expect(run.stdout).toContain('dumpcap is not installed')
    expect(run.status).toBe(0)
    const truth = JSON.parse(readFileSync(join(folder, 'blocked-accept', 'truth.json'), 'utf8')) as Truth
    expect(truth.listenerSlot).toBeGreaterThanOrEqual(0)
    expect(appsOf(truth)).toMatchObject([{ connected: true, accepted: false, label: 'never-accepted' }])
  })

  it('says which port is in use', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const run = lab(['repaired', '--port', String(port)])
    holder.close()
    expect(run.status).toBe(2)
    expect(run.stderr).toContain(`port ${port} is in use`)
  })

  it('names the experiments where one is asked for that does not exist', () => {
    const run = lab(['slotrace'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('there is no experiment "slotrace"')
    expect(run.stderr).toContain('slot-race')
  })

  it.each([
    [['--wrong'], "lab: Unknown option '--wrong'"],
    [['repaired', '--port', 'x'], 'lab: --port takes a whole number from 0 to 65535, not "x"'],
    [['repaired', 'slot-race'], 'lab: one experiment at a time'],
  ])('says in a sentence what is wrong with %j', (given, sentence) => {
    const run = lab(given)
    expect(run.status).toBe(2)
    expect(run.stderr).toContain(sentence)
    expect(run.stderr).not.toMatch(/node:internal|\n\s+at /)
  })
})
