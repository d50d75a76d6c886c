import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Frame } from '../../src/capture/frame.ts'
import { FrameTable } from '../../src/capture/frame-table.ts'
import { LinkType } from '../../src/capture/link-type.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { readPlainSegment } from '../../src/packet/plain-segment.ts'

const TCP = 'c350 2328 00000064 000000c8 5018 2000 abcd 0000 0102030405060708'
const V4 = `45000030 1234 4000 4006 0000 0a000001 0a000002 ${TCP}`
const CLIENT = '20010db8 00000000 00000000 00000001'
const SERVER = 'fe800000 00000000 02000000 000000fe'
const V6 = `60012345 001c 06 3f ${CLIENT} ${SERVER} ${TCP}`
const MACS = '000000000001 000000000002'
const COOKED = '0000 0001 0006 0000000000010000'
const COOKED2 = '0000 00000001 0001 00 06 0000000000010000'
const LINKS: readonly (readonly [name: string, linkType: number, hex: string])[] = [
  ['Ethernet', LinkType.ETHERNET, `${MACS} 0800 ${V4}`],
  ['Ethernet, IPv6', LinkType.ETHERNET, `${MACS} 86dd ${V6}`],
  ['a VLAN tag', LinkType.ETHERNET, `${MACS} 8100 0005 0800 ${V4}`],
  ['a VLAN tag, IPv6', LinkType.ETHERNET, `${MACS} 8100 0005 86dd ${V6}`],
  ["a provider's and a customer's tag", LinkType.ETHERNET, `${MACS} 88a8 0007 8100 0005 0800 ${V4}`],
  ['tags as they were before 802.1ad', LinkType.ETHERNET, `${MACS} 9100 0007 8100 0005 86dd ${V6}`],
  ['RAW', LinkType.RAW, V4],
  ['RAW, IPv6', LinkType.RAW, V6],
  ['RAW as OpenBSD numbers it', LinkType.RAW_OPENBSD, V4],
  ['IPV6', LinkType.IPV6, V6],
  ['little-endian NULL', LinkType.NULL, `02000000 ${V4}`],
  ['big-endian NULL', LinkType.NULL, `00000002 ${V4}`],
  ['little-endian NULL, IPv6 of macOS', LinkType.NULL, `1e000000 ${V6}`],
  ['big-endian NULL, IPv6 of NetBSD', LinkType.NULL, `00000018 ${V6}`],
  ['NULL, IPv6 of Windows', LinkType.NULL, `17000000 ${V6}`],
  ['Linux cooked', LinkType.LINUX_SLL, `${COOKED} 0800 ${V4}`],
  ['Linux cooked, IPv6', LinkType.LINUX_SLL, `${COOKED} 86dd ${V6}`],
  ['Linux cooked v2', LinkType.LINUX_SLL2, `0800 ${COOKED2} ${V4}`],
  ['Linux cooked v2, IPv6', LinkType.LINUX_SLL2, `86dd ${COOKED2} ${V6}`],
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
for (const [number, address] of [CLIENT, SERVER].entries()) {
  const [a, b, c, d] = address.split(' ').map((word) => Number.parseInt(word, 16) | 0)
  frames.engine.rememberAddress(a!, b!, c!, d!, number)
}

/** Where the engine finds the TCP header, counted from the frame's bytes; null where it finds no plain segment. */
function plainSegmentIn(frame: Frame): { readonly at: number; readonly isIpv6: boolean } | null {
  frames.window.set(new Uint8Array(frame.bytes.buffer), frames.start)
  const there = new Frame()
  Object.assign(there, frame, { start: frames.start, end: frames.start + frame.end })
  frames.set(0, there)
  const found = frames.engine.findPlainSegments(1)
  expect(found).toBe(frames.segments[0]! < 0 ? 0 : 1)
  return found === 0 ? null : { at: frames.segments[0]! - frames.start, isIpv6: frames.versions[0] !== 0 }
}

/** What the decoder makes of the frame. */
function decoded(frame: Frame): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frame, packet)
  return packet
}

describe('a plain segment', () => {
  it.each(LINKS)('is found behind %s', (_, linkType, hex) => {
    const frame = frameOf(linkType, hex)
    const { at, isIpv6 } = plainSegmentIn(frame)!
    expect(at).toBe(decoded(frame).transportStart)
    const read = new Packet()
    readPlainSegment(frame, at, isIpv6, read)
    expect(read.payloadLength).toBe(8)
    expect(frames.payloads[0]).toBe(8)
  })

  it.each(LINKS)('is none where it is cut inside its headers, behind %s', (_, linkType, hex) => {
    const frame = frameOf(linkType, hex)
    const whole = frame.end
    for (frame.end = 0; frame.end < whole - 8; frame.end++) expect(plainSegmentIn(frame)).toBeNull()
  })

  it('is none of IPv6 as long as one of its addresses has no number', () => {
    const stranger = V6.replace(SERVER, 'fe800000 00000000 02000000 000000ff')
    expect(plainSegmentIn(frameOf(LinkType.RAW, stranger))).toBeNull()
    frames.engine.rememberAddress(0xfe800000 | 0, 0, 0x02000000, 0xff, 2)
    expect(plainSegmentIn(frameOf(LinkType.RAW, stranger))).not.toBeNull()
  })

  it('is whatever the decoder agrees with, and nothing else, whatever the bytes', () => {
    const byte = fc.record({ at: fc.nat(80), to: fc.integer({ min: 0, max: 255 }) })
    let plain = 0
    fc.assert(
      fc.property(fc.constantFrom(...LINKS), fc.array(byte, { maxLength: 3 }), ([, linkType, hex], changes) => {
        const frame = frameOf(linkType, hex)
        for (const { at, to } of changes) if (at < frame.end) frame.bytes.setUint8(at, to)
        const found = plainSegmentIn(frame)
        if (found === null) return
        plain++
        const packet = decoded(frame)
        expect(packet).toMatchObject({ protocol: Protocol.TCP, stop: Stop.NONE, transportStart: found.at })
        const read = new Packet()
        readPlainSegment(frame, found.at, found.isIpv6, read)
        expect(read).toEqual(packet)
      }),
      { numRuns: 5000 },
    )
    expect(plain).toBeGreaterThan(1000)
  })
})
