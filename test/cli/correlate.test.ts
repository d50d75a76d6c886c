import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command as correlate } from '../../src/cli/commands/correlate.ts'
import { command as timeline } from '../../src/cli/commands/timeline.ts'
import type { Io } from '../../src/cli/io.ts'
import { ExitCode } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const story = (name: string, file: string) => join(fixtures, 'stories', name, file)
const incident = (file: string) => join(fixtures, 'incident', file)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride()
  ;(args[0] === 'timeline' ? timeline : correlate).declare(program, io)
  await program.parseAsync(args, { from: 'user' })
  return io
}
const reportOf = async (...args: string[]) => JSON.parse((await run('correlate', ...args, '--format', 'json')).stdout)
const tell = (name: string) =>
  reportOf(story(name, `${name}.pcap`), '--log', story(name, 'network.log'), '--log', story(name, 'app.log'))
const verdictAt = (report: { connections: { server: { port: number }; verdict: string }[] }, port: number) =>
  new Set(report.connections.filter((each) => each.server.port === port).map((each) => each.verdict))

describe('noaccept correlate, on what it is given', () => {
  const [capture, log] = [story('slot-race', 'slot-race.pcap'), story('slot-race', 'network.log')]

  it('reads a log from standard input', async () => {
    const stdin = createReadStream(log) as unknown as Io['stdin']
    const program = new Command('noaccept').exitOverride()
    const io = recordedIo({ stdin })
    correlate.declare(program, io)
    await program.parseAsync(['correlate', capture, '--log', '-', '--format', 'json'], { from: 'user' })
    expect(JSON.parse(io.stdout)).toMatchObject({ rootCause: { verdict: 'slot-race' }, logs: [{ path: '-' }] })
  })

  it('reads standard input once: for a capture or for a log', async () => {
    await expect(run('correlate', '-', '--log', '-')).rejects.toThrow(/both to come from standard input/)
  })

  it('says that standard input was taken for the capture, where a log was piped', async () => {
    await expect(run('correlate', capture, '-')).rejects.toMatchObject({
      message: 'no log was given: standard input is taken for a capture',
      hint: 'name a log that is piped: --log -',
    })
  })

  it('names the files of which none is a log', async () => {
    const other = incident('listing-1.pcap')
    await expect(run('correlate', capture, other)).rejects.toThrow(
      `by their content, ${capture}, ${other} are not logs`,
    )
  })

  it('takes an empty file for neither a capture nor a log, unless it is named as one', async () => {
    const empty = join(folder, 'empty.log')
    writeFileSync(empty, '')
    await expect(run('correlate', capture, empty)).rejects.toMatchObject({
      message: `${empty} is empty: nothing tells whether it is a capture or a log`,
      hint: 'name a log with --log',
    })
    expect((await run('correlate', capture, '--log', empty)).stdout).toContain('How it came about')
  })
})

describe('noaccept correlate on runs of the laboratory', () => {
  it.each([
    ['slot-race', 'never-accepted', 'slot-race'],
    ['blocked-accept', 'never-accepted', 'accept-held-up'],
    ['late-accept', 'delayed-accept', 'delayed-accept'],
    ['accepted-never-read', 'accepted-never-read', 'accepted-never-read'],
    ['read-never-answered', 'accepted-no-reply', 'accepted-no-reply'],
    ['frozen-process', 'peer-stalled', 'process-stood-still'],
  ])('finds what is behind %s', async (name, verdict, cause) => {
    const report = await tell(name)
    expect(verdictAt(report, 9000)).toContain(verdict)
    expect(report.rootCause.verdict).toBe(cause)
    expect(report.logs.every((log: { clock: object | null }) => log.clock !== null)).toBe(true)
    for (const step of report.chain)
      for (const evidence of step.evidence)
        expect(evidence.frames.length + evidence.lines.length + evidence.text.length).toBeGreaterThan(0)
  })

  it('tells the race in nine steps, with the threads and the lines', async () => {
    const { chain, rootCause } = await tell('slot-race')
    expect(chain.map((step: { step: string }) => step.step).join('')).toBe('abcdefghi')
    const lines = readFileSync(story('slot-race', 'network.log'), 'utf8').split(/\r?\n/)
    const named = /lines (\d+) and (\d+)/.exec(rootCause.claim)!.slice(1).map(Number)
    for (const line of named) expect(lines[line - 1]).toContain('Attach: i=0')
    for (const thread of /Threads (\d+) and (\d+)/.exec(rootCause.claim)!.slice(1))
      expect(named.some((line) => lines[line - 1]!.includes(thread))).toBe(true)
  })

  it('tells no story where the same program is repaired', async () => {
    const { chain, rootCause, findings } = await tell('repaired')
    expect({ chain, rootCause }).toEqual({ chain: [], rootCause: null })
    expect(findings.filter((finding: { severity: string }) => finding.severity !== 'note')).toEqual([])
  })

  it('gives the same bytes each time', async () => {
    const args = [
      'correlate',
      story('slot-race', 'slot-race.pcap'),
      story('slot-race', 'network.log'),
      '--format',
      'json',
    ]
    expect((await run(...args)).stdout).toBe((await run(...args)).stdout)
  })
})

