import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { OpenOptions } from '../../src/capture/open.ts'
import { type ReadFrame, readBytes, readFrames } from '../support/read-frames.ts'
import { tcpFieldsOf } from '../support/tcp-fields.ts'

const read = (lines: readonly string[], options: OpenOptions = {}) =>
  readBytes(Buffer.from(`${lines.join('\n')}\n`), options)

/** The first segments of a connection, as tcpdump prints them unless it is told otherwise. */
const OPENING = [
  '02:12:58.077133 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [S], seq 1031627367, win 8192, options [mss 1460,nop,wscale 8,sackOK,TS val 7 ecr 0], length 0',
  '02:12:58.077140 IP 10.0.0.2.9000 > 10.0.0.1.61169: Flags [S.], seq 2729519802, ack 1031627368, win 8192, options [mss 1460,nop,wscale 8,nop,nop,sackOK], length 0',
  '02:12:58.077150 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [.], ack 1, win 32, length 0',
  '02:12:58.088133 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 1:45, ack 1, win 32, length 44',
  '02:12:58.088140 IP 10.0.0.2.9000 > 10.0.0.1.61169: Flags [.], ack 45, win 31, options [nop,nop,sack 1 {89:133}], length 0',
]
const CLIENT = 1031627367
const SERVER = 2729519802

const numbers = (frame: ReadFrame) => [tcpFieldsOf(frame).seq, tcpFieldsOf(frame).ack]
const addresses = (frame: ReadFrame) => {
  const bytes = Buffer.from(frame.bytes, 'hex')
  return [bytes.subarray(12, 16).join('.'), bytes.subarray(16, 20).join('.')]
}

