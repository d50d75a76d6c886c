import {
  beginsHeader,
  CARRIAGE_RETURN,
  isChunked,
  isDigit,
  isStream,
  LINE_FEED,
  length,
  MOST_HEADER,
  nextLine,
  readHeader,
  readLines,
  resumeHeader,
  status,
} from './http-header'
import { Dossier, HttpFraming, Row } from './layout'
import { distance, setWord, word, word16, word32 } from './memory'
import { isRequest } from './speech'

/**
 * Where answers of HTTP/1 begin and end, as their headers tell it (RFC 9112 §6.3): of each answer its header is read, be it in
 * several segments, and of each chunk its size. Whatever does not fit loses the thread for good.
 */

const GET = 0x47455420
const HEAD = 0x48454144
const CONNECT = 0x434f4e4e
const LINE_END = 0x0d0a
const MESSAGE_END = 0x0d0a0d0a
/** More digits are the size of no chunk; some servers write as many whatever the size. */
const MOST_HEX_DIGITS: usize = 8
/** The most that an answer's end is known to be ahead: half of the sequence space lies behind. */
const MOST_AHEAD: i64 = 0x3fffffff
/** What is known of an answer, and of those that are due. */
const OF_ANSWER: i32 =
  HttpFraming.LENGTH | HttpFraming.CHUNKS | HttpFraming.OPEN | HttpFraming.HEADER | HttpFraming.ASTRAY
/** An answer in chunks, and where in them it is has been lost. */
const ASTRAY: i32 = HttpFraming.OPEN | HttpFraming.ASTRAY
const ONE_REQUEST: i32 = 1 << HttpFraming.REQUESTS

/** What is known of the flow whose segment is read: its `Row.SPEECH`. */
let known: i32 = 0

/** The client, which speaks HTTP, sent payload of which these bytes are captured; `isAnswered` where its answer was recorded before. */
export function noteHttpRequest(row: usize, at: usize, end: usize, isFirst: bool, isAnswered: bool): void {
  known = word(row, Row.SPEECH)
  const isPending = known >>> HttpFraming.REQUESTS > 0
  const head = end - at >= 4 ? word32(at) : 0
  const isBodiless = head === HEAD || head === CONNECT
  if (isAnswered) known |= HttpFraming.LOST
  known &= ~(isPending ? OF_ANSWER : OF_ANSWER | HttpFraming.BODILESS)
  if (isBodiless) known |= HttpFraming.BODILESS
  const requests = isFirst ? requestsIn(at, end) : isRequest(head) ? 1 : 0
  const room = HttpFraming.MOST_REQUESTS - (known >>> HttpFraming.REQUESTS)
  setWord(row, Row.SPEECH, requests > room ? known | HttpFraming.LOST : known + requests * ONE_REQUEST)
}

/** Bytes of a side are missing, or came in another order. */
export function loseFraming(row: usize): void {
  setWord(row, Row.SPEECH, word(row, Row.SPEECH) | HttpFraming.LOST)
}

/**
 * How many requests begin in a client's first payload, each after the end of the one before. What follows one that may have a body is
 * not counted: a batch carries whole requests as parts of one.
 */
function requestsIn(at: usize, end: usize): i32 {
  let found = 1
  let line = nextLine(at, end)
  for (let next = end - at >= 4 && isBare(word32(at)); next && line + 8 <= end; line = nextLine(line, end)) {
    if (word16(line) !== LINE_END || !isRequest(word32(line + 2))) continue
    found++
    next = isBare(word32(line + 2))
  }
  return found
}

/** A request's first four bytes are of a method that has no body. */
function isBare(head: i32): bool {
  return head === GET || head === HEAD
}

/** The server sent payload in order, from a sequence number on; of its bytes these are captured. */
export function noteHttpReply(row: usize, dossier: usize, at: usize, end: usize, bytes: i32, seq: i32): void {
  known = word(row, Row.SPEECH)
  if ((known & HttpFraming.LOST) !== 0) return
  if (end - at < <usize>bytes) {
    loseFraming(row)
    return
  }
  const offset = seq - <i32>at
  if ((known & HttpFraming.HEADER) !== 0) at = goOnInHeader(dossier, at, end, offset)
  else if ((known & ASTRAY) === ASTRAY) at = goOnAstray(at, end)
  else {
    const left = (known & (HttpFraming.LENGTH | HttpFraming.OPEN)) === 0 ? 0 : distance(answerEnd(dossier), seq)
    if (left >= bytes) return
    at += <usize>max(left, 0)
  }
  while (at < end && (known & HttpFraming.LOST) === 0)
    at = (known & HttpFraming.OPEN) !== 0 ? readChunk(dossier, at, end, offset) : readAnswer(dossier, at, end, offset)
  setWord(row, Row.SPEECH, known)
}

function answerEnd(dossier: usize): i32 {
  return word(dossier, Dossier.ANSWER_END)
}

/** An answer begins. Returns where the next one does, or chunks of this one do. */
function readAnswer(dossier: usize, at: usize, end: usize, offset: i32): usize {
  known &= ~OF_ANSWER
  const body = readHeader(at, end)
  const isInterim = body !== 0 && status >>> 16 === 0x31 && status !== SWITCHING
  const isDue = known >>> HttpFraming.REQUESTS > 0
  if (!isInterim && isDue) known -= ONE_REQUEST
  if (body !== 0) return beginBody(dossier, body, offset)
  if (isDue && beginsHeader(at, end)) keepHeader(dossier, end, false)
  else known |= HttpFraming.LOST
  return end
}

