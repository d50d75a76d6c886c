import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command as correlate } from '../../src/cli/commands/correlate.ts'
import { recordedIo } from '../support/io.ts'

const race = fileURLToPath(new URL('../../fixtures/stories/slot-race/', import.meta.url))
const capture = join(race, 'slot-race.pcap')
const text = readFileSync(join(race, 'network.log'), 'utf8')
const foreign = '2026-11-23T03:53:53.445435Z INFO network[6601:6601] listening fd=5 addr=127.0.0.1:11221\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The incident's capture beside a log of these bytes: the report, its log's warnings, and the rules that found something. */
async function beside(bytes: string | Uint8Array) {
  const path = join(folder, 'network.log')
  writeFileSync(path, bytes)
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride()
  correlate.declare(program, io)
  await program.parseAsync(['correlate', capture, '--log', path, '--format', 'json'], { from: 'user' })
  const report = JSON.parse(io.stdout)
  const rules: string[] = report.findings.map((finding: { rule: string }) => finding.rule)
  return { report, rules, warnings: report.logs[0].warnings.join('\n') as string }
}

describe('a damaged log beside the capture', () => {
  it.each([
    ['ends in the middle of a line', text.slice(0, -20), 'the last line has no end'],
    [
      'has its newest line first',
      `${text.trimEnd().split('\n').reverse().join('\n')}\n`,
      'its newest line comes first',
    ],
    ['ends in the zeros of a crash', Buffer.concat([Buffer.from(text), Buffer.alloc(9000)]), 'holds zero bytes'],
    [
      'goes on in another encoding',
      Buffer.concat([Buffer.from(text), Buffer.from(text, 'utf16le')]),
      'holds zero bytes',
    ],
    ['goes on with another program’s lines', text + foreign, ''],
    ['has CR LF', text.replaceAll('\n', '\r\n'), ''],
    ['is in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]), ''],
  ])('still shows the race where it %s', async (_, bytes, warning) => {
    const { report, warnings } = await beside(bytes)
    expect(report.rootCause.verdict).toBe('slot-race')
    expect(warnings).toContain(warning)
  })

  it('shows the race without any time, and says that it cannot be put beside the packets', async () => {
    const { report, rules, warnings } = await beside(text.replaceAll(/^\d\S+ /gm, ''))
    expect(report.logs[0].clock).toBeNull()
    expect(rules).toContain('slot-written-twice')
    expect(warnings).toMatch(/not compared with the packets: none of its lines has a time stamp/)
  })

  it('is not taken for the log of another run where it is empty', async () => {
    const empty = await beside('')
    expect(empty.rules).not.toContain('log-of-another-run')
    expect(empty.warnings).toContain('no line of it could be read')
  })

  it('is refused where it is no text from the start: it is not what a log should be', async () => {
    const noise = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 2_654_435_761) >>> 13)
    for (const bytes of [noise, readFileSync(capture)])
      await expect(beside(bytes)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(/is not a log/) })
  })

  it('passes over what a line has beyond 64 kB, counts it, and reads on', async () => {
    const [first, ...rest] = text.split('\n')
    const long = `${first!.slice(0, 16)}${'x'.repeat(3 << 20)}`
    const { report, warnings } = await beside([first, long, ...rest].join('\n'))
    expect(warnings).toContain('1 line is longer than 65536 bytes')
    expect(report.rootCause.verdict).toBe('slot-race')
  })
})