describe('what tcpdump prints', () => {
  it('is read as the packets that it was printed of', async () => {
    const { frames, summary } = await read(OPENING)
    expect(summary).toMatchObject({ format: 'packet-list', dated: false, absoluteSequence: true, timeDigits: 6 })
    expect(frames.map((frame) => tcpFieldsOf(frame).flags)).toEqual([2, 18, 16, 24, 16])
    expect(frames.map((frame) => tcpFieldsOf(frame).window)).toEqual([8192, 8192, 32, 32, 31])
    expect(frames.map(({ originalLength, bytes }) => originalLength - bytes.length / 2)).toEqual([0, 0, 0, 44, 0])
    expect(frames[3]!.time - frames[0]!.time).toBe(11_000_000n)
    expect(tcpFieldsOf(frames[0]!).options).toContain('020405b4')
    expect(tcpFieldsOf(frames[0]!).options).toContain('080a0000000700000000')
  })

  it('counts sequence numbers from the first ones, of which a bare acknowledgment has none', async () => {
    const { frames } = await read(OPENING)
    expect(frames.map(numbers)).toEqual([
      [CLIENT, 0],
      [SERVER, CLIENT + 1],
      [CLIENT + 1, SERVER + 1],
      [CLIENT + 1, SERVER + 1],
      [SERVER + 1, CLIENT + 45],
    ])
    const edges = (CLIENT + 89).toString(16) + (CLIENT + 133).toString(16)
    expect(tcpFieldsOf(frames[4]!).options).toContain(`050a${edges}`)
  })

  it('takes the numbers as they stand where tcpdump was told to print those of the header', async () => {
    const told = [
      OPENING[0]!,
      OPENING[1]!,
      `02:12:58.077150 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [.], ack ${SERVER + 1}, win 32, length 0`,
      `02:12:58.088133 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq ${CLIENT + 1}:${CLIENT + 45}, ack ${SERVER + 1}, win 32, length 44`,
    ]
    const { frames } = await read(told)
    expect(frames.map(numbers)).toEqual((await read(OPENING)).frames.slice(0, 4).map(numbers))
  })

  it('leaves the numbers of an excerpt as they are, whose beginning nobody knows', async () => {
    const { frames } = await read([
      '10:00:00.000000 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 45:183, ack 9, win 32, length 138',
      '10:00:00.000100 IP 10.0.0.2.9000 > 10.0.0.1.61169: Flags [.], ack 183, win 31, length 0',
      '10:00:02.000000 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 183:227, ack 9, win 32, length 44',
    ])
    expect(frames.map(numbers)).toEqual([
      [45, 9],
      [9, 183],
      [183, 9],
    ])
  })

  it('counts from the first segment with ACK where the handshake was not captured', async () => {
    const { frames } = await read([
      '10:00:00.000000 IP 10.0.0.1.5000 > 10.0.0.2.9000: Flags [P.], seq 3000000000:3000000044, ack 2000000001, win 32, length 44',
      '10:00:00.000100 IP 10.0.0.2.9000 > 10.0.0.1.5000: Flags [.], ack 44, win 31, length 0',
      '10:00:01.000000 IP 10.0.0.1.5000 > 10.0.0.2.9000: Flags [P.], seq 44:88, ack 1, win 32, length 44',
    ])
    expect(frames.map(numbers)).toEqual([
      [3000000000, 2000000001],
      [2000000001, 3000000044],
      [3000000044, 2000000001],
    ])
  })

  it('joins the two lines that a segment has with -v, and passes over bytes and what other protocols say', async () => {
    const { frames, summary } = await read([
      '02:12:58.077133 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)',
      '    10.0.0.1.61169 > 10.0.0.2.9000: Flags [S], cksum 0xfe30 (incorrect -> 0x6696), seq 7, win 65495, length 0',
      '\t0x0000:  4500 003c 1d2b 4000 4006 1f8f 7f00 0001  E..<.+@.@.......',
      '02:12:58.077134 IP (tos 0x0, ttl 64, id 2, offset 0, flags [DF], proto UDP (17), length 56)',
      '    10.0.0.1.5000 > 10.0.0.2.53: 4711+ A? example.test. (28)',
      '02:12:58.077140 ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28',
    ])
    expect(frames.map(({ number, bytes }) => [number, bytes === ''])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ])
    expect(numbers(frames[0]!)).toEqual([7, 0])
    expect(summary.warnings.filter((text) => text.includes('passed over'))).toEqual([])
  })

  it.each([
    [
      '-e',
      '02:12:58.077133 02:42:ac:11:00:02 > 02:42:ac:11:00:03, ethertype IPv4 (0x0800), length 98: 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 1:45, ack 1, win 32, length 44',
    ],
    [
      '-i any',
      '02:12:58.077133 lo    In  IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 1:45, ack 1, win 32, length 44',
    ],
    [
      '-#',
      '    7  02:12:58.077133 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 1:45, ack 1, win 32, length 44: HTTP',
    ],
    ['a mail', '> 02:12:58.077133 IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [P.], seq 1:45, ack 1, win 32, length 44'],
  ])('is found behind what %s puts before it', async (_, line) => {
    const { frames } = await read([line])
    expect(frames).toHaveLength(1)
    expect(tcpFieldsOf(frames[0]!)).toMatchObject({ ports: [61169, 9000], flags: 24, seq: 1 })
  })

  it('has times of day, distances from the packet before or the first one, or a date', async () => {
    const at = (...stamps: string[]) =>
      read(stamps.map((stamp) => `${stamp} IP 10.0.0.1.6000 > 10.0.0.2.9000: Flags [.], ack 1, win 32, length 0`))
    const distances = async (...stamps: string[]) => {
      const { frames } = await at(...stamps)
      return frames.slice(1).map(({ time }) => Number(time - frames[0]!.time) / 1e6)
    }
    expect(await distances('23:59:59.900000', '00:00:00.100000')).toEqual([200])
    expect(await distances('1700000000.500000', '1700000001.250000')).toEqual([750])
    const deltas = ['00:00:00.000000', '00:00:00.000200', '00:00:00.000100', '00:00:00.003000', '00:00:00.000001']
    expect(await distances(...deltas, '00:00:00.000002', '00:00:00.000001')).toEqual([
      0.2, 0.3, 3.3, 3.301, 3.303, 3.304,
    ])
    expect((await at('2026-11-27 20:00:00.000001')).summary).toMatchObject({ dated: true })
    expect((await at('00:00:00.000000', '00:00:01.000000')).summary.warnings.join()).toContain('beginning')
  })

  it('has hosts by their names, for which addresses stand that nobody has', async () => {
    const { frames, summary } = await read([
      '10:00:00.000000 IP localhost.6000 > localhost.9000: Flags [S], seq 5, win 32, length 0',
      '10:00:01.000000 IP client.example.6000 > 198.18.0.1.http: Flags [S], seq 5, win 32, length 0',
    ])
    expect(frames.map(addresses)).toEqual([
      ['127.0.0.1', '127.0.0.1'],
      ['198.18.0.2', '198.18.0.1'],
    ])
    expect(summary.warnings).toContain('host client.example is not an address: 198.18.0.2 stands for it')
    expect([...summary.portLabels.values()]).toEqual(['http'])
    const sixth = await read([
      '10:00:00.000000 IP6 ip6-localhost.6000 > ip6-localhost.9000: Flags [S], seq 5, win 3, length 0',
    ])
    expect(sixth.frames[0]!.bytes.slice(16, 48)).toBe(`${'0'.repeat(31)}1`)
  })

  it('of the reference incident has all that its capture tells of the headers', async () => {
    const { frames } = await readFrames('fixtures/incident/listing-tcpdump.txt')
    const capture = await readFrames('fixtures/incident/listing-1.pcap')
    expect(frames.map(tcpFieldsOf)).toEqual(capture.frames.map(tcpFieldsOf))
  })

  it('is no packet list without a time or without flags', async () => {
    await expect(read(['IP 10.0.0.1.61169 > 10.0.0.2.9000: Flags [S], seq 1, win 3, length 0'])).rejects.toThrow()
    await expect(read(['10:00:00.000000 IP 10.0.0.1.61169 > 10.0.0.2.9000: tcp 44'])).rejects.toThrow(
      'it is what tcpdump prints',
    )
  })
})

const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0

describe.skipIf(!hasTcpdump)('tcpdump as a witness', () => {
  const captures = readdirSync('fixtures/stories', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pcap'))
    .map((name) => `fixtures/stories/${name}`)

  it.each([['-n'], ['-nS'], ['-nvv'], ['-ne']])('prints with %s what is read back as it was', async (option) => {
    let compared = 0
    for (const path of captures) {
      const { stdout, status } = spawnSync('tcpdump', [option, '-r', path], { encoding: 'utf8', maxBuffer: 1 << 28 })
      expect(status).toBe(0)
      const printed = (await readBytes(Buffer.from(stdout))).frames
      const { frames, summary } = await readFrames(path)
      expect(printed).toHaveLength(frames.length)
      const link = { RAW: 0, ETHERNET: 14 }[summary.linkTypes[0]!.toUpperCase()] ?? null
      if (link === null) continue
      for (const [index, frame] of frames.entries()) {
        const { ports, ack, flags, window } = tcpFieldsOf({ ...frame, bytes: frame.bytes.slice(link * 2) })
        expect(tcpFieldsOf(printed[index]!)).toMatchObject({ ports, ack, flags, window })
        compared++
      }
    }
    expect(compared).toBeGreaterThan(100)
  })
})
