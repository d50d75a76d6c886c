import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { ipv4, ipv6, join, SYN, udp } from '../support/headers.ts'

const ICMP = 1
const ICMPV6 = 58
const UNREACHABLE = hex('0301 0000 00000000')
const TOO_BIG = hex('0200 0000 00000500')

function decode(bytes: Uint8Array): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frameOf(LinkType.RAW, bytes), packet)
  return packet
}

describe('ICMP', () => {
  it.each([
    ['ICMP, whole header', ipv4(join(UNREACHABLE, ipv4(SYN)), ICMP), Protocol.ICMP, 3, 1],
    ['ICMP, 8 bytes of it', ipv4(join(UNREACHABLE, ipv4(SYN).subarray(0, 28)), ICMP), Protocol.ICMP, 3, 1],
    ['ICMPv6', ipv6(join(TOO_BIG, ipv6(SYN)), ICMPV6), Protocol.ICMPV6, 2, 0],
  ])('attaches an error to the segment that it quotes: %s', (_name, bytes, protocol, icmpType, icmpCode) => {
    expect(decode(bytes)).toMatchObject({
      stop: Stop.NONE,
      protocol,
      icmpType,
      icmpCode,
      quoted: true,
      sourcePort: 61033,
      destinationPort: 9000,
      seq: 0x7c1b0001,
    })
  })

  it("gives the quoted segment's addresses, not the router's", () => {
    const quote = ipv4(SYN)
    quote.set([192, 0, 2, 1, 198, 51, 100, 2], 12)
    const { address } = decode(ipv4(join(UNREACHABLE, quote), ICMP))
    expect([...address]).toEqual([0xc0000201 | 0, 0, 0, 0, 0xc6336402 | 0, 0, 0, 0])
  })

  it.each([
    ['an echo request', ipv4(join(hex('0800 0000 00010001'), ipv4(SYN)), ICMP)],
    ['an error about UDP', ipv4(join(UNREACHABLE, ipv4(udp(53, hex('00')), 17)), ICMP)],
    ['an error about a later fragment', ipv4(join(UNREACHABLE, ipv4(SYN, 6, { fragment: 0x0010 })), ICMP)],
    ['an error that quotes 7 bytes', ipv4(join(UNREACHABLE, ipv4(SYN).subarray(0, 27)), ICMP)],
    ['a neighbour solicitation', ipv6(join(hex('8700 0000 00000000'), ipv6(SYN)), ICMPV6)],
  ])('takes %s for no quote', (_name, bytes) => {
    expect(decode(bytes)).toMatchObject({ stop: Stop.NONE, quoted: false, sourcePort: 0, seq: 0 })
  })
})
