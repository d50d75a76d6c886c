import { describe, expect, it } from 'vitest'
import { readFrames } from './read-frames.ts'

const INCIDENT = 'fixtures/incident/listing-1.pcap'

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
      damage: null,
      warnings: [],
    })
    expect(frames[0]).toMatchObject({ number: 1, time: 1325383978077133000n, offset: 24, originalLength: 52 })
    expect(frames[16]).toMatchObject({ number: 17, time: 1325383986497133000n, originalLength: 40 })
  })

  it('gives the same frames through a window of 64 bytes', async () => {
    expect((await readFrames(INCIDENT, { windowBytes: 64 })).frames).toEqual((await readFrames(INCIDENT)).frames)
  })
})
