import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { classic, section, segment, three } from '../../fixtures/capture/make.mjs'
import { Epoch } from '../../src/capture/epoch.ts'
import { Frame } from '../../src/capture/frame.ts'
import { openCapture } from '../../src/capture/open.ts'
import { expandPaths } from '../../src/capture/source/expand.ts'
import { readFrames } from '../support/read-frames.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-open-'))
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string, bytes: Uint8Array | string) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const whole = classic(three())

/** The header of a buffer, and the marker of the event that tells of the log, as 64-bit Windows writes it. */
function eventTrace(): Buffer {
  const bytes = Buffer.alloc(0x10000)
  bytes.writeUInt32LE(bytes.length, 0)
  bytes.writeUInt32LE(0xc0020002, 0x48)
  return bytes
}

describe('what is not a capture', () => {
  it.each([
    ['nothing', '', /is empty$/],
    ['the first three bytes of a pcap', Buffer.from('d4c3b2', 'hex'), /it holds 3 bytes, fewer than any has$/],
    ['a program', '\x7fELF\x02\x01', /is not a capture: it is a Linux program$/],
    ['a web page', '<!DOCTYPE html><p>', /it is an HTML page; it starts with "<!DOCTYPE html><p>"$/],
    ['JSON', '{"packets": []}', /it is JSON/],
    [
      "tshark's JSON",
      '[\n  {\n    "_index": "packets-2026-11-27",',
      /it is packets as JSON, of which Wireshark reads none back;/,
    ],
    ["a browser's archive", '{"log": {"version": "1.2"}}', /it is a browser's HTTP archive \(HAR\), above TCP;/],
    ['prose', 'hello\x1b[31m world\n', /it is text, and no packet list; it starts with "hello\\x1b\[31m world"$/],
    [
      "tcpdump's text without flags",
      '12:00:00.000001 IP 10.0.0.1.80 > 10.0.0.2.81: tcp 44\n',
      /it is what tcpdump prints, without times or without TCP’s flags$/,
    ],
    ['another capture format', 'snoop\0\0\0\0\0\0\x02', /is a Solaris snoop capture, a format that is not read$/],
    ['what netsh trace writes', eventTrace(), /is a Windows event trace \(ETL\), a format that is not read$/],
    ['zeros', Buffer.alloc(100), /it starts with zeros$/],
    ['other bytes', Buffer.from('0102030405060708', 'hex'), /it starts with 0102030405060708$/],
    ['half a header', whole.subarray(0, 20), /cut short within its header: 20 of 24 bytes are there$/],
    ['half a section header', section().subarray(0, 20), /cut short within its header: 20 of 28 bytes are there$/],
    [
      'a section header cut within its options',
      section(true, [[4, Buffer.from('RawCap')]]).subarray(0, 32),
      /cut short within its header: 32 of 44 bytes are there$/,
    ],
    ['another version', classic([], { major: 9 }), /is a pcap of version 9, and version 2 is read$/],
  ])('is told by name: %s', async (_, bytes, message) => {
    await expect(readFrames(put('no-capture', bytes))).rejects.toThrow(message)
  })

  it('says what makes a capture of an event trace, which editcap does not', async () => {
    const { hint } = await readFrames(put('trace.etl', eventTrace())).catch((error) => error)
    expect(hint).toMatch(/^convert it: on Windows: pktmon etl2pcap FILE .* etl2pcapng FILE/)
  })

  it('says where a log goes', async () => {
    const { hint } = await readFrames(put('server.log', '12:00:00 listening on 9000\n')).catch((error) => error)
    expect(hint).toMatch(/; a log goes beside a capture: noaccept correlate CAPTURE --log FILE$/)
  })

  it('has no terminal controls in the message, whatever the file is called', async () => {
    await expect(readFrames(put('red\x1b[31m', ''))).rejects.toThrow('red\\x1b[31m is empty')
  })

  it('may be missing, a directory, a circle of links or a socket', async () => {
    mkdirSync(join(folder, 'directory'))
    symlinkSync(join(folder, 'circle'), join(folder, 'circle'))
    const server = createServer().listen(join(folder, 'socket'))
    await new Promise((resolve) => server.once('listening', resolve))
    await expect(readFrames(join(folder, 'missing'))).rejects.toThrow(/missing: there is no such file$/)
    await expect(readFrames(join(folder, 'directory'))).rejects.toThrow(/is a directory$/)
    await expect(readFrames(join(folder, 'circle'))).rejects.toThrow(/links lead in a circle$/)
    await expect(readFrames(join(folder, 'socket'))).rejects.toThrow()
    server.close()
  })

  it.skipIf(process.getuid?.() === 0)('may be forbidden to read', async () => {
    const path = put('forbidden', whole)
    chmodSync(path, 0)
    await expect(readFrames(path)).rejects.toThrow(/no permission/)
  })
})

describe('a capture', () => {
  it('is read through a symbolic link, and from a pipe in pieces of any size', async () => {
    const path = put('whole.pcap', whole)
    symlinkSync(path, join(folder, 'link'))
    const { frames } = await readFrames(path)
    expect((await readFrames(join(folder, 'link'))).frames).toEqual(frames)
    const pieces = Array.from(whole, (byte) => Buffer.from([byte]))
    expect((await readFrames('-', { stdin: Readable.from(pieces) })).frames).toEqual(frames)
  })

  it.skipIf(process.platform === 'win32')('is read from a named pipe, whose waiting an interrupt ends', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    await expect(readFrames(path, { signal: abort.signal })).rejects.toThrow('interrupted')
    setTimeout(() => writeFileSync(path, whole), 50)
    expect((await readFrames(path)).frames).toHaveLength(3)
  })

  it('that grows while it is read ends where it ended when it was opened, and says so', async () => {
    const path = put('growing.pcap', whole)
    const reader = await openCapture(path, 0, new Epoch())
    appendFileSync(path, segment(9))
    const frame = new Frame()
    do while (reader.next(frame));
    while (await reader.more())
    await reader.close()
    expect(reader.summary).toMatchObject({ packets: 3, damage: null, bytes: 243 })
    expect(reader.summary.warnings).toEqual([
      'the file grew from 243 to 292 bytes while it was read: the first 243 were read',
    ])
  })

  it('that shrinks while it is read gives what is there, and says so', async () => {
    const path = put('shrinking.pcap', whole)
    const reader = await openCapture(path, 0, new Epoch(), { windowBytes: 64 })
    truncateSync(path, 200)
    const frame = new Frame()
    do while (reader.next(frame));
    while (await reader.more())
    await reader.close()
    expect(reader.summary.packets).toBe(2)
    expect(reader.summary.warnings.join()).toMatch(/cut short.*shrank from 243 to 200/)
  })

  it('gives no more after it was closed', async () => {
    const reader = await openCapture(put('closed.pcap', whole), 0, new Epoch(), { windowBytes: 24 })
    await reader.close()
    await reader.close()
    expect(await reader.more()).toBe(false)
  })
})

