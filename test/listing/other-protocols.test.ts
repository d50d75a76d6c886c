import { expect, it } from 'vitest'
import { Current } from '../../src/flow/current.ts'
import { protocolName } from '../../src/listing/other-protocols.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { frameOf, hex, LinkType } from '../support/frame-of.ts'
import { big, ipv4, join, SYN, udp } from '../support/headers.ts'

function nameOf(bytes: Uint8Array): string {
  const current = new Current()
  Object.assign(current.frame, frameOf(LinkType.RAW, bytes))
  new PacketDecoder().decode(current.frame, current.packet)
  return protocolName(current)
}

const inGtp = (carried: Uint8Array): Uint8Array =>
  ipv4(udp(2152, join(hex('30ff'), big(carried.length, 2), hex('00000001'), carried)), 17)

it('names the tunnel around a packet of a mobile network’s user', () => {
  expect(nameOf(ipv4(SYN))).toBe('TCP')
  expect(nameOf(inGtp(ipv4(SYN)))).toBe('GTP <TCP>')
  expect(nameOf(inGtp(ipv4(udp(53, hex('1234')), 17)))).toBe('GTP <UDP>')
})
