import { fold, sumWords } from '../../packet/checksum.ts'
import { IP_STARTS, type Packet } from '../../packet/packet.ts'
import { formatIpv4 } from '../../text/address.ts'
import {
  type BytesField,
  bytesField,
  type Fields,
  type NumberField,
  type NumberType,
  named,
  numbersField,
  type TextField,
  textsField,
} from '../field.ts'
import { CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_STATES, CHECKSUM_UNVERIFIED } from '../names/checksum-states.ts'
import { CODE_POINTS, CONGESTION } from '../names/differentiated-services.ts'
import { IP_PROTOCOLS } from '../names/ip-protocols.ts'
import type { Scope } from '../scope.ts'

/** What stands between an ICMP error's start and the header that it quotes. */
const ICMP_ERROR_HEADER = 8
const IPV4 = { LENGTH: 2, ID: 4, FRAGMENT: 6, TTL: 8, PROTOCOL: 9, CHECKSUM: 10, SOURCE: 12, DESTINATION: 16 } as const
const IPV6 = { LENGTH: 4, NEXT_HEADER: 6, HOP_LIMIT: 7, SOURCE: 8, DESTINATION: 24, HEADER: 40, ADDRESS: 16 } as const
const RESERVED = 0x8000
const DONT_FRAGMENT = 0x4000
const MORE_FRAGMENTS = 0x2000
const FRAGMENT_OFFSET = 0x1fff

/** IP headers of the packet: those of tunnels, its own, and one that an ICMP error quotes. */
const headers = ({ current: { packet } }: Scope): number => placed(packet) + (packet.quoted ? 1 : 0)

/** Headers of the packet whose place is known: of more than there is room for, the last one takes the last place. */
const placed = (packet: Packet): number => Math.min(packet.ipHeaders, IP_STARTS)

/** Puts the start of header `at`, of whatever version, into the scope, and where its bytes end at the latest. */
function locate(scope: Scope, at: number): void {
  const { packet, frame } = scope.current
  const { bytes } = packet
  const last = placed(packet) - 1
  if (at === last) scope.found(bytes, packet.networkStart, packet.networkEnd)
  else if (at > last) scope.found(bytes, packet.transportStart + ICMP_ERROR_HEADER, bytes.byteLength)
  else if (packet.reassembled && at >= packet.framedHeaders) scope.found(bytes, packet.ipStarts[at]!, bytes.byteLength)
  else scope.found(frame.bytes, packet.ipStarts[at]!, frame.end)
}

const versionHere = (scope: Scope): number => scope.bytes.getUint8(scope.from) >> 4

function countOf(version: number): (scope: Scope) => number {
  return (scope) => {
    const { packet } = scope.current
    if (packet.ipHeaders === 1 && !packet.quoted) return packet.ipVersion === version ? 1 : 0
    let count = 0
    for (let at = headers(scope) - 1; at >= 0; at--) {
      locate(scope, at)
      if (versionHere(scope) === version) count++
    }
    return count
  }
}

/** Puts the start of the header of a version that is `at` in order into the scope; which header of all it is. */
function locateOf(version: number, scope: Scope, at: number): number {
  let left = at
  for (let header = 0; header < headers(scope); header++) {
    locate(scope, header)
    if (versionHere(scope) === version && left-- === 0) return header
  }
  return -1
}

/** Puts the header with what it carries into the scope: of a fragment, what stands in the frame. */
function locateAllOf(version: number, scope: Scope, at: number): void {
  const header = locateOf(version, scope, at)
  const { packet, frame } = scope.current
  if (packet.reassembled && header === packet.framedHeaders - 1)
    scope.found(frame.bytes, packet.ipStarts[header]!, frame.end)
  const { bytes, from } = scope
  const stated = version === 4 ? bytes.getUint16(from + IPV4.LENGTH) : bytes.getUint16(from + IPV6.LENGTH)
  const limit = bytes === frame.bytes ? frame.end : bytes.byteLength
  const length = version === 4 ? stated : stated + IPV6.HEADER
  scope.found(bytes, from, stated === 0 ? limit : Math.min(limit, from + length))
}

