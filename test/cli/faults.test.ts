import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { generate } from '../../bench/generate.mjs'
import { classic, segment } from '../../fixtures/capture/make.mjs'
import { correlateFiles } from '../../src/correlate.ts'
import { readLog } from '../../src/log/read-log.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/noaccept.js', import.meta.url))
const isBuilt = existsSync(new URL('../../dist/cli/main.js', import.meta.url))
const isRoot = process.getuid?.() === 0
const CAPTURE = resolve('fixtures/incident/listing-2.pcap')
const LOG = resolve('fixtures/incident/log-2-readable.txt')
const folder = mkdtempSync(join(tmpdir(), 'noaccept-faults-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Of the large captures: some tenths of a second's worth of listing packets, and of following them. */
const TO_LIST = 4000
const TO_FOLLOW = 24_000

/** The same connections over and over. */
function largeCapture(times: number): string {
  const path = join(folder, `large-${times}.pcap`)
  if (existsSync(path)) return path
  const bytes = readFileSync(resolve('fixtures/stories/slot-race/slot-race.pcap'))
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 24), ...new Array<Buffer>(times).fill(bytes.subarray(24))]))
  return path
}

const noaccept = (...given: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...given], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

function start(...given: string[]): Running {
  const child = spawn(process.execPath, [PROGRAM, ...given], { stdio: ['pipe', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data) => {
    stdout += data
  })
  child.stderr.on('data', (data) => {
    stderr += data
  })
  // The program may go before all of its input was taken.
  child.stdin.on('error', () => {})
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })) }
}

/** Begins a capture on a pipe that goes on and on, and resolves once the program has told that it reads it. */
async function feed({ child }: Running): Promise<void> {
  const bytes = readFileSync(CAPTURE)
  child.stdin!.write(bytes)
  const timer = setInterval(() => child.stdin!.write(bytes.subarray(24)), 20)
  await once(child.stderr!, 'data')
  clearInterval(timer)
}

/** One SYN of each of so many connections. */
function synFlood(count: number): Buffer {
  const syn = Buffer.from(segment(0))
  syn[33] = 0x02
  const record = classic([{ seconds: 1_700_000_000, fraction: 0, data: syn }])
  const size = record.length - 24
  const flood = Buffer.alloc(24 + count * size)
  record.copy(flood)
  for (let at = 0; at < count; at++) {
    const start = 24 + at * size
    record.copy(flood, start, 24)
    flood.writeUInt32BE(0x0a00_0000 + (at >>> 14), start + 28)
    flood.writeUInt16BE(1024 + (at & 0x3fff), start + 36)
  }
  return flood
}

/** Neither a place in the code nor a word of Node's own. */
const NO_STACK = /^(?![\s\S]*(?:\n\s+at |node:internal|a bug in noaccept))/

