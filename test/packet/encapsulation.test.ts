import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ethernet, ipv4, ipv6, join, SYN, udp } from '../support/headers.ts'

const IP = ipv4(SYN)
const FRAME = ethernet(0x0800, IP)
const pppoe = (payload: Uint8Array) => ethernet(0x8864, join(hex('1100 0001'), big(payload.length, 2), payload))

/** Every way to carry the same SYN, with the number of IP headers on it. */
const CARRIERS: readonly (readonly [string, Uint8Array, number])[] = [
  ['a VLAN', ethernet(0x8100, join(hex('0064 0800'), IP)), 1],
  ['QinQ of 802.1ad', ethernet(0x88a8, join(hex('0064 8100 0065 0800'), IP)), 1],
  ['QinQ of before', ethernet(0x9100, join(hex('0064 8100 0065 0800'), IP)), 1],
  ['LLC and SNAP', ethernet(8 + IP.length, join(hex('aaaa03 000000 0800'), IP)), 1],
  ['SNAP in a VLAN', ethernet(0x8100, join(hex('0064'), big(8 + IP.length, 2), hex('aaaa03 000000 0800'), IP)), 1],
  ['LLC alone', ethernet(3 + IP.length, join(hex('060603'), IP)), 1],
  ['a provider backbone bridge', ethernet(0x88e7, join(hex('00000001'), FRAME)), 1],
  ['PPPoE', pppoe(join(hex('0021'), IP)), 1],
  ['PPPoE with a protocol of one byte', pppoe(join(hex('21'), IP)), 1],
  ['PPPoE with IPv6', pppoe(join(hex('0057'), ipv6(SYN))), 1],
  ['one MPLS label', ethernet(0x8847, join(hex('00064140'), IP)), 1],
  ['three MPLS labels', ethernet(0x8847, join(hex('00064040 00065040 00066140'), ipv6(SYN))), 1],
  ['Ethernet over MPLS', ethernet(0x8847, join(hex('00064140'), FRAME)), 1],
  ['Ethernet over MPLS, control word', ethernet(0x8847, join(hex('00064140 00000000'), FRAME)), 1],
  ['IP in IP', ethernet(0x0800, ipv4(IP, 4)), 2],
  ['6in4', ethernet(0x0800, ipv4(ipv6(SYN), 41)), 2],
  ['4in6', ethernet(0x86dd, ipv6(IP, 4)), 2],
  ['GRE', ethernet(0x0800, ipv4(join(hex('0000 0800'), IP), 47)), 2],
  ['GRE with checksum, key and number', ethernet(0x0800, ipv4(join(hex('b000 0800'), new Uint8Array(12), IP), 47)), 2],
  [
    'GRE with a source route',
    ethernet(0x0800, ipv4(join(hex('4000 0800 00000000 0800 0004 01020304 00000000'), IP), 47)),
    2,
  ],
  ['PPTP', ethernet(0x0800, ipv4(join(hex('3081 880b 0040 0001 00000001 00000002 ff03 0021'), IP), 47)), 2],
  ['Ethernet over GRE', ethernet(0x0800, ipv4(join(hex('0000 6558'), FRAME), 47)), 2],
  ['ERSPAN I', ethernet(0x0800, ipv4(join(hex('0000 88be'), FRAME), 47)), 2],
  ['ERSPAN II', ethernet(0x0800, ipv4(join(hex('1000 88be 00000001 1064000100000000'), FRAME), 47)), 2],
  ['ERSPAN III', ethernet(0x0800, ipv4(join(hex('1000 22eb 00000001 206400010000000000000000'), FRAME), 47)), 2],
  ['VXLAN', ethernet(0x0800, ipv4(udp(4789, join(hex('0800000000006400'), FRAME)), 17)), 2],
  ['Geneve', ethernet(0x0800, ipv4(udp(6081, join(hex('0000655800006400'), FRAME)), 17)), 2],
  ['Geneve with options', ethernet(0x0800, ipv4(udp(6081, join(hex('0100080000006400 00000000'), IP)), 17)), 2],
  ['GTP-U', ethernet(0x0800, ipv4(udp(2152, join(hex('30ff'), big(IP.length, 2), hex('00000001'), IP)), 17)), 2],
  [
    'GTP-U with an extension header',
    ethernet(
      0x0800,
      ipv4(udp(2152, join(hex('34ff'), big(IP.length + 8, 2), hex('00000001 00000085 01000000'), IP)), 17),
    ),
    2,
  ],
  ['AH', ethernet(0x0800, ipv4(join(hex('06040000 00000001 00000001 000000000000000000000000'), SYN), 51)), 1],
  ['IPv4 options', ethernet(0x0800, ipv4(SYN, 6, { options: '94040000 01010100' })), 1],
  ['hop-by-hop options', ethernet(0x86dd, ipv6(join(hex('0600 050200000100'), SYN), 0)), 1],
  ['a routing header', ethernet(0x86dd, ipv6(join(hex('0602 0400'), new Uint8Array(20), SYN), 43)), 1],
  ['destination options', ethernet(0x86dd, ipv6(join(hex('0600 010400000000'), SYN), 60)), 1],
  ['two extension headers', ethernet(0x86dd, ipv6(join(hex('3c00 050200000100 0600 010400000000'), SYN), 0)), 1],
  ['an atomic fragment', ethernet(0x86dd, ipv6(join(hex('0600 0000 00000007'), SYN), 44)), 1],
  ['AH in IPv6', ethernet(0x86dd, ipv6(join(hex('06040000 00000001 00000001 000000000000000000000000'), SYN), 51)), 1],
]