describe('noaccept correlate on files', () => {
  it('tells captures from logs by their content, whatever their order and names', async () => {
    const renamed = join(folder, 'looks-like-a-capture.pcap')
    writeFileSync(renamed, readFileSync(story('slot-race', 'network.log')))
    const report = await reportOf(renamed, story('slot-race', 'slot-race.pcap'))
    expect(report.captures).toHaveLength(1)
    expect(report.logs.map((log: { path: string }) => log.path)).toEqual([renamed])
    expect(report.rootCause.verdict).toBe('slot-race')
  })

  it('refuses every excerpt of the reference incident as of another run, and says what each proves', async () => {
    const logs = ['log-1-idle-close.txt', 'log-2-readable.txt', 'log-3-not-matched.txt', 'log-4-attach.txt']
    const report = await reportOf(incident('listing-1.txt'), ...logs.map(incident))
    expect(report.logs.map((log: { clock: null }) => log.clock)).toEqual([null, null, null, null])
    const rules = report.findings.map((finding: { rule: string; log: number | null }) => [finding.rule, finding.log])
    expect(rules).toContainEqual(['readable-not-matched', 2])
    expect(rules).toContainEqual(['slot-written-twice', 3])
    expect(rules.filter(([rule]: [string]) => rule === 'log-of-another-run')).toHaveLength(4)
    expect(report.connections[0].verdict).toBe('ack-only')
    expect(report.rootCause).toBeNull()
  })

  it('keeps to the port that was asked for, and still knows the other connections for neighbours', async () => {
    const report = await reportOf(
      story('slot-race', 'slot-race.pcap'),
      story('slot-race', 'network.log'),
      '--port',
      '9000',
    )
    expect(report.connections).toHaveLength(1)
    expect(report.connections[0].verdict).toBe('never-accepted')
  })

  it('obeys the clock that is given', async () => {
    const network = story('slot-race', 'network.log')
    const report = await reportOf(story('slot-race', 'slot-race.pcap'), network, '--clock-offset', 'network.log=+1.5s')
    expect(report.logs[0].clock).toMatchObject({ offsetMs: 1500, method: 'given' })
  })

  it.each([
    [['--tz', 'Mars/Olympus'], /--tz Mars\/Olympus is not a time zone/],
    [['--log-date', 'today'], /--log-date today is not a date/],
    [['--log-date', '2026-02-30'], /--log-date 2026-02-30 is not a date/],
    [['--clock-offset', 'network.log'], /cannot be understood/],
    [['--clock-offset', 'other.log=1s'], /none of the logs/],
  ])('refuses %j with a reason', async (options, reason) => {
    const args = [story('slot-race', 'slot-race.pcap'), story('slot-race', 'network.log')]
    await expect(run('correlate', ...args, ...options)).rejects.toThrow(reason)
  })

  it('takes patterns for logs', async () => {
    const { logs } = await reportOf(story('slot-race', 'slot-race.pcap'), '--log', story('slot-race', '*.log'))
    expect(logs.map(({ path }: { path: string }) => basename(path))).toEqual(['app.log', 'network.log'])
  })

  it('tells one of a kind as one', async () => {
    const file = join(folder, 'one.log')
    writeFileSync(file, 'hello\n')
    const { stdout } = await run('correlate', incident('listing-1.pcap'), '--log', file)
    expect(stdout.replace(/\n +/g, ' ')).toContain('one.log: no format, 1 line, 0 events, 1 line not understood')
  })

  it('asks for what is missing', async () => {
    await expect(run('correlate', story('slot-race', 'slot-race.pcap'))).rejects.toThrow(/no log was given/)
  })

  it.each(['correlate', 'timeline'])(
    'says of %s that what it was given is no capture, and how to go on',
    async (name) => {
      const [network, app] = [story('slot-race', 'network.log'), story('slot-race', 'app.log')]
      const hint = `name a pcap, a pcapng or a packet list as text: noaccept ${name} CAPTURE --log FILE; for logs alone there is noaccept logs`
      await expect(run(name, network)).rejects.toMatchObject({
        message: `no capture was given: by its content, ${network} is a log`,
        hint,
      })
      await expect(run(name, network, app)).rejects.toMatchObject({
        message: `no capture was given: by their content, ${network}, ${app} are logs`,
        hint,
      })
    },
  )
})

