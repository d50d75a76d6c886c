import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Flag, Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { ipv4, ipv6, join, SYN } from '../support/headers.ts'

const MACS = hex('00 11 22 33 44 55 66 77 88 99 aa bb')
const IPV4 = ipv4(SYN)
const IPV6 = ipv6(SYN)

function decode(linkType: number, bytes: Uint8Array, originalLength?: number): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frameOf(linkType, bytes, originalLength), packet)
  return packet
}

describe('PacketDecoder', () => {
  it.each([
    ['Ethernet, IPv4', LinkType.ETHERNET, join(MACS, hex('0800'), IPV4), 4],
    ['Ethernet, IPv6', LinkType.ETHERNET, join(MACS, hex('86dd'), IPV6), 6],
    ['raw IPv4', LinkType.RAW, IPV4, 4],
    ['raw IPv6', LinkType.RAW, IPV6, 6],
    ['raw IP of OpenBSD', 14, IPV4, 4],
    ['raw IP of BSD', 12, IPV6, 6],
    ['IPV4', LinkType.IPV4, IPV4, 4],
    ['IPV6', LinkType.IPV6, IPV6, 6],
    ['loopback, little-endian', LinkType.NULL, join(hex('02000000'), IPV4), 4],
    ['loopback, big-endian', LinkType.NULL, join(hex('00000002'), IPV4), 4],
    ['loopback IPv6 of Linux', LinkType.NULL, join(hex('0a000000'), IPV6), 6],
    ['loopback IPv6 of Windows', LinkType.NULL, join(hex('00000017'), IPV6), 6],
    ['loopback IPv6 of NetBSD', LinkType.NULL, join(hex('18000000'), IPV6), 6],
    ['loopback IPv6 of FreeBSD', LinkType.NULL, join(hex('0000001c'), IPV6), 6],
    ['loopback IPv6 of macOS', LinkType.NULL, join(hex('1e000000'), IPV6), 6],
    ['OpenBSD loopback', LinkType.LOOP, join(hex('00000002'), IPV4), 4],
    ['Linux cooked', LinkType.SLL, join(hex('0000 0304 0006 0000000000000000 0800'), IPV4), 4],
    ['Linux cooked v2', LinkType.SLL2, join(hex('86dd 0000 00000001 0304 00 06 0000000000000000'), IPV6), 6],
  ])('finds a SYN in %s', (_name, linkType, bytes, version) => {
    const packet = decode(linkType, bytes)
    expect(packet).toMatchObject({
      stop: Stop.NONE,
      protocol: Protocol.TCP,
      ipVersion: version,
      ipHeaders: 1,
      sourcePort: 61033,
      destinationPort: 9000,
      seq: 0x7c1b0001,
      ack: 0,
      flags: Flag.SYN,
      window: 65535,
      headerLength: 32,
      payloadLength: 0,
      ttl: version === 4 ? 128 : 64,
      ipId: version === 4 ? 0x1a2b : 0,
    })
    const last = version === 4 ? 0 : 3
    expect([packet.address[last], packet.address[4 + last]]).toEqual(version === 4 ? [0x7f000001, 0x7f000002] : [1, 2])
  })

  it('does not take Ethernet padding for payload', () => {
    const packet = decode(LinkType.ETHERNET, join(MACS, hex('0800'), IPV4, new Uint8Array(14)))
    expect(packet.payloadLength).toBe(0)
    expect(packet.payloadEnd).toBe(packet.payloadStart)
  })

  it('takes the length of the frame where segmentation offload left that of IP at 0', () => {
    const ip = IPV4.slice()
    ip[3] = 0
    const packet = decode(LinkType.RAW, join(ip, hex('aabbcc')))
    expect(packet).toMatchObject({ stop: Stop.NONE, offloaded: true, payloadLength: 3 })
  })

  it('knows how long the payload was where the snap length cut it', () => {
    const ip = IPV4.slice()
    ip[3] = 0x34 + 100
    const packet = decode(LinkType.RAW, join(ip, hex('aabbcc')), 152)
    expect(packet).toMatchObject({ stop: Stop.NONE, payloadLength: 100 })
    expect(packet.payloadEnd - packet.payloadStart).toBe(3)
  })

  it('leaves nothing of the previous packet', () => {
    const decoder = new PacketDecoder()
    const packet = new Packet()
    decoder.decode(frameOf(LinkType.RAW, IPV6), packet)
    decoder.decode(frameOf(LinkType.ETHERNET, join(MACS, hex('0806'))), packet)
    const { bytes: _bytes, ipStarts: _starts, ...left } = packet
    const { bytes: _none, ipStarts: _zeros, ...fresh } = new Packet()
    expect(left).toEqual({ ...fresh, stop: Stop.NOT_IP, etherType: 0x0806 })
  })

  it('counts by reason what it did not understand', () => {
    const decoder = new PacketDecoder()
    const packet = new Packet()
    const arp = frameOf(LinkType.ETHERNET, join(MACS, hex('0806')))
    for (const frame of [frameOf(LinkType.RAW, IPV6), arp, arp, frameOf(LinkType.ETHERNET, MACS), frameOf(147, MACS)])
      decoder.decode(frame, packet)
    expect(decoder.coverage).toMatchObject({ frames: 5, tcp: 1 })
    expect(decoder.coverage.reasons()).toEqual([
      { reason: 'ARP (0x0806)', frames: 2 },
      { reason: 'captured bytes end inside the Ethernet header', frames: 1 },
      { reason: 'link type 147', frames: 1 },
    ])
  })
})
