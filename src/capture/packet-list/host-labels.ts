import { addressBytes } from './address-bytes.ts'

const LOOPBACK = /^(?:ip6-)?(?:localhost|loopback)6?(?:\.localdomain6?)?$/i
/** Of 198.18.0.0/15, for benchmarks (RFC 2544): its hosts are nobody's, and there are as many as a list can name. */
const spareIpv4 = (number: number): string => `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`
/** Of 2001:db8::/32, for documentation (RFC 3849). */
const spareIpv6 = (number: number): string => `2001:db8::${(number & 0xffff).toString(16)}`
const SPARE = /^(?:198\.1[89]\.|2001:db8::)/
/** More hosts than this are not remembered. */
const MOST_HOSTS = 65_535

/** Addresses for hosts that a packet list names: localhost has its own, others get one that occurs nowhere else in it. */
export class HostLabels {
  /** The address that stands for a name, as text. */
  readonly addresses = new Map<string, string>()
  readonly #literals = new Map<string, Uint8Array>()
  readonly #named = new Map<string, Uint8Array>()
  /** Addresses in use that might stand for a name. */
  readonly #used = new Set<string>()
  readonly #noted = new Map<string, { readonly host: string; readonly isIpv6: boolean }>()
  #number = 0

  /** Remembers an address, so that it stands for no name, or a name for {@link settle}. */
  note(host: string, isIpv6: boolean): void {
    if (this.#noted.size + this.#used.size > MOST_HOSTS) return
    if (this.#literal(host) === null) this.#noted.set(labelOf(host, isIpv6), { host, isIpv6 })
    else if (SPARE.test(host)) this.#used.add(host)
  }

  /** Gives each name noted so far its address. */
  settle(): void {
    for (const { host, isIpv6 } of this.#noted.values()) this.bytesOf(host, isIpv6)
    this.#noted.clear()
  }

  /** The address behind a host as printed: of 16 bytes for a name where `isIpv6` says so. */
  bytesOf(host: string, isIpv6: boolean): Uint8Array {
    const literal = this.#literal(host)
    if (literal !== null) return literal
    const label = labelOf(host, isIpv6)
    let bytes = this.#named.get(label)
    if (bytes !== undefined) return bytes
    bytes = addressBytes(LOOPBACK.test(host) ? loopback(isIpv6) : this.#assign(label, isIpv6))!
    if (this.#named.size < MOST_HOSTS) this.#named.set(label, bytes)
    return bytes
  }

  #literal(host: string): Uint8Array | null {
    const known = this.#literals.get(host)
    if (known !== undefined) return known
    const bytes = addressBytes(host)
    if (bytes !== null && this.#literals.size < MOST_HOSTS) this.#literals.set(host, bytes)
    return bytes
  }

  #assign(label: string, isIpv6: boolean): string {
    const next = () => (isIpv6 ? spareIpv6 : spareIpv4)(++this.#number)
    let address = next()
    while (this.#used.has(address) && this.#number <= 2 * MOST_HOSTS) address = next()
    if (this.addresses.size < MOST_HOSTS) this.addresses.set(label, address)
    return address
  }
}

/** A name may have an address of each kind. */
const labelOf = (host: string, isIpv6: boolean): string => (isIpv6 ? `${host} (IPv6)` : host)

const loopback = (isIpv6: boolean): string => (isIpv6 ? '::1' : '127.0.0.1')
