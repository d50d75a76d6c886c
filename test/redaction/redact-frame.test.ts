import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Epoch } from '../../src/capture/epoch.ts'
import { Frame } from '../../src/capture/frame.ts'
import { LinkType } from '../../src/capture/link-type.ts'
import { openCapture } from '../../src/capture/open.ts'
import { fold, sumWords, verifyTcpChecksum } from '../../src/packet/checksum.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { Packet } from '../../src/packet/packet.ts'
import { AddressMap } from '../../src/redaction/address-map.ts'
import { FrameRedaction } from '../../src/redaction/redact-frame.ts'
import { formatIpv4, formatIpv6 } from '../../src/text/address.ts'

const captures = readdirSync('fixtures', { recursive: true })
  .map(String)
  .filter((name) => /\.(pcap|pcapng)$/.test(name) && !name.includes('regressions'))
  .sort()
const map = new AddressMap('key')

const addressesOf = ({ ipVersion, address }: Packet, mapped: (text: string) => string) =>
  [0, 4].map((word) =>
    ipVersion === 0 ? '' : mapped(ipVersion === 4 ? formatIpv4(address[word]!) : formatIpv6(address, word)),
  )

const told = (packet: Packet, mapped: (text: string) => string) => {
  const { stop, protocol, sourcePort, destinationPort, seq, ack, flags, window, payloadLength, ttl, ipHeaders } = packet
  const numbers = {
    stop,
    protocol,
    sourcePort,
    destinationPort,
    seq,
    ack,
    flags,
    window,
    payloadLength,
    ttl,
    ipHeaders,
  }
  return { ...numbers, checksum: verifyTcpChecksum(packet), addresses: addressesOf(packet, mapped) }
}

const payloadOf = ({ bytes, payloadStart, payloadEnd }: Packet) =>
  Array.from({ length: Math.max(0, payloadEnd - payloadStart) }, (_, at) => bytes.getUint8(payloadStart + at))

/** What is told of each frame that is understood, and of its redacted copy. */
async function bothOf(path: string) {
  const reader = await openCapture(path, 0, new Epoch()).catch(() => null)
  const redaction = new FrameRedaction(map)
  const [before, after] = [new PacketDecoder(), new PacketDecoder()]
  const frame = new Frame()
  const packet = new Packet()
  const both: { readonly original: object; readonly copy: object; readonly payload: readonly number[] }[] = []
  if (reader === null) return { both, redaction }
  do
    while (reader.next(frame)) {
      before.decode(frame, packet)
      const original = told(packet, (text) => map.of(text))
      const { unread } = redaction
      const length = frame.end - frame.start
      redaction.apply(frame)
      expect(frame.end - frame.start).toBe(length)
      after.decode(frame, packet)
      if (unread === redaction.unread)
        both.push({ original, copy: told(packet, (text) => text), payload: payloadOf(packet) })
    }
  while (await reader.more())
  await reader.close()
  return { both, redaction }
}

describe('a redacted frame', () => {
  it.each(captures)('is the same conversation between other addresses, without a byte of payload: %s', async (name) => {
    const { both } = await bothOf(`fixtures/${name}`)
    for (const { original, copy, payload } of both) {
      expect(copy).toEqual(original)
      expect(payload.every((byte) => byte === 0)).toBe(true)
    }
  })

  it('is understood in nearly every fixture', async () => {
    let understood = 0
    let unread = 0
    for (const name of captures) {
      const { both, redaction } = await bothOf(`fixtures/${name}`)
      understood += both.length
      unread += redaction.unread
    }
    expect(understood).toBeGreaterThan(500)
    expect(unread).toBeLessThan(understood / 20)
  })
})

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))

function redacted(linkType: number, text: string): string {
  const bytes = hex(text)
  const frame = new Frame()
  frame.linkType = linkType
  frame.bytes = new DataView(bytes.buffer)
  frame.end = bytes.length
  frame.originalLength = bytes.length
  new FrameRedaction(map).apply(frame)
  return Buffer.from(frame.bytes.buffer).toString('hex')
}

