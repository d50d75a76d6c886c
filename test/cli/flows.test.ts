import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { command as flows } from '../../src/cli/commands/flows.ts'
import { command as packets } from '../../src/cli/commands/packets.ts'
import { ExitCode } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-flows-'))
afterAll(() => rmSync(folder, { recursive: true }))
const REFUSED = 'fixtures/incident/listing-2.pcap'

async function run(words: readonly string[], terminal: Parameters<typeof recordedIo>[0] = {}) {
  const io = recordedIo({ env: { NO_COLOR: '1' }, ...terminal })
  const root = new Command('noaccept').exitOverride()
  const module = words[0] === 'flows' ? flows : packets
  module.declare(root, io)
  await root.parseAsync(words, { from: 'user' })
  return io
}

interface Flow {
  readonly stream: number
  readonly state: string
  readonly history: string
  readonly completeness: { readonly value: number; readonly text: string; readonly server: readonly string[] }
  readonly clientStatistics: { readonly roundTripMs: { readonly samples: number }; readonly idleMaxMs: number }
  readonly serverStatistics: { readonly windowBytes: { readonly min: number } | null }
}

describe('Markdown of a packet list whose port is masked', () => {
  it.each(['flows', 'packets'])('mentions nobody in %s, whatever stands for the port', async (name) => {
    const list = join(folder, 'masked.txt')
    writeFileSync(list, readFileSync('fixtures/incident/listing-1.txt', 'utf8').replaceAll('xx', '@octo'))
    const { stdout } = await run([name, list, '--format', 'markdown'])
    expect(stdout).toContain('@<!-- -->octo')
    expect(stdout).not.toContain('@octo')
  })
})

