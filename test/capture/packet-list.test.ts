import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { OpenOptions } from '../../src/capture/open.ts'
import { readBytes, readFrames } from '../support/read-frames.ts'
import { tcpFieldsOf } from '../support/tcp-fields.ts'

const read = (text: string, options: OpenOptions = {}) => readBytes(Buffer.from(text), options)
const SEGMENT = '127.0.0.1 → 127.0.0.1 TCP 84 61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44'

describe('a packet list', () => {
  it.each(['listing-1', 'listing-2'])('%s gives the headers of the capture that it was printed from', async (name) => {
    const list = await readFrames(`fixtures/incident/${name}.txt`, { portLabels: new Map([['xx', 9000]]) })
    const capture = await readFrames(`fixtures/incident/${name}.pcap`)
    expect(list.frames).toHaveLength(capture.frames.length)
    for (const [index, frame] of list.frames.entries()) {
      const original = capture.frames[index]!
      const { seq: _, ack: __, ...listed } = tcpFieldsOf(frame)
      const {
        seq: ___,
        ack: ____,
        ...captured
      } = tcpFieldsOf({ ...original, bytes: original.bytes.slice(0, frame.bytes.length) })
      expect(listed).toEqual(captured)
      expect(frame.originalLength).toBe(original.originalLength)
      expect(frame.time - list.frames[0]!.time).toBe(original.time - capture.frames[0]!.time)
    }
  })

  it('counts frames as printed, at the offsets of their lines, and says what a list cannot tell', async () => {
    const { frames, summary } = await readFrames('fixtures/incident/listing-1.txt')
    expect(frames.map(({ number }) => number)).toEqual([
      155, 156, 157, 158, 159, 173, 174, 175, 176, 188, 189, 227, 228, 259, 260, 293, 294,
    ])
    const text = readFileSync('fixtures/incident/listing-1.txt', 'latin1')
    for (const { offset, number } of frames) expect(text.slice(offset)).toMatch(new RegExp(`^${number} `))
    expect(summary).toMatchObject({
      format: 'packet-list',
      dated: false,
      absoluteSequence: false,
      timeDigits: 6,
      linkTypes: ['RAW'],
    })
    expect([...summary.portLabels]).toEqual([[1, 'xx']])
    expect(summary.warnings).toHaveLength(4)
  })

  it('splits the columns that were glued when it was pasted', async () => {
    const { frames } = await readFrames('fixtures/incident/listing-1.txt')
    expect(frames.at(-1)).toMatchObject({ number: 294, originalLength: 40 })
    const digits = await read(`1 0.000000 127.0.0.1 127.0.0.1 TCP 4061169 > 9000 [ACK] Seq=1 Ack=1 Win=5 Len=0\n`)
    expect(digits.frames[0]!.originalLength).toBe(40)
    expect(tcpFieldsOf(digits.frames[0]!).ports).toEqual([61169, 9000])
  })

  it('lets addresses that occur nowhere in the list stand for hosts that Wireshark named', async () => {
    const line = (source: string, destination: string) =>
      `1 0.0 ${source} ${destination} TCP 40 5000 > 9000 [ACK] Seq=1 Ack=1 Win=5 Len=0\n`
    const { frames, summary } = await read(line('web.example', '10.0.0.2') + line('fe80::1', 'web.example'))
    expect(frames.map(({ bytes }) => bytes.slice(0, 1))).toEqual(['4', '6'])
    expect(summary.warnings.filter((text) => text.startsWith('host web.example'))).toHaveLength(2)
  })

  it('lets no number that occurs in the list stand for a masked port', async () => {
    const line = (port: string) => `1 0.0 10.0.0.1 10.0.0.2 TCP 40 ${port} > xx [ACK] Seq=1 Ack=1 Win=5 Len=0\n`
    const { frames, summary } = await read(line('1') + line('2') + line('yy'))
    expect([...summary.portLabels]).toEqual([
      [3, 'xx'],
      [4, 'yy'],
    ])
    expect(frames.map((frame) => tcpFieldsOf(frame).ports)).toEqual([
      [1, 3],
      [2, 3],
      [4, 3],
    ])
  })

  it.each([
    ['seconds from the beginning', '0.011000', 11_000_000n, false, 6],
    ['the time of day', '02:12:58.077133', 7978077133000n, false, 6],
    ['the time of day without digits', '02:12:58', 7978000000000n, false, 0],
    ['date and time', '2012-01-01 02:12:58.077133', 1325383978077133000n, true, 6],
    ['RFC 3339 with a zone', '2012-01-01T03:12:58.077133123+01:00', 1325383978077133123n, true, 9],
    ['day of the year', '2012/001 02:12:58.077133', 1325383978077133000n, true, 6],
    ['seconds since 1970', '1325383978.077133000', 1325383978077133000n, true, 9],
    ["the month's name", 'Jan  1, 2012 02:12:58.077133000 CET', 1325383978077133000n, true, 9],
    ['a decimal comma', '0,011', 11_000_000n, false, 3],
  ])('reads %s', async (_, stamp, time, dated, timeDigits) => {
    const { frames, summary } = await read(`1 ${stamp} ${SEGMENT}\n`)
    expect(frames.map((frame) => frame.time)).toEqual([time])
    expect(summary).toMatchObject({ dated, timeDigits })
  })

  it.each([
    ['0.011000', 'times are distances from a beginning that is not told'],
    ['02:12:58.077133', 'times have no date'],
    ['2012-01-01 02:12:58.077133', 'times have no zone: they are taken as UTC'],
  ])('says what the stamp %s does not tell', async (stamp, limit) => {
    const told = (await read(`1 ${stamp} ${SEGMENT}\n`)).summary.warnings.filter((text) => text.startsWith('times'))
    expect(told).toEqual([limit])
  })

  it('takes a window that is larger than its field for a scaled one, where no handshake tells the scale', async () => {
    const { frames, summary } = await read(`1 0.0 ${SEGMENT.replace('Win=8192', 'Win=131328')}\n2 0.1 ${SEGMENT}\n`)
    expect(frames.map((frame) => tcpFieldsOf(frame).window)).toEqual([131_328 / 256, 8192 / 256])
    expect(summary.warnings.join()).not.toContain('larger than')
  })

  it('tells of no packet that was passed over where lines are empty', async () => {
    const { summary } = await read(`1 0.0 ${SEGMENT}\n\n   \n2 0.1 ${SEGMENT}\n`)
    expect(summary.packets).toBe(2)
    expect(summary.warnings.join()).not.toContain('passed over')
  })

  it('passes midnight forwards, and places what is before the first packet', async () => {
    const late = await read(`1 23:59:59.9 ${SEGMENT}\n2 00:00:00.1 ${SEGMENT}\n`)
    expect(late.frames[1]!.time - late.frames[0]!.time).toBe(200_000_000n)
    const early = await read(`1 0.000000 ${SEGMENT}\n2 -0.000426 ${SEGMENT}\n`)
    expect(early.frames[1]!.time - early.frames[0]!.time).toBe(-426_000n)
  })

  it('adds up times that are distances from the packet before', async () => {
    const text = ['0.0', '0.5', '0.1', '0.5', '0.1', '0.5', '0.1']
      .map((time, index) => `${index + 1} ${time} ${SEGMENT}`)
      .join('\n')
    const { frames } = await read(text)
    expect(frames.at(-1)!.time).toBe(1_800_000_000n)
  })

  it.each([
    [
      'aligned columns',
      `    1   0.000000    127.0.0.1 → 127.0.0.1    TCP 84 61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44`,
    ],
    ['tabs', `1\t0.000000\t127.0.0.1\t127.0.0.1\tTCP\t84\t61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44`],
    [
      'comma-separated cells',
      `"1","0.000000","127.0.0.1","127.0.0.1","TCP","84","61169  >  9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44"`,
    ],
    [
      'comma-separated cells that are quoted where they must be',
      `No.,Time,Source,Destination,Protocol,Length,Info\r\n1,0.000000,127.0.0.1,127.0.0.1,TCP,84,"61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44"\r\n`,
    ],
    [
      'the cells of a Markdown table',
      `| No. | Time | Source | Destination | Protocol | Length | Info |\n| ---: | ---: | --- | --- | --- | ---: | --- |\n| 1 | 0.000000 | 127.0.0.1 | 127.0.0.1 | TCP | 84 | 61169 → 9000 \\[PSH, ACK\\] Seq=1 Ack=1 Win=8192 Len=44 |\n`,
    ],
    [
      'the borders of a tracker’s table',
      `|1|0.000000|127.0.0.1|127.0.0.1|TCP|84|61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44|`,
    ],
    ['a decimal comma', `1 0,000000 ${SEGMENT}`],
    ['a decimal comma and no number', `0,000000 ${SEGMENT}`],
    [
      'a mail that quotes it',
      `> 1 0.000000 127.0.0.1 127.0.0.1 TCP 84 61169 > 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44`,
    ],
    [
      'a title line and blank lines',
      `No. Time Source Destination Protocol Length Info\r\n\r\n1 0.000000 ${SEGMENT}\r\n`,
    ],
    ['no number', `0.000000 ${SEGMENT}`],
    ['no length', `1 0.000000 127.0.0.1 127.0.0.1 TCP 61169 > 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44`],
    [
      'a note of the analysis',
      `1 0.000000 127.0.0.1 127.0.0.1 TCP 84 [TCP Retransmission] 61169 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44`,
    ],
    ['a damaged arrow', `1 0.000000 127.0.0.1 127.0.0.1 TCP 84 61169 ÔåÆ 9000 [PSH, ACK] Seq=1 Ack=1 Win=8192 Len=44`],
  ])('is read with %s', async (_, text) => {
    const { frames, summary } = await read(text)
    expect(frames).toHaveLength(1)
    expect(summary.warnings.filter((warning) => warning.includes('not a packet'))).toEqual([])
    expect(frames[0]).toMatchObject({ number: 1, originalLength: 84 })
    expect(tcpFieldsOf(frames[0]!)).toEqual({
      ports: [61169, 9000],
      seq: 1,
      ack: 1,
      flags: 0x18,
      window: 8192,
      options: '',
    })
  })

  it('is read from UTF-16, as PowerShell redirects it', async () => {
    const { frames } = await readBytes(Buffer.from(`\ufeff1 0.000000 ${SEGMENT}\r\n`, 'utf16le'))
    expect(tcpFieldsOf(frames[0]!).ports).toEqual([61169, 9000])
  })

  it('takes scaled windows back by what each end offered in the handshake', async () => {
    const list = (client: string, server: string) =>
      [
        `10.0.0.1 10.0.0.2 TCP 52 5 > 80 [SYN] Seq=0 Win=64000 Len=0 MSS=1460 ${client}`,
        `10.0.0.2 10.0.0.1 TCP 52 80 > 5 [SYN, ACK] Seq=0 Ack=1 Win=64000 Len=0 MSS=1460 ${server}`,
        '10.0.0.1 10.0.0.2 TCP 40 5 > 80 [ACK] Seq=1 Ack=1 Win=51200 Len=0',
        '10.0.0.2 10.0.0.1 TCP 40 80 > 5 [ACK] Seq=1 Ack=1 Win=51200 Len=0',
      ]
        .map((line, index) => `${index + 1} 0.0 ${line}`)
        .join('\n')
    const windows = async (text: string) => (await read(text)).frames.map((frame) => tcpFieldsOf(frame).window)
    expect(await windows(list('WS=256', 'WS=4'))).toEqual([64000, 64000, 200, 12800])
    expect(await windows(list('WS=256', ''))).toEqual([64000, 64000, 51200, 51200])
  })

  it('rebuilds options in their order, aligned as systems align them', async () => {
    const line = '1 0.0 10.0.0.1 10.0.0.2 TCP 78 5 > 80 [ACK] Seq=1 Ack=5 Win=9 Len=0 TSval=1 TSecr=2 SLE=7 SRE=9'
    const { frames } = await read(line)
    expect(tcpFieldsOf(frames[0]!).options).toBe('0101080a00000001000000020101050a0000000700000009')
    expect(frames[0]!.originalLength).toBe(64)
  })

  it('finds the link header that lengths count, and rebuilds IPv6', async () => {
    const { frames } = await read('1 0.0 ::1 2001:db8::2 TCP 74 5 > 80 [ACK] Seq=1 Ack=5 Win=9 Len=0')
    expect(frames[0]!.originalLength).toBe(60)
    expect(frames[0]!.bytes.slice(0, 80)).toBe(`60000000001406${'40'}${'0'.repeat(31)}120010db8${'0'.repeat(23)}2`)
  })

  it('starts another connection where the list says that the ports are used again', async () => {
    const { frames } = await read(
      ['', '[TCP Port numbers reused] ', '[TCP Retransmission] ']
        .map((note, index) => `${index} 0.0 10.0.0.1 10.0.0.2 TCP 40 ${note}5 > 80 [SYN] Seq=0 Win=9 Len=0`)
        .join('\n'),
    )
    const [first, second, third] = frames.map((frame) => tcpFieldsOf(frame).seq)
    expect(second).not.toBe(first)
    expect(third).toBe(second)
  })

  it('counts lines of other protocols as frames without a header, and says which lines are no packets', async () => {
    const { frames, summary } = await read(
      `1 0.0 ${SEGMENT}\n2 0.1 10.0.0.1 10.0.0.2 HTTP 143 GET / HTTP/1.1\nand so on\n3 0.2 ${SEGMENT}\n`,
    )
    expect(frames.map(({ number, bytes }) => [number, bytes.length > 0])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ])
    expect(summary.warnings.join('\n')).toContain('1 line is not a packet and was passed over (line 3) "and so on"')
    expect(summary.warnings.join('\n')).toContain('another protocol than TCP')
  })

  it.each(['log-1-idle-close', 'log-2-readable', 'log-3-not-matched', 'log-4-attach'])(
    'is not seen in %s',
    async (name) => {
      await expect(readFrames(`fixtures/incident/${name}.txt`)).rejects.toThrow('it is text, and no packet list')
    },
  )
})
