import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Frame } from '../../src/capture/frame.ts'
import { FrameTable } from '../../src/capture/frame-table.ts'
import { LinkType } from '../../src/capture/link-type.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { readPlainSegment } from '../../src/packet/plain-segment.ts'

const SEGMENT =
  '45000030 1234 4000 4006 0000 0a000001 0a000002 c350 2328 00000064 000000c8 5018 2000 abcd 0000 0102030405060708'
const LINKS: readonly (readonly [name: string, linkType: number, header: string])[] = [
  ['Ethernet', LinkType.ETHERNET, '000000000001 000000000002 0800'],
  ['RAW', LinkType.RAW, ''],
  ['RAW as OpenBSD numbers it', LinkType.RAW_OPENBSD, ''],
  ['little-endian NULL', LinkType.NULL, '02000000'],
  ['big-endian NULL', LinkType.NULL, '00000002'],
  ['Linux cooked', LinkType.LINUX_SLL, '0000 0001 0006 0000000000010000 0800'],
  ['Linux cooked v2', LinkType.LINUX_SLL2, '0800 0000 00000001 0001 00 06 0000000000010000'],
]

function frameOf(linkType: number, hex: string): Frame {
  const frame = new Frame()
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  frame.bytes = new DataView(Uint8Array.from(bytes).buffer)
  frame.linkType = linkType
  frame.end = frame.originalLength = bytes.length
  return frame
}

const frames = new FrameTable(startEngine())

/** Where the engine finds the TCP header, counted from the frame's bytes; -1 where it finds no plain segment. */
function plainSegmentAt(frame: Frame): number {
  frames.window.set(new Uint8Array(frame.bytes.buffer), frames.start)
  const there = new Frame()
  Object.assign(there, frame, { start: frames.start, end: frames.start + frame.end })
  frames.set(0, there)
  const found = frames.engine.findPlainSegments(1)
  expect(found).toBe(frames.segments[0]! < 0 ? 0 : 1)
  return found === 0 ? -1 : frames.segments[0]! - frames.start
}

/** What the decoder makes of the frame. */
function decoded(frame: Frame): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frame, packet)
  return packet
}

describe('a plain segment', () => {
  it.each(LINKS)('is found behind %s', (_, linkType, header) => {
    const frame = frameOf(linkType, header + SEGMENT)
    const at = plainSegmentAt(frame)
    expect(at).toBe(decoded(frame).transportStart)
    const read = new Packet()
    readPlainSegment(frame, at, read)
    expect(read.payloadLength).toBe(8)
  })

  it.each(LINKS)('is none where it is cut inside its headers, behind %s', (_, linkType, header) => {
    const frame = frameOf(linkType, header + SEGMENT)
    const whole = frame.end
    for (frame.end = 0; frame.end < whole - 8; frame.end++) expect(plainSegmentAt(frame)).toBe(-1)
  })

  it('is whatever the decoder agrees with, and nothing else, whatever the bytes', () => {
    const byte = fc.record({ at: fc.nat(50), to: fc.integer({ min: 0, max: 255 }) })
    let plain = 0
    fc.assert(
      fc.property(fc.constantFrom(...LINKS), fc.array(byte, { maxLength: 3 }), ([, linkType, header], changes) => {
        const frame = frameOf(linkType, header + SEGMENT)
        for (const { at, to } of changes) if (at < frame.end) frame.bytes.setUint8(at, to)
        const at = plainSegmentAt(frame)
        if (at < 0) return
        plain++
        const packet = decoded(frame)
        expect(packet).toMatchObject({ protocol: Protocol.TCP, stop: Stop.NONE, ipVersion: 4, transportStart: at })
        const read = new Packet()
        readPlainSegment(frame, at, read)
        expect(read).toEqual(packet)
      }),
      { numRuns: 2000 },
    )
    expect(plain).toBeGreaterThan(500)
  })
})
