import { Speech } from './layout'
import { word32 } from './memory'
import { payloadAt, payloadEnd } from './packet'

/** Bytes of a payload that say whether it is text. */
const LOOKED_AT: usize = 32

/** What the payload of the current packet looks like: see `Speech`. */
export function speech(): i32 {
  if (payloadEnd <= payloadAt) return Speech.UNSEEN
  if (payloadEnd - payloadAt < 4) return isText() ? Speech.TEXT : Speech.BINARY
  const head = word32(payloadAt)
  if (head === 0x48545450) return Speech.HTTP_RESPONSE // HTTP
  if (isRequest(head)) return Speech.HTTP_REQUEST
  if (head === 0x5353482d) return Speech.SSH // SSH-
  if (isTls(head)) return Speech.TLS
  if (isReplyCode()) return Speech.REPLY_CODE
  return isText() ? Speech.TEXT : Speech.BINARY
}

function isRequest(head: i32): bool {
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
