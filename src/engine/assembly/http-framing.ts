import { Dossier, HttpFraming, Row } from './layout'
import { distance, setWord, word, word16, word32 } from './memory'
import { isRequest } from './speech'

/**
 * Where answers of HTTP/1 begin and end, as their headers tell it (RFC 9112 §6.3): of each answer its header is read, and of chunks
 * how a segment ends. Whatever does not fit loses the thread for good.
 */

/** A header that is longer is not looked through: servers refuse such of clients (nginx: 8 KiB). */
const MOST_HEADER: usize = 8192
const HTTP = 0x48545450
const GET = 0x47455420
const HEAD = 0x48454144
const CONNECT = 0x434f4e4e
const LINE_END = 0x0d0a
const MESSAGE_END = 0x0d0a0d0a
const LINE_FEED: u8 = 0x0a
/** Makes a number of 32 bits one of both halves of 64: eight bytes are looked at together. */
const TWICE: u64 = 0x100000001
const LINE_FEEDS: u64 = 0x0a0a0a0a * TWICE
const ONES: u64 = 0x01010101 * TWICE
const TOP_BITS: u64 = 0x80808080 * TWICE
/** The bit that makes a letter small, four times; colon and hyphen have it. */
const SMALL: i32 = 0x20202020
/** More digits are no length of anything. */
const MOST_DIGITS: usize = 15
/** The most that an answer's end is known to be ahead: half of the sequence space lies behind. */
const MOST_AHEAD: i64 = 0x3fffffff
/** What is known of an answer, and of those that are due. */
const OF_ANSWER: i32 = HttpFraming.LENGTH | HttpFraming.CHUNKS | HttpFraming.OPEN | HttpFraming.HEADER
const ONE_REQUEST: i32 = 1 << HttpFraming.REQUESTS

/** What the header told that was read last: see `readHeader`. */
let code: i32 = 0
let length: i64 = -1
let isChunked: bool = false
let isStream: bool = false

/** The client, which speaks HTTP, sent payload of which these bytes are captured; `isAnswered` where its answer was recorded before. */
export function noteHttpRequest(row: usize, at: usize, end: usize, isFirst: bool, isAnswered: bool): void {
  let known = word(row, Row.SPEECH)
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
  const known = word(row, Row.SPEECH)
  if ((known & HttpFraming.LOST) !== 0) return
  // What goes on within a header is not put together.
  if (end - at < <usize>bytes || (known & HttpFraming.HEADER) !== 0) {
    loseFraming(row)
    return
  }
  if ((known & (HttpFraming.CHUNKS | HttpFraming.OPEN)) === (HttpFraming.CHUNKS | HttpFraming.OPEN)) {
    setWord(row, Row.SPEECH, endsMessage(end, bytes) ? known & ~HttpFraming.OPEN : known)
    return
  }
  const left = (known & HttpFraming.LENGTH) === 0 ? 0 : distance(word(dossier, Dossier.ANSWER_END), seq)
  if (left < bytes) noteAnswers(row, dossier, at + <usize>max(left, 0), end, seq - <i32>at)
}

/** Answers that begin in the captured bytes; a byte's place and `offset` make its sequence number. */
function noteAnswers(row: usize, dossier: usize, from: usize, end: usize, offset: i32): void {
  let known = word(row, Row.SPEECH) & ~OF_ANSWER
  let at = from
  while (at < end && (known & HttpFraming.LOST) === 0) {
    const body = readHeader(at, end)
    const isInterim = body !== 0 && code >>> 16 === 0x31 && code !== SWITCHING
    const isDue = known >>> HttpFraming.REQUESTS > 0
    if (!isInterim && isDue) known -= ONE_REQUEST
    if (body === 0 || isStream) {
      known |= body === 0 && isDue && beginsHeader(at, end) ? HttpFraming.HEADER : HttpFraming.LOST
      break
    }
    if (hasNoBody(known)) length = 0
    else if (isChunked) {
      const pipelined = known >>> HttpFraming.REQUESTS > 0
      const open = body === end || !endsMessage(end, <i32>(end - body))
      known |= pipelined ? HttpFraming.LOST : open ? HttpFraming.CHUNKS | HttpFraming.OPEN : HttpFraming.CHUNKS
      break
    }
    if (length < 0 || code === SWITCHING) {
      known |= HttpFraming.LOST
      break
    }
    const ahead = min<i64>(length, MOST_AHEAD)
    known |= HttpFraming.LENGTH
    setWord(dossier, Dossier.ANSWER_END, <i32>body + offset + <i32>ahead)
    at = body + <usize>ahead
  }
  setWord(row, Row.SPEECH, known)
}

