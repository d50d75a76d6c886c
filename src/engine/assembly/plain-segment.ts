import { numberOf } from './addresses'
import { Column, EtherType, LinkType, Protocol, State } from './layout'
import { column, setColumn, word16, word32 } from './memory'

/**
 * Plain segments: what nearly every frame of a capture is. A link header that is followed by IPv4 without options or
 * fragments, or by IPv6 without extension headers, and a TCP segment with all fixed fields of its header captured. One look
 * tells them, and their fields are read where they lie; all other frames go through the decoder.
 */

/** A provider's and a customer's. */
const MOST_TAGS = 2
const AF_INET = 2
/** Version 4, a header of five words. */
const IPV4_WITHOUT_OPTIONS = 0x45
const IPV4_HEADER = 20
const IPV6_HEADER = 40
/** More fragments, and the offset. */
const FRAGMENT = 0x3fff
/** Without options. */
export const TCP_HEADER = 20
/** NOP, NOP, TIMESTAMPS of 10 bytes: the options of most segments. */
const TIMESTAMPS_ALONE = 0x0101080a
const TIMESTAMPS_HEADER = 32

/** The version of IP that the link header announced last; 0 where it leaves that to the IP header. */
let announced: i32 = 0

/** Looks through the batch's frames, and writes down where their TCP headers start. Returns how many are plain. */
export function findPlainSegments(count: i32): i32 {
  let plain = 0
  for (let index = 0; index < count; index++) {
    const start = column(Column.START, index)
    const end = column(Column.END, index)
    const network = networkAt(column(Column.LINK_TYPE, index), start, end)
    // Where the frame ended on the wire: the sum may be beyond 32 bits.
    const wireEnd = <u64>start + <u64>(<u32>column(Column.ORIGINAL, index))
    if (network >= 0 && (isIpv4(index, network, end, wireEnd) || isIpv6(index, network, end, wireEnd))) plain++
    else setColumn(Column.SEGMENT, index, -1)
  }
  return plain
}

function isIpv4(index: i32, network: i32, end: i32, wireEnd: u64): bool {
  const transport = network + IPV4_HEADER
  if (transport + TCP_HEADER > end || announced === 6) return false
  const first = word32(network)
  const totalLength = first & 0xffff
  if (first >>> 24 !== IPV4_WITHOUT_OPTIONS || <u64>(network + totalLength) > wireEnd) return false
  if ((word16(network + 6) & FRAGMENT) !== 0 || <i32>load<u8>(network + 9) !== Protocol.TCP) return false
  if (!isSegment(index, transport, totalLength - IPV4_HEADER)) return false
  setColumn(Column.VERSION, index, 0)
  setColumn(Column.FROM, index, word32(network + 12))
  setColumn(Column.TO, index, word32(network + 16))
  return true
}

/** One whose addresses have no number yet is none. */
function isIpv6(index: i32, network: i32, end: i32, wireEnd: u64): bool {
  const transport = network + IPV6_HEADER
  if (transport + TCP_HEADER > end || announced === 4) return false
  const length = word16(network + 4)
  if (load<u8>(network) >>> 4 !== 6 || <u64>(transport + length) > wireEnd) return false
  if (<i32>load<u8>(network + 6) !== Protocol.TCP || !isSegment(index, transport, length)) return false
  const from = numberOf(network + 8)
  const to = numberOf(network + 24)
  setColumn(Column.VERSION, index, State.IPV6)
  setColumn(Column.FROM, index, from)
  setColumn(Column.TO, index, to)
  return from >= 0 && to >= 0
}

/** Takes a TCP header, if it fits into what the IP header promises. */
function isSegment(index: i32, transport: i32, length: i32): bool {
  const headerLength = headerLengthOf(transport)
  if (headerLength < TCP_HEADER || headerLength > length) return false
  setColumn(Column.SEGMENT, index, transport)
  setColumn(Column.PAYLOAD, index, length - headerLength)
  return true
}

/** Where an IP header follows the link header and its tags directly; -1 where none does. */
function networkAt(linkType: i32, start: i32, end: i32): i32 {
  if (linkType === LinkType.ETHERNET) return behindType(start + 12, end)
  announced = 0
  if (linkType === LinkType.RAW || linkType === LinkType.RAW_BSD || linkType === LinkType.RAW_OPENBSD) return start
  if (linkType === LinkType.IPV4 || linkType === LinkType.IPV6) return start
  if (linkType === LinkType.NULL) return start + 4 <= end && isFamily(word32(start)) ? start + 4 : -1
  if (linkType === LinkType.LINUX_SLL) return behindType(start + 14, end)
  if (linkType === LinkType.LINUX_SLL2) return start + 20 <= end && isType(word16(start)) ? start + 20 : -1
  return -1
}

/** Behind an ethertype at `at`, or behind the tags that it announces. */
function behindType(at: i32, end: i32): i32 {
  for (let tags = 0; tags <= MOST_TAGS && at + 2 <= end; tags++, at += 4) {
    const type = word16(at)
    if (isType(type)) return at + 2
    if (type !== EtherType.VLAN && type !== EtherType.PROVIDER_BRIDGE && type !== EtherType.QINQ) return -1
  }
  return -1
}

function isType(type: i32): bool {
  announced = type === EtherType.IPV4 ? 4 : 6
  return type === EtherType.IPV4 || type === EtherType.IPV6
}

/** In the byte order of the machine that captured: a family fits 16 bits, so the upper half tells it. */
function isFamily(word: i32): bool {
  const swapped = bswap<i32>(word)
  const family = (swapped & 0xffff) === 0 ? word : swapped
  announced = family === AF_INET ? 4 : 6
  return family === AF_INET || isInet6(family)
}

/** AF_INET6 of Linux, Windows, BSD/OS and NetBSD, FreeBSD, and macOS. */
function isInet6(family: i32): bool {
  return family === 10 || family === 23 || family === 24 || family === 28 || family === 30
}

export function headerLengthOf(segment: usize): i32 {
  return (<i32>load<u8>(segment + 12) >> 4) << 2
}

// Fields of a plain segment, by where its TCP header starts; those that its IP header tells by its place in the batch, too.

/** TTL or hop limit. */
export function ttl(index: i32, segment: usize): i32 {
  return load<u8>(segment - (column(Column.VERSION, index) === 0 ? IPV4_HEADER - 8 : IPV6_HEADER - 7))
}
/** IP identification, which IPv6 has none of, and TCP checksum: equal where the capture recorded a packet twice. */
export function fingerprint(index: i32, segment: usize): i32 {
  const id = column(Column.VERSION, index) === 0 ? word16(segment + 4 - IPV4_HEADER) : 0
  return (id << 16) | word16(segment + 16)
}
/** Source port in the upper half, destination port in the lower. */
export function ports(segment: usize): i32 {
  return word32(segment)
}
/** Control bits: see `Flag`. */
export function flags(segment: usize): i32 {
  return <i32>load<u8>(segment + 13)
}
export function seq(segment: usize): i32 {
  return word32(segment + 4)
}
export function ack(segment: usize): i32 {
  return word32(segment + 8)
}
export function window(segment: usize): i32 {
  return word16(segment + 14)
}
/** No options, or timestamps alone; the captured bytes end at `end`. */
export function hasPlainOptions(segment: usize, end: usize): bool {
  const length = headerLengthOf(segment)
  if (length === TCP_HEADER) return true
  return length === TIMESTAMPS_HEADER && segment + TIMESTAMPS_HEADER <= end && word32(segment + 20) === TIMESTAMPS_ALONE
}
