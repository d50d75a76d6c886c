import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliver, exitCodeOf } from '../../src/cli/deliver.ts'
import { writeWhole } from '../../src/cli/output-file.ts'
import type { Reporting } from '../../src/cli/reporting-options.ts'
import { ExitCode, Failure } from '../../src/failure.ts'
import { REPORTERS } from '../../src/report/reporters.ts'
import { recordedIo } from '../support/io.ts'
import { capture, plain, report, silentFinding } from '../support/report.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noaccept-deliver-'))
})

const options = (change: Partial<Reporting<'json'>> = {}): Reporting<'json'> => ({
  ...plain,
  format: 'json',
  output: null,
  failOn: 'error',
  quiet: false,
  progress: 'none',
  ...change,
})

const warning = silentFinding({ severity: 'warning' })

describe('the exit code', () => {
  it.each([
    { name: 'an error found', of: report(), failOn: 'error', code: ExitCode.FINDINGS },
    { name: 'an error that is to be tolerated', of: report(), failOn: 'never', code: ExitCode.OK },
    { name: 'a warning under the limit', of: report({ findings: [warning] }), failOn: 'error', code: ExitCode.OK },
    { name: 'a warning at the limit', of: report({ findings: [warning] }), failOn: 'warning', code: ExitCode.FINDINGS },
    { name: 'a warning above the limit', of: report({ findings: [warning] }), failOn: 'note', code: ExitCode.FINDINGS },
    { name: 'nothing found', of: report({ findings: [] }), failOn: 'note', code: ExitCode.OK },
    {
      name: 'damage, which outranks what was found',
      of: report({ complete: false }),
      failOn: 'error',
      code: ExitCode.INCOMPLETE,
    },
    { name: 'no connection', of: report({ list: [], findings: [] }), failOn: 'error', code: ExitCode.NOTHING },
    {
      name: 'damage before the first connection',
      of: report({ list: [], complete: false }),
      failOn: 'error',
      code: ExitCode.INCOMPLETE,
    },
  ] as const)('is $code for $name', ({ of, failOn, code }) => {
    expect(exitCodeOf(of, failOn)).toBe(code)
  })
})