function decode(bytes: Uint8Array, originalLength?: number): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frameOf(LinkType.ETHERNET, bytes, originalLength), packet)
  return packet
}

const fieldsOf = ({ bytes: _bytes, reset: _reset, ...fields }: Packet) => ({ ...fields, address: [...fields.address] })

describe('encapsulation', () => {
  it.each(CARRIERS)('finds the segment in %s', (_name, bytes, ipHeaders) => {
    expect(decode(bytes)).toMatchObject({
      stop: Stop.NONE,
      protocol: Protocol.TCP,
      sourcePort: 61033,
      destinationPort: 9000,
      seq: 0x7c1b0001,
      window: 65535,
      payloadLength: 0,
      ipHeaders,
    })
  })

  it.each(CARRIERS)('takes no padding for payload in %s', (_name, bytes) => {
    expect(decode(join(bytes, new Uint8Array(9)))).toMatchObject({ stop: Stop.NONE, payloadLength: 0 })
  })

  it.each(CARRIERS)('stops at the cut, wherever it is, in %s', (_name, bytes) => {
    const whole = fieldsOf(decode(bytes))
    const NEEDED_OF_TCP = 16
    for (let length = 0; length < bytes.length; length++) {
      const cut = decode(bytes.subarray(0, length), bytes.length)
      const left = bytes.length - SYN.length + NEEDED_OF_TCP
      if (length >= left) expect(cut).toMatchObject({ stop: Stop.NONE, protocol: Protocol.TCP, seq: whole.seq })
      else expect([length, cut.stop]).toEqual([length, expect.toBeOneOf([Stop.TRUNCATED, Stop.NOT_IP])])
      if (cut.ipHeaders === whole.ipHeaders) expect([...cut.address]).toEqual(whole.address)
    }
  })

  it('follows nested tunnels only so far', () => {
    let bytes = ipv4(SYN)
    for (let level = 0; level < 40; level++) bytes = ipv4(bytes, 4)
    expect(decode(ethernet(0x0800, bytes))).toMatchObject({ stop: Stop.TOO_DEEP, protocol: Protocol.NONE })
  })

  it('reads the length of a jumbogram', () => {
    const payload = new Uint8Array(70_000)
    const segment = join(SYN, payload)
    const extension = join(hex('0600 c204'), big(8 + segment.length, 4))
    const ip = ipv6(join(extension, segment), 0)
    ip.set([0, 0], 4)
    expect(decode(ethernet(0x86dd, join(ip, new Uint8Array(5))))).toMatchObject({
      stop: Stop.NONE,
      payloadLength: 70_000,
      offloaded: false,
    })
  })
})

describe('impossible lengths', () => {
  const patched = (offset: number, ...values: number[]) => {
    const bytes = FRAME.slice()
    bytes.set(values, offset)
    return bytes
  }
  const IP_AT = 14
  const TCP_AT = 34

  it.each([
    ['an IP header of 4 bytes', patched(IP_AT, 0x41), Protocol.NONE],
    ['a total length shorter than its header', patched(IP_AT + 2, 0, 19), Protocol.NONE],
    ['IP version 5', patched(IP_AT, 0x55), Protocol.NONE],
    ['a TCP header of 16 bytes', patched(TCP_AT + 12, 0x40), Protocol.TCP],
    ['a TCP header longer than its segment', patched(TCP_AT + 12, 0xf0), Protocol.TCP],
  ])('stops at %s', (_name, bytes, protocol) => {
    expect(decode(bytes)).toMatchObject({ stop: Stop.BAD_LENGTH, protocol, payloadLength: 0 })
  })

  it('believes the frame where the total length promises more than it has', () => {
    expect(decode(patched(IP_AT + 2, 0xff, 0x28))).toMatchObject({ stop: Stop.NONE, payloadLength: 0 })
  })
})
