import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressBytes } from '../../src/capture/packet-list/address-bytes.ts'
import { AddressMap } from '../../src/redaction/address-map.ts'

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join('.'))
const ipv6 = fc.ipV6().filter((address) => isIP(address) === 6)

const bits = (address: string): string =>
  [...addressBytes(address)!].map((byte) => byte.toString(2).padStart(8, '0')).join('')

/** How many of their first bits are the same. */
function shared(a: string, b: string): number {
  const [left, right] = [bits(a), bits(b)]
  const at = [...left].findIndex((bit, index) => bit !== right[index])
  return at < 0 ? left.length : at
}

describe('a mapped address', () => {
  const map = new AddressMap('key')

  it.each(['127.0.0.1', '127.9.9.9', '0.0.0.0', '255.255.255.255', '224.0.0.251', '::1', '::', 'ff02::1', 'xx', ''])(
    '%s stays as it is',
    (address) => {
      expect(map.of(address)).toBe(address)
    },
  )

  it('keeps the interface that a link-local address is of', () => {
    expect(map.of('fe80::1:2%eth0')).toBe(`${map.of('fe80::1:2')}%eth0`)
  })

  it('shares as many first bits with another as the two did before', () => {
    fc.assert(
      fc.property(ipv4, ipv4, (a, b) => {
        fc.pre(map.of(a) !== a || map.of(b) !== b)
        expect(shared(map.of(a), map.of(b))).toBe(shared(a, b))
      }),
    )
  })

  it('does so for IPv6', () => {
    const host = fc
      .tuple(fc.nat(0xffff), fc.nat(0xffff))
      .map(([net, one]) => `2001:db8:${net.toString(16)}::${one.toString(16)}`)
    fc.assert(
      fc.property(host, host, (a, b) => {
        expect(shared(map.of(a), map.of(b))).toBe(shared(a, b))
      }),
    )
  })

  it('is an address again', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (address) => {
        expect(isIP(map.of(address))).toBe(isIP(address))
      }),
    )
  })

  it.each([
    ['10.1.2.3', /^10\./],
    ['192.168.7.9', /^192\.168\./],
    ['172.20.0.1', /^172\.(1[6-9]|2\d|3[01])\./],
    ['169.254.3.4', /^169\.254\./],
    ['fe80::1', /^fe[89ab]/],
    ['fd00::1', /^f[cd]/],
  ])('%s stays in its private network, as another host', (address, network) => {
    expect(map.of(address)).toMatch(network)
    expect(map.of(address)).not.toBe(address)
  })

  it('is the same for IPv4 in IPv6', () => {
    expect(map.of('::ffff:8.8.4.4')).toBe(`::ffff:${map.of('8.8.4.4')}`)
  })

  it('is the same for the same key, and another for another', () => {
    expect(new AddressMap('key').of('93.184.216.34')).toBe(map.of('93.184.216.34'))
    expect(new AddressMap('other').of('93.184.216.34')).not.toBe(map.of('93.184.216.34'))
  })
})