/** A header begins that is no longer than others. */
function beginsHeader(at: usize, end: usize): bool {
  return end - at >= 4 && end - at < MOST_HEADER && word32(at) === HTTP
}

/** The three digits of 101 Switching Protocols. */
const SWITCHING = 0x313031

/** Answers without a body whatever length they tell: to HEAD, 1xx, 204 No Content, 304 Not Modified. */
function hasNoBody(known: i32): bool {
  return (known & HttpFraming.BODILESS) !== 0 || code >>> 16 === 0x31 || code === 0x323034 || code === 0x333034
}

/** The last chunk and the trailer end with an empty line; what is shorter may be the end of one. */
function endsMessage(end: usize, bytes: i32): bool {
  return bytes < 4 || word32(end - 4) === MESSAGE_END
}

/** Reads status line and header. Returns where the body begins; 0 where they are none, or are not here as a whole. */
function readHeader(at: usize, captured: usize): usize {
  if (captured - at < 12 || word32(at) !== HTTP) return 0
  code = word32(at + 8) & 0xffffff
  length = -1
  isChunked = false
  isStream = false
  const end = min(captured, at + MOST_HEADER)
  for (; at + 8 <= end; at += 8) {
    const bytes = load<u64>(at) ^ LINE_FEEDS
    // The lowest bit is a line feed's; one above it may be the borrow of the one below.
    for (let feeds = (bytes - ONES) & ~bytes & TOP_BITS; feeds !== 0; feeds &= feeds - 1) {
      const body = afterFeed(at + <usize>(ctz(feeds) >> 3), end)
      if (body !== 0) return body
    }
  }
  for (; at < end; at++) {
    const body = afterFeed(at, end)
    if (body !== 0) return body
  }
  return 0
}

/** Reads the line behind a line feed, if there is one at `at`. Returns as `readField` does. */
function afterFeed(at: usize, end: usize): usize {
  return load<u8>(at) === LINE_FEED ? readField(at + 1, end) : 0
}

/** Reads the line of a header. Returns where the body begins if it is the empty one that ends it; else 0. */
function readField(line: usize, end: usize): usize {
  if (line >= end) return 0
  const first = load<u8>(line)
  if (first === LINE_FEED) return line + 1
  if (first === 0x0d) return line + 2 <= end ? line + 2 : 0
  const letter = first | 0x20
  if (letter === 0x63) readContentField(line, end)
  else if (letter === 0x74 && line + 12 <= end && small(line) === 0x7472616e && small(line + 8) === 0x2d656e63)
    isChunked = true
  return 0
}

/** Content-Length, or a Content-Type of which each part comes when there is one: events, pictures of a camera. */
function readContentField(line: usize, end: usize): void {
  if (line + 24 > end || small(line) !== 0x636f6e74 || small(line + 4) !== 0x656e742d) return
  if (small(line + 8) === 0x6c656e67 && small(line + 11) === 0x6774683a) length = numberAt(line + 15, end)
  if (small(line + 8) !== 0x74797065) return
  const type = load<u8>(line + 13) === 0x20 ? line + 14 : line + 13
  isStream = small(type) === 0x6d756c74 || (small(type) === 0x74657874 && small(type + 5) === 0x6576656e)
}

/** Where the line after the one at `at` begins; `end` where it is not captured. */
function nextLine(at: usize, end: usize): usize {
  while (at < end && load<u8>(at) !== LINE_FEED) at++
  return min(at + 1, end)
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