const count4 = countOf(4)
const count6 = countOf(6)

function ip(type: NumberType, read: (bytes: DataView, start: number) => number): NumberField {
  return numbersField(type, count4, (scope, at) => {
    locateOf(4, scope, at)
    return read(scope.bytes, scope.from)
  })
}

function ipv6(read: (bytes: DataView, start: number) => number): NumberField {
  return numbersField('integer', count6, (scope, at) => {
    locateOf(6, scope, at)
    return read(scope.bytes, scope.from)
  })
}

function ipv6Address(offset: number): BytesField {
  return bytesField('ipv6', count6, (scope, at) => {
    locateOf(6, scope, at)
    scope.found(scope.bytes, scope.from + offset, scope.from + offset + IPV6.ADDRESS)
  })
}

function ipv4Text(scope: Scope, at: number, offset: number): string {
  locateOf(4, scope, at)
  return formatIpv4(scope.bytes.getUint32(scope.from + offset))
}

const ipText = (offset: number): TextField => textsField(count4, (scope, at) => ipv4Text(scope, at, offset))

/** What a header that leaves its length to the network card stands for: all that there was behind it. */
const onWire = ({ from, current: { frame } }: Scope): number => frame.start + frame.originalLength - from

/** Wireshark's number for what the checksum of the header in the scope tells. */
function headerChecksum({ bytes, from, to }: Scope): number {
  const end = from + ((bytes.getUint8(from) & 15) << 2)
  if (end > to) return CHECKSUM_UNVERIFIED
  return fold(sumWords(bytes, from, end)) === 0xffff ? CHECKSUM_GOOD : CHECKSUM_BAD
}

const fragmentWord = (bytes: DataView, start: number): number => bytes.getUint16(start + IPV4.FRAGMENT)

