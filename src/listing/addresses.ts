import type { Current } from '../flow/current.ts'
import { formatIpv4, formatIpv6 } from '../text/address.ts'

const ETHERNET = 1
const MAC_BYTES = 6
/** Where the source and destination addresses of an Ethernet and an IP header start. */
const ETHERNET_AT = { SOURCE: 6, DESTINATION: 0 } as const
const IPV4_AT = { SOURCE: 12, DESTINATION: 16 } as const
const IPV6_AT = { SOURCE: 8, DESTINATION: 24 } as const
/** Texts kept: most captures have few addresses. */
const MOST_KEPT = 4096

/** What stands for addresses where they are not to be shown. */
export interface AddressMapping {
  of(address: string): string
  hardware(bytes: readonly number[]): readonly number[]
}

/** Writes the Source and Destination columns. */
export class Addresses {
  readonly #ipv4 = new Map<number, string>()
  readonly #words = new Int32Array(4)
  readonly #mapping: AddressMapping | null

  constructor(mapping: AddressMapping | null = null) {
    this.#mapping = mapping
  }

  source(current: Current): string {
    return this.#of(current, 0)
  }

  destination(current: Current): string {
    return this.#of(current, 4)
  }

  #of(current: Current, word: 0 | 4): string {
    const { packet } = current
    if (packet.quoted) return this.#outer(current, word)
    if (packet.ipVersion === 4) return this.#v4(packet.address[word]!)
    if (packet.ipVersion === 6) return this.#v6(packet.address, word)
    return this.#mac(current, word === 0 ? ETHERNET_AT.SOURCE : ETHERNET_AT.DESTINATION)
  }

  /** Of an ICMP error: who sent it, not who sent what it quotes. */
  #outer({ packet }: Current, word: 0 | 4): string {
    const { bytes, networkStart } = packet
    if (packet.ipVersion === 4)
      return this.#v4(bytes.getInt32(networkStart + (word === 0 ? IPV4_AT.SOURCE : IPV4_AT.DESTINATION)))
    const at = networkStart + (word === 0 ? IPV6_AT.SOURCE : IPV6_AT.DESTINATION)
    for (let i = 0; i < 4; i++) this.#words[i] = bytes.getInt32(at + i * 4)
    return this.#v6(this.#words, 0)
  }

  #v6(words: Int32Array, at: number): string {
    const text = formatIpv6(words, at)
    return this.#mapping === null ? text : this.#mapping.of(text)
  }

  #v4(word: number): string {
    const known = this.#ipv4.get(word)
    if (known !== undefined) return known
    const text = this.#mapping === null ? formatIpv4(word) : this.#mapping.of(formatIpv4(word))
    if (this.#ipv4.size < MOST_KEPT) this.#ipv4.set(word, text)
    return text
  }

  /** Empty where the frame has no Ethernet header. */
  #mac({ frame }: Current, offset: number): string {
    const at = frame.start + offset
    if (frame.linkType !== ETHERNET || at + MAC_BYTES > frame.end) return ''
    const bytes = Array.from({ length: MAC_BYTES }, (_, i) => frame.bytes.getUint8(at + i))
    const shown = this.#mapping === null ? bytes : this.#mapping.hardware(bytes)
    return shown.map((byte) => byte.toString(16).padStart(2, '0')).join(':')
  }
}
