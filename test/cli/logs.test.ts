import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../../src/cli/commands/logs.ts'
import { ExitCode } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const RUN = [
  '08:15:02.125000 W 00004711> Socket 744 created',
  '08:15:02.125000 W 00004711> Listening on Socket 744',
  '08:15:02.140625 W 00004799> \u001b[31m\u0007cache warmed in 17 ms',
  '08:15:03.500000 W 00004799> Accept: Socket 748 from 10.1.2.3:50022',
  '',
].join('\n')

let folder = ''
const path = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
  writeFileSync(path('run.log'), RUN)
  writeFileSync(path('empty.log'), '')
  writeFileSync(path('binary.log'), Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7) % 256)))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function logs(...args: string[]) {
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride()
  command.declare(program, io)
  await program.parseAsync(['logs', ...args], { from: 'user' })
  return io
}

describe('noaccept logs', () => {
  it('tells format, clock, events and what it did not understand, with no control byte of the log', async () => {
    const { stdout, stderr, exitCode } = await logs(path('run.log'))
    expect(stdout).toMatch(/format +time-only\n/)
    expect(stdout).toMatch(/clock +no date, zone unknown, step 15\.625 ms\n/)
    expect(stdout).toMatch(/span +08:15:02\.125000 to 08:15:03\.500000 /)
    expect(stdout).toMatch(/events +3 lines understood, 1 not\n/)
    expect(stdout).toContain('\\x07cache warmed in # ms  (line 3)')
    expect(stdout).not.toMatch(/[\u0007\u001b]/)
    expect([stderr, exitCode]).toEqual(['', null])
  })

  it('draws with ASCII alone where asked to', async () => {
    writeFileSync(path('fine.log'), '08:15:02.125001 W 1> grün\n08:15:02.125003 W 1> Socket 744 created\n')
    const { stdout } = await logs(path('fine.log'), '--ascii')
    expect(stdout).toMatch(/^[\n -~]+$/)
    expect(stdout).toContain('step 1 us')
  })

  it('says the same as JSON', async () => {
    const { stdout } = await logs('--format', 'json', path('run.log'))
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      logs: [
        {
          format: 'time-only',
          tickMs: 15.625,
          firstTime: '08:15:02.125000',
          lines: 4,
          events: 3,
          unparsed: 1,
          kinds: { accept: 1, listening: 1, 'socket-created': 1 },
          complete: true,
        },
      ],
    })
  })

  it('gives every event as a line of JSON', async () => {
    const { stdout } = await logs('--format', 'ndjson', path('run.log'))
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events).toMatchObject([
      { kind: 'socket-created', line: 1, handle: '744' },
      { kind: 'listening', line: 2 },
      { kind: 'accept', line: 4, time: '08:15:03.500000', handle: '748', peerAddress: '10.1.2.3', peerPort: 50022 },
    ])
  })

  it('reads what a pattern matches, as shells that expand none hand it over', async () => {
    const { stdout } = await logs(path('r?n.*'), path('[e]mpty.log'))
    expect(stdout).toMatch(/run\.log\n.*empty\.log\n/s)
    await expect(logs(path('missing*.log'))).rejects.toThrow(/no file matches .*missing\*\.log$/)
  })

  it('ends with the code of an empty file', async () => {
    expect(await logs(path('empty.log'))).toMatchObject({
      exitCode: ExitCode.NOTHING,
      stderr: 'noaccept: nothing to read: no log has a line\n',
    })
    expect((await logs(path('empty.log'), '--quiet')).stderr).toBe('')
  })

  it('refuses a file that is no text', async () => {
    await expect(logs(path('binary.log'))).rejects.toMatchObject({
      exitCode: ExitCode.FAILURE,
      message: expect.stringContaining('binary.log is not a log'),
    })
  })

  it('uses formats and events of a configuration', async () => {
    writeFileSync(
      path('own.yaml'),
      "events:\n  - id: warm\n    kind: status\n    keywords: [warmed]\n    pattern: 'warmed in (?<value>\\d+)'\n    samples: [{ message: 'cache warmed in 17 ms', facts: { value: '17' } }]\n",
    )
    const { stdout } = await logs('--log-config', path('own.yaml'), path('run.log'))
    expect(stdout).toMatch(/events +4 lines understood, 0 not\n/)
  })
})