describe('what could identify somebody', () => {
  const ip = (protocol: string, rest: string) =>
    `4500 ${(20 + hex(rest).length).toString(16).padStart(4, '0')} 0001 0000 40 ${protocol} 0000 c0000201 c0000202 ${rest}`

  it('is gone of an ARP frame but for its type, its hardware addresses mapped', () => {
    const copy = redacted(LinkType.ETHERNET, `ffffffffffff 02005e102030 0806 ${'0001080006040001aabbccddeeffc0000201'}`)
    expect(copy.slice(0, 12)).toBe('ffffffffffff')
    expect(copy.slice(12, 24)).not.toBe('02005e102030')
    expect(Number.parseInt(copy.slice(12, 14), 16) & 3).toBe(2)
    expect(copy.slice(24)).toMatch(/^08060+$/)
  })

  it('is gone of TCP options that carry keys, and of those that carry numbers nothing is', () => {
    const header = '04d2 2328 00000001 00000000 b002 ffff 0000 0000'
    const copy = redacted(LinkType.RAW, ip('06', `${header} 020405b4 13121111222233334444555566667777 8888 0000`))
    expect(copy.slice(80, 88)).toBe('020405b4')
    expect(copy.slice(88, 124)).toBe('01'.repeat(18))
    expect(copy).not.toContain('4444')
  })

  const V6 = '20010db8000000000000000000000001 20010db8000000000000000000000002'
  const TCP = '04d2 2328 00000001 00000000 5002 ffff 0000 0000'
  const mapped = (address: string) => Buffer.from(map.bytesOf(address)).toString('hex')

  it('is gone of a routing header, but for the end of the route, which is mapped', () => {
    const router = '20010db8000000000000000000000008'
    const routing = `06 04 04 01 01000000 20010db8000000000000000000000007 ${router}`
    const copy = redacted(LinkType.RAW, `60000000 003c 2b 40 ${V6} ${routing} ${TCP}`)
    expect(copy.slice(80, 96)).toBe('0604040101000000')
    expect(copy.slice(96, 128)).toBe(mapped('2001:db8::7'))
    expect(copy.slice(128, 160)).toBe('0'.repeat(32))
    expect(copy.slice(160, 168)).toBe('04d22328')
  })

  it('is gone of a routing header at the end of the route', () => {
    const routing = '06 02 04 00 00000000 20010db8000000000000000000000007'
    const copy = redacted(LinkType.RAW, `60000000 002c 2b 40 ${V6} ${routing} ${TCP}`)
    expect(copy.slice(80, 128)).toBe(`0602${'0'.repeat(44)}`)
  })

  it("is mapped in a mobile node's home address, and gone of other options of the destination", () => {
    const options = '06 02 01020000 c910 20010db8000000000000000000000007'
    const copy = redacted(LinkType.RAW, `60000000 002c 3c 40 ${V6} ${options} ${TCP}`)
    expect(copy.slice(80, 128)).toBe(`060200000000c910${mapped('2001:db8::7')}`)
  })

  it('is gone of a fragment that is not the first: what stands where a TCP header would is payload', () => {
    const payload = 'aa'.repeat(24)
    const six = redacted(LinkType.RAW, `60000000 0020 2c 40 ${V6} 06 00 00b8 00000001 ${payload}`)
    expect(six.slice(80)).toBe(`060000b800000001${'0'.repeat(48)}`)
    const four = redacted(LinkType.RAW, `4500 002c 0001 00b9 40 06 0000 c0000201 c0000202 ${payload}`)
    expect(four.slice(40)).toBe('0'.repeat(48))
  })

  it('is mapped in what an ICMP error quotes, and in the router that a redirect names', () => {
    const quoted = ip('06', '04d2 2328 00000001')
    const copy = redacted(LinkType.RAW, ip('01', `05 01 0000 c0000209 ${quoted}`))
    const mapped = (address: string) => Buffer.from(map.bytesOf(address)).toString('hex')
    expect(copy.slice(48, 56)).toBe(mapped('192.0.2.9'))
    expect(copy.slice(80, 88)).toBe(mapped('192.0.2.1'))
    expect(copy.slice(96, 112)).toBe('04d2232800000001')
  })

  it('is gone of a link type that is not understood', () => {
    expect(redacted(147, 'aabbccddee')).toBe('0000000000')
  })

  it('is gone of an IPv4 option that records a route', () => {
    const copy = redacted(LinkType.RAW, '4700 001c 0001 0000 40 fd 0000 c0000201 c0000202 07 07 04 c0000207 00')
    expect(copy.slice(40)).toBe('01'.repeat(8))
  })
})

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const word = (value: number): string => (value & 0xffff).toString(16).padStart(4, '0')
const sumOf = (text: string): number => sumWords(new DataView(hex(text).buffer), 0, hex(text).length)
const ENDS_4 = 'c0000201 c0000202'
const ENDS_6 = '20010db8000000000000000000000001 20010db8000000000000000000000002'
const SECRET = toHex(Buffer.from('secret'))

