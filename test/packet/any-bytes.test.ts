import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from './frame-of.ts'
import { ethernet, ipv4, ipv6, join, SYN, udp } from './segments.ts'

const LINK_TYPES = [...Object.values(LinkType), 9, 12, 14, 50, 51, 147]

/** Real headers to damage, since random bytes alone get no deeper than the first one. */
const SEEDS = [
  ethernet(0x0800, ipv4(SYN)),
  ethernet(0x8100, join(hex('0064 86dd'), ipv6(SYN))),
  ethernet(0x8847, join(hex('00064140'), ipv4(SYN))),
  ethernet(0x0800, ipv4(join(hex('f000 0800'), new Uint8Array(16), ipv4(SYN)), 47)),
  ethernet(0x0800, ipv4(udp(6081, join(hex('0100080000006400 00000000'), ipv4(SYN))), 17)),
  ethernet(0x0800, ipv4(udp(2152, join(hex('34ff003400000001 00000085 01000000'), ipv4(SYN))), 17)),
  ethernet(0x86dd, ipv6(join(hex('3c00 c20400000010 0600 010400000000'), SYN), 0)),
  ethernet(0x0800, ipv4(join(hex('0301 0000 00000000'), ipv4(SYN)), 1)),
  ethernet(0x0800, ipv4(SYN, 6, { fragment: 0x2000 })),
]

const damaged = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 6 }), fc.nat(130))
  .map(([seed, changes, length]) => {
    const bytes = seed.slice(0, length)
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
    return bytes
  })

const anyFrame = fc.oneof(
  fc.tuple(fc.constantFrom(...LINK_TYPES), fc.uint8Array({ maxLength: 200 })),
  fc.tuple(fc.constant(LinkType.ETHERNET), damaged),
)

describe('any bytes', () => {
  it('give a packet whose offsets lie in its bytes', () => {
    const decoder = new PacketDecoder()
    const packet = new Packet()
    fc.assert(
      fc.property(anyFrame, fc.nat(100), ([linkType, bytes], missing) => {
        const frame = frameOf(linkType, bytes, bytes.length + missing)
        decoder.decode(frame, packet)
        expect(packet.payloadLength).toBeGreaterThanOrEqual(0)
        if (packet.protocol !== Protocol.TCP || packet.stop !== Stop.NONE) return
        const [low, high] = packet.reassembled ? [0, packet.bytes.byteLength] : [frame.start, frame.end]
        expect(packet.networkStart).toBeGreaterThanOrEqual(low)
        expect(packet.transportStart).toBeGreaterThan(packet.networkStart)
        expect(packet.optionsEnd).toBeLessThanOrEqual(high)
        expect(packet.payloadEnd).toBeLessThanOrEqual(Math.max(high, packet.payloadStart))
        expect(packet.payloadEnd - packet.payloadStart).toBeLessThanOrEqual(packet.payloadLength)
      }),
      { numRuns: 3000 },
    )
  })

  it('give the same packet whatever stands before and behind them', () => {
    fc.assert(
      fc.property(anyFrame, ([linkType, bytes]) => {
        const [here, there] = [new Packet(), new Packet()]
        new PacketDecoder().decode(frameOf(linkType, bytes), here)
        const frame = frameOf(linkType, bytes)
        const window = new Uint8Array(frame.bytes.buffer)
        window.fill(0xb9, 0, frame.start)
        window.fill(0xb9, frame.end)
        new PacketDecoder().decode(frame, there)
        expect({ ...there, bytes: null }).toEqual({ ...here, bytes: null })
      }),
      { numRuns: 2000 },
    )
  })
})
