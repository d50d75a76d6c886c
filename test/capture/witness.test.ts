import { Readable } from 'node:stream'
import fc from 'fast-check'
import { parse } from 'pcap-parser'
import { describe, expect, it } from 'vitest'
import { classic } from '../../fixtures/capture/make.mjs'
import { readBytes } from '../support/read-frames.ts'

interface WitnessPacket {
  readonly header: {
    readonly timestampSeconds: number
    readonly timestampMicroseconds: number
    readonly capturedLength: number
    readonly originalLength: number
  }
  readonly data: Buffer
}

/** What pcap-parser, which shares no code with the reader, makes of a capture. */
function witness(bytes: Buffer): Promise<WitnessPacket[]> {
  return new Promise((resolve, reject) => {
    const packets: WitnessPacket[] = []
    const parser = parse(Readable.from([bytes]))
    parser.on('packet', (packet: WitnessPacket) =>
      packets.push({ header: packet.header, data: Buffer.from(packet.data) }),
    )
    parser.on('end', () => resolve(packets))
    parser.on('error', reject)
  })
}

const PACKET = fc.record({
  seconds: fc.nat(0x7fffffff),
  fraction: fc.nat(999_999),
  data: fc.uint8Array({ maxLength: 200 }),
  more: fc.nat(2000),
})

describe('a well-formed capture', () => {
  it('reads as an independent reader reads it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(PACKET, { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 300 }),
        async (packets, little, windowBytes) => {
          const bytes = classic(
            packets.map(({ more, ...packet }) => ({ ...packet, original: packet.data.length + more })),
            { little },
          )
          const expected = (await witness(bytes)).map(({ header, data }) => [
            BigInt(header.timestampSeconds) * 1_000_000_000n + BigInt(header.timestampMicroseconds) * 1000n,
            header.originalLength,
            data.toString('hex'),
          ])
          const { frames } = await readBytes(bytes, { windowBytes })
          // Beyond 104 days from the first packet a time is rounded to what a double can hold.
          const exact = (index: number) => frames[index]!.time === expected[index]![0]
          expect(frames.map(({ originalLength, bytes: data }) => [originalLength, data])).toEqual(
            expected.map(([, ...rest]) => rest),
          )
          for (const [index, packet] of packets.entries())
            if (Math.abs(packet.seconds - packets[0]!.seconds) < 100 * 86_400) expect(exact(index)).toBe(true)
        },
      ),
      { numRuns: 100, seed: 20 },
    )
  })
})