/** A transport header whose checksum, at byte `field`, is right between those ends; `wrong` is added to it. */
function summed(ends: string, protocol: number, text: string, field: number, wrong = 0): string {
  const bytes = hex(text)
  const pseudo = protocol === 1 ? 0 : protocol + bytes.length + sumOf(ends)
  new DataView(bytes.buffer).setUint16(field, (~fold(pseudo + sumOf(text)) + wrong) & 0xffff)
  return toHex(bytes)
}

const tcp = (ends: string, wrong = 0): string =>
  summed(ends, 6, `04d2 2328 00000001 00000001 5018 ffff 0000 0000 ${SECRET}`, 16, wrong)
const udp = (ends: string, rest: string, port = '0035'): string =>
  summed(ends, 17, `04d2 ${port} ${word(8 + hex(rest).length)} 0000 ${rest}`, 6)

/** An IPv4 packet with a right header checksum; a total length of zero, as an offload leaves it, where it is not told. */
function ip4(protocol: string, rest: string, { told = true, fragment = '0000' } = {}): string {
  const header = (sum: number) =>
    `4500 ${word(told ? 20 + hex(rest).length : 0)} 0001 ${fragment} 40 ${protocol} ${word(sum)} ${ENDS_4}`
  return `${header(~fold(sumOf(header(0))))} ${rest}`
}
const ip6 = (next: string, rest: string, told = true): string =>
  `60000000 ${word(told ? hex(rest).length : 0)} ${next} 40 ${ENDS_6} ${rest}`
const MACS = '02005e102030 02005e102031'
const inner = ip4('06', tcp(ENDS_4))
const innerEthernet = `${MACS} 0800 ${inner}`

/** What is told of a frame and of its redacted copy, and the copy's bytes. */
function pair(linkType: number, text: string) {
  const packet = new Packet()
  const read = (bytes: Uint8Array<ArrayBuffer>, mapped: (text: string) => string) => {
    const frame = new Frame()
    frame.linkType = linkType
    frame.bytes = new DataView(bytes.buffer)
    frame.end = bytes.length
    frame.originalLength = bytes.length
    new PacketDecoder().decode(frame, packet)
    return told(packet, mapped)
  }
  const copy = redacted(linkType, text)
  return {
    original: read(hex(text), (address) => map.of(address)),
    copy: read(hex(copy), (address) => address),
    bytes: copy,
  }
}

