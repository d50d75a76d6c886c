import { createHmac } from 'node:crypto'
import { addressBytes } from '../capture/packet-list/address-bytes.ts'
import { formatIpv4, formatIpv6 } from '../text/address.ts'

/** Networks that mean something by themselves: an address in one stays in it. Bits of the prefix, and what is beyond is kept too. */
const KEPT: readonly { readonly prefix: string; readonly whole: boolean }[] = [
  // This host, loopback, multicast and what is reserved, the broadcast address among it.
  { prefix: '0.0.0.0/8', whole: true },
  { prefix: '127.0.0.0/8', whole: true },
  { prefix: '224.0.0.0/3', whole: true },
  // RFC 1918, RFC 3927, RFC 6598.
  { prefix: '10.0.0.0/8', whole: false },
  { prefix: '172.16.0.0/12', whole: false },
  { prefix: '192.168.0.0/16', whole: false },
  { prefix: '169.254.0.0/16', whole: false },
  { prefix: '100.64.0.0/10', whole: false },
  { prefix: '::/127', whole: true },
  { prefix: 'ff00::/8', whole: true },
  // RFC 4193, RFC 4291.
  { prefix: 'fc00::/7', whole: false },
  { prefix: 'fe80::/10', whole: false },
]

/** IEEE 802 §8.2: individual or group, universal or local. */
const HARDWARE_KIND = 3

const bitsOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')

const NETWORKS = KEPT.map(({ prefix, whole }) => {
  const [address = '', length] = prefix.split('/')
  const bytes = addressBytes(address)!
  return { family: bytes.length, bits: bitsOf(bytes).slice(0, Number(length)), whole }
})

/**
 * Maps addresses so that two which share their first n bits still do, and no more than that can be told (the idea of
 * Crypto-PAn). Below each prefix a keyed bit decides whether its two halves change places; above a network that means
 * something they do not, so that it stays where it is. The same key maps the same addresses alike in every report.
 */
export class AddressMap {
  readonly #key: Uint8Array
  readonly #known = new Map<string, string>()
  readonly #flips = new Map<string, boolean>()
  readonly #hardware = new Map<string, readonly number[]>()

  constructor(key: Uint8Array | string) {
    this.#key = typeof key === 'string' ? Buffer.from(key) : key
  }

  /** The address that stands for this one; what is no address, as it is. */
  of(address: string): string {
    const known = this.#known.get(address)
    if (known !== undefined) return known
    const mapped = this.#map(address)
    this.#known.set(address, mapped)
    return mapped
  }

  /** The bytes of what stands for an address; none where it is no address. */
  bytesOf(address: string): Uint8Array {
    return addressBytes(this.of(address)) ?? new Uint8Array(0)
  }

  /**
   * What stands for a hardware address. Nothing of it stays, not even its maker, but whether it names a group, and
   * whether it was made up on the spot; none and all are the same everywhere.
   */
  hardware(bytes: readonly number[]): readonly number[] {
    if (bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff)) return bytes
    const name = `hardware ${bytes.join('.')}`
    const known = this.#hardware.get(name)
    if (known !== undefined) return known
    const made = [...createHmac('sha256', this.#key).update(name).digest().subarray(0, bytes.length)]
    made[0] = (made[0]! & ~HARDWARE_KIND) | (bytes[0]! & HARDWARE_KIND)
    this.#hardware.set(name, made)
    return made
  }

  #map(address: string): string {
    const bytes = addressBytes(address)
    if (bytes === null) return address
    // IPv4 in IPv6 is the same host as without.
    if (bytes.length === 16 && isMapped(bytes)) return `::ffff:${this.of([...bytes.subarray(12)].join('.'))}`
    const bits = bitsOf(bytes)
    if (
      NETWORKS.some(({ family, bits: network, whole }) => whole && family === bytes.length && bits.startsWith(network))
    )
      return address
    let mapped = ''
    for (let at = 0; at < bits.length; at++)
      mapped += this.#swaps(bytes.length, bits.slice(0, at)) ? (bits[at] === '0' ? '1' : '0') : bits[at]
    const words = new Int32Array(bytes.length / 4)
    for (let i = 0; i < words.length; i++) words[i] = Number.parseInt(mapped.slice(32 * i, 32 * i + 32), 2)
    const zone = address.includes('%') ? address.slice(address.indexOf('%')) : ''
    return words.length === 1 ? formatIpv4(words[0]!) : formatIpv6(words, 0) + zone
  }

  #swaps(family: number, prefix: string): boolean {
    const name = `${family} ${prefix}`
    const known = this.#flips.get(name)
    if (known !== undefined) return known
    const above = NETWORKS.some(
      ({ family: own, bits }) => own === family && bits.length > prefix.length && bits.startsWith(prefix),
    )
    const flips = !above && (createHmac('sha256', this.#key).update(name).digest()[0]! & 1) === 1
    this.#flips.set(name, flips)
    return flips
  }
}

const isMapped = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