describe.runIf(isBuilt)('a reader that goes away', () => {
  it.each([
    ['packets', TO_LIST],
    ['flows', TO_LIST],
  ])('ends %s quietly, with 0', async (command, times) => {
    const { child, ended } = start(command, largeCapture(times))
    await once(child.stdout!, 'data')
    child.stdout!.destroy()
    const { code, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})

describe.runIf(isBuilt)('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s while a pipe keeps one waiting: what is known so far', async (signal) => {
    const running = start('analyze', '-', '--format', 'json', '--progress', 'json')
    await feed(running)
    running.child.kill(signal)
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    const report = JSON.parse(stdout)
    expect(report.complete).toBe(false)
    expect(report.captures[0].complete).toBe(false)
    expect(report.captures[0].packets).toBeGreaterThanOrEqual(17)
  })

  it('in the middle of a large file: what is known so far, marked incomplete', async () => {
    const { child, ended } = start('analyze', largeCapture(TO_FOLLOW), '--format', 'json', '--progress', 'json')
    await once(child.stderr!, 'data')
    child.kill('SIGINT')
    const { code, stdout } = await ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout).complete).toBe(false)
  })

  it.each([
    ['timeline', '-'],
    ['flows', '-'],
    ['packets', '-'],
    ['compare', '-', CAPTURE],
  ])('of %s says on standard error that more would follow', async (...given) => {
    const running = start(...given, '--progress', 'json')
    await feed(running)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect(code).toBe(130)
    expect(stdout).toContain('9000')
    expect(stderr).toContain('noaccept: interrupted: it stops here, with what is known so far\n')
  })

  it('while nothing has come yet ends with a sentence', async () => {
    const { child, ended } = start('analyze', '-', '--format', 'json')
    // Nothing tells that the program waits; half a second is enough to load it on most machines, and more is tried.
    const timer = setInterval(() => child.kill('SIGTERM'), 1500)
    const { code, stderr } = await ended
    clearInterval(timer)
    expect(code).toBe(130)
    expect(stderr).toMatch(NO_STACK)
  })

  it('of correlate while a log keeps one waiting: what is known of the packets', async () => {
    const fifo = join(folder, 'log.fifo')
    spawnSync('mkfifo', [fifo])
    const { child, ended } = start(
      'correlate',
      largeCapture(TO_FOLLOW),
      '--log',
      fifo,
      '--format',
      'json',
      '--progress',
      'json',
    )
    // Somebody writes to it, and says nothing more.
    const writer = spawn('bash', ['-c', `exec 3>"$0"; echo '12:00:00 I 1> accept' >&3; sleep 60`, fifo])
    await once(child.stderr!, 'data')
    const timer = setTimeout(() => child.kill('SIGINT'), 4000)
    const { code, stdout } = await ended
    clearTimeout(timer)
    writer.kill()
    expect(code).toBe(130)
    expect(JSON.parse(stdout).complete).toBe(false)
  })

  it('of logs while a pipe keeps one waiting: what is known so far', async () => {
    const { child, ended } = start('logs', '-')
    child.stdin!.write(readFileSync(LOG))
    // Nothing tells that it waits; the first interruption that finds it running ends it.
    const timer = setTimeout(() => child.kill('SIGINT'), 3000)
    const { code, stdout } = await ended
    clearTimeout(timer)
    expect(code).toBe(130)
    expect(stdout).toContain('time-only')
  })

  it('of correlate: what is known of the packets', async () => {
    const running = start('correlate', '-', '--log', LOG, '--format', 'json', '--progress', 'json')
    await feed(running)
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout).complete).toBe(false)
  })
})