describe('a connection is the same in the copy', () => {
  it.each([
    ['on Ethernet', LinkType.ETHERNET, innerEthernet],
    ['behind two VLAN tags', LinkType.ETHERNET, `${MACS} 88a8 0064 8100 0065 0800 ${inner}`],
    ['behind the tag of an old provider', LinkType.ETHERNET, `${MACS} 9100 0064 0800 ${inner}`],
    ['behind MPLS labels', LinkType.ETHERNET, `${MACS} 8847 00010040 00020140 ${inner}`],
    ['over PPPoE', LinkType.ETHERNET, `${MACS} 8864 1100 0001 ${word(2 + hex(inner).length)} 0021 ${inner}`],
    ['over PPP', LinkType.PPP, `ff03 0021 ${inner}`],
    ['over PPP without its address and control', LinkType.PPP, `0021 ${inner}`],
    ['in a Linux cooked capture', LinkType.LINUX_SLL, `0000 0001 0006 02005e102030 0000 0800 ${inner}`],
    ['in one of the second version', LinkType.LINUX_SLL2, `0800 0000 00000002 0001 00 06 02005e102030 0000 ${inner}`],
    ['on BSD loopback', LinkType.NULL, `02000000 ${inner}`],
    ['over IPv6', LinkType.RAW, ip6('06', tcp(ENDS_6))],
    ['over IPv6 that leaves its length to the network card', LinkType.RAW, ip6('06', tcp(ENDS_6), false)],
    ['over IPv4 that does so', LinkType.RAW, ip4('06', tcp(ENDS_4), { told: false })],
    [
      'behind an authentication header',
      LinkType.RAW,
      ip6('33', `06 04 0000 00000001 00000002 ${'aa'.repeat(12)} ${tcp(ENDS_6)}`),
    ],
    ['in a fragment that is the only one', LinkType.RAW, ip6('2c', `06 00 0000 00000007 ${tcp(ENDS_6)}`)],
    ['with a wrong checksum', LinkType.RAW, ip4('06', tcp(ENDS_4, 1))],
    ['in IPv6 in IPv4', LinkType.RAW, ip4('29', ip6('06', tcp(ENDS_6)))],
    ['in IPv4 in IPv6', LinkType.RAW, ip6('04', inner)],
    ['in GRE with checksum, key and number', LinkType.RAW, ip4('2f', `b000 0800 12340000 00000007 00000008 ${inner}`)],
    ['in Ethernet in GRE', LinkType.RAW, ip4('2f', `0000 6558 ${innerEthernet}`)],
    ['in VXLAN', LinkType.RAW, ip4('11', udp(ENDS_4, `08000000 00000700 ${innerEthernet}`, '12b5'))],
  ])('%s', (_, linkType, text) => {
    const { original, copy, bytes } = pair(linkType, text)
    expect(copy).toEqual(original)
    expect(original).toMatchObject({ sourcePort: 1234, destinationPort: 9000, payloadLength: 6 })
    expect(bytes).not.toContain(SECRET)
    for (const known of ['c0000201', 'c0000202', '20010db800000000', '02005e102030', '02005e102031', 'aaaa'])
      expect(bytes).not.toContain(known)
  })
})

