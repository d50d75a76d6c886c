import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classic, segment } from '../../fixtures/capture/make.mjs'
import type { ByteSource } from '../../src/capture/source/byte-source.ts'
import { SourceFault } from '../../src/capture/source/byte-source.ts'
import { Failure } from '../../src/failure.ts'
import { readLogFrom } from '../../src/log/read-log.ts'
import { BytesSource } from '../support/bytes-source.ts'
import { readText, sourceOf } from '../support/log-text.ts'

const RUN = [
  '08:15:02.125000 W 00004711> Socket 744 created',
  '08:15:02.125000 W 00004711> Listening on Socket 744',
  '08:15:02.140625 W 00004799> cache warmed in 17 ms',
  '08:15:03.500000 W 00004799> Accept: Socket 748 from 10.1.2.3:50022',
  '',
].join('\n')

const textual = { seconds: 1_700_000_000, fraction: 0, data: Buffer.concat([segment(0), Buffer.alloc(1400, 'text')]) }

/** Gives pieces of so many bytes, also ahead: their bytes come just before that is told. */
class SlowDisk extends BytesSource {
  /** Pieces that were read ahead, and the one that cannot be read. */
  ahead = 0
  broken = Number.POSITIVE_INFINITY
  readonly #piece: number

  constructor(bytes: Uint8Array, piece: number) {
    super(bytes)
    this.#piece = piece
  }