describe('patterns', () => {
  it('become the files that match, numbers counted, and what exists is no pattern', () => {
    for (const name of ['ring_10.pcap', 'ring_2.pcap', 'ring_1.pcap.gz', '.hidden.pcap', 'a[1].pcap']) put(name, '')
    const names = (pattern: string) => expandPaths([join(folder, pattern)]).map((path) => path.slice(folder.length + 1))
    expect(names('ring_*.pcap')).toEqual(['ring_2.pcap', 'ring_10.pcap'])
    expect(names('ring_?.{pcap,pcap.gz}')).toEqual(['ring_1.pcap.gz', 'ring_2.pcap'])
    expect(names('a[1].pcap')).toEqual(['a[1].pcap'])
    expect(names('ring_[!1]*')).toEqual(['ring_2.pcap'])
    expect(expandPaths(['fixtures/**/listing-?.txt'])).toEqual([
      'fixtures/incident/listing-1.txt',
      'fixtures/incident/listing-2.txt',
    ])
    expect(expandPaths(['-', 'plain'])).toEqual(['-', 'plain'])
    expect(() => names('no*such')).toThrow('no file matches')
  })

  it('take brackets whose range runs backwards for a part of the name', () => {
    put('day[2024-11]_1.pcap', '')
    put('day[2024-11]_2.pcap', '')
    expect(expandPaths([join(folder, 'day[2024-11]_?.pcap')])).toHaveLength(2)
    expect(() => expandPaths([join(folder, 'no[z-a]*')])).toThrow('no file matches')
  })

  it('is read once where a name and a pattern, or two names, mean it', () => {
    const capture = 'fixtures/incident/listing-1.txt'
    expect(expandPaths([capture, `./${capture}`, 'fixtures/incident/listing-?.txt', '-', '-'])).toEqual([
      capture,
      'fixtures/incident/listing-2.txt',
      '-',
    ])
  })
})