describe('a checksum in the copy', () => {
  const at = (text: string, byte: number): string => text.slice(byte * 2, byte * 2 + 4)

  it('of an IPv4 header is right where it was, and zero where it was not', () => {
    const right = redacted(LinkType.RAW, inner)
    expect(fold(sumOf(right.slice(0, 40)))).toBe(0xffff)
    expect(at(redacted(LinkType.RAW, inner.replace(/^4500/, '4501')), 10)).toBe('0000')
  })

  it('of UDP is right where it was, and zero where there was none', () => {
    const right = redacted(LinkType.RAW, ip4('11', udp(ENDS_4, SECRET)))
    const ends = right.slice(24, 40)
    expect(fold(17 + 14 + sumOf(ends) + sumOf(right.slice(40)))).toBe(0xffff)
    expect(right.slice(40, 52)).toBe('04d20035000e')
    expect(right.endsWith('0'.repeat(12))).toBe(true)
    const none = redacted(LinkType.RAW, ip4('11', `04d2 0035 000e 0000 ${SECRET}`))
    expect(none.slice(40)).toBe(`04d20035000e0000${'0'.repeat(12)}`)
  })

  it('of ICMP is right where it was, the echo’s number kept and its bytes gone', () => {
    const copy = redacted(LinkType.RAW, ip4('01', summed('', 1, `0800 0000 0001 0002 ${SECRET}`, 2)))
    expect(fold(sumOf(copy.slice(40)))).toBe(0xffff)
    expect(copy.slice(40, 44) + copy.slice(48, 56)).toBe('080000010002')
    expect(copy).not.toContain(SECRET)
  })

  it('of ICMPv6 covers the mapped addresses; a neighbour’s address is gone', () => {
    const echo = redacted(LinkType.RAW, ip6('3a', summed(ENDS_6, 58, `8000 0000 0001 0002 ${SECRET}`, 2)))
    expect(fold(58 + 14 + sumOf(echo.slice(16, 80)) + sumOf(echo.slice(80)))).toBe(0xffff)
    expect(echo.slice(88, 96)).toBe('00010002')
    const neighbour = redacted(
      LinkType.RAW,
      ip6('3a', summed(ENDS_6, 58, `8700 0000 00000000 ${ENDS_6.slice(0, 32)}`, 2)),
    )
    expect(neighbour.slice(88)).toBe('0'.repeat(40))
  })

  it('is zero, and counted, where what it covers was not captured or is in several fragments', () => {
    const redaction = new FrameRedaction(map)
    const apply = (text: string): string => {
      const frame = new Frame()
      frame.linkType = LinkType.RAW
      frame.bytes = new DataView(hex(text).buffer)
      frame.end = frame.bytes.byteLength
      frame.originalLength = 1500
      redaction.apply(frame)
      return Buffer.from(frame.bytes.buffer).toString('hex')
    }
    expect(at(apply(ip4('06', tcp(ENDS_4), { fragment: '2000' })), 36)).toBe('0000')
    expect(redaction.unsummed).toBe(1)
    apply(ip6('2c', `06 00 0001 00000007 ${tcp(ENDS_6)}`))
    expect(redaction.unsummed).toBe(2)
    apply(inner.slice(0, -4))
    expect(redaction.unsummed).toBe(3)
    apply(inner)
    expect(redaction.unsummed).toBe(3)
  })
})

describe('what is not understood', () => {
  it('is gone, also of a tunnel that is nested deeper than any is', () => {
    let text = inner
    for (let level = 0; level < 40; level++) text = ip4('04', text)
    const copy = redacted(LinkType.RAW, text)
    expect(copy).not.toContain('c0000201')
    expect(copy.endsWith('0'.repeat(200))).toBe(true)
  })

  it.each([
    ['a GRE header with routes', ip4('2f', `4000 0800 00000000 ${inner}`)],
    ['a GRE header of PPTP', ip4('2f', `2081 880b 00000000 ${inner}`)],
    ['a second fragment', ip4('06', tcp(ENDS_4), { fragment: '0001' })],
    ['an IPv4 header that is shorter than any', `43${inner.slice(2)}`],
    ['a header that is cut', inner.slice(0, 30)],
  ])('is gone: %s', (_, text) => {
    const copy = redacted(LinkType.RAW, text)
    expect(copy).not.toContain(SECRET)
    expect(copy).not.toContain('04d22328')
    expect(copy).not.toContain('c0000201')
  })

  it('is gone of TCP options that are cut or of no length, and of those behind the last one', () => {
    const header = (options: string, words: string) =>
      ip4('06', `04d2 2328 00000001 00000000 ${words}02 ffff 0000 0000 ${options}`)
    const optionsOf = (options: string, words: string) => redacted(LinkType.RAW, header(options, words)).slice(80)
    expect(optionsOf('020405b4 00 61626364656667', '80')).toBe('020405b40000000000000000')
    expect(optionsOf('020405b4 fd00 616263646566', '80')).toBe('020405b40000000000000000')
    expect(optionsOf('020405b4 1301 616263646566', '80')).toBe('020405b40000000000000000')
    expect(optionsOf('01 020405b4 010101 fd0461 62', '80')).toBe('01020405b401010101010101')
  })
})