describe.runIf(isBuilt && existsSync('/dev/full'))('a full disk', () => {
  it.each(['analyze', 'packets', 'flows'])('%s to standard output says so, and ends with 2', (command) => {
    const full = openSync('/dev/full', 'w')
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, command, CAPTURE], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)
    expect(status).toBe(2)
    expect(stderr).toMatch(/cannot write to standard output: .*no space/i)
    expect(stderr).toMatch(NO_STACK)
  })

  it.each([['convert', '--to', 'pcapng'], ['annotate']])(
    '%s to standard output tells of no packet that was written',
    (command, ...given) => {
      const full = openSync('/dev/full', 'w')
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, command!, CAPTURE, '-', ...given], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      })
      closeSync(full)
      expect(status).toBe(2)
      expect(stderr).toMatch(/cannot write to standard output: .*no space/i)
      expect(stderr).not.toContain('wrote')
    },
  )

  it('as --output says so, and ends with 2', () => {
    const { status, stderr } = noaccept('analyze', CAPTURE, '--format', 'json', '--output', '/dev/full')
    expect(status).toBe(2)
    expect(stderr).toMatch(/cannot write \/dev\/full: no space is left/)
    expect(stderr).toMatch(NO_STACK)
  })

  it('ends the reading, too, also of a pipe that goes on', async () => {
    const { child, ended } = start('packets', '-', '--output', '/dev/full')
    child.stdin!.on('error', () => {})
    child.stdin!.write(readFileSync(largeCapture(TO_LIST)))
    const { code, stderr } = await ended
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/no space is left/) })
  })

  it('leaves no half file, and an earlier one as it was', () => {
    const output = join(folder, 'r.json')
    writeFileSync(output, 'earlier')
    // A limit on the size of files is a full disk that a test may make.
    const command = `ulimit -f 1; trap '' XFSZ; exec "$0" "$@"`
    const { status, stderr } = spawnSync(
      'bash',
      [
        '-c',
        command,
        process.execPath,
        PROGRAM,
        'packets',
        largeCapture(TO_LIST),
        '--format',
        'json',
        '--output',
        output,
      ],
      { encoding: 'utf8' },
    )
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/cannot write/) })
    expect(stderr).toMatch(NO_STACK)
    expect(readFileSync(output, 'utf8')).toBe('earlier')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe.runIf(isBuilt)('an output that is an input', () => {
  const copy = join(folder, 'evidence.pcap')
  writeFileSync(copy, readFileSync(CAPTURE))
  symlinkSync(copy, join(folder, 'symbolic.json'))
  linkSync(copy, join(folder, 'hard.json'))

  it.each([
    ['analyze', copy, '--format', 'json', '--output', copy],
    ['analyze', copy, '--output', join(folder, 'symbolic.json')],
    ['analyze', copy, '--output', join(folder, 'hard.json')],
    ['correlate', copy, '--log', LOG, '--format', 'json', '--output', LOG],
    ['correlate', copy, LOG, '--format', 'json', '--output', LOG],
    ['packets', copy, '--format', 'csv', '--output', copy],
    ['flows', copy, '--format', 'csv', '--output', copy],
    ['logs', LOG, '--format', 'json', '--output', LOG],
    ['compare', copy, CAPTURE, '--format', 'json', '--output', copy],
    ['convert', copy, copy, '--to', 'pcapng'],
    ['annotate', copy, join(folder, 'symbolic.json')],
  ])('is refused: %s %s %s %s %s', (...given) => {
    const before = statSync(copy).mtimeMs
    const { status, stderr } = noaccept(...given)
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/is an input of this run/) })
    expect(statSync(copy).mtimeMs).toBe(before)
  })
})

describe.runIf(isBuilt)('an input that is no file', () => {
  const missing = join(folder, 'absent.pcap')

  it.each([
    ['a directory', ['analyze', folder], /is a directory/],
    ['a missing file', ['analyze', missing], /there is no such file/],
    ['a name that is no UTF-8', ['analyze', join(folder, 'caf\ufffd.pcap')], /not UTF-8.*\n.*standard input/],
    ['a negative port', ['packets', CAPTURE, '--port', '-1'], /a port is a number from 0 to 65535, or a label/],
    ['an empty device', ['analyze', '/dev/null'], /is empty|no capture/],
    ['an endless device', ['analyze', '/dev/zero'], /is not a capture/],
    ['a directory as log', ['correlate', CAPTURE, '--log', folder], /is a directory/],
    ['a missing log', ['correlate', CAPTURE, '--log', missing], /there is no such file/],
    ['a directory as configuration', ['logs', LOG, '--log-config', folder], /cannot read .+: it is a directory/],
    ['a missing configuration', ['logs', LOG, '--log-config', missing], /cannot read .+: there is no such file/],
    ['an endless device as configuration', ['logs', LOG, '--log-config', '/dev/zero'], /not a log configuration/],
    ['an endless device as baseline', ['analyze', CAPTURE, '--baseline', '/dev/zero'], /has more than \d+ bytes/],
    ['a directory as baseline', ['analyze', CAPTURE, '--baseline', folder], /cannot read .+: it is a directory/],
    ['a path through a file', ['check', join(CAPTURE, 'x.pcap')], /a part of its path is not a directory/],
    ['a name that would drive the terminal', ['analyze', `${missing}\x1b[2J`], /absent\.pcap\\x1b\[2J/],
  ])('%s is refused in a sentence', (_what, given, sentence) => {
    const { status, stdout, stderr } = noaccept(...given)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(NO_STACK)
  })

  it.skipIf(isRoot)('a file without permission is refused in a sentence', () => {
    const secret = join(folder, 'secret.pcap')
    writeFileSync(secret, readFileSync(CAPTURE))
    chmodSync(secret, 0)
    const { status, stderr } = noaccept('analyze', secret)
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/no permission to read it/) })
  })
})

