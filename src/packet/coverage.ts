import type { Cursor } from './cursor.ts'
import { Numbering } from './cursor.ts'
import { WLAN_NOT_READ } from './ieee80211.ts'
import { LAYER_NAMES, type Layer } from './layer.ts'
import { Protocol, Stop } from './packet.ts'

/** How many frames ended at one reason. */
export interface CoverageEntry {
  readonly reason: string
  readonly frames: number
}

const KEY_STOP = 0x1000000
const KEY_KIND = 0x10000

/** Counts how far the decoding of each frame got, by reason. */
export class Coverage {
  /** Frames seen. */
  frames = 0
  /** Frames whose TCP header was decoded whole, and which no ICMP error quotes. */
  tcp = 0
  /** Fragmented datagrams that were given up because of a bound of time or memory. */
  readonly givenUpDatagrams: () => number
  readonly #others = new Map<number, number>()

  constructor(givenUpDatagrams: () => number) {
    this.givenUpDatagrams = givenUpDatagrams
  }

  count(protocol: number, stop: Stop, cursor: Cursor): void {
    this.frames++
    if (stop === Stop.NONE && protocol === Protocol.TCP) {
      this.tcp++
      return
    }
    const key = keyOf(protocol, stop, cursor)
    this.#others.set(key, (this.#others.get(key) ?? 0) + 1)
  }

  /** Counts segments that needed no decoder. */
  countSegments(count: number): void {
    this.frames += count
    this.tcp += count
  }

  /** Everything that was no TCP segment, most frequent first. */
  reasons(): CoverageEntry[] {
    const entries = [...this.#others].map(([key, frames]) => ({ reason: reasonOf(key), frames, key }))
    entries.sort((a, b) => b.frames - a.frames || a.key - b.key)
    return entries.map(({ reason, frames }) => ({ reason, frames }))
  }
}

function keyOf(protocol: number, stop: Stop, cursor: Cursor): number {
  if (stop === Stop.NONE) return protocol
  if (stop === Stop.NOT_IP || stop === Stop.NOT_TRANSPORT)
    return stop * KEY_STOP + cursor.numbering * KEY_KIND + (cursor.value & 0xffff)
  return stop * KEY_STOP + cursor.layer
}

function reasonOf(key: number): string {
  const stop = Math.floor(key / KEY_STOP) as Stop
  const value = key % KEY_KIND
  const layer = () => LAYER_NAMES[value as Layer]
  switch (stop) {
    case Stop.NONE:
      return TRANSPORT_NAMES.get(value) ?? `IP protocol ${value}`
    case Stop.TRUNCATED:
      return `captured bytes end inside the ${layer()} header`
    case Stop.BAD_LENGTH:
      return `impossible length in the ${layer()} header`
    case Stop.FRAGMENT:
      return `${layer()} fragment of a datagram that is not complete`
    case Stop.TOO_DEEP:
      return 'more nested headers than are followed'
    default:
      return unknownOf(Math.floor((key % KEY_STOP) / KEY_KIND) as Numbering, value)
  }
}

function unknownOf(numbering: Numbering, value: number): string {
  switch (numbering) {
    case Numbering.LINK_TYPE:
      return `link type ${value}`
    case Numbering.ETHER_TYPE:
      return `${ETHER_TYPE_NAMES.get(value) ?? 'ethertype'} (0x${value.toString(16).padStart(4, '0')})`
    case Numbering.IP_PROTOCOL:
      return `${IP_PROTOCOL_NAMES.get(value) ?? 'IP protocol'} (${value})`
    case Numbering.ADDRESS_FAMILY:
      return `address family ${value}`
    case Numbering.LLC:
      return `LLC service access point 0x${value.toString(16).padStart(2, '0')}`
    case Numbering.PPP:
      return `PPP protocol 0x${value.toString(16).padStart(4, '0')}`
    case Numbering.MPLS:
      return 'MPLS payload that is not IP'
    case Numbering.ERSPAN:
      return `ERSPAN version ${value}`
    case Numbering.WLAN:
      return WLAN_NAMES[value] ?? 'IEEE 802.11'
    default:
      return 'not IP'
  }
}

const WLAN_NAMES: Readonly<Record<number, string>> = {
  [WLAN_NOT_READ.NO_DATA]: 'IEEE 802.11 frame without data',
  [WLAN_NOT_READ.ENCRYPTED]: 'encrypted IEEE 802.11 frame',
  [WLAN_NOT_READ.FRAGMENT]: 'fragment of an IEEE 802.11 frame',
}

const TRANSPORT_NAMES = new Map<number, string>([
  [Protocol.ICMP, 'ICMP'],
  [Protocol.UDP, 'UDP'],
  [Protocol.ICMPV6, 'ICMPv6'],
])

const ETHER_TYPE_NAMES = new Map([
  [0x0806, 'ARP'],
  [0x8035, 'RARP'],
  [0x888e, 'EAPOL'],
  [0x88cc, 'LLDP'],
])

const IP_PROTOCOL_NAMES = new Map([
  [2, 'IGMP'],
  [50, 'ESP'],
  [88, 'EIGRP'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [112, 'VRRP'],
  [132, 'SCTP'],
])