describe('noaccept flows', () => {
  it('tells of the refused attempts and of the connection that is only acknowledged', async () => {
    const io = await run(['flows', REFUSED, '--format', 'ndjson'])
    const rows = io.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Flow)
    const silent = rows.find((row) => row.state === 'S1')!
    expect(rows.some((row) => row.state === 'REJ' && row.history === 'Sr' && row.completeness.value === 37)).toBe(true)
    expect(silent).toMatchObject({
      history: 'ShADa',
      completeness: { value: 15, text: 'Incomplete, DATA', server: ['SYN-ACK', 'ACK'] },
      serverStatistics: { windowBytes: { min: 7936 } },
    })
    expect(silent.clientStatistics.roundTripMs.samples).toBeGreaterThan(1)
    expect(silent.clientStatistics.idleMaxMs).toBeGreaterThan(2000)
    expect(io.exitCode).toBe(ExitCode.OK)
  })

  it('sorts by a column, and shows so many', async () => {
    const largest = await run(['flows', REFUSED, '--format', 'csv', '--sort', 'bytes', '--limit', '1'])
    const smallest = await run(['flows', REFUSED, '--format', 'csv', '--sort', 'bytes', '--limit', '1', '--ascending'])
    const bytes = (text: string) => {
      const [head, row] = text.trimEnd().split('\r\n')
      return Number(row!.split(',')[head!.split(',').indexOf('bytes')])
    }
    expect(largest.stdout.trimEnd().split('\r\n')).toHaveLength(2)
    expect(bytes(largest.stdout)).toBeGreaterThan(bytes(smallest.stdout))
  })

  it('tells when a connection began with the digits of its capture’s stamps', async () => {
    const { stdout } = await run(['flows', REFUSED, '--format', 'csv', '--limit', '1'])
    expect(stdout).toContain(',2012-01-01T05:58:57.548361Z,')
  })

  it.each(['flows', 'packets'])('%s says why it lists nothing', async (name) => {
    const io = await run([name, REFUSED, '--port', '4711'])
    expect(io.stderr).toMatch(/nothing to analyse: none of the \d+ TCP packets matches the port or filter/)
    expect(io.exitCode).toBe(ExitCode.NOTHING)
  })

  it('makes one JSON document', async () => {
    const { stdout } = await run(['flows', REFUSED, '--format', 'json'])
    expect((JSON.parse(stdout) as { connections: unknown[] }).connections.length).toBeGreaterThan(1)
  })

  it('leaves the last columns out that a terminal has no room for, and says so; a pipe gets them all', async () => {
    const narrow = await run(['flows', REFUSED], { stdoutIsTerminal: true, columns: 80 })
    const lines = narrow.stdout.trimEnd().split('\n')
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
    expect(lines[0]).toMatch(/^ +stream +client +server +state +history +verdict +lasted$/)
    expect(lines.at(-1)).toBe('  9 more columns: a wider terminal or --verbose shows them')
    const wide = { stdoutIsTerminal: true, columns: 300 }
    const piped = (await run(['flows', REFUSED])).stdout
    expect(piped).toMatch(/completeness$/m)
    expect((await run(['flows', REFUSED], wide)).stdout).toBe(piped)
    const whole = await run(['flows', REFUSED, '--verbose'], { stdoutIsTerminal: true, columns: 80 })
    expect(whole.stdout).toBe((await run(['flows', REFUSED, '--verbose'])).stdout)
  })

  it('shows who spoke with whom, and the verdict, on a terminal of any width', async () => {
    const shown = async (columns: number) => (await run(['flows', REFUSED], { stdoutIsTerminal: true, columns })).stdout
    expect(await shown(68)).toMatch(/^ +stream +client +server +state +history +verdict$/m)
    const narrow = await shown(24)
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(24)
    expect(narrow.replace(/\n {4}/g, ' ')).toMatch(
      /^ {2}stream 0, client 127\.0\.0\.1:61533, server 127\.0\.0\.1:9000, state REJ, history Sr, verdict refused$/m,
    )
  })

  it.each(['flows', 'packets'])('%s draws with ASCII alone where asked to', async (name) => {
    const { stdout } = await run([name, REFUSED, '--ascii'])
    expect(stdout).toMatch(/^[\n -~]+$/)
    expect(stdout).toContain('->')
  })

  it('takes one packet that is no SYN for no beginning of a conversation, as Wireshark does', async () => {
    const bytes = readFileSync('fixtures/incident/listing-1.pcap')
    const record = (frame: number) => {
      let at = 24
      for (let before = 1; before < frame; before++) at += 16 + bytes.readUInt32BE(at + 8)
      return bytes.subarray(at, at + 16 + bytes.readUInt32BE(at + 8))
    }
    const completenessOf = async (...frames: number[]) => {
      writeFileSync(join(folder, 'few.pcap'), Buffer.concat([bytes.subarray(0, 24), ...frames.map(record)]))
      const { stdout } = await run(['flows', join(folder, 'few.pcap'), '--format', 'json'])
      return (JSON.parse(stdout) as { connections: Flow[] }).connections[0]!.completeness.value
    }
    const [SYN, DATA, ACK] = [1, 4, 5]
    expect(await completenessOf(SYN)).toBe(1)
    expect(await completenessOf(DATA)).toBe(0)
    expect(await completenessOf(DATA, ACK)).toBeGreaterThan(0)
  })

  it('sorts what was never measured behind what took no time at all', async () => {
    const order = async (...words: string[]) => {
      const { stdout } = await run(['flows', REFUSED, '--format', 'csv', '--sort', 'server_rtt_max_ms', ...words])
      const [head, ...rows] = stdout
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','))
      return rows.map((row) => row[head!.indexOf('server_rtt_max_ms')])
    }
    expect(await order()).toEqual(['0', ''])
    expect(await order('--ascending')).toEqual(['', '0'])
  })

  it('says that nothing is on a port that nobody used', async () => {
    expect((await run(['flows', REFUSED, '--port', '1'])).exitCode).toBe(ExitCode.NOTHING)
  })
})

describe('noaccept packets', () => {
  it('writes to standard output and ends with 0, or with 4 where the port matched nothing', async () => {
    const all = await run(['packets', REFUSED])
    expect(all.stdout.split('\n')[0]).toContain('[SYN] Seq=0')
    expect(all.exitCode).toBe(ExitCode.OK)
    const none = await run(['packets', REFUSED, '--port', '1'])
    expect(none).toMatchObject({ stdout: '', exitCode: ExitCode.NOTHING })
  })

  it('stops quietly where its reader went away', async () => {
    const io = { ...recordedIo(), out: async () => false }
    const root = new Command('noaccept').exitOverride()
    packets.declare(root, io)
    await root.parseAsync(['packets', REFUSED], { from: 'user' })
  })
})
