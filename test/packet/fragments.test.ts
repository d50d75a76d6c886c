import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { FRAGMENT_LIMITS } from '../../src/packet/fragments.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ipv4, ipv6, join, SYN } from '../support/headers.ts'

const MORE = 0x2000
const SEGMENT = join(
  SYN,
  Uint8Array.from({ length: 40 }, (_, at) => at),
)

const part = (from: number, to: number, id = 7, segment = SEGMENT) =>
  ipv4(segment.subarray(from, to), 6, { id, fragment: from / 8 + (to < segment.length ? MORE : 0) })

const part6 = (from: number, to: number, id = 7) =>
  ipv6(join(hex('0600'), big(from + (to < SEGMENT.length ? 1 : 0), 2), big(id, 4), SEGMENT.subarray(from, to)), 44)

/** What comes of each frame in turn. */
function decodeAll(frames: readonly Uint8Array[], times: readonly number[] = []) {
  const decoder = new PacketDecoder()
  const packet = new Packet()
  const stops = frames.map((bytes, at) => {
    const frame = frameOf(LinkType.RAW, bytes)
    frame.time = times[at] ?? 0
    decoder.decode(frame, packet)
    return packet.stop
  })
  return { stops, packet, decoder, payload: payloadOf(packet) }
}

const payloadOf = ({ bytes, payloadStart, payloadEnd }: Packet) => [
  ...new Uint8Array(bytes.buffer, bytes.byteOffset + payloadStart, payloadEnd - payloadStart),
]

describe('fragments', () => {
  it.each([
    ['in order', [part(0, 24), part(24, 48), part(48, 72)]],
    ['in reverse', [part(48, 72), part(24, 48), part(0, 24)]],
    ['with one of them twice', [part(0, 24), part(0, 24), part(48, 72), part(24, 48)]],
    ['overlapping', [part(0, 40), part(48, 72), part(24, 48)]],
    ['of IPv6', [part6(0, 24), part6(48, 72), part6(24, 48)]],
  ])('give the segment to the frame that completes it, %s', (_name, frames) => {
    const { stops, packet, payload } = decodeAll(frames)
    expect(stops).toEqual([...frames.slice(1).map(() => Stop.FRAGMENT), Stop.NONE])
    expect(packet).toMatchObject({
      protocol: Protocol.TCP,
      reassembled: true,
      payloadLength: 40,
      destinationPort: 9000,
    })
    expect(payload).toEqual([...SEGMENT.subarray(32)])
    expect(packet.bytes.getUint8(packet.networkStart) >> 4).toBe(packet.ipVersion)
  })

  it('let the fragment that starts first have its way where two disagree', () => {
    const other = SEGMENT.slice().fill(0xee, 40)
    const { payload } = decodeAll([part(40, 72, 7, other), part(0, 48)])
    expect(payload).toEqual([...SEGMENT.subarray(32, 48), ...other.subarray(48)])
  })

  it('of two datagrams are not mixed', () => {
    expect(decodeAll([part(0, 24, 1), part(24, 72, 2)]).stops).toEqual([Stop.FRAGMENT, Stop.FRAGMENT])
  })

  it('of a datagram that took too long are given up', () => {
    const { stops, decoder } = decodeAll([part(0, 24), part(24, 72)], [0, FRAGMENT_LIMITS.nanoseconds + 1])
    expect(stops).toEqual([Stop.FRAGMENT, Stop.FRAGMENT])
    expect(decoder.coverage.givenUpDatagrams()).toBe(1)
  })

  it('keep within their bound of datagrams', () => {
    const flood = Array.from({ length: FRAGMENT_LIMITS.datagrams }, (_, at) => part(0, 24, 100 + at))
    expect(decodeAll([part(0, 24, 1), ...flood, part(24, 72, 1)]).stops.at(-1)).toBe(Stop.FRAGMENT)
    expect(decodeAll([part(0, 24, 1), ...flood.slice(1), part(24, 72, 1)]).stops.at(-1)).toBe(Stop.NONE)
  })

  it('cut by the snap length never complete, but a first one has its headers read', () => {
    const packet = new Packet()
    const first = part(0, 48)
    new PacketDecoder().decode(frameOf(LinkType.RAW, first.subarray(0, 56), first.length), packet)
    expect(packet).toMatchObject({ stop: Stop.NONE, protocol: Protocol.TCP, reassembled: false, destinationPort: 9000 })
  })

  it('whose options the snap length cut are no fragments yet', () => {
    const bytes = ipv4(new Uint8Array(8), 6, { fragment: MORE, options: '94040000 01010100' })
    const packet = new Packet()
    new PacketDecoder().decode(frameOf(LinkType.RAW, bytes.subarray(0, 24)), packet)
    expect(packet).toMatchObject({ stop: Stop.TRUNCATED, protocol: Protocol.NONE })
  })

  it('that end beyond what a datagram can hold are refused', () => {
    const beyond = ipv4(new Uint8Array(100), 6, { id: 9, fragment: 0x1fff })
    expect(decodeAll([beyond]).stops).toEqual([Stop.FRAGMENT])
  })
})