/** The header has not ended with its segment: keeps what it has told so far; `isTorn` where a line of it was read in two pieces. */
function keepHeader(dossier: usize, end: usize, isTorn: bool): void {
  const last = load<u8>(end - 1)
  // In the middle of a line's end it may be the header's.
  if (isStream || last === CARRIAGE_RETURN || status >>> 16 === 0x31) {
    known |= HttpFraming.LOST
    return
  }
  known |= HttpFraming.HEADER
  if (hasNoBody()) known |= HttpFraming.BODILESS
  if (isChunked) known |= HttpFraming.CHUNKS
  if (last !== LINE_FEED) known |= HttpFraming.OPEN
  if (isTorn || last !== LINE_FEED) known |= HttpFraming.ASTRAY
  if (length < 0) return
  known |= HttpFraming.LENGTH
  setWord(dossier, Dossier.ANSWER_END, <i32>min<i64>(length, MOST_AHEAD))
}

/** More of a header. What a line told that came in two pieces is not known. */
function goOnInHeader(dossier: usize, at: usize, end: usize, offset: i32): usize {
  const isTorn = (known & HttpFraming.ASTRAY) !== 0
  const isInLine = (known & HttpFraming.OPEN) !== 0
  resumeHeader((known & HttpFraming.LENGTH) !== 0 ? answerEnd(dossier) : -1, (known & HttpFraming.CHUNKS) !== 0)
  known &= ~OF_ANSWER
  const body = end - at < MOST_HEADER ? readLines(isInLine ? nextLine(at, end) : at, end) : 0
  if (body !== 0 && !isTorn) return beginBody(dossier, body, offset)
  if (body !== 0 || end - at >= MOST_HEADER) known |= HttpFraming.LOST
  else keepHeader(dossier, end, isTorn)
  return end
}

/** The header has told all. Returns where the next answer begins, or chunks of this one do. */
function beginBody(dossier: usize, body: usize, offset: i32): usize {
  if (isStream) {
    known |= HttpFraming.LOST
    return body
  }
  const isEmpty = hasNoBody()
  if (!isEmpty && isChunked) {
    known |= HttpFraming.CHUNKS | HttpFraming.OPEN
    setWord(dossier, Dossier.ANSWER_END, <i32>body + offset)
    return body
  }
  if ((!isEmpty && length < 0) || status === SWITCHING) {
    known |= HttpFraming.LOST
    return body
  }
  const ahead = isEmpty ? 0 : min<i64>(length, MOST_AHEAD)
  known |= HttpFraming.LENGTH
  setWord(dossier, Dossier.ANSWER_END, <i32>body + offset + <i32>ahead)
  return body + <usize>ahead
}

/** A chunk begins: its size, as hexadecimal digits of a line. Returns where the next one does, or the next answer. */
function readChunk(dossier: usize, at: usize, end: usize, offset: i32): usize {
  let size: i64 = 0
  let digits = at
  for (; digits < end && digits - at < MOST_HEX_DIGITS && isHexDigit(load<u8>(digits)); digits++)
    size = (size << 4) | hexDigit(load<u8>(digits))
  const data = nextLine(digits, end)
  const isLine = digits > at && load<u8>(data - 1) === LINE_FEED && isSizeEnd(load<u8>(digits))
  if (!isLine || size > MOST_AHEAD) return goAstray(end)
  if (size === 0) return endChunks(data, end)
  const next = data + <usize>size + 2
  setWord(dossier, Dossier.ANSWER_END, <i32>next + offset)
  return next
}

/** The last chunk: behind it are the lines of a trailer, if there are any, and the empty one. */
function endChunks(at: usize, end: usize): usize {
  for (let line = at; line + 2 <= end; line = nextLine(line, end)) {
    if (word16(line) !== LINE_END) continue
    known &= ~HttpFraming.OPEN
    return line + 2
  }
  return goAstray(end)
}

/** Where chunks begin is not known any more. Others that were asked for ahead cannot be told apart then. */
function goAstray(end: usize): usize {
  known |= known >>> HttpFraming.REQUESTS > 0 ? HttpFraming.LOST : HttpFraming.ASTRAY
  if (word32(end - 4) === MESSAGE_END) known &= ~HttpFraming.OPEN
  return end
}

/** The answer is over where a segment ends as the last chunk and a trailer do; what is shorter than that may be the end of it. */
function goOnAstray(at: usize, end: usize): usize {
  if (end - at < 4 || word32(end - 4) === MESSAGE_END) known &= ~HttpFraming.OPEN
  return end
}

/** What follows a chunk's size: the end of the line, or an extension. */
function isSizeEnd(character: u8): bool {
  return character === CARRIAGE_RETURN || character === 0x3b || character === 0x20
}

function isHexDigit(character: u8): bool {
  const letter = character | 0x20
  return isDigit(character) || (letter >= 0x61 && letter <= 0x66)
}

function hexDigit(character: u8): i64 {
  return <i64>(isDigit(character) ? character - 0x30 : (character | 0x20) - 0x57)
}

/** The three digits of 101 Switching Protocols. */
const SWITCHING = 0x313031

/** Answers without a body whatever length they tell: to HEAD, 1xx, 204 No Content, 304 Not Modified. */
function hasNoBody(): bool {
  return (known & HttpFraming.BODILESS) !== 0 || status >>> 16 === 0x31 || status === 0x323034 || status === 0x333034
}
