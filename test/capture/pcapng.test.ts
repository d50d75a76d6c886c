import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { block, describe as description, enhanced, section, segment } from '../../fixtures/capture/make.mjs'
import { readBytes, readFrames } from '../support/read-frames.ts'

const fixture = (name: string) => readFrames(`fixtures/capture/${name}`)

describe('a pcapng', () => {
  it('forgets the interfaces at each section, whose byte order may be another', async () => {
    const { frames, summary } = await fixture('two-sections.pcapng')
    expect(frames.map(({ linkType, interfaceId, time }) => [linkType, interfaceId, time])).toEqual([
      [101, 1, 1700000000333333000n],
      [1, 2, 1700000000333333000n],
    ])
    expect(summary).toMatchObject({ linkTypes: ['RAW', 'ETHERNET'], byteOrder: 'little', damage: null, warnings: [] })
    expect(summary.interfaces).toHaveLength(3)
  })

  it('reads every resolution without loss, and adds the offset', async () => {
    const { frames, summary } = await fixture('time-resolutions.pcapng')
    expect(frames.map(({ time }) => time)).toEqual([
      1700000000333333000n,
      1700000000333333333n,
      1700000000333333015n,
      1700003600333000000n,
      // The first frame's second is the zero: a distance of 54 years has doubles 256 ns apart.
      BigInt.asIntN(64, 1700000000n * 10n ** 9n + BigInt((1_000_000 - 1_700_000_000) * 1e9 + 123_456_789)),
    ])
    expect(summary.timeDigits).toBe(9)
    expect(summary.shownDigits).toEqual([6, 9, 6, 3, 9])
  })

  it('cuts simple packets at the snap length, and says that they have no time', async () => {
    const { frames, summary } = await fixture('simple-packets.pcapng')
    expect(frames.map(({ bytes, originalLength }) => [bytes.length / 2, originalLength])).toEqual([
      [41, 41],
      [42, 48],
    ])
    expect(summary.warnings[0]).toMatch(/^2 packets carry no time/)
  })

  it('adds up the drops of obsolete packet blocks, of which 65535 means unknown', async () => {
    const { frames, summary } = await fixture('obsolete-packets.pcapng')
    expect(frames.map(({ bytes }) => bytes.length / 2)).toEqual([45, 46])
    expect(summary.interfaces[0]!.dropped).toBe(3)
  })

  it('takes drops from the statistics, which include what the packets told, and keeps comments', async () => {
    const { summary } = await fixture('comments-and-drops.pcapng')
    expect(summary.interfaces).toEqual([{ linkType: 101, snapLength: 0, name: 'lo', dropped: 17 }])
    expect(summary.comments).toEqual([
      { frame: null, text: 'from the laboratory' },
      { frame: 1, text: 'this one' },
    ])
  })

  it('passes over blocks that it does not know, also ones larger than its window', async () => {
    const large = block(0x0bad, Buffer.alloc(3 << 20))
    const bytes = Buffer.concat([section(), description(), large, enhanced(0, 1n, segment(2))])
    const { frames, summary } = await readBytes(bytes, { windowBytes: 4096 })
    expect(frames).toHaveLength(1)
    expect(summary).toMatchObject({ damage: null, warnings: [], bytes: bytes.length })
    expect((await fixture('unknown-blocks.pcapng')).frames).toHaveLength(1)
  })

  it('numbers packets as Wireshark does, which lists custom blocks, journal entries and Sysdig events among them', async () => {
    const listed = [0x0bad, 0x40000bad, 9, 0x204, 0x216, 0x221].map((type) => block(type, Buffer.alloc(40)))
    const silent = [4, 10, 0x77].map((type) => block(type, Buffer.alloc(40)))
    const packets = [1, 2, 3].map((length) => enhanced(0, 1n, segment(length)))
    const bytes = Buffer.concat([section(), description(), packets[0]!, ...listed, packets[1]!, ...silent, packets[2]!])
    const { frames, summary } = await readBytes(bytes)
    expect(frames.map(({ number }) => number)).toEqual([1, 8, 9])
    expect(summary.packets).toBe(3)
  })

  it('says how much of a skipped block is missing where the file ends in it', async () => {
    const bytes = Buffer.concat([section(), block(0x0bad, Buffer.alloc(1000)).subarray(0, 600)])
    expect((await readBytes(bytes)).summary).toMatchObject({
      damage: null,
      warnings: [expect.stringContaining('600 of its 1012 bytes are there')],
    })
  })

  it.each([64, 128, 4096])(
    'checks a block that it passes over alike with a window of %i bytes',
    async (windowBytes) => {
      const skipped = block(0x0bad, Buffer.alloc(100))
      skipped.writeUInt32LE(8248, skipped.length - 4)
      const bytes = Buffer.concat([section(), description(), skipped, enhanced(0, 1n, segment(2))])
      const { frames, summary } = await readBytes(bytes, { windowBytes })
      expect(frames).toHaveLength(0)
      expect(summary.damage).toMatchObject({
        expected: `the block’s length ${skipped.length} again at its end`,
        found: '8248',
      })
    },
  )

  it.each([
    ['length-mismatch.pcapng', { frame: 2, offset: 124, expected: 'the block’s length 76 again at its end' }],
    ['unknown-interface.pcapng', { frame: 2, offset: 124, found: 'number 1' }],
  ])('stops with a reason at %s', async (name, damage) => {
    const { frames, summary } = await fixture(name)
    expect(frames).toHaveLength(1)
    expect(summary.damage).toMatchObject(damage)
  })

  it('reads packet blocks whose length leaves the padding out, as the first drafts had it', async () => {
    const padded = Buffer.from(enhanced(0, 1n, segment(1)))
    padded.writeUInt32LE(padded.length - 3, 4)
    padded.writeUInt32LE(padded.length - 3, padded.length - 4)
    const { frames, summary } = await readBytes(
      Buffer.concat([section(), description(), padded, enhanced(0, 2n, segment(2))]),
    )
    expect(frames.map(({ bytes }) => bytes.length / 2)).toEqual([41, 42])
    expect(summary.damage).toBeNull()
  })
})

