import { Speech } from './layout'
import { word32 } from './memory'
import { payloadAt, payloadEnd } from './packet'

/** Bytes of a payload that say whether it is text. */
const LOOKED_AT: usize = 32

/** How the preface of an HTTP/2 client begins: PRI_ */
export const PREFACE = 0x50524920

/** What the payload of the current packet looks like: see `Speech`. */
export function speech(): i32 {
  if (payloadEnd <= payloadAt) return Speech.UNSEEN
  if (payloadEnd - payloadAt < 4) return isText() ? Speech.TEXT : Speech.BINARY
  const head = word32(payloadAt)
  if (head === 0x48545450) return Speech.HTTP_RESPONSE // HTTP
  if (isRequest(head) && tellsVersion()) return Speech.HTTP_REQUEST
  if (head === PREFACE) return Speech.HTTP2
  if (head === 0x5353482d) return Speech.SSH // SSH-
  if (isTls(head)) return Speech.TLS
  if (isReplyCode()) return Speech.REPLY_CODE
  if (isRedisCommand()) return Speech.REDIS_COMMAND
  if (isPostgresStart(head)) return Speech.POSTGRES_START
  if (isMysqlGreeting(head)) return Speech.MYSQL_GREETING
  return isText() ? Speech.TEXT : Speech.BINARY
}

/** The first four bytes of a request of HTTP. */
export function isRequest(head: i32): bool {
  switch (head) {
    case 0x47455420: // GET_
    case 0x504f5354: // POST
    case 0x50555420: // PUT_
    case 0x48454144: // HEAD
    case 0x44454c45: // DELE
    case 0x4f505449: // OPTI
    case 0x434f4e4e: // CONN
    case 0x50415443: // PATC
      return true
    default:
      return false
  }
}

/** The line of a request of HTTP/1 ends with its version, if the segment holds that; other protocols have words such as GET, too. */
function tellsVersion(): bool {
  let end = payloadAt
  while (end < payloadEnd && load<u8>(end) !== 0x0a) end++
  if (end === payloadEnd) return true
  if (load<u8>(end - 1) === 0x0d) end--
  return end - payloadAt >= 12 && word32(end - 8) === 0x48545450
}

/** A TLS record: type 20 to 24, version 3.0 to 3.4 (RFC 8446 §5.1). */
function isTls(head: i32): bool {
  const type = head >>> 24
  return type >= 0x14 && type <= 0x18 && ((head >>> 16) & 0xff) === 3 && ((head >>> 8) & 0xff) <= 4
}

function isReplyCode(): bool {
  const fourth = byte(3)
  if (fourth !== 0x20 && fourth !== 0x2d) return false
  return byte(0) >= 0x31 && byte(0) <= 0x35 && isDigit(byte(1)) && isDigit(byte(2))
}

/** `*`, how many strings, and the end of a line. */
function isRedisCommand(): bool {
  if (byte(0) !== 0x2a || !isDigit(byte(1))) return false
  const end: usize = isDigit(byte(2)) ? 3 : 2
  return payloadEnd - payloadAt > end + 1 && byte(end) === 0x0d && byte(end + 1) === 0x0a
}

/** A length, and then a version: 3.0, or the number that asks for TLS or GSSAPI. */
function isPostgresStart(length: i32): bool {
  if (payloadEnd - payloadAt < 8 || length < 8 || length > 0xffff) return false
  const version = word32(payloadAt + 4)
  return version === 0x00030000 || (length === 8 && (version === 0x04d2162f || version === 0x04d21630))
}

/** Three bytes of length, packet 0, protocol 10, and the first digit of a version. */
function isMysqlGreeting(head: i32): bool {
  return (head & 0xff) === 0 && payloadEnd - payloadAt > 5 && byte(4) === 0x0a && isDigit(byte(5))
}

function isDigit(value: i32): bool {
  return value >= 0x30 && value <= 0x39
}

/** Printable ASCII and line ends in its first bytes: what humans and line protocols write. */
function isText(): bool {
  const last = min(payloadEnd, payloadAt + LOOKED_AT)
  for (let at = payloadAt; at < last; at++) {
    const value = <i32>load<u8>(at)
    if ((value < 0x20 || value > 0x7e) && value !== 0x0a && value !== 0x0d && value !== 0x09) return false
  }
  return true
}

function byte(place: usize): i32 {
  return <i32>load<u8>(payloadAt + place)
}
