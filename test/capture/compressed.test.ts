import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { classic, segment, three } from '../../fixtures/capture/make.mjs'
import { endOf, readBytes, readFrames } from '../support/read-frames.ts'

const fixture = (name: string) => readFrames(`fixtures/capture/${name}`)
const PLAIN = classic(three())

describe('a packed capture', () => {
  it.each([
    ['checked.pcap.zst', 'zstd'],
    ['two-frames.pcap.zst', 'zstd'],
    ['plain.pcap.lz4', 'lz4'],
  ])('gives the frames of the plain one: %s', async (name, compression) => {
    const { frames, summary } = await fixture(name)
    expect(frames).toEqual((await fixture('little-endian.pcap')).frames)
    expect(summary).toMatchObject({ compression, bytes: 243, damage: null, warnings: [] })
  })

  it('follows matches of lz4 into the blocks before', async () => {
    const { frames, summary } = await fixture('linked-blocks.pcap.lz4')
    expect(frames).toHaveLength(1800)
    expect(frames.slice(-3).map(({ bytes }) => bytes)).toEqual(
      [0, 44, 7].map((payload) => segment(payload).toString('hex')),
    )
    expect(summary.damage).toBeNull()
  })

  it('may be of several gzip members, as of rotated files put together', async () => {
    const { frames } = await readBytes(Buffer.concat([gzipSync(PLAIN.subarray(0, 100)), gzipSync(PLAIN.subarray(100))]))
    expect(frames).toHaveLength(3)
  })

  it('may be packed twice, and no more often', async () => {
    expect((await readBytes(gzipSync(gzipSync(PLAIN)))).frames).toHaveLength(3)
    await expect(readBytes(gzipSync(gzipSync(gzipSync(PLAIN))))).rejects.toThrow('packed more than 2 times')
  })

  it('keeps the frames before garbage that stands behind a gzip stream, or before a sum that does not fit', async () => {
    const packed = gzipSync(PLAIN)
    const behind = await readBytes(Buffer.concat([packed, Buffer.from('garbage')]))
    expect(behind.frames).toHaveLength(3)
    expect(behind.summary.damage).toMatchObject({ frame: 4, found: expect.stringContaining('incorrect header') })
    packed[packed.length - 8]! ^= 1
    const { frames, summary } = await readBytes(packed)
    expect(frames).toHaveLength(3)
    expect(summary.damage).toMatchObject({ found: expect.stringContaining('incorrect data check') })
  })

  it('says that the end of a gzip stream is missing, and keeps the frames before', async () => {
    const packed = gzipSync(PLAIN, { level: 0 })
    const { frames, summary } = await readBytes(packed.subarray(0, -20))
    expect(frames).toHaveLength(2)
    expect(summary.damage).toMatchObject({ frame: 3, expected: 'a complete gzip stream', found: 'its end is missing' })
  })

  it.each([
    ['checked.pcap.zst', 'zstd checksum'],
    ['plain.pcap.lz4', 'lz4 content checksum'],
  ])('reads %s to its end and then tells that its checksum is wrong', async (name, what) => {
    const packed = readFileSync(`fixtures/capture/${name}`)
    packed[packed.length - 1]! ^= 1
    const { frames, summary } = await readBytes(packed)
    expect(frames).toHaveLength(3)
    expect(summary.damage?.expected).toContain(what)
  })

  it('stops at a decompression bomb, and tells the ratio', async () => {
    const records = Buffer.concat([classic([]), Buffer.alloc(160 << 20)])
    const bomb = gzipSync(gzipSync(records, { level: 9 }), { level: 9 })
    const summary = await endOf(bomb)
    expect(summary.damage?.found).toContain('a decompression bomb')
    expect(summary.bytes).toBeLessThan(90 << 20)
  })
})

describe('a zstd frame of tiny blocks in a large window', () => {
  it('is given up before it takes hours', async () => {
    const head = readFileSync('fixtures/capture/little-endian.pcap').subarray(0, 24)
    // A window of 128 MiB (RFC 8878 §3.1.1.1.2), the file header as a raw block, then empty raw blocks.
    const frame = [0x28, 0xb5, 0x2f, 0xfd, 0, 17 << 3, head.length << 3, 0, 0, ...head]
    const { summary } = await readBytes(Buffer.concat([Buffer.from(frame), Buffer.alloc(300_000)]))
    expect(summary.damage?.found).toContain('tiny ones in a window of 134217728 bytes')
  })
})
