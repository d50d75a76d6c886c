import { describe, expect, it } from 'vitest'
import { Current } from '../../src/flow/current.ts'
import { Addresses } from '../../src/listing/addresses.ts'
import { otherInfo, protocolName } from '../../src/listing/other-protocols.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ethernet, ipv4, ipv6, join, SYN, udp } from '../support/headers.ts'

function currentOf(bytes: Uint8Array, linkType: number = LinkType.RAW): Current {
  const current = new Current()
  Object.assign(current.frame, frameOf(linkType, bytes))
  new PacketDecoder().decode(current.frame, current.packet)
  return current
}

const nameOf = (bytes: Uint8Array, linkType?: number): string => protocolName(currentOf(bytes, linkType))
const infoOf = (bytes: Uint8Array): string => otherInfo(currentOf(bytes), String)

const inGtp = (carried: Uint8Array): Uint8Array =>
  ipv4(udp(2152, join(hex('30ff'), big(carried.length, 2), hex('00000001'), carried)), 17)

const icmp = (type: number, code: number): Uint8Array =>
  ipv4(join(Uint8Array.of(type, code), hex('0000 00000000'), ipv4(SYN)), 1)
const icmpv6 = (type: number): Uint8Array => ipv6(join(Uint8Array.of(type, 0), hex('0000 00000000'), ipv6(SYN)), 58)

const ARP = ethernet(0x0806, hex('0001 0800 06 04 0001 66778899aabb 7f000001 000000000000 7f000002'))

describe('a packet that is no TCP segment', () => {
  it('names the tunnel around a packet of a mobile network’s user', () => {
    expect(nameOf(ipv4(SYN))).toBe('TCP')
    expect(nameOf(inGtp(ipv4(SYN)))).toBe('GTP <TCP>')
    expect(nameOf(inGtp(ipv4(udp(53, hex('1234')), 17)))).toBe('GTP <UDP>')
  })

  it.each([
    ['ARP', ARP],
    ['LLDP', ethernet(0x88cc, hex('0207'))],
    ['Ethernet', ethernet(0x1234, hex('00'))],
    ['ICMP', ethernet(0x0800, icmp(8, 0))],
    ['ICMPv6', ethernet(0x86dd, icmpv6(136))],
    ['SCTP', ethernet(0x0800, ipv4(hex('00'), 132))],
    ['IPv4', ethernet(0x0800, ipv4(hex('00'), 253))],
    ['IPv6', ethernet(0x86dd, ipv6(hex('00'), 253))],
  ])('is called %s', (name, bytes) => {
    expect(nameOf(bytes, LinkType.ETHERNET)).toBe(name)
  })

  it.each([
    ['50000 → 53 Len=2', ipv4(udp(53, hex('1234')), 17)],
    ['Destination unreachable (Port unreachable)', icmp(3, 3)],
    ['Destination unreachable (code 15)', icmp(3, 15)],
    ['Time-to-live exceeded', icmp(11, 0)],
    ['Type 42, code 1', icmp(42, 1)],
    ['Packet Too Big', icmpv6(2)],
    ['Neighbor Advertisement', icmpv6(136)],
    ['Type 200, code 0', icmpv6(200)],
  ])('says %s', (info, bytes) => {
    expect(infoOf(bytes)).toBe(info)
  })

  it('is told by its hardware addresses where it has no others, or by what stands for them', () => {
    const current = currentOf(ARP, LinkType.ETHERNET)
    const told = (addresses: Addresses) => [addresses.source(current), addresses.destination(current)]
    expect(told(new Addresses())).toEqual(['66:77:88:99:aa:bb', '00:11:22:33:44:55'])
    const mapping = { of: String, hardware: (bytes: readonly number[]) => bytes.map((byte) => byte & 0xf) }
    expect(told(new Addresses(mapping))).toEqual(['06:07:08:09:0a:0b', '00:01:02:03:04:05'])
  })

  it('is told by who sent an error, not by who sent what it quotes', () => {
    const quoting = ipv4(SYN)
    quoting.set([192, 0, 2, 1, 198, 51, 100, 2], 12)
    const current = currentOf(ipv4(join(hex('0301 0000 00000000'), quoting), 1))
    const addresses = new Addresses()
    expect([addresses.source(current), addresses.destination(current)]).toEqual(['127.0.0.1', '127.0.0.2'])
  })
})
