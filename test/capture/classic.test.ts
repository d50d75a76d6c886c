import { describe, expect, it } from 'vitest'
import { classic, segment, three } from '../../fixtures/capture/make.mjs'
import { readBytes, readFrames } from '../support/read-frames.ts'

const INCIDENT = 'fixtures/incident/listing-1.pcap'
const fixture = (name: string) => readFrames(`fixtures/capture/${name}`)
const timesOf = async (name: string) => (await fixture(name)).frames.map(({ time }) => time)

describe('a classic pcap', () => {
  it('reads what RawCap writes: big-endian, starting at the IP header', async () => {
    const { frames, summary } = await readFrames(INCIDENT)
    expect(summary).toMatchObject({
      format: 'pcap',
      byteOrder: 'big',
      timeDigits: 6,
      linkTypes: ['RAW'],
      packets: 17,
      bytes: 1537,
      wireBytes: 1241,
      storedBytes: 1537,
      storedSize: 1537,
      damage: null,
      warnings: [],
    })
    expect(frames[0]).toMatchObject({ number: 1, time: 1325383978077133000n, offset: 24, originalLength: 52 })
    expect(frames[16]).toMatchObject({ number: 17, time: 1325383986497133000n, originalLength: 40 })
  })

  it.each(['little-endian.pcap', 'big-endian.pcap', 'modified-magic.pcap', 'check-sequence-bits.pcap'])(
    'reads the same frames from %s',
    async (name) => {
      const { frames, summary } = await fixture(name)
      expect(frames.map(({ bytes }) => bytes)).toEqual([0, 44, 7].map((payload) => segment(payload).toString('hex')))
      expect(frames.map(({ time }) => time)).toEqual([1700000000000000000n, 1700000001123456000n, 1700000002246912000n])
      expect(summary).toMatchObject({ linkTypes: ['RAW'], damage: null, warnings: [], cutFrames: 0 })
    },
  )

  it('keeps nanoseconds', async () => {
    expect(await timesOf('nanoseconds-big-endian.pcap')).toEqual([
      1700000000000000000n,
      1700000001123456789n,
      1700000002246913578n,
    ])
  })

  it('keeps nanoseconds also in the last second that a stamp can tell', async () => {
    const { frames } = await readBytes(
      classic([{ seconds: 0xffffffff, fraction: 999_999_999, data: segment(0) }], { magic: 0xa1b23c4d }),
    )
    expect(frames[0]!.time).toBe(4294967295999999999n)
  })

  it('counts the frames that the snap length cut, and keeps their length on the wire', async () => {
    const { frames, summary } = await fixture('snap-length.pcap')
    expect(frames.map(({ originalLength, bytes }) => [originalLength, bytes.length / 2])).toEqual([
      [40, 40],
      [84, 40],
      [47, 40],
    ])
    expect(summary.cutFrames).toBe(2)
  })

  it('takes a last record cut short for the end of a capture that was stopped', async () => {
    const { frames, summary } = await fixture('last-record-cut.pcap')
    expect(frames).toHaveLength(2)
    expect(summary.damage).toBeNull()
    expect(summary.warnings).toEqual([
      'the last record (frame 3, at byte 180) is cut short: 43 of its 63 bytes are there, as when a capture is stopped',
    ])
  })

  it('tells frame, offset, what was expected and what was found where a length is absurd', async () => {
    const { frames, summary } = await fixture('absurd-length.pcap')
    expect(frames).toHaveLength(3)
    expect(summary.damage).toEqual({
      frame: 4,
      offset: 243,
      expected: 'a captured length of at most 262144 bytes',
      found: '2147483647',
    })
  })

  it('takes a record far beyond the snap length and the end for damage, not for a cut end', async () => {
    const bytes = classic([...three(), { seconds: 1, fraction: 0, data: segment(9), captured: 200_000 }])
    expect((await readBytes(bytes)).summary.damage).toMatchObject({ frame: 4, offset: 243 })
  })

  it('has no packets and no complaint where there is a header alone', async () => {
    const { frames, summary } = await fixture('header-only.pcap')
    expect(frames).toEqual([])
    expect(summary).toMatchObject({
      packets: 0,
      firstTime: null,
      lastTime: null,
      damage: null,
      warnings: [],
      bytes: 24,
    })
  })

  it('tells earliest and latest time also of a capture that is out of order', async () => {
    const packets = [5, 3, 9, 4].map((seconds) => ({ seconds, fraction: 0, data: segment(0) }))
    const { summary } = await readBytes(classic(packets))
    expect([summary.firstTime, summary.lastTime]).toEqual([-2e9, 4e9])
  })

  it('knows that the lengths stood the other way round before version 2.3', async () => {
    const [packet] = three()
    const old = classic([{ ...packet!, captured: 999, original: packet!.data.length }])
    old.writeUInt16LE(2, 6)
    const { frames } = await readBytes(old)
    expect(frames[0]).toMatchObject({ originalLength: 999, bytes: segment(0).toString('hex') })
  })
})