describe.runIf(isBuilt)('a file that changes while it is read', () => {
  it.each([
    ['grows', (path: string) => appendFileSync(path, Buffer.alloc(100)), /the file grew from/],
    ['shrinks', (path: string) => truncateSync(path, 1000), /the file shrank from/],
  ])('%s: the report says so', async (_what, change, sentence) => {
    const path = join(folder, 'changing.pcap')
    writeFileSync(path, readFileSync(largeCapture(TO_FOLLOW)))
    const { child, ended } = start('analyze', path, '--format', 'json', '--progress', 'json')
    await once(child.stderr!, 'data')
    change(path)
    const { stdout, stderr } = await ended
    expect(JSON.parse(stdout).captures[0].warnings.join('\n')).toMatch(sentence)
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(NO_STACK)
  })
})

describe.runIf(isBuilt && process.arch === 'x64')('a processor without vector instructions', () => {
  it('analyses what is not packed with lz4, and says of what is that it has to be unpacked first', () => {
    const without = (path: string) =>
      spawnSync(process.execPath, ['--no-enable-sse4-1', '--no-enable-ssse3', PROGRAM, 'analyze', path], {
        encoding: 'utf8',
      })
    const { status, stderr } = without('fixtures/capture/plain.pcap.lz4')
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/vector.*\n.*lz4 -dc FILE/) })
    expect(stderr).toMatch(NO_STACK)
    expect(without(CAPTURE).status).not.toBe(2)
  })
})

describe.runIf(isBuilt && process.platform === 'linux')('too little memory', () => {
  // What Node.js itself maps, and too little beside it for a million connections.
  const limited = (options: string, ...given: string[]) =>
    spawnSync('bash', ['-c', `ulimit -v $((1200 * 1024)); exec "$0" "$@"`, process.execPath, PROGRAM, ...given], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: options },
    })
  const UNGUARDED = '--disable-wasm-trap-handler'

  it('is told in a sentence where there is none to begin with, and ends with 2', () => {
    const { status, stderr } = limited('', 'analyze', CAPTURE)
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/ulimit -v unlimited/) })
    expect(stderr).toMatch(NO_STACK)
  })

  it.each(['plain.pcap.lz4', 'checked.pcap.zst'])('to unpack %s is told likewise', (name) => {
    const { status, stderr } = limited('', 'convert', resolve(`fixtures/capture/${name}`), join(folder, 'copy.pcap'))
    expect(stderr).toMatch(NO_STACK)
    // Where the runtime unpacks zstd by itself, there is enough.
    if (status !== 0) expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/10 GB/) })
  })

  it('ends the following of new connections where it runs out, and the report says so', ({ skip }) => {
    skip(limited(UNGUARDED, 'analyze', CAPTURE, '--fail-on', 'never').status !== 0, 'Node.js needs more to start')
    const path = join(folder, 'flood.pcap')
    // More than 2^20: rows grow by four, and the next step is half a gigabyte.
    writeFileSync(path, synFlood(2_200_000))
    const output = join(folder, 'flood.json')
    const { status, stderr } = limited(
      UNGUARDED,
      'analyze',
      path,
      '--port',
      '443',
      '--format',
      'ndjson',
      '--output',
      output,
    )
    rmSync(path)
    expect({ status, stderr }).toMatchObject({ status: 3 })
    expect(stderr).toMatch(NO_STACK)
    expect(readFileSync(output, 'utf8')).toContain('had filled the memory given')
  })
})

/** A log of so many lines, each an event. */
function largeLog(lines: number): string {
  const path = join(folder, `large-${lines}.log`)
  if (!existsSync(path))
    writeFileSync(
      path,
      Array.from({ length: lines }, (_, at) => {
        const second = String(Math.floor(at / 4000) % 60).padStart(2, '0')
        return `03:${String(Math.floor(at / 240_000)).padStart(2, '0')}:${second}.000 accept fd=${at % 5000} from 10.1.2.3:${1024 + (at % 60_000)} session ${at}\n`
      }).join(''),
    )
  return path
}

