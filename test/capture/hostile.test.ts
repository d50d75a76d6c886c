import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  classic,
  describe as description,
  enhanced,
  random,
  section,
  segment,
  simple,
  three,
} from '../../fixtures/capture/make.mjs'
import { Failure } from '../../src/failure.ts'
import { type ReadCapture, readBytes } from '../support/read-frames.ts'

const stamp = 1_700_000_000_000_000n
const PCAPNG = Buffer.concat([
  section(false),
  description(false),
  enhanced(0, stamp, segment(3), false, { list: [[1, Buffer.from('a comment')]] }),
  section(),
  description(),
  enhanced(0, stamp, segment(1)),
  simple(segment(2)),
])
const LISTING = readFileSync('fixtures/incident/listing-2.txt').subarray(0, 500)
const PRINTED = Buffer.from(`\
10:00:00.000001 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)
    10.0.0.1.5000 > 10.0.0.2.9000: Flags [S], cksum 0x1 (correct), seq 7, win 64, options [mss 1460,sackOK,wscale 7], length 0
10:00:00.000002 IP 10.0.0.2.9000 > 10.0.0.1.5000: Flags [S.], seq 5, ack 8, win 64, length 0
10:00:00.000003 IP 10.0.0.1.5000 > 10.0.0.2.9000: Flags [P.], seq 1:45, ack 1, win 64, length 44
`)
const INPUTS: readonly (readonly [string, Buffer])[] = [
  ['pcap', classic(three())],
  ['pcap of the modified kind', classic(three(), { magic: 0xa1b2cd34, little: false })],
  ['pcapng', PCAPNG],
  ['packet list', LISTING],
  ['packet list of tcpdump', PRINTED],
  ['gzip', gzipSync(classic(three()))],
  ['zstd', readFileSync('fixtures/capture/two-frames.pcap.zst')],
  ['lz4', readFileSync('fixtures/capture/plain.pcap.lz4')],
]

/** What was read, or the Failure that said why nothing was; anything else that is thrown is a bug. */
async function attempt(bytes: Uint8Array, windowBytes = 64): Promise<ReadCapture | Failure> {
  try {
    return await readBytes(bytes, { windowBytes })
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

describe.each(INPUTS)('a %s', (kind, whole) => {
  it('gives the frames before the cut wherever it is cut', async () => {
    const { frames } = await readBytes(whole)
    expect(frames.length).toBeGreaterThan(2)
    for (let length = 0; length < whole.length; length++) {
      const read = await attempt(whole.subarray(0, length))
      if (read instanceof Failure) continue
      // The last line of a list that is cut may still be a packet.
      const kept = kind.startsWith('packet list') ? read.frames.slice(0, -1) : read.frames
      expect(kept).toEqual(frames.slice(0, kept.length))
    }
  })

  it('gives the same through windows of any size', async () => {
    const { frames } = await readBytes(whole)
    for (const windowBytes of [1, 24, 64, 65, 100, 4096])
      expect((await readBytes(whole, { windowBytes })).frames).toEqual(frames)
  })

  it('ends in frames, damage or a Failure whatever 32 bits stand anywhere', async () => {
    for (let at = 0; at + 4 <= whole.length; at += 4)
      for (const value of [0, 1, 0x7fffffff, 0xffffffff, whole.length - at, whole.length - at + 1]) {
        const bytes = Buffer.from(whole)
        bytes.writeUInt32LE(value, at)
        const read = await attempt(bytes)
        if (!(read instanceof Failure)) expect(read.summary.packets).toBe(read.frames.length)
      }
  })

  it('ends in frames, damage or a Failure whatever bits are turned', async () => {
    const next = random(whole.length)
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(whole)
      for (let count = next() % 8; count >= 0; count--) bytes[next() % bytes.length]! ^= 1 << (next() % 8)
      await attempt(bytes)
    }
  })
})

describe('the fixtures', () => {
  it.each(readdirSync('fixtures/capture').filter((name) => name.includes('.pcap')))('%s ends defined', async (name) => {
    const read = await attempt(readFileSync(`fixtures/capture/${name}`))
    if (!(read instanceof Failure)) expect(read.summary.packets).toBe(read.frames.length)
  })
})