/** Fields of IP, either version. */
export const NETWORK_FIELDS: Fields = {
  ip: bytesField(
    'protocol',
    count4,
    (scope, at) => {
      locateOf(4, scope, at)
      const { bytes, from, to } = scope
      scope.found(bytes, from, Math.min(to, from + ((bytes.getUint8(from) & 15) << 2)))
    },
    (scope, at) => locateAllOf(4, scope, at),
  ),
  'ip.src': ip('ipv4', (bytes, start) => bytes.getUint32(start + IPV4.SOURCE)),
  'ip.dst': ip('ipv4', (bytes, start) => bytes.getUint32(start + IPV4.DESTINATION)),
  'ip.addr': numbersField(
    'ipv4',
    (scope) => 2 * count4(scope),
    (scope, at) => {
      locateOf(4, scope, at >> 1)
      return scope.bytes.getUint32(scope.from + ((at & 1) === 0 ? IPV4.SOURCE : IPV4.DESTINATION))
    },
  ),
  // Of either version, so that ip.version == 6 is no contradiction.
  'ip.version': numbersField('integer', headers, (scope, at) => {
    locate(scope, at)
    return versionHere(scope)
  }),
  'ip.hdr_len': ip('integer', (bytes, start) => (bytes.getUint8(start) & 15) << 2),
  'ip.dsfield': ip('integer', (bytes, start) => bytes.getUint8(start + 1)),
  'ip.dsfield.dscp': named(
    ip('integer', (bytes, start) => bytes.getUint8(start + 1) >> 2),
    CODE_POINTS,
  ),
  'ip.dsfield.ecn': named(
    ip('integer', (bytes, start) => bytes.getUint8(start + 1) & 3),
    CONGESTION,
  ),
  'ip.len': numbersField('integer', count4, (scope, at) => {
    locateOf(4, scope, at)
    return scope.bytes.getUint16(scope.from + IPV4.LENGTH) || onWire(scope)
  }),
  'ip.id': ip('integer', (bytes, start) => bytes.getUint16(start + IPV4.ID)),
  'ip.flags': ip('integer', (bytes, start) => fragmentWord(bytes, start) >> 13),
  'ip.flags.rb': ip('boolean', (bytes, start) => ((fragmentWord(bytes, start) & RESERVED) === 0 ? 0 : 1)),
  'ip.flags.df': ip('boolean', (bytes, start) => ((fragmentWord(bytes, start) & DONT_FRAGMENT) === 0 ? 0 : 1)),
  'ip.flags.mf': ip('boolean', (bytes, start) => ((fragmentWord(bytes, start) & MORE_FRAGMENTS) === 0 ? 0 : 1)),
  // In units of eight bytes, as it is written; Wireshark shows it in bytes and compares it like this.
  'ip.frag_offset': ip('integer', (bytes, start) => fragmentWord(bytes, start) & FRAGMENT_OFFSET),
  'ip.ttl': ip('integer', (bytes, start) => bytes.getUint8(start + IPV4.TTL)),
  'ip.proto': named(
    ip('integer', (bytes, start) => bytes.getUint8(start + IPV4.PROTOCOL)),
    IP_PROTOCOLS,
  ),
  'ip.checksum': ip('integer', (bytes, start) => bytes.getUint16(start + IPV4.CHECKSUM)),
  'ip.checksum.status': named(
    numbersField('integer', count4, (scope, at) => {
      locateOf(4, scope, at)
      return headerChecksum(scope)
    }),
    CHECKSUM_STATES,
  ),
  'ip.src_host': ipText(IPV4.SOURCE),
  'ip.dst_host': ipText(IPV4.DESTINATION),
  'ip.host': textsField(
    (scope) => 2 * count4(scope),
    (scope, at) => ipv4Text(scope, at >> 1, (at & 1) === 0 ? IPV4.SOURCE : IPV4.DESTINATION),
  ),
  ipv6: bytesField(
    'protocol',
    count6,
    (scope, at) => {
      locateOf(6, scope, at)
      scope.found(scope.bytes, scope.from, scope.from + IPV6.HEADER)
    },
    (scope, at) => locateAllOf(6, scope, at),
  ),
  'ipv6.src': ipv6Address(IPV6.SOURCE),
  'ipv6.dst': ipv6Address(IPV6.DESTINATION),
  'ipv6.addr': bytesField(
    'ipv6',
    (scope) => 2 * count6(scope),
    (scope, at) => {
      locateOf(6, scope, at >> 1)
      const start = scope.from + ((at & 1) === 0 ? IPV6.SOURCE : IPV6.DESTINATION)
      scope.found(scope.bytes, start, start + IPV6.ADDRESS)
    },
  ),
  'ipv6.version': ipv6((bytes, start) => bytes.getUint8(start) >> 4),
  'ipv6.tclass': ipv6((bytes, start) => (bytes.getUint16(start) >> 4) & 0xff),
  'ipv6.flow': ipv6((bytes, start) => bytes.getUint32(start) & 0xfffff),
  'ipv6.plen': ipv6((bytes, start) => bytes.getUint16(start + IPV6.LENGTH)),
  'ipv6.tclass.dscp': named(
    ipv6((bytes, start) => (bytes.getUint16(start) >> 6) & 0x3f),
    CODE_POINTS,
  ),
  'ipv6.tclass.ecn': named(
    ipv6((bytes, start) => (bytes.getUint16(start) >> 4) & 3),
    CONGESTION,
  ),
  'ipv6.nxt': named(
    ipv6((bytes, start) => bytes.getUint8(start + IPV6.NEXT_HEADER)),
    IP_PROTOCOLS,
  ),
  'ipv6.hlim': ipv6((bytes, start) => bytes.getUint8(start + IPV6.HOP_LIMIT)),
}
