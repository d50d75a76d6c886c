/** What the first payload of a side looks like: enough to tell that two ends do not speak the same protocol. */
export const Speech = {
  NONE: 0,
  /** Bytes that match nothing below. */
  BINARY: 1,
  TEXT: 2,
  HTTP_REQUEST: 3,
  HTTP_RESPONSE: 4,
  TLS: 5,
  SSH: 6,
  /** A greeting with a reply code, as SMTP, FTP and NNTP servers send (RFC 5321 §4.2). */
  REPLY_CODE: 7,
  /** The snap length cut the bytes off. */
  UNSEEN: 8,
} as const
export type Speech = (typeof Speech)[keyof typeof Speech]

/** Classifies the payload in `bytes` from `start` to `end`, of which `start` may equal `end`. */
export function classifySpeech(bytes: DataView, start: number, end: number): Speech {
  if (end <= start) return Speech.UNSEEN
  if (end - start < 4) return isText(bytes, start, end) ? Speech.TEXT : Speech.BINARY
  const head = bytes.getUint32(start)
  switch (head) {
    case 0x48545450: // HTTP
      return Speech.HTTP_RESPONSE
    case 0x47455420: // GET_
    case 0x504f5354: // POST
    case 0x50555420: // PUT_
    case 0x48454144: // HEAD
    case 0x44454c45: // DELE
    case 0x4f505449: // OPTI
    case 0x434f4e4e: // CONN
    case 0x50415443: // PATC
      return Speech.HTTP_REQUEST
    case 0x5353482d: // SSH-
      return Speech.SSH
  }
  // A TLS record: type 20 to 24, version 3.0 to 3.4 (RFC 8446 §5.1).
  if (head >>> 24 >= 0x14 && head >>> 24 <= 0x18 && ((head >>> 16) & 0xff) === 3 && ((head >>> 8) & 0xff) <= 4)
    return Speech.TLS
  if (isReplyCode(bytes, start)) return Speech.REPLY_CODE
  return isText(bytes, start, end) ? Speech.TEXT : Speech.BINARY
}

function isReplyCode(bytes: DataView, start: number): boolean {
  const fourth = bytes.getUint8(start + 3)
  if (fourth !== 0x20 && fourth !== 0x2d) return false
  const hundred = bytes.getUint8(start)
  return hundred >= 0x31 && hundred <= 0x35 && isDigit(bytes.getUint8(start + 1)) && isDigit(bytes.getUint8(start + 2))
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** Printable ASCII and line ends in the first 32 bytes: what humans and line protocols write. */
function isText(bytes: DataView, start: number, end: number): boolean {
  const last = Math.min(end, start + 32)
  for (let at = start; at < last; at++) {
    const byte = bytes.getUint8(at)
    if ((byte < 0x20 || byte > 0x7e) && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false
  }
  return true
}
