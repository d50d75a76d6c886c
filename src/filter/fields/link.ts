import { LinkType } from '../../capture/link-type.ts'
import { bytesField, type Fields, markField, named, numberField, numbersField } from '../field.ts'
import { ETHER_TYPES } from '../names/ether-types.ts'
import { DROP_ELIGIBILITY, VLAN_PRIORITIES } from '../names/vlan-priorities.ts'
import type { Scope } from '../scope.ts'

const HEADER = 14
const TYPE = 12
const ADDRESS = 6
const TAG = 4
const MAX_LENGTH = 1500
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
  null: markField(isOfLinkType(LinkType.NULL)),
  arp: markField((scope) => scope.current.packet.etherType === ETHERTYPE_ARP && scope.current.packet.ipVersion === 0),
}
