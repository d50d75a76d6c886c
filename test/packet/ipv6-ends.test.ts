import { describe, expect, it } from 'vitest'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet, Stop } from '../../src/packet/packet.ts'
import { formatIpv6 } from '../../src/text/address.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ipv6, join, SYN } from '../support/headers.ts'

const [ROUTING, DESTINATION_OPTIONS] = [43, 60]
const SEVEN = '20010db8000000000000000000000007'
const EIGHT = '20010db8000000000000000000000008'

function decode(bytes: Uint8Array, captured = bytes.length): Packet {
  const packet = new Packet()
  new PacketDecoder().decode(frameOf(LinkType.RAW, bytes.subarray(0, captured), bytes.length), packet)
  return packet
}

/** Source and destination of what the extension header says behind the IPv6 header's 2001:db8::1 and 2001:db8::2. */
function ends(header: string, next = ROUTING): string[] {
  const { address, stop } = decode(ipv6(join(hex(header), SYN), next))
  expect(stop).toBe(Stop.NONE)
  return [formatIpv6(address, 0), formatIpv6(address, 4)]
}

describe('the end of a connection over IPv6', () => {
  it.each([
    ['a source route, the last of its addresses', `06 04 00 02 00000000 ${SEVEN} ${EIGHT}`, '2001:db8::8'],
    ['a route to a mobile node, its home address', `06 02 02 01 00000000 ${SEVEN}`, '2001:db8::7'],
    ['segment routing, the first of its segments', `06 04 04 01 01000000 ${SEVEN} ${EIGHT}`, '2001:db8::7'],
    ['a compressed route, the bytes that it leaves out being shared', '06 01 03 01 ff700000 08', '2001:db8::8'],
  ])('is, in %s', (_name, header, destination) => {
    const length = 8 * (Number.parseInt(header.slice(3, 5), 16) + 1)
    const padded = header.replaceAll(' ', '').padEnd(2 * length, '0')
    expect(ends(padded)).toEqual(['2001:db8::1', destination])
  })

  it.each([
    ['the route has no segments left', `06 02 00 00 00000000 ${SEVEN}`],
    ['the type of the route is not known', `06 02 fd 01 00000000 ${SEVEN}`],
    ['the route lists no whole address', '06 00 00 01 00000000'],
  ])("is the IPv6 header's destination where %s", (_name, header) => {
    expect(ends(header)).toEqual(['2001:db8::1', '2001:db8::2'])
  })

  it('is the home address of a mobile node that sends from elsewhere', () => {
    expect(ends(`06 02 0102 0000 c910 ${SEVEN}`, DESTINATION_OPTIONS)).toEqual(['2001:db8::7', '2001:db8::2'])
    expect(ends(`06 02 00 c910 ${SEVEN} 0101 00`, DESTINATION_OPTIONS)[0]).toBe('2001:db8::7')
    expect(ends('06 00 01040000 0000', DESTINATION_OPTIONS)[0]).toBe('2001:db8::1')
  })

  it('is read of no header that the snap length cut', () => {
    const whole = ipv6(join(hex(`06 02 02 01 00000000 ${SEVEN}`), SYN), ROUTING)
    for (let captured = 40; captured < 64; captured++)
      expect(formatIpv6(decode(whole, captured).address, 4)).toBe('2001:db8::2')
  })

  it('decides which fragments belong together, whatever their next headers', () => {
    const routed = (segments: string, next: string, from: number, to: number) => {
      const fragment = join(hex(next), big(0, 1), big(from + (to < SYN.length ? 1 : 0), 2), big(7, 4))
      return ipv6(join(hex(`2c 02 02 ${segments} 00000000 ${SEVEN}`), fragment, SYN.subarray(from, to)), ROUTING)
    }
    const decoder = new PacketDecoder()
    const packet = new Packet()
    const stops = [routed('01', '3c', 0, 16), routed('00', '06', 16, 32), routed('01', '06', 16, 32)].map((bytes) => {
      decoder.decode(frameOf(LinkType.RAW, bytes), packet)
      return packet.stop
    })
    expect(stops).toEqual([Stop.FRAGMENT, Stop.FRAGMENT, Stop.NONE])
  })
})
