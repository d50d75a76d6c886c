import { word32 } from './memory'

/** What the header of an answer of HTTP/1 tells of its body (RFC 9112 §6.3), be it in several segments. */

/** A header that is longer is not looked through: servers refuse such of clients (nginx: 8 KiB). */
export const MOST_HEADER: usize = 8192
const HTTP = 0x48545450
export const LINE_FEED: u8 = 0x0a
export const CARRIAGE_RETURN: u8 = 0x0d
/** Makes a number of 32 bits one of both halves of 64: eight bytes are looked at together. */
const TWICE: u64 = 0x100000001
const LINE_FEEDS: u64 = 0x0a0a0a0a * TWICE
const ONES: u64 = 0x01010101 * TWICE
const TOP_BITS: u64 = 0x80808080 * TWICE
/** The bit that makes a letter small, four times; colon and hyphen have it. */
const SMALL: i32 = 0x20202020
/** More digits are no length of anything. */
const MOST_DIGITS: usize = 15

/** The three digits of the status in the header that was read last; 0 where they came in an earlier segment. */
export let status: i32 = 0
/** Content-Length; -1 where none was told. */
export let length: i64 = -1
export let isChunked: bool = false
/** Its body has no end that is known: each part of it comes when there is one. */
export let isStream: bool = false

/** Reads status line and header. Returns where the body begins; 0 where they are none, or are not here as a whole. */
export function readHeader(at: usize, captured: usize): usize {
  status = 0
  length = -1
  isChunked = false
  isStream = false
  if (captured - at < 12 || word32(at) !== HTTP) return 0
  status = word32(at + 8) & 0xffffff
  return readFurtherLines(at, min(captured, at + MOST_HEADER))
}

/** A header begins that is no longer than others. */
export function beginsHeader(at: usize, end: usize): bool {
  return end - at >= 4 && end - at < MOST_HEADER && word32(at) === HTTP
}

/** Begins with what the lines of a header told that came before; its status line had been read. */
export function resumeHeader(known: i64, inChunks: bool): void {
  status = 0
  length = known
  isChunked = inChunks
  isStream = false
}

/** Reads lines of a header from the beginning of one on. Returns where the body begins; 0 where it is not here. */
export function readLines(at: usize, end: usize): usize {
  const body = readField(at, end)
  return body !== 0 ? body : readFurtherLines(at, end)
}

/** The same from the next line on. */
function readFurtherLines(at: usize, end: usize): usize {
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
  if (first === CARRIAGE_RETURN) return line + 2 <= end ? line + 2 : 0
  const letter = first | 0x20
  if (letter === 0x63) readContentField(line, end)
  else if (letter === 0x74 && line + 12 <= end && small(line) === 0x7472616e && small(line + 8) === 0x2d656e63)
    isChunked = true
  return 0
}

/** Content-Length, or a Content-Type of which each part comes when there is one: events, pictures of a camera. */
function readContentField(line: usize, end: usize): void {
  if (line + 16 > end || small(line) !== 0x636f6e74 || small(line + 4) !== 0x656e742d) return
  if (small(line + 8) === 0x6c656e67 && small(line + 11) === 0x6774683a) length = numberAt(line + 15, end)
  if (small(line + 8) !== 0x74797065 || line + 24 > end) return
  const type = load<u8>(line + 13) === 0x20 ? line + 14 : line + 13
  isStream = small(type) === 0x6d756c74 || (small(type) === 0x74657874 && small(type + 5) === 0x6576656e)
}

/** Where the line after the one at `at` begins; `end` where it is not captured. */
export function nextLine(at: usize, end: usize): usize {
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

export function isDigit(character: u8): bool {
  return character >= 0x30 && character <= 0x39
}
