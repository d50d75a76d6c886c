import { Announcement, Speech } from './layout'
import { word16, word32 } from './memory'
import { payloadAt, payloadEnd, payloadLength } from './packet'

/**
 * What the first segment of an answer says of what is to follow it: a length that HTTP tells (RFC 9112 §6.3), or records and
 * messages that TLS has begun. Asked once of a flow.
 */

/** A header that is longer is not looked through: servers refuse such of clients (nginx: 8 KiB). */
const MOST_HEADER: usize = 8192
const LINE_FEED: u8 = 0x0a
/** The bit that makes a letter small, four times; colon and hyphen have it. */
const SMALL: i32 = 0x20202020
/** More digits are no length of anything. */
const MOST_DIGITS: usize = 15
const RECORD_HEADER: usize = 5
const HANDSHAKE = 22
const SERVER_HELLO = 2
/** A handshake message's type and length, and the version before its random. */
const BEFORE_RANDOM: usize = 6
/** How the random of a HelloRetryRequest begins (RFC 8446 §4.1.3): after that the client speaks. */
const RETRY: i32 = 0xcf21ad74

/** The value of the second reply's signal, of a server that speaks so to such a client; 0 where the segment is all that it announces. */
export function announcement(server: i32, client: i32): i32 {
  if (server === Speech.HTTP_RESPONSE && client === Speech.HTTP_REQUEST) return ofHttp()
  return server === Speech.TLS && client === Speech.TLS ? shaped(ofTls(), true) : 0
}

function shaped(bytes: i64, begun: bool): i32 {
  if (bytes <= <i64>payloadLength) return 0
  return ~(((<i32>min<i64>(bytes, Announcement.MOST)) << Announcement.BYTES) | (begun ? Announcement.BEGUN : 0))
}

/** Status line and header, as far as they are captured. */
function ofHttp(): i32 {
  if (hasNoBody()) return 0
  const end = min(payloadEnd, payloadAt + MOST_HEADER)
  let length: i64 = -1
  for (let line = nextLine(payloadAt, end); line < end; line = nextLine(line, end)) {
    const body = bodyAfter(line)
    if (body > 0)
      return length < 0 ? 0 : shaped(<i64>(body - payloadAt) + length, body - payloadAt < <usize>payloadLength)
    // Chunks tell their own lengths, and whatever else is told does not hold.
    if (isTransferEncoding(line, end)) return 0
    if (isContentLength(line, end)) length = numberAt(line + 15, end)
  }
  return 0
}

/** Answers without a body whatever length they tell: 1xx, 204 No Content, 304 Not Modified. One to HEAD is like others. */
function hasNoBody(): bool {
  if (payloadEnd - payloadAt < 12) return true
  const code = word32(payloadAt + 8)
  return code >>> 16 === 0x2031 || code === 0x20323034 || code === 0x20333034
}

/** Where the line after the one at `at` begins; `end` where it is not captured. */
function nextLine(at: usize, end: usize): usize {
  while (at < end && load<u8>(at) !== LINE_FEED) at++
  return min(at + 1, end)
}

/** Where the body begins if an empty line, which ends the header, stands at `line`; else 0. */
function bodyAfter(line: usize): usize {
  if (load<u8>(line) === LINE_FEED) return line + 1
  return word16(line) === 0x0d0a ? line + 2 : 0
}

function isTransferEncoding(line: usize, end: usize): bool {
  if (line + 12 > end) return false
  return small(line) === 0x7472616e && small(line + 4) === 0x73666572 && small(line + 8) === 0x2d656e63
}

function isContentLength(line: usize, end: usize): bool {
  if (line + 15 > end || small(line) !== 0x636f6e74 || small(line + 4) !== 0x656e742d) return false
  return small(line + 8) === 0x6c656e67 && small(line + 11) === 0x6774683a
}

/** Four characters, letters made small. */
function small(at: usize): i32 {
  return word32(at) | SMALL
}

/** The number behind spaces at `at`; -1 where there is none, or it is not captured to its end. */
function numberAt(at: usize, end: usize): i64 {
  while (at < end && load<u8>(at) === 0x20) at++
  const first = at
  let value: i64 = 0
  while (at < end && isDigit(load<u8>(at)) && at - first < MOST_DIGITS) value = value * 10 + (load<u8>(at++) - 0x30)
  return at === first || at >= end ? -1 : value
}

function isDigit(character: u8): bool {
  return character >= 0x30 && character <= 0x39
}

/** Records that begin in the segment; one more, where the only one is a ServerHello, which never is all that a server says. */
function ofTls(): i64 {
  let at = payloadAt
  let records = 0
  while (at + RECORD_HEADER <= payloadEnd) {
    at += RECORD_HEADER + <usize>word16(at + 3)
    records++
  }
  // What the snap length cut off is not known to be whole records.
  if (at < payloadEnd) return <i64>(at - payloadAt + RECORD_HEADER)
  const end = payloadAt + <usize>payloadLength
  return <i64>(at - payloadAt + (at === end && records === 1 && isServerHello(at) ? RECORD_HEADER : 0))
}

/** A ServerHello alone in a record that ends at `end`, and no HelloRetryRequest. */
function isServerHello(end: usize): bool {
  const message = payloadAt + RECORD_HEADER
  if (end - message < BEFORE_RANDOM + 4 || load<u8>(payloadAt) !== HANDSHAKE || load<u8>(message) !== SERVER_HELLO)
    return false
  const length: usize = word32(message) & 0xffffff
  return message + 4 + length === end && word32(message + BEFORE_RANDOM) !== RETRY
}
