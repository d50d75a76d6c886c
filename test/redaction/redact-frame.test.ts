import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Epoch } from '../../src/capture/epoch.ts'
import { Frame } from '../../src/capture/frame.ts'
import { LinkType } from '../../src/capture/link-type.ts'
import { openCapture } from '../../src/capture/open.ts'
import { verifyTcpChecksum } from '../../src/packet/checksum.ts'
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
