import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { command } from '../../src/cli/commands/compare.ts'
import { ExitCode } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const story = (name: string) => `fixtures/stories/${name}/${name}.pcap`
const scratch = mkdtempSync(join(tmpdir(), 'noaccept-compare-command-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

async function compare(...args: string[]) {
  const io = recordedIo()
  const program = new Command().exitOverride()
  command.declare(program, io)
  await program.parseAsync(['compare', ...args], { from: 'user' })
  return io
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(scratch, name)
  writeFileSync(path, bytes)
  return path
}

describe('noaccept compare', () => {
  it('ends with 0 for the same sequence and with 1 where they part', async () => {
    expect((await compare(story('slot-race'), story('blocked-accept'))).exitCode).toBe(ExitCode.OK)
    expect((await compare(story('slot-race'), story('repaired'))).exitCode).toBe(ExitCode.FINDINGS)
    expect((await compare('--fail-on', 'never', story('slot-race'), story('repaired'))).exitCode).toBe(ExitCode.OK)
  })

  it('keeps within 60 columns, whatever the captures are called', async () => {
    const io = recordedIo({ columns: 60 })
    const program = new Command().exitOverride()
    command.declare(program, io)
    const long = written(`${'long-'.repeat(20)}name.pcap`, readFileSync(story('repaired')))
    await program.parseAsync(['compare', long, story('slot-race')], { from: 'user' })
    for (const line of io.stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(60)
  })

  it('ends with 4 for a capture without TCP, and says which', async () => {
    const empty = written('empty.pcap', readFileSync(story('repaired')).subarray(0, 24))
    const io = await compare(empty, story('repaired'))
    expect(io.exitCode).toBe(ExitCode.NOTHING)
    expect(io.stderr).toContain(`${empty}: nothing to compare: none of its 0 packets is TCP`)
  })

  it('ends with 4 where no connection has the port', async () => {
    const io = await compare('--port', '4711', story('repaired'), story('slot-race'))
    expect(io.exitCode).toBe(ExitCode.NOTHING)
    expect(io.stderr).toContain('no connection has the port')
    expect(io.stdout).toMatch(/^Nothing to compare: no connection in A or B\.$/m)
  })

  it('looks for packets of the ports that were asked for alone in the other capture', async () => {
    const io = await compare('--port', '4711', story('repaired'), story('repaired'))
    expect(io.stdout).not.toContain('Two points of one traffic')
    const one = await compare('--port', '9000', '--format', 'json', story('repaired'), story('repaired'))
    const all = await compare('--format', 'json', story('repaired'), story('repaired'))
    const matched = (text: string) => JSON.parse(text).samePoints.matched as number
    expect(matched(one.stdout)).toBeLessThan(matched(all.stdout))
  })

  it('marks what it tells of captures that it was kept from reading whole', async () => {
    const stopped = new AbortController()
    stopped.abort()
    const io = recordedIo({ signal: stopped.signal })
    const program = new Command().exitOverride()
    command.declare(program, io)
    await program.parseAsync(['compare', story('repaired'), story('repaired')], { from: 'user' })
    expect(io.exitCode).toBe(ExitCode.INTERRUPTED)
    expect(io.stdout).toContain('It was interrupted')
    expect(io.stdout).toContain('A: fixtures/stories/repaired/repaired.pcap (10 connections, 100 packets)')
  })

  it('ends with 3 for a damaged capture, and says where', async () => {
    const bytes = readFileSync(story('repaired'))
    bytes.writeUInt32LE(0xffffffff, 24 + 8)
    const io = await compare(written('damaged.pcap', bytes), story('repaired'))
    expect(io.exitCode).toBe(ExitCode.INCOMPLETE)
    expect(io.stderr).toMatch(/damaged at frame 1, byte 24/)
    expect(io.stdout).toMatch(/A: damaged at frame 1, byte 24: expected/)
    const json = JSON.parse(
      (await compare('--format', 'json', join(scratch, 'damaged.pcap'), story('repaired'))).stdout,
    )
    expect(json).toMatchObject({ complete: false, a: { damage: { frame: 1, offset: 24 } }, b: { damage: null } })
  })

  it.each([
    [['-', '-'], /standard input/],
    [['nowhere.pcap', story('repaired')], /nowhere\.pcap/],
    [['fixtures/lab/README.md', story('repaired')], /README\.md/],
  ])('refuses %j', async (args, message) => {
    await expect(compare(...args)).rejects.toThrow(message)
  })

  it('writes Markdown where the extension asks for it', async () => {
    const output = join(scratch, 'comparison.md')
    await compare('--output', output, story('slot-race'), story('repaired'))
    expect(readFileSync(output, 'utf8')).toMatch(/^# They part\./)
  })

  it('mentions nobody in Markdown, whatever a capture is called', async () => {
    const named = join(scratch, '@octo #12.pcap')
    copyFileSync(story('repaired'), named)
    const { stdout } = await compare('--format', 'markdown', named, story('repaired'))
    expect(stdout).toContain('@<!-- -->octo #<!-- -->12.pcap')
  })
})
