import type { Frame } from '../capture/frame.ts'
import { LinkType } from '../capture/link-type.ts'
import type { AddressMap } from './address-map.ts'
import { FrameCopy } from './frame-copy.ts'
import { NetworkRedaction } from './redact-network.ts'

const EtherType = {
  IPV4: 0x0800,
  VLAN: 0x8100,
  IPV6: 0x86dd,
  BRIDGED: 0x6558,
  MPLS: 0x8847,
  MPLS_MULTICAST: 0x8848,
  PPPOE: 0x8864,
  SERVICE_VLAN: 0x88a8,
  OLD_SERVICE_VLAN: 0x9100,
} as const
const ETHERNET = { TYPE: 12, HEADER: 14 } as const
const TAG = 4
const SLL = { ADDRESS: 6, TYPE: 14, HEADER: 16 } as const
const SLL2 = { ADDRESS: 12, HEADER: 20 } as const
const FAMILY = 4
const PPPOE = 6
const PPP = { ADDRESS_AND_CONTROL: 0xff03, IPV4: 0x0021, IPV6: 0x0057 } as const
const BOTTOM_OF_STACK = 0x100

/**
 * Makes frames fit to be shared: headers that are understood stay, with their addresses mapped; payload, options with
 * contents and everything that is not understood become zero. Lengths, ports, times and numbers stay.
 */
export class FrameRedaction {
  /** Frames in which no IP header was found: nothing behind their link layer's header stayed. */
  unread = 0
  readonly #copy: FrameCopy
  readonly #network: NetworkRedaction

  constructor(addresses: AddressMap) {
    this.#copy = new FrameCopy(addresses)
    this.#network = new NetworkRedaction(this.#copy, (type, at) => this.#etherType(type, at))
  }

  /** Checksums that cannot be told again, because not all that they cover was captured: they are zero. */
  get unsummed(): number {
    return this.#network.unsummed
  }

  /** Puts the redacted copy in the place of the frame's bytes. */
  readonly apply = (frame: Frame): void => {
    const copy = this.#copy
    copy.open(frame)
    this.#network.begin()
    if (!this.#link(frame.linkType)) this.unread++
    frame.bytes = copy.to
    frame.start = 0
    frame.end = copy.length
  }

  #link(linkType: number): boolean {
    const copy = this.#copy
    switch (linkType) {
      case LinkType.ETHERNET:
        return this.#ethernet(0)
      case LinkType.LINUX_SLL:
        if (!copy.has(0, SLL.HEADER)) return false
        copy.keep(0, SLL.ADDRESS)
        copy.hardware(SLL.ADDRESS)
        copy.keep(SLL.TYPE, 2)
        return this.#etherType(copy.from.getUint16(SLL.TYPE), SLL.HEADER)
      case LinkType.LINUX_SLL2:
        if (!copy.has(0, SLL2.HEADER)) return false
        copy.keep(0, SLL2.ADDRESS)
        copy.hardware(SLL2.ADDRESS)
        return this.#etherType(copy.from.getUint16(0), SLL2.HEADER)
      case LinkType.NULL:
      case LinkType.LOOP:
        copy.keep(0, FAMILY)
        return this.#network.ip(FAMILY)
      case LinkType.PPP:
      case LinkType.PPP_HDLC:
        return this.#ppp(0)
      case LinkType.RAW:
      case LinkType.RAW_BSD:
      case LinkType.RAW_OPENBSD:
      case LinkType.IPV4:
      case LinkType.IPV6:
        return this.#network.ip(0)
      default:
        return false
    }
  }

  #ethernet(at: number): boolean {
    const copy = this.#copy
    if (!copy.has(at, ETHERNET.HEADER)) return false
    copy.hardware(at)
    copy.hardware(at + ETHERNET.TYPE / 2)
    copy.keep(at + ETHERNET.TYPE, 2)
    return this.#etherType(copy.from.getUint16(at + ETHERNET.TYPE), at + ETHERNET.HEADER)
  }

  #etherType(type: number, at: number): boolean {
    switch (type) {
      case EtherType.IPV4:
      case EtherType.IPV6:
        return this.#network.ip(at)
      case EtherType.VLAN:
      case EtherType.SERVICE_VLAN:
      case EtherType.OLD_SERVICE_VLAN:
        return this.#vlan(at)
      case EtherType.BRIDGED:
        return this.#ethernet(at)
      case EtherType.MPLS:
      case EtherType.MPLS_MULTICAST:
        return this.#mpls(at)
      case EtherType.PPPOE:
        this.#copy.keep(at, PPPOE)
        return this.#ppp(at + PPPOE)
      default:
        return false
    }
  }

  #vlan(at: number): boolean {
    const copy = this.#copy
    if (!copy.has(at, TAG)) return false
    copy.keep(at, TAG)
    return this.#etherType(copy.from.getUint16(at + 2), at + TAG)
  }

  #mpls(start: number): boolean {
    const copy = this.#copy
    for (let at = start; copy.has(at, TAG); at += TAG) {
      copy.keep(at, TAG)
      if ((copy.from.getUint32(at) & BOTTOM_OF_STACK) !== 0) return this.#network.ip(at + TAG)
    }
    return false
  }

  #ppp(start: number): boolean {
    const copy = this.#copy
    const framed = copy.has(start, 2) && copy.from.getUint16(start) === PPP.ADDRESS_AND_CONTROL
    const at = framed ? start + 2 : start
    if (!copy.has(at, 2)) return false
    copy.keep(start, at + 2 - start)
    const protocol = copy.from.getUint16(at)
    return (protocol === PPP.IPV4 || protocol === PPP.IPV6) && this.#network.ip(at + 2)
  }
}
