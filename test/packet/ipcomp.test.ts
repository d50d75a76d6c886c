import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ethernet, ipv4, ipv6, join, SYN } from '../support/headers.ts'

const DEFLATE = 2
const TCP = 6
const IP_IN_IP = 4
const PACKED = 108

const pack = (next: number, payload: Uint8Array, index = DEFLATE): Uint8Array =>
  join(Uint8Array.of(next, 0), big(index, 2), deflateRawSync(payload))

function decode(bytes: Uint8Array, originalLength = bytes.length): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frameOf(LinkType.ETHERNET, bytes, originalLength), packet)
  return packet
}

describe('compressed IP payload', () => {
  const plain = decode(ethernet(0x0800, ipv4(SYN)))

  it.each([
    ['a segment', ipv4(pack(TCP, SYN), PACKED), 1],
    ['a packet in a tunnel', ipv4(pack(IP_IN_IP, ipv4(SYN)), PACKED), 2],
    ['what was compressed as both ends agreed', ipv4(pack(TCP, SYN, 0xeed1), PACKED), 1],
    ['what was compressed twice', ipv4(pack(PACKED, pack(TCP, SYN)), PACKED), 1],
  ])('is read: %s', (_name, bytes, ipHeaders) => {
    const packet = decode(ethernet(0x0800, bytes))
    const { sourcePort, destinationPort, seq, headerLength, payloadLength } = plain
    expect(packet).toMatchObject({ protocol: Protocol.TCP, stop: Stop.NONE, ipHeaders })
    expect(packet).toMatchObject({ sourcePort, destinationPort, seq, headerLength, payloadLength })
    expect(packet.bytes.getUint8(packet.networkStart) >> 4).toBe(4)
  })

  it('is read in IPv6 and behind an authentication header', () => {
    const authentication = hex('6c040000 00000001 00000001 000000000000000000000000')
    for (const bytes of [
      ethernet(0x86dd, ipv6(pack(TCP, SYN), PACKED)),
      ethernet(0x0800, ipv4(join(authentication, pack(TCP, SYN)), 51)),
    ])
      expect(decode(bytes)).toMatchObject({ protocol: Protocol.TCP, stop: Stop.NONE, seq: plain.seq })
  })

  it('is as long as it was before', () => {
    const text = Buffer.from('GET / HTTP/1.0\r\n'.repeat(80))
    const packet = decode(ethernet(0x0800, ipv4(pack(TCP, join(SYN, text)), PACKED)))
    expect(packet.payloadLength).toBe(text.length)
    const { bytes, payloadStart, payloadEnd } = packet
    expect(Buffer.from(bytes.buffer, payloadStart, payloadEnd - payloadStart).equals(text)).toBe(true)
  })

  it.each([
    ['of another method', ipv4(pack(TCP, SYN, 3), PACKED)],
    ['that is no DEFLATE', ipv4(hex('0600 0002 ffffffffffff'), PACKED)],
    ['longer than a datagram can be', ipv4(pack(TCP, new Uint8Array(70_000)), PACKED)],
  ])('is not read: %s', (_name, bytes) => {
    expect(decode(ethernet(0x0800, bytes))).toMatchObject({ protocol: Protocol.NONE, stop: Stop.NOT_TRANSPORT })
  })

  it('is not guessed at where the snap length cut it', () => {
    const whole = ethernet(0x0800, ipv4(pack(TCP, SYN), PACKED))
    for (let length = 34; length < whole.length; length++)
      expect(decode(whole.subarray(0, length), whole.length).stop).toBe(Stop.TRUNCATED)
  })
})
