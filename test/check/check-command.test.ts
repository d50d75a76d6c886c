import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { command } from '../../src/cli/commands/check.ts'
import { ExitCode, Failure } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const scratch = mkdtempSync(join(tmpdir(), 'noaccept-check-'))
const folder = join(scratch, 'stories')
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

async function check(...args: string[]) {
  const io = recordedIo()
  const program = new Command().exitOverride()
  command.declare(program, io)
  await program.parseAsync(['check', ...args], { from: 'user' })
  return io
}

const file = (story: string) => join(folder, story, `${story}.expect.yaml`)
const capture = (story: string) => join(folder, story, `${story}.pcap`)

function change(story: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file(story), 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(file(story), after)
}

describe('noaccept check', () => {
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    cpSync('fixtures/stories', folder, { recursive: true })
  })

  it('finds in every fixture what is expected of it', async () => {
    const io = await check('fixtures')
    expect(io.stdout).toMatch(/ 0 not\n$/)
    expect(io.exitCode).toBe(ExitCode.OK)
  })

  it('fails where an expectation is turned round, and shows both sides with the evidence', async () => {
    change('slot-race', 'verdict: never-accepted', 'verdict: healthy')
    const io = await check(folder)
    expect(io.exitCode).toBe(ExitCode.FINDINGS)
    expect(io.stdout).toMatch(/listener 9000: verdict +healthy +never-accepted/)
    expect(io.stdout).toMatch(/slot-race\.expect\.yaml:\d+:\d+/)
    expect(io.stdout).toMatch(/frames? \d/)
    expect(io.stdout.match(/NOT OK/g)).toHaveLength(1)
  })

  it('fails where a rule fires that must not, and where a root cause is another', async () => {
    change('slot-race', 'rootCause: slot-race', 'rootCause: bind-failed')
    change('slot-race', 'silent: [refused', 'silent: [no-accept-signature')
    const io = await check(capture('slot-race'))
    expect(io.exitCode).toBe(ExitCode.FINDINGS)
    expect(io.stdout).toMatch(/silent: no-accept-signature +never +once/)
    expect(io.stdout).toMatch(/root cause +bind-failed +slot-race/)
  })

  it('writes what is found in place of what was expected, and leaves the rest of the file as it was', async () => {
    const original = readFileSync(file('slot-race'), 'utf8')
    change('slot-race', 'verdict: never-accepted', 'verdict: healthy # to be reviewed')
    const io = await check('--update', folder)
    expect(io.exitCode).toBe(ExitCode.OK)
    expect(io.stdout).toContain('written anew')
    expect(readFileSync(file('slot-race'), 'utf8').replace(' # to be reviewed', '')).toBe(original)
  })

  it('changes a map in braces in its place, so that a diff shows the change alone', async () => {
    const original = readFileSync(file('slot-race'), 'utf8')
    change('slot-race', '{ never-accepted: 1 }', '{ healthy: 2, idle: 1 }')
    await check('--update', folder)
    expect(readFileSync(file('slot-race'), 'utf8')).toBe(original)
  })

  it.skipIf(process.getuid?.() === 0)('passes over no folder that it may not read', async () => {
    const hidden = join(folder, 'slot-race')
    chmodSync(hidden, 0)
    try {
      for (const path of [folder, hidden, capture('slot-race')])
        await expect(check(path)).rejects.toThrow(/^cannot read .*slot-race.*: no permission to read it$/)
    } finally {
      chmodSync(hidden, 0o755)
    }
  })

  it('writes the expectation of a capture that has none, with the logs beside it, and meets it', async () => {
    rmSync(file('slot-race'))
    await expect(check(capture('slot-race'))).rejects.toMatchObject({
      message: expect.stringContaining('has no expectation beside it'),
      hint: expect.stringContaining(`check --update ${capture('slot-race')} writes one`),
    })
    const io = await check('--update', capture('slot-race'))
    expect(io.exitCode).toBe(ExitCode.OK)
    const written = readFileSync(file('slot-race'), 'utf8')
    expect(written).toContain('network.log')
    expect(written).toContain('rootCause: slot-race')
    expect((await check(capture('slot-race'))).exitCode).toBe(ExitCode.OK)
  })

  it('takes a text beside a capture of its name for a note on it, and other captures of its name for captures', async () => {
    const twins = join(scratch, 'twins')
    mkdirSync(twins)
    for (const name of ['a.pcap', 'b.pcap', 'b.cap']) copyFileSync(capture('repaired'), join(twins, name))
    for (const name of ['a.txt', 'c.txt']) copyFileSync('fixtures/incident/listing-1.txt', join(twins, name))
    await check('--update', ...readdirSync(twins).map((name) => join(twins, name)))
    expect(readdirSync(twins).filter((name) => name.endsWith('.yaml'))).toEqual([
      'a.expect.yaml',
      'a.txt.expect.yaml',
      'b.cap.expect.yaml',
      'b.pcap.expect.yaml',
      'c.expect.yaml',
    ])
    const io = await check(twins)
    expect(io.exitCode).toBe(ExitCode.OK)
    expect(io.stdout).toMatch(/^5 captures/m)
  })

  it('names the place of a typo and ends with a failure, not with a finding', async () => {
    change('repaired', 'listeners:', 'listners:')
    const failure = await check(folder).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({
      message: expect.stringMatching(/repaired\.expect\.yaml:\d+:1: there is no "listners" here/),
      hint: 'did you mean "listeners"?',
      exitCode: ExitCode.FAILURE,
    })
  })

  it.each([
    ['beside the folder', '../outside.log'],
    ['by its whole path', join(scratch, 'outside.log')],
    ['behind a link', 'link.log'],
  ])('reads no log from %s', async (_where, log) => {
    writeFileSync(join(scratch, 'outside.log'), '10:00:00.000 secret\n')
    symlinkSync(join(scratch, 'outside.log'), join(folder, 'repaired', 'link.log'))
    writeFileSync(file('repaired'), `about: hostile\nlogs: [${log}]\n`)
    await expect(check(folder)).rejects.toThrow(
      `repaired.expect.yaml:2:8: the log ${log} is not in the folder of this file`,
    )
  })

  it('follows a link to a log in its own folder, and takes one below it', async () => {
    mkdirSync(join(folder, 'slot-race', 'logs'))
    renameSync(join(folder, 'slot-race', 'network.log'), join(folder, 'slot-race', 'logs', 'network.log'))
    symlinkSync(join('logs', 'network.log'), join(folder, 'slot-race', 'network.log'))
    expect((await check(capture('slot-race'))).exitCode).toBe(ExitCode.OK)
  })

  it('writes an expectation anew as a whole, as readable as it was, and leaves nothing beside it', async () => {
    change('slot-race', 'verdict: never-accepted', 'verdict: healthy')
    chmodSync(file('slot-race'), 0o644)
    const before = readdirSync(join(folder, 'slot-race'))
    const { ino } = statSync(file('slot-race'))
    await check('--update', folder)
    expect(statSync(file('slot-race')).ino).not.toBe(ino)
    expect(statSync(file('slot-race')).mode & 0o777).toBe(0o644)
    expect(readdirSync(join(folder, 'slot-race'))).toEqual(before)
  })

  it('neither judges nor writes what it was interrupted in', async () => {
    change('slot-race', 'verdict: never-accepted', 'verdict: healthy')
    const before = readFileSync(file('slot-race'), 'utf8')
    const { signal } = new AbortController()
    let asked = 0
    Object.defineProperty(signal, 'aborted', { get: () => ++asked > 1 })
    const io = recordedIo({ signal })
    const program = new Command().exitOverride()
    command.declare(program, io)
    await program.parseAsync(['check', '--update', capture('slot-race')], { from: 'user' })
    expect(asked).toBeGreaterThan(1)
    expect(io.exitCode).toBe(ExitCode.INTERRUPTED)
    expect(io.stderr).not.toContain('nothing to check')
    expect(io.stdout).not.toContain('slot-race')
    expect(readFileSync(file('slot-race'), 'utf8')).toBe(before)
  })

  it('checks a capture without TCP by what is expected of that', async () => {
    const empty = join(scratch, 'empty')
    mkdirSync(empty, { recursive: true })
    writeFileSync(join(empty, 'none.pcap'), readFileSync(capture('repaired')).subarray(0, 24))
    writeFileSync(join(empty, 'none.expect.yaml'), 'connections: 0\nfires: {}\n')
    expect((await check(empty)).exitCode).toBe(ExitCode.OK)
    writeFileSync(join(empty, 'none.expect.yaml'), 'connections: 1\n')
    expect((await check(empty)).exitCode).toBe(ExitCode.FINDINGS)
  })

  it('says that a damaged capture was read in part, unless that is expected', async () => {
    const bytes = readFileSync(capture('repaired'))
    // The length field of a record in the middle of the file.
    let at = 24
    for (let record = 0; record < 10; record++) at += 16 + bytes.readUInt32LE(at + 8)
    bytes.writeUInt32LE(0xffffffff, at + 8)
    writeFileSync(capture('repaired'), bytes)
    writeFileSync(file('repaired'), 'about: damaged\n')
    expect((await check(capture('repaired'))).exitCode).toBe(ExitCode.INCOMPLETE)
    writeFileSync(file('repaired'), 'complete: false\n')
    expect((await check(capture('repaired'))).exitCode).toBe(ExitCode.OK)
  })

  it('does not write its result over a log that an expectation names', async () => {
    const log = join(folder, 'slot-race', 'network.log')
    const before = readFileSync(log, 'utf8')
    await expect(check(folder, '--format', 'json', '--output', log)).rejects.toThrow(/is not written over/)
    expect(readFileSync(log, 'utf8')).toBe(before)
  })

  it('says that there is nothing to check', async () => {
    const bare = join(scratch, 'bare')
    mkdirSync(bare, { recursive: true })
    copyFileSync(capture('repaired'), join(bare, 'a.pcap'))
    const io = await check(bare)
    expect(io.exitCode).toBe(ExitCode.NOTHING)
    expect(io.stderr).toContain('nothing to check')
    expect(io.stderr).toContain('1 capture has no expectation')
    expect(io.stderr).toContain(`for review: noaccept check --update ${join(bare, 'a.pcap')}\n`)
  })

  it('does not pass an expectation that asks for nothing', async () => {
    writeFileSync(file('repaired'), 'about: yet to be written\n')
    const io = await check(capture('repaired'))
    expect(io.exitCode).toBe(ExitCode.NOTHING)
    expect(io.stderr).toContain(`${file('repaired')} asks for nothing: whatever the capture shows meets it`)
    expect((await check(folder)).exitCode).toBe(ExitCode.OK)
  })

  it.each([['nowhere.pcap', /no such file or folder/]])('refuses %s', async (path, message) => {
    await expect(check(path)).rejects.toThrow(message)
  })
})