describe('noaccept timeline', () => {
  it('merges packets, lines and findings in each of its formats', async () => {
    const args = ['timeline', story('slot-race', 'slot-race.pcap'), story('slot-race', 'network.log')]
    const { stdout, exitCode } = await run(...args, '--format', 'json')
    const { timeline: events } = JSON.parse(stdout)
    expect(new Set(events.map((event: { source: string }) => event.source))).toEqual(
      new Set(['packet', 'log', 'finding']),
    )
    expect(exitCode).toBeNull()
    const ndjson = (await run(...args, '--format', 'ndjson')).stdout.trimEnd().split('\n')
    expect(ndjson.map((line) => JSON.parse(line))).toEqual(events)
    expect((await run(...args, '--format', 'csv')).stdout.trimEnd().split('\r\n')).toHaveLength(events.length + 1)
    expect((await run(...args, '--format', 'markdown')).stdout.trimEnd().split('\n')).toHaveLength(events.length + 2)
    for (const line of (await run(...args)).stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('shows no control byte of a log', async () => {
    const hostile = join(folder, 'hostile.log')
    writeFileSync(hostile, '21:28:16.478908 W 1> Socket 44 created \u001b[31m\u202e@everyone <script>|\n')
    for (const format of ['terminal', 'json', 'ndjson', 'csv', 'markdown']) {
      const { stdout } = await run('timeline', incident('listing-1.txt'), hostile, '--format', format)
      expect(stdout).toContain('Socket 44')
      expect(stdout).not.toMatch(/[\u001b\u202e]/)
      if (format === 'markdown') expect(stdout).not.toContain('<script>')
    }
  })

  it('shows the number of a socket at the end of a log line on a narrow terminal, and cuts a line without end', async () => {
    const long = join(folder, 'long.log')
    writeFileSync(
      long,
      `21:28:16.478908 W 1> Socket 1220 not matched in any of the tables\n21:28:17.1 W 1> Attach: i=0. ${'x'.repeat(900)}\n`,
    )
    const { stdout } = await run('timeline', incident('listing-1.txt'), long)
    expect(stdout.replace(/\n +/g, ' ')).toContain('Socket 1220 not matched in any of the tables')
    expect(stdout).toMatch(/x…$/m)
    expect(stdout.match(/x{5}/g)!.length).toBeLessThan(20)
  })

  it('tells what time the capture is of, where nothing happened in the time asked for', async () => {
    const { stdout } = await run('timeline', incident('listing-1.pcap'), '--until', '2001-01-01')
    expect(stdout.replace(/\n/g, ' ')).toContain(
      'Nothing happened in that time: everything lies between 2012-01-01T02:12:58.077133Z and 2012-01-01T02:13:06.497133Z.',
    )
    const undated = await run('timeline', incident('listing-1.txt'), '--until', '00:00:01')
    expect(undated.stdout.replace(/\n/g, ' ')).toContain('between 02:12:58.077133 and 02:13:06.497133.')
    const bare = join(folder, 'bare.pcap')
    writeFileSync(bare, readFileSync(incident('listing-1.pcap')).subarray(0, 24))
    expect((await run('timeline', bare)).stdout).toBe('There is nothing to show.\n')
  })

  it('draws with ASCII alone where asked to', async () => {
    const { stdout } = await run(
      'timeline',
      story('slot-race', 'slot-race.pcap'),
      story('slot-race', 'network.log'),
      '--ascii',
    )
    expect(stdout).toMatch(/^[\n -~]+$/)
    expect(stdout).toContain('+-1 us')
  })

  it('names each day that it goes over', async () => {
    const overnight = join(folder, 'overnight.pcap')
    const bytes = readFileSync(incident('listing-1.pcap'))
    const toMidnight = (21 * 60 + 47) * 60
    for (let at = 24; at < bytes.length; at += 16 + bytes.readUInt32BE(at + 8))
      bytes.writeUInt32BE(bytes.readUInt32BE(at) + toMidnight, at)
    writeFileSync(overnight, bytes)
    const lines = (await run('timeline', overnight, '--unfold')).stdout.split('\n')
    const days = lines.flatMap((line, at) => (/^2012/.test(line) ? [at] : []))
    expect(days.map((at) => lines[at])).toEqual(['2012-01-01 (UTC)', '2012-01-02 (UTC)'])
    expect(lines[days[1]! + 1]).toMatch(/^ {2}00:00:0/)
    const { stdout: table } = await run('timeline', overnight, '--format', 'markdown')
    expect(table).toMatch(/^\| Time \(UTC\) \|/)
    expect(table).toMatch(/^\| 2012-01-01 23:59:58\.077133 \|/m)
    const { stdout: oneDay } = await run('timeline', incident('listing-1.pcap'), '--format', 'markdown')
    expect(oneDay).toMatch(/^\| Time \(2012-01-01, UTC\) \|.*\n.*\n\| 02:12:58\.077133 \|/)
    const { stdout: undated } = await run('timeline', incident('listing-1.txt'), '--format', 'markdown')
    expect(undated).toMatch(/^\| Time \|/)
  })

  it('tells each finding to its end on a narrow terminal, too', async () => {
    const { stdout } = await run('timeline', incident('listing-1.txt'))
    expect(stdout.replace(/\n +/g, ' ')).toContain('all acknowledged by the kernel, none answered, none read')
  })

  it('says on standard error what of a capture could not be read', async () => {
    const cut = join(folder, 'cut.pcap')
    writeFileSync(cut, readFileSync(incident('listing-1.pcap')).subarray(0, 700))
    expect((await run('timeline', cut)).stderr).toMatch(/the last record \(frame 8, at byte 622\) is cut short/)
  })

  it.each(['terminal', 'json', 'markdown'])('marks a timeline of a damaged capture as partial (%s)', async (format) => {
    const damaged = join(folder, 'damaged.pcap')
    const bytes = readFileSync(incident('listing-1.pcap'))
    bytes.writeUInt32LE(0xffffff, 216 + 8)
    writeFileSync(damaged, bytes)
    const { stdout, exitCode } = await run('timeline', damaged, '--format', format)
    expect(exitCode).toBe(ExitCode.INCOMPLETE)
    expect(stdout).toMatch(format === 'json' ? /"complete": false/ : /Part of the input was not read/)
  })

  it('ends with 4 where nothing is there, and says why', async () => {
    const { exitCode, stderr } = await run('timeline', incident('listing-1.txt'), '--port', '60000')
    expect(exitCode).toBe(ExitCode.NOTHING)
    expect(stderr).toContain('none of the 17 TCP packets matches the port or filter')
  })

  it('shows what lies around any frame: one that acknowledges, or one of many that are told in one line', async () => {
    const around = async (frame: string) =>
      (await run('timeline', incident('listing-1.pcap'), '--around', frame, '--within', '100ms')).stdout
    expect(await around('13')).toMatch(/frames 10–16/)
    expect(await around('17')).toMatch(/frames 10–16/)
    expect(await around('5')).toContain('push, 44 bytes')
    expect(await around('17')).not.toContain('SYN')
    await expect(run('timeline', incident('listing-1.pcap'), '--around', '18')).rejects.toThrow(/there is no frame 18/)
  })

  it('shows what lies around a log line that is told in one line with others', async () => {
    const story = (name: string) => join('fixtures/stories/slot-race', name)
    const given = ['timeline', story('slot-race.pcap'), story('network.log'), '--around', 'network.log:7']
    expect((await run(...given, '--within', '1ms')).stdout).toContain('Attach: i=0. (4 times)')
  })

  it.each([
    [['--since', 'yesterday'], /yesterday is not a time/],
    [['--around', 'foo'], /foo is not a place in a timeline/],
    [['--within', 'far', '--around', '3'], /far is not a duration/],
    [['--within', '2s'], /--within says how far from --around/],
  ])('refuses %j before it reads anything', async (options, reason) => {
    await expect(run('timeline', join(folder, 'missing.pcap'), ...options)).rejects.toThrow(reason)
  })
})
