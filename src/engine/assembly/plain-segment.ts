import { Column, LinkType, Protocol } from './layout'
import { column, setColumn, word16, word32 } from './memory'

/**
 * Plain segments: what nearly every frame of a capture is. A link header that is followed by IPv4 without options or
 * fragments, and a TCP segment with all fixed fields of its header captured. One look tells them, and their fields are
 * read where they lie; all other frames go through the decoder.
 */

const ETHERTYPE_IPV4 = 0x0800
const AF_INET = 2
const AF_INET_SWAPPED = 0x02000000
/** Version 4, a header of five words. */
const IPV4_WITHOUT_OPTIONS = 0x45
const IPV4_HEADER = 20
/** More fragments, and the offset. */
const FRAGMENT = 0x3fff
/** Without options. */
export const TCP_HEADER = 20
/** NOP, NOP, TIMESTAMPS of 10 bytes: the options of most segments. */
const TIMESTAMPS_ALONE = 0x0101080a
const TIMESTAMPS_HEADER = 32

/** Looks through the batch's frames, and writes down where their TCP headers start. Returns how many are plain. */
export function findPlainSegments(count: i32): i32 {
  let plain = 0
  for (let index = 0; index < count; index++) {
    const segment = plainSegmentAt(
      column(Column.LINK_TYPE, index),
      column(Column.START, index),
      column(Column.END, index),
      <u32>column(Column.ORIGINAL, index),
    )
    setColumn(Column.SEGMENT, index, segment)
    if (segment >= 0) plain++
  }
  return plain
}

function plainSegmentAt(linkType: i32, start: i32, end: i32, originalLength: u32): i32 {
  const network = ipv4At(linkType, start, end)
  const transport = network + IPV4_HEADER
  if (network < 0 || transport + TCP_HEADER > end) return -1
  const first = word32(network)
  const totalLength = first & 0xffff
  if (first >>> 24 !== IPV4_WITHOUT_OPTIONS || <u64>(network + totalLength) > <u64>start + <u64>originalLength)
    return -1
  if ((word16(network + 6) & FRAGMENT) !== 0 || <i32>load<u8>(network + 9) !== Protocol.TCP) return -1
  const headerLength = headerLengthOf(transport)
  return headerLength < TCP_HEADER || IPV4_HEADER + headerLength > totalLength ? -1 : transport
}

/** Where an IPv4 header follows the link header directly; -1 where it does not. */
function ipv4At(linkType: i32, start: i32, end: i32): i32 {
  if (linkType === LinkType.ETHERNET)
    return start + 14 <= end && word16(start + 12) === ETHERTYPE_IPV4 ? start + 14 : -1
  if (linkType === LinkType.RAW || linkType === LinkType.IPV4) return start
  if (linkType === LinkType.RAW_BSD || linkType === LinkType.RAW_OPENBSD) return start
  if (linkType === LinkType.NULL) return start + 4 <= end && isIpv4Family(word32(start)) ? start + 4 : -1
  if (linkType === LinkType.LINUX_SLL)
    return start + 16 <= end && word16(start + 14) === ETHERTYPE_IPV4 ? start + 16 : -1
  if (linkType === LinkType.LINUX_SLL2) return start + 20 <= end && word16(start) === ETHERTYPE_IPV4 ? start + 20 : -1
  return -1
}

/** In either byte order: that of the machine that captured. */
function isIpv4Family(family: i32): bool {
  return family === AF_INET || family === AF_INET_SWAPPED
}

export function headerLengthOf(segment: usize): i32 {
  return (<i32>load<u8>(segment + 12) >> 4) << 2
}

/** Where the TTL lies before the TCP header. */
export const TTL: usize = IPV4_HEADER - 8

// Fields of a plain segment, by where its TCP header starts: the IPv4 header lies before it.

export function source(segment: usize): i32 {
  return word32(segment + 12 - IPV4_HEADER)
}
export function destination(segment: usize): i32 {
  return word32(segment + 16 - IPV4_HEADER)
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
/** IP identification and TCP checksum: equal where the capture recorded a packet twice. */
export function fingerprint(segment: usize): i32 {
  return (word16(segment + 4 - IPV4_HEADER) << 16) | word16(segment + 16)
}
/** No options, or timestamps alone; the captured bytes end at `end`. */
export function hasPlainOptions(segment: usize, end: usize): bool {
  const length = headerLengthOf(segment)
  if (length === TCP_HEADER) return true
  return length === TIMESTAMPS_HEADER && segment + TIMESTAMPS_HEADER <= end && word32(segment + 20) === TIMESTAMPS_ALONE
}
/** Payload, as the IP header promises it. */
export function payloadLength(segment: usize): i32 {
  return word16(segment + 2 - IPV4_HEADER) - IPV4_HEADER - headerLengthOf(segment)
}
