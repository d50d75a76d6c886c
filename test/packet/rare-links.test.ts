import { describe, expect, it } from 'vitest'
import { LinkType } from '../../src/capture/link-type.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Protocol, Stop } from '../../src/packet/packet.ts'
import { frameOf, hex } from '../support/frame-of.ts'
import { ethernet, ipv4, ipv6, join, SYN } from '../support/headers.ts'

const IP = ipv4(SYN)
const SNAP = hex('aaaa03 000000 0800')
const ADDRESSES = hex('001122334455 66778899aabb 001122334455')
/** Frame control, duration, three addresses and sequence control of an 802.11 header. */
const wlan = (control: string, sequence = '0000') => join(hex(control), hex('0000'), ADDRESSES, hex(sequence))
const DATA = join(wlan('0801'), SNAP, IP)

const RARE: readonly (readonly [string, number, Uint8Array])[] = [
  ['PPP', LinkType.PPP, join(hex('ff03 0021'), IP)],
  ['PPP on a serial line', LinkType.PPP_HDLC, join(hex('ff03 0057'), ipv6(SYN))],
  ["Cisco's HDLC on a serial line", LinkType.PPP_HDLC, join(hex('0f00 0800'), IP)],
  ["Cisco's HDLC", LinkType.C_HDLC, join(hex('8f00 86dd'), ipv6(SYN))],
  ['PPPoE without Ethernet', LinkType.PPP_ETHER, join(hex('1100 0001 0036 0021'), IP)],
  ['FDDI', LinkType.FDDI, join(hex('50 001122334455 66778899aabb'), SNAP, IP)],
  ['FabricPath', LinkType.ETHERNET, ethernet(0x8903, join(hex('4020'), ethernet(0x0800, IP)))],
  ["netfilter's log", LinkType.NFLOG, join(hex('0200 0000 0600 0a00 61620000 3800 0900'), IP)],
  [
    "netfilter's log of a big-endian machine",
    LinkType.NFLOG,
    join(hex('0a00 0000 0005 000a 61000000 004c 0009'), ipv6(SYN)),
  ],
  ['802.11', LinkType.IEEE802_11, DATA],
  ['802.11 with QoS', LinkType.IEEE802_11, join(wlan('8801'), hex('0000'), SNAP, IP)],
  ['802.11 between access points', LinkType.IEEE802_11, join(wlan('0803'), hex('ccddeeff0011'), SNAP, IP)],
  ['802.11 aggregate', LinkType.IEEE802_11, join(wlan('8801'), hex('8000 001122334455 66778899aabb 003c'), SNAP, IP)],
  [
    '802.11 that an access point sends on by GRE',
    LinkType.ETHERNET,
    ethernet(0x0800, ipv4(join(hex('0000 8370'), DATA), 47)),
  ],
  [
    'an 802.11 aggregate that an access point sends on by GRE',
    LinkType.ETHERNET,
    ethernet(
      0x0800,
      ipv4(join(hex('0000 8240'), wlan('8802'), hex('8000 001122334455 66778899aabb 003c'), SNAP, IP), 47),
    ),
  ],
  ['radiotap', LinkType.IEEE802_11_RADIOTAP, join(hex('0000 0900 02000000 00'), DATA)],
  [
    'radiotap with a time stamp and a padded header',
    LinkType.IEEE802_11_RADIOTAP,
    join(hex('0000 1100 03000000 1122334455667788 20'), wlan('8801'), hex('0000 0000'), SNAP, IP),
  ],
  ['per-packet information', LinkType.PPI, join(hex('0000 0800 69000000'), DATA)],
  ['AVS', LinkType.IEEE802_11_AVS, join(hex('80211001 0000000c 00000000'), DATA)],
  ['Prism', LinkType.IEEE802_11_PRISM, join(hex('44000000 0c000000 00000000'), DATA)],
]

const decode = (linkType: number, bytes: Uint8Array, originalLength?: number) => {
  const decoder = new PacketDecoder()
  const packet = new Packet()
  decoder.decode(frameOf(linkType, bytes, originalLength), packet)
  return { packet, reasons: decoder.coverage.reasons() }
}

describe('rare links', () => {
  it.each(RARE)('carry a SYN: %s', (_name, linkType, bytes) => {
    expect(decode(linkType, bytes).packet).toMatchObject({
      stop: Stop.NONE,
      protocol: Protocol.TCP,
      sourcePort: 61033,
      seq: 0x7c1b0001,
      payloadLength: 0,
    })
  })

  it.each(RARE)('cut at every byte give no segment before its window was read: %s', (_name, linkType, bytes) => {
    const needed = bytes.length - SYN.length + 16
    for (let length = 0; length < bytes.length; length++) {
      const { packet } = decode(linkType, bytes.subarray(0, length), bytes.length)
      expect([length, packet.stop === Stop.NONE]).toEqual([length, length >= needed])
    }
  })

  it.each([
    ['encrypted IEEE 802.11 frame', join(wlan('0841'), SNAP, IP)],
    ['IEEE 802.11 frame without data', wlan('8000')],
    ['fragment of an IEEE 802.11 frame', join(wlan('0801', '0100'), SNAP, IP)],
  ])('say what is not read: %s', (reason, bytes) => {
    expect(decode(LinkType.IEEE802_11, bytes).reasons).toEqual([{ reason, frames: 1 }])
  })
})