// hadrielk/pcapng-test-generator: the same captures in both byte orders, with what the format allows in them.
const CONFORMANCE = '../shared/corpus/hadrielk__pcapng-test-generator'
const PACKETS: Readonly<Record<string, number>> = {
  test001: 4,
  test002: 0,
  test003: 0,
  test004: 4,
  test005: 4,
  test006: 5,
  test007: 1,
  test008: 4,
  test009: 2,
  test010: 4,
  test011: 4,
  test012: 4,
  test100: 5,
  test200: 0,
  test201: 4,
}

describe.skipIf(!existsSync(CONFORMANCE))('the conformance files', () => {
  const names = ['basic', 'advanced', 'difficult'].flatMap((level) =>
    existsSync(`${CONFORMANCE}/output_le/${level}`)
      ? readdirSync(`${CONFORMANCE}/output_le/${level}`)
          .filter((name) => name.endsWith('.pcapng'))
          .map((name) => `${level}/${name}`)
      : [],
  )
  it.each(names)('reads %s to its end, alike in both byte orders', async (name) => {
    const little = await readFrames(`${CONFORMANCE}/output_le/${name}`)
    const big = await readFrames(`${CONFORMANCE}/output_be/${name}`)
    expect(little.summary).toMatchObject({ damage: null })
    expect(little.frames).toHaveLength(PACKETS[name.replace(/.*\/|\.pcapng/g, '')]!)
    expect(big.frames.map(({ bytes, time, number }) => [bytes, time, number])).toEqual(
      little.frames.map(({ bytes, time, number }) => [bytes, time, number]),
    )
  })
})
