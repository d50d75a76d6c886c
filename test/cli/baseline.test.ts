import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { ExitCode, Failure } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const LISTING = 'fixtures/incident/listing-1.txt'
let known: string

beforeEach(async () => {
  known = join(await mkdtemp(join(tmpdir(), 'noaccept-baseline-')), 'known.yaml')
})

/** Runs a command; a Failure is its exit code and message, as the program tells it. */
async function run(name: string, ...args: string[]) {
  const io = recordedIo()
  const root = new Command().exitOverride()
  ;(await COMMANDS.find((entry) => entry.name === name)!.load()).command.declare(root, io)
  try {
    await root.parseAsync([name, ...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    io.note(error.message)
    io.exitWith(error.exitCode)
  }
  return io
}

describe('the options for known findings', () => {
  it('let the next run over the same trouble pass, in another capture format', async () => {
    expect((await run('analyze', LISTING)).exitCode).toBe(ExitCode.FINDINGS)
    const written = await run('analyze', LISTING, '--write-baseline', known)
    expect([written.exitCode, written.stderr]).toEqual([ExitCode.OK, expect.stringContaining('1 known finding')])
    const again = await run('analyze', LISTING, '--baseline', known, '--format', 'json')
    expect(again.exitCode).toBe(ExitCode.OK)
    expect(again.stderr).toContain('1 finding suppressed by the baseline')
    expect(JSON.parse(again.stdout).suppressed).toBe(1)
  })

  it('warn of an entry that nothing meets any more, with its line', async () => {
    await run('analyze', LISTING, '--write-baseline', known)
    const io = await run('analyze', 'fixtures/stories/repaired/repaired.pcap', '--baseline', known)
    expect(io.stderr).toMatch(/known\.yaml:\d+: stale/)
    expect(io.stdout).toContain('0 suppressed by the baseline')
  })

  it('do not let the result take the place of the baseline that is read, or of the one that is written', async () => {
    await run('analyze', LISTING, '--write-baseline', known)
    const before = await readFile(known, 'utf8')
    const over = await run('analyze', LISTING, '--baseline', known, '--format', 'json', '--output', known)
    expect([over.exitCode, over.stderr]).toEqual([ExitCode.FAILURE, expect.stringContaining('is not written over')])
    const both = await run('analyze', LISTING, '--write-baseline', known, '--format', 'json', '--output', known)
    expect([both.exitCode, both.stderr]).toEqual([
      ExitCode.FAILURE,
      expect.stringContaining('is to hold both the result and the baseline'),
    ])
    expect(await readFile(known, 'utf8')).toBe(before)
  })

  it('do not write over a file that is no baseline, nor over the capture', async () => {
    await writeFile(known, 'hands off')
    expect((await run('analyze', LISTING, '--write-baseline', known)).exitCode).toBe(ExitCode.FAILURE)
    expect(await readFile(known, 'utf8')).toBe('hands off')
    expect((await run('analyze', LISTING, '--write-baseline', LISTING)).exitCode).toBe(ExitCode.FAILURE)
  })

  it('fail where the baseline is not there', async () => {
    const io = await run('analyze', LISTING, '--baseline', known)
    expect([io.exitCode, io.stderr]).toEqual([ExitCode.FAILURE, expect.stringContaining('no such file')])
  })
})