  override read(target: Uint8Array, at: number): number {
    return super.read(target.subarray(0, at + this.#piece), at)
  }

  readonly readAhead = async (target: Uint8Array, at: number, length: number): Promise<number> => {
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    if (++this.ahead === this.broken) throw new SourceFault('a disk that can be read', 'one that cannot')
    return this.read(target.subarray(0, at + length), at)
  }
}

const kindsOf = (log: { events: readonly { kind: string; line: number }[] }) =>
  log.events.map((event) => `${event.line} ${event.kind}`)

describe('reading a log', () => {
  it('reads events with line, time, thread, handle and peer', async () => {
    const log = await readText(RUN)
    expect(kindsOf(log)).toEqual(['1 socket-created', '2 listening', '4 accept'])
    expect(log.events[2]).toMatchObject({
      time: 29_703_500_000_000,
      thread: '00004799',
      level: 'W',
      handle: '748',
      peerAddress: '10.1.2.3',
      peerPort: 50022,
    })
    expect(log).toMatchObject({ format: 'time-only', dated: false, lines: 4, stamped: 4, unparsed: 1, complete: true })
    expect(log.warnings).toEqual([])
  })

  it('knows the format of a log of one line that does not end', async () => {
    const log = await readText(RUN.slice(0, RUN.indexOf('\n')))
    expect(log).toMatchObject({ format: 'time-only', lines: 1, stamped: 1 })
    expect(kindsOf(log)).toEqual(['1 socket-created'])
  })

  it('gives the same whatever the size of the pieces that it comes in', async () => {
    const whole = await readText(RUN)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (piece) => {
        expect(await readText(RUN, {}, piece)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  it('reads as far as it got, wherever it is cut', async () => {
    const whole = await readText(RUN)
    for (let length = 1; length < RUN.length; length++) {
      const cut = await readText(RUN.slice(0, length))
      const atLeast = whole.events.filter((event) => event.line <= RUN.slice(0, length).split('\n').length - 1)
      expect(cut.events.slice(0, atLeast.length)).toEqual(atLeast)
      const ended = RUN[length - 1] === '\n'
      expect(cut.warnings.some((warning) => warning.includes('the last line has no end'))).toBe(!ended)
    }
  })

  it('answers any bytes with what was read, or with the sentence that they are no log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (bytes, afterText) => {
        const reading = readText(afterText ? Buffer.concat([Buffer.from(RUN), bytes]) : bytes)
        const answer = await reading.catch((error: unknown) => error)
        if (!(answer instanceof Failure)) expect((await reading).lines).toBeGreaterThanOrEqual(0)
        else expect(answer.message).toContain('is not a log')
      }),
    )
  })

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${RUN}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${RUN}`, 'utf16le')],
    ['UTF-16 LE without one', Buffer.from(RUN, 'utf16le')],
    ['UTF-16 BE with a byte order mark', Buffer.from(`\ufeff${RUN}`, 'utf16le').swap16()],
    ['UTF-16 BE without one', Buffer.from(RUN, 'utf16le').swap16()],
    ['CR LF', Buffer.from(RUN.replaceAll('\n', '\r\n'))],
    ['CR CR LF, as a text mode makes of it', Buffer.from(RUN.replaceAll('\n', '\r\r\n'))],
    ['lone CR', Buffer.from(RUN.replaceAll('\n', '\r'))],
  ])('reads %s as the plain text', async (_name, bytes) => {
    expect(await readText(bytes)).toEqual(await readText(RUN))
  })

  it('reads a gzip file that ends early as far as it goes, and says so', async () => {
    const failing: ByteSource = {
      ...sourceOf(Buffer.from(RUN)),
      read: ((source) => (target: Uint8Array, at: number) => {
        const count = source.read(target, at)
        if (count === 0) throw new SourceFault('the end of the gzip member', 'the end of the file')
        return count
      })(sourceOf(Buffer.from(RUN))),
    }
    const log = await readLogFrom(failing, 'test.log', 0)
    expect(kindsOf(log)).toHaveLength(3)
    expect(log.complete).toBe(false)
    expect(log.warnings[0]).toContain('the end of the gzip member')
  })

  it.each([
    ['a capture whose payload is text', classic([textual, textual, textual]), 'a pcap capture'],
    ['a PDF', Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n'), 'a PDF document'],
    ['an archive', Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), 'a ZIP archive'],
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0', 'latin1'), 'a Windows program'],
  ])('calls %s by its name', async (_, bytes, name) => {
    await expect(readText(bytes)).rejects.toThrow(`is not a log: it is ${name}`)
  })

  it('takes a text that begins with the letters of another kind for a text', async () => {
    expect((await readText('MZ-1 is up\nBZh\n')).lines).toBe(2)
  })

  it('takes binary for what it is', async () => {
    await expect(readText(gzipSync(Buffer.alloc(5000, 'abc')))).rejects.toThrow(
      /is not a log: it holds control bytes that no text has/,
    )
  })

  it('passes over the rest of a line that is too long, and keeps the count of lines', async () => {
    const long = `08:15:02.125000 W 00004711> ${'x'.repeat(3_000_000)}`
    const log = await readText(RUN.replace('08:15:02.140625', `${long}\n08:15:02.140625`))
    expect(kindsOf(log)).toEqual(['1 socket-created', '2 listening', '5 accept'])
    expect(log.lines).toBe(5)
    expect(log.warnings).toEqual([expect.stringContaining('1 line is longer than 65536 bytes')])
  })

  it('reads the same where pieces are read ahead while lines are looked at', async () => {
    const filler = RUN.repeat(4000)
    const long = `08:15:02.125000 W 00004711> ${'x'.repeat(200_000)}\n`
    const bytes = Buffer.from(`${filler}${filler}${long}${filler}08:15:04.000000 W 00004711> Socket 752 crea`)
    const whole = await readText(bytes)
    expect(whole.lines).toBe(3 * 4 * 4000 + 2)
    for (const piece of [4099, 8192, 20_011]) {
      const disk = new SlowDisk(bytes, piece)
      const ahead = await readLogFrom(disk, 'test.log', 0)
      expect({ ...ahead, events: null }).toEqual({ ...whole, events: null })
      expect(kindsOf(ahead)).toEqual(kindsOf(whole))
      expect(disk.ahead).toBeGreaterThan(20)
    }
  })

  it('lets go of its memory only when nothing is read ahead into it any more', async () => {
    const disk = new SlowDisk(Buffer.from(RUN.repeat(12_000)), 8192)
    const abort = new AbortController()
    let isReading = false
    const own = disk.readAhead
    const slow = Object.assign(disk, {
      readAhead: async (target: Uint8Array, at: number, length: number) => {
        isReading = true
        abort.abort()
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
        const count = await own(target, at, length)
        isReading = false
        return count
      },
    })
    expect(await readLogFrom(slow, 'test.log', 0, { signal: abort.signal })).toMatchObject({ complete: false })
    expect(disk.ahead).toBe(1)
    expect(isReading).toBe(false)
  })

  it('tells what keeps it from reading on, also where it was read ahead', async () => {
    const disk = new SlowDisk(Buffer.from(RUN.repeat(12_000)), 8192)
    disk.broken = 20
    const log = await readLogFrom(disk, 'test.log', 0)
    expect(log).toMatchObject({ complete: false })
    expect(log.warnings.join('\n')).toMatch(/reading ended early.*one that cannot/)
    expect(log.lines).toBeGreaterThan(4000)
  })

  it('reads lines that are not UTF-8 as Latin-1, and counts them', async () => {
    const log = await readText(
      Buffer.from('08:15:02.125 connection from 10.1.2.3:50022 (K\xf6ln) accepted\n', 'latin1'),
    )
    expect(log.events[0]).toMatchObject({ kind: 'accept', text: 'connection from 10.1.2.3:50022 (Köln) accepted' })
    expect(log.warnings).toEqual([expect.stringContaining('1 line with an event is not UTF-8')])
  })

  it.each([
    ['bind: Adresse déjà utilisée', 'bind-failed', 'EADDRINUSE'],
    ["connect: l'ordinateur cible l'a expressément refusée", 'connect-failed', 'ECONNREFUSED'],
    ['bind: La dirección ya se está usando', 'bind-failed', 'EADDRINUSE'],
  ])('knows “%s” in Latin-1 as in UTF-8', async (words, kind, errorName) => {
    const line = `2025-06-04 14:07:31.250 ERROR ${words}\n`
    for (const encoding of ['utf8', 'latin1'] as const) {
      const [event] = (await readText(Buffer.from(line, encoding))).events
      expect(event?.kind ?? null).toBe(kind)
      expect(event?.errorName ?? null).toBe(errorName)
    }
  })

  it('reads a line of Latin-1 that comes after and before megabytes of ASCII', async () => {
    const quiet = '08:15:02.125 nothing\n'.repeat(100_000)
    const loud = Buffer.from('08:15:02.125 connection from 10.1.2.3:50022 (K\xf6ln) accepted\n', 'latin1')
    const log = await readText(Buffer.concat([Buffer.from(quiet), loud, Buffer.from(quiet), loud]))
    expect(log.events.map(({ line, text }) => [line, text])).toEqual([
      [100_001, 'connection from 10.1.2.3:50022 (Köln) accepted'],
      [200_002, 'connection from 10.1.2.3:50022 (Köln) accepted'],
    ])
  })

  it('counts events without keeping them where only their number is asked for', async () => {
    const whole = await readText(RUN)
    expect(await readText(RUN, { events: false })).toEqual({ ...whole, events: [] })
  })

  it.each(['\n', '\r'])('looks for a stamp no further than its line, ended by %j', async (end) => {
    const access = '10.1.2.3 - - [04/Jun/2025:14:07:31 +0200] "GET /a HTTP/1.1" 200 512'
    const log = await readText([access, 'no stamp here', access, access, ''].join(end))
    expect(log).toMatchObject({ lines: 4, stamped: 3 })
    expect(kindsOf(log)).toEqual(['1 send', '3 send', '4 send'])
  })

  it('gives events without a time where no line has one', async () => {
    const log = await readText('Socket 7 created\nListening on Socket 7\n')
    expect(log.events.map((event) => event.time)).toEqual([null, null])
    expect(log).toMatchObject({ format: 'none', tick: 0, firstTime: null })
    expect(log.warnings).toEqual([expect.stringContaining('no line has a time')])
  })

  it('falls back by line where formats are mixed, and counts each', async () => {
    const log = await readText(
      '2025-06-04 14:07:31,250 INFO  [io-1] o.e.Gate - Listening on /10.1.2.3:7001\n' +
        '[2025/06/04 14:07:32.000] Accept: Socket 9 from 10.1.2.4:50022\n' +
        '2025-06-04 14:07:33,250 INFO  [io-1] o.e.Gate - ready\n',
    )
    expect(log.formats).toEqual([
      { id: 'log4j', lines: 2 },
      { id: 'bracketed', lines: 1 },
    ])
    expect(log.events.map((event) => event.time)).toEqual([250e6, 1000e6])
  })

  it('gives the lines of a block the time that stands in it, up to an empty line', async () => {
    const log = await readText(
      [
        '__CURSOR=s=5f1c;i=1',
        '__REALTIME_TIMESTAMP=1749046051250000',
        '_PID=512',
        'MESSAGE=listening on 127.0.0.1:9000 fd=5',
        '',
        'MESSAGE=accepted connection fd=7',
        '__REALTIME_TIMESTAMP=1749046052250000',
        'MESSAGE=accepted connection fd=8',
        '',
      ].join('\n'),
    )
    expect(log.formats).toEqual([{ id: 'labelled-time', lines: 2 }])
    expect(log.events.map((event) => [event.handle, event.time])).toEqual([
      ['5', 0.25e9],
      ['7', null],
      ['8', 1.25e9],
    ])
  })

  it('takes up a format that begins later', async () => {
    const log = await readText(
      `${'a banner\n'.repeat(1000)}08:15:02.125 Socket 7 created\n2025-06-04 14:07:33,250 INFO  [io-1] o.e.Gate - Socket 8 created\n`,
    )
    expect(log.formats).toEqual([
      { id: 'time-only', lines: 1 },
      { id: 'log4j', lines: 1 },
    ])
    expect(log.events.map((event) => [event.line, event.thread])).toEqual([
      [1001, null],
      [1002, 'io-1'],
    ])
  })

  it('lists the shapes of what it did not understand', async () => {
    const lines = [1, 2, 3].map((n) => `08:15:0${n}.125 cache warmed in ${n * 17} ms for 10.1.2.${n}:80`)
    const log = await readText(`${lines.join('\n')}\n08:15:05.125 odd\n`, { shapes: true })
    expect(log.shapes).toEqual([
      { shape: 'cache warmed in # ms for <address>', count: 3, line: 1 },
      { shape: 'odd', count: 1, line: 4 },
    ])
  })
})

describe('a journal whose messages are written as numbers', () => {
  const entry = (second: number, message: string) =>
    JSON.stringify({
      __REALTIME_TIMESTAMP: `174904605${second}250817`,
      _PID: '512',
      MESSAGE: [...Buffer.from(message)],
    })

  it('tells what they say, each by itself', async () => {
    const messages = [
      'listening on port 9000, fd 5',
      '\u001b[32maccepted\u001b[0m fd 7 from 10.1.2.3:50022',
      'cache warmed',
      'accepted fd 8 from 10.1.2.3:50023',
    ]
    const { events, unparsed } = await readText(`${messages.map((each, index) => entry(index, each)).join('\n')}\n`)
    expect(events.map(({ kind, handle, text }) => [kind, handle, text])).toEqual([
      ['listening', '5', messages[0]],
      ['accept', '7', 'accepted fd 7 from 10.1.2.3:50022'],
      ['accept', '8', messages[3]],
    ])
    expect(unparsed).toBe(1)
  })

  it('is read by the same words whatever numbers it holds', async () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      entry(index % 10, `accepted fd ${index + 10} from 10.1.2.3:50022`),
    )
    const { events } = await readText(`${many.join('\n')}\n`)
    expect(events.map(({ handle }) => handle)).toEqual(many.map((_, index) => String(index + 10)))
  })

  it('is not broken by numbers that are no bytes', async () => {
    const { lines } = await readText('{"__REALTIME_TIMESTAMP":"1749046051250817","MESSAGE":["a",{},-1,1e9,null]}\n')
    expect(lines).toBe(1)
  })
})