describe('delivery', () => {
  it('writes the result to standard output, warnings to standard error', async () => {
    const io = recordedIo()
    await deliver(
      report({ captures: [capture({ warnings: ['the last record is cut short'] })] }),
      REPORTERS,
      options(),
      io,
    )
    expect(JSON.parse(io.stdout).schemaVersion).toBe(1)
    expect(io.stderr).toBe('noaccept: client.pcap: the last record is cut short\n')
    expect(io.exitCode).toBe(ExitCode.FINDINGS)
  })

  it('calls what is piped standard input where it warns of it', async () => {
    const io = recordedIo()
    await deliver(report({ captures: [capture({ path: '-', warnings: ['cut'] })] }), REPORTERS, options(), io)
    expect(JSON.parse(io.stdout).captures[0].path).toBe('-')
    expect(io.stderr).toBe('noaccept: standard input: cut\n')
  })

  it('tells damage with frame, offset, what was expected and what was found', async () => {
    const io = recordedIo()
    const damage = { frame: 18, offset: 1241, expected: 'a record header', found: '\x1b[2J' }
    await deliver(report({ captures: [capture({ damage })], complete: false }), REPORTERS, options(), io)
    expect(io.stderr).toContain('damaged at frame 18, byte 1241: expected a record header, found \\x1b[2J')
    expect(io.exitCode).toBe(ExitCode.INCOMPLETE)
  })

  it.each([
    { packets: 0, tcpPackets: 0, said: 'the capture holds no packet' },
    { packets: 9, tcpPackets: 0, said: 'none of the 9 packets is TCP' },
    { packets: 9, tcpPackets: 4, said: 'none of the 4 TCP packets matches the port or filter' },
  ])('says why there is nothing to analyse: $said', async ({ packets, tcpPackets, said }) => {
    const io = recordedIo()
    await deliver(
      report({ captures: [capture({ packets, tcpPackets })], list: [], findings: [] }),
      REPORTERS,
      options(),
      io,
    )
    expect(io.stderr).toContain(said)
    expect(io.exitCode).toBe(ExitCode.NOTHING)
  })

  it('says of several captures that none holds a packet', async () => {
    const io = recordedIo()
    const empty = capture({ packets: 0, tcpPackets: 0 })
    await deliver(report({ captures: [empty, empty], list: [], findings: [] }), REPORTERS, options(), io)
    expect(io.stderr).toContain('the captures hold no packet')
  })

  it('writes no note when it is to be quiet', async () => {
    const io = recordedIo()
    await deliver(report({ captures: [capture({ warnings: ['cut'] })] }), REPORTERS, options({ quiet: true }), io)
    expect(io.stderr).toBe('')
  })

  it('ends as interrupted, with what is known, when it was interrupted', async () => {
    const io = recordedIo({ signal: AbortSignal.abort() })
    await deliver(report({ complete: false }), REPORTERS, options(), io)
    expect(JSON.parse(io.stdout).complete).toBe(false)
    expect(io.exitCode).toBe(ExitCode.INTERRUPTED)
  })

  it('stops making text once the reader has gone', async () => {
    let made = 0
    const endless = function* () {
      for (;;) {
        made++
        yield 'x'.repeat(70_000)
      }
    }
    const io = { ...recordedIo(), out: async () => made < 3 }
    await deliver(report(), { json: async () => endless }, options(), io)
    expect(made).toBe(3)
  })

  it('writes a file for its owner alone, and nothing beside it', async () => {
    const output = join(folder, 'r.json')
    const io = recordedIo()
    await deliver(report(), REPORTERS, options({ output }), io)
    expect(JSON.parse(await readFile(output, 'utf8')).schemaVersion).toBe(1)
    expect((await stat(output)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['r.json'])
    expect(io.stdout).toBe('')
    expect(io.stderr).toBe(`noaccept: wrote ${output}\n`)
  })

  it('refuses an output that turned out to be an input of the report', async () => {
    const path = join(folder, 'client.pcap')
    await writeFile(path, 'evidence')
    const attempt = deliver(
      report({ captures: [capture({ path })] }),
      REPORTERS,
      options({ output: path }),
      recordedIo(),
    )
    await expect(attempt).rejects.toThrow(/is evidence/)
    expect(await readFile(path, 'utf8')).toBe('evidence')
  })
})

describe('a result file', () => {
  it('leaves the earlier file and no half one when the making of it fails', async () => {
    const output = join(folder, 'r.json')
    await writeFile(output, 'earlier')
    const breaking = function* () {
      yield 'half'.repeat(100_000)
      throw new Error('a bug')
    }
    await expect(writeWhole(output, breaking())).rejects.toThrow('a bug')
    expect(await readFile(output, 'utf8')).toBe('earlier')
    expect(await readdir(folder)).toEqual(['r.json'])
  })

  it('follows a link and keeps it', async () => {
    await writeFile(join(folder, 'real.json'), 'earlier')
    await symlink('real.json', join(folder, 'link.json'))
    await writeWhole(join(folder, 'link.json'), ['new'])
    expect(await readlink(join(folder, 'link.json'))).toBe('real.json')
    expect(await readFile(join(folder, 'real.json'), 'utf8')).toBe('new')
  })

  it('writes text and bytes in the order they come', async () => {
    await writeWhole(join(folder, 'mixed'), ['a', Uint8Array.of(98, 99), 'd'])
    expect(await readFile(join(folder, 'mixed'), 'utf8')).toBe('abcd')
  })

  it('writes through a device without replacing it', async () => {
    await writeWhole('/dev/null', ['text'])
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('ends quietly where who reads a pipe has had enough', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = spawn('head', ['-c', '1', pipe])
    await expect(writeWhole(pipe, new Array(100).fill('x'.repeat(1 << 16)))).resolves.toBeUndefined()
    reader.kill()
  })

  it.runIf(existsSync('/dev/full'))('says when no space is left', async () => {
    await expect(writeWhole('/dev/full', ['text'])).rejects.toMatchObject({
      message: 'cannot write /dev/full: no space is left on the device',
      hint: expect.stringMatching(/^make room, .*; nothing was left behind/),
    })
  })

  it('says when its folder does not exist', async () => {
    const attempt = writeWhole(join(folder, 'absent', 'r.json'), ['text'])
    await expect(attempt).rejects.toThrow(Failure)
    await expect(attempt).rejects.toMatchObject({
      message: expect.stringMatching(/its folder does not exist$/),
      hint: 'make the folder first, or name another',
    })
  })

  it.runIf(process.getuid?.() !== 0)('says when it may not write there', async () => {
    await chmod(folder, 0o500)
    await expect(writeWhole(join(folder, 'r.json'), ['text'])).rejects.toThrow(/permission denied/)
  })
})