describe.runIf(isBuilt)('a heap that V8 finds full', () => {
  /** Where others keep the threads waiting that collect, V8 itself ends one in fifty such processes before it is asked. */
  const AGAIN = { retry: 2 }
  const limited = (...given: string[]) =>
    spawnSync(process.execPath, ['--max-old-space-size=64', PROGRAM, ...given], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })

  it.each([
    ['logs', [largeLog(300_000)], 'ndjson', 'reading was interrupted'],
    ['correlate', [CAPTURE, largeLog(300_000)], 'json', 'the packets were not compared with them'],
  ])('ends %s with what is known, marked incomplete, and not with a trace', AGAIN, (command, inputs, format, said) => {
    const { status, stdout, stderr } = limited(command, ...inputs, '--format', format)
    expect({ status, stderr }).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/the 64 MiB of memory that this process may use are nearly full/),
    })
    expect(stderr).toContain(said)
    expect(stderr).toMatch(NO_STACK)
    if (format === 'ndjson') for (const event of stdout.trim().split('\n')) expect(JSON.parse(event)).toBeTruthy()
    else expect(JSON.parse(stdout)).toMatchObject({ complete: false })
  })

  it('is far away where events are counted, however many', () => {
    const { status, stdout } = limited('logs', largeLog(300_000), '--format', 'json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout).logs[0]).toMatchObject({ events: 300_000, kinds: { accept: 300_000 }, complete: true })
  })

  describe('in the middle of work that cannot be ended early', () => {
    const more = join(folder, 'more.pcap')
    generate({ packets: 400_000, flows: 200_000, payload: 44, kind: 'mixed' }, more)
    /** A heap that is nearly full is collected again and again: slow, where the machine is busy. */
    const PATIENCE = { timeout: 300_000 }
    const within = (mebibytes: number, ...given: string[]) => {
      const { status, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${mebibytes}`, PROGRAM, ...given], {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      return { status, stderr }
    }

    it('is not reached by sorting connections: what is sorted is not on it', PATIENCE, () => {
      expect(within(30, 'flows', more, '--sort', 'duration_ms', '--limit', '9', '--format', 'csv')).toEqual({
        status: 0,
        stderr: '',
      })
    })
  })

  it('is far away where what is kept is little, however much is read', () => {
    const { status } = limited('analyze', largeCapture(TO_LIST), '--format', 'json', '--fail-on', 'never')
    expect(status).toBe(0)
  })
})

describe('an interruption in the middle of a log', () => {
  it('ends it there, and the packets speak alone', async () => {
    const abort = new AbortController()
    // Some turns of the event loop after the capture's last window the log is being read.
    const later = (turns: number): void => void setImmediate(() => (turns === 0 ? abort.abort() : later(turns - 1)))
    const { interrupted, logs } = await correlateFiles([CAPTURE], [largeLog(300_000)], {
      signal: abort.signal,
      onProgress: () => later(3),
    })
    expect({ interrupted, logs }).toEqual({ interrupted: true, logs: [] })
  })

  it('tells what was read of it until then', async () => {
    const abort = new AbortController()
    setImmediate(() => abort.abort())
    const log = await readLog(largeLog(300_000), 0, { signal: abort.signal })
    expect(log.complete).toBe(false)
    expect(log.warnings).toContain('reading was interrupted: lines that come after are not told of')
    expect(log.lines).toBeGreaterThan(0)
    expect(log.lines).toBeLessThan(300_000)
  })
})

describe.runIf(isBuilt)('a slow pipe', () => {
  it('is read as the file is, byte for byte', async () => {
    const bytes = readFileSync(CAPTURE)
    const { child, ended } = start('analyze', '-', '--format', 'json', '--quiet')
    for (let at = 0; at < bytes.length; at += 100) {
      child.stdin!.write(bytes.subarray(at, at + 100))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    child.stdin!.end()
    const { stdout } = await ended
    const whole = JSON.parse(noaccept('analyze', CAPTURE, '--format', 'json').stdout)
    expect(JSON.parse(stdout).connections).toEqual(whole.connections)
  })
})
