import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { anyFrame } from '../support/any-frame.ts'
import { frameOf } from '../support/frame-of.ts'

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
