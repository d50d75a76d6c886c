import { LinkType } from '../../capture/link-type.ts'
import { bytesField, type Fields, markField, type NumberField, named, numberField, numbersField } from '../field.ts'
import { ADDRESSEES, ADMINISTRATIONS } from '../names/address-bits.ts'
import { ETHER_TYPES } from '../names/ether-types.ts'
import type { NamedValues } from '../names/named-values.ts'
import { SLL_PACKET_TYPES } from '../names/sll-packet-types.ts'
import { DROP_ELIGIBILITY, VLAN_PRIORITIES } from '../names/vlan-priorities.ts'
import type { Scope } from '../scope.ts'

const HEADER = 14
const TYPE = 12
const ADDRESS = 6
const TAG = 4
const MAX_LENGTH = 1500
/** In an address's first byte: it is a group's, and it was not given by a manufacturer. */
const GROUP_BIT = 1
const LOCAL_BIT = 2
const SLL = { PACKET_TYPE: 0, PROTOCOL: 14, HEADER: 16 } as const
const SLL2 = { PACKET_TYPE: 10, PROTOCOL: 0, HEADER: 20 } as const
const FIRST_ETHER_TYPE = 0x600
const TAG_TYPES = new Set([0x8100, 0x88a8, 0x9100])
const ETHERTYPE_ARP = 0x0806

/** Ethernet as the link itself; what a tunnel carries is not asked for. */
const hasEthernet = ({ current: { frame } }: Scope): boolean =>
  frame.linkType === LinkType.ETHERNET && frame.end - frame.start >= HEADER

const isOfLinkType =
  (linkType: number) =>
  (scope: Scope): boolean =>
    scope.current.frame.linkType === linkType

/** Destination, then source, as they stand in the header. */
const locateAddress = (scope: Scope, at: number): void => {
  const { bytes, start } = scope.current.frame
  scope.found(bytes, start + at * ADDRESS, start + (at + 1) * ADDRESS)
}

/** A bit of `count` addresses, the `first` one and those behind it. */
const addressBit = (count: number, first: number, bit: number, names: NamedValues): NumberField =>
  named(
    numbersField(
      'boolean',
      (scope) => (hasEthernet(scope) ? count : 0),
      ({ current: { frame } }, at) =>
        (frame.bytes.getUint8(frame.start + (first + at) * ADDRESS) & bit) === 0 ? 0 : 1,
    ),
    names,
  )

/** Whether both addresses, or one of them, are a group's, and whether they are local ones. */
const addressBits = (name: string, count: number, first: number): Fields => ({
  [`${name}.ig`]: addressBit(count, first, GROUP_BIT, ADDRESSEES),
  [`${name}.lg`]: addressBit(count, first, LOCAL_BIT, ADMINISTRATIONS),
})

/** Where the fields of Linux's cooked header stand; null on other links, and where the snap length cut it. */
function cookedHeader({ current: { frame } }: Scope): typeof SLL | typeof SLL2 | null {
  const header = frame.linkType === LinkType.LINUX_SLL ? SLL : frame.linkType === LinkType.LINUX_SLL2 ? SLL2 : null
  return header !== null && frame.end - frame.start >= header.HEADER ? header : null
}

function cookedType(scope: Scope): number {
  const { bytes, start } = scope.current.frame
  const header = cookedHeader(scope)!
  return header === SLL2 ? bytes.getUint8(start + header.PACKET_TYPE) : bytes.getUint16(start + header.PACKET_TYPE)
}

const cookedProtocol = (scope: Scope): number =>
  scope.current.frame.bytes.getUint16(scope.current.frame.start + cookedHeader(scope)!.PROTOCOL)

const typeOf = ({ current: { frame } }: Scope): number => frame.bytes.getUint16(frame.start + TYPE)

function countTags(scope: Scope): number {
  if (!hasEthernet(scope)) return 0
  const { bytes, start, end } = scope.current.frame
  let tags = 0
  let type = start + TYPE
  while (type + TAG + 2 <= end && TAG_TYPES.has(bytes.getUint16(type))) {
    tags++
    type += TAG
  }
  return tags
}

const tag = ({ current: { frame } }: Scope, at: number): number =>
  frame.bytes.getUint16(frame.start + HEADER + at * TAG)

const innerType = ({ current: { frame } }: Scope, at: number): number =>
  frame.bytes.getUint16(frame.start + HEADER + at * TAG + 2)

/** Fields of the link layer. */
export const LINK_FIELDS: Fields = {
  eth: bytesField(
    'protocol',
    (scope) => (hasEthernet(scope) ? 1 : 0),
    (scope) => {
      const { bytes, start } = scope.current.frame
      scope.found(bytes, start, start + HEADER)
    },
    (scope) => {
      const { bytes, start, end } = scope.current.frame
      scope.found(bytes, start, end)
    },
  ),
  'eth.addr': bytesField('ether', (scope) => (hasEthernet(scope) ? 2 : 0), locateAddress),
  'eth.dst': bytesField(
    'ether',
    (scope) => (hasEthernet(scope) ? 1 : 0),
    (scope) => locateAddress(scope, 0),
  ),
  'eth.src': bytesField(
    'ether',
    (scope) => (hasEthernet(scope) ? 1 : 0),
    (scope) => locateAddress(scope, 1),
  ),
  ...addressBits('eth', 2, 0),
  ...addressBits('eth.dst', 1, 0),
  ...addressBits('eth.src', 1, 1),
  'eth.type': named(
    numberField('integer', (scope) => hasEthernet(scope) && typeOf(scope) > MAX_LENGTH, typeOf),
    ETHER_TYPES,
  ),
  'eth.len': numberField('integer', (scope) => hasEthernet(scope) && typeOf(scope) <= MAX_LENGTH, typeOf),
  vlan: markField((scope) => countTags(scope) > 0),
  'vlan.dei': named(
    numbersField('boolean', countTags, (scope, at) => (tag(scope, at) >> 12) & 1),
    DROP_ELIGIBILITY,
  ),
  'vlan.etype': named(numbersField('integer', countTags, innerType), ETHER_TYPES),
  'vlan.id': numbersField('integer', countTags, (scope, at) => tag(scope, at) & 0x0fff),
  'vlan.priority': named(
    numbersField('integer', countTags, (scope, at) => tag(scope, at) >> 13),
    VLAN_PRIORITIES,
  ),
  sll: markField((scope) => isOfLinkType(LinkType.LINUX_SLL)(scope) || isOfLinkType(LinkType.LINUX_SLL2)(scope)),
  'sll.pkttype': named(
    numberField('integer', (scope) => cookedHeader(scope) !== null, cookedType),
    SLL_PACKET_TYPES,
  ),
  'sll.etype': named(
    numberField(
      'integer',
      (scope) => cookedHeader(scope) !== null && cookedProtocol(scope) >= FIRST_ETHER_TYPE,
      cookedProtocol,
    ),
    ETHER_TYPES,
  ),
  null: markField(isOfLinkType(LinkType.NULL)),
  arp: markField((scope) => scope.current.packet.etherType === ETHERTYPE_ARP && scope.current.packet.ipVersion === 0),
}
