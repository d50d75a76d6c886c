import { HttpFraming, Row } from './layout'
import { setWord, word, word32 } from './memory'
import { PREFACE } from './speech'

/**
 * HTTP/2 in plain text: a library answers SETTINGS and PING by itself, whatever becomes of the requests. So as long as a stream
 * waits, nothing but what is of a stream is an answer (RFC 9113 §6).
 */

const PREFACE_BYTES: usize = 24
const FRAME_HEADER: usize = 9
const PRIORITY = 2
const SETTINGS = 4
const PING = 6
const WINDOW_UPDATE = 8
const ACK = 1

/** What a segment asks for, or tells: the most that one of its frames does. */
const NOTHING = 0
const CONTROL = 1
const OF_STREAM = 2

/** The client sent payload. Returns whether it waits for something since. */
export function asksInHttp2(row: usize, at: usize, end: usize, bytes: i32): bool {
  const known = word(row, Row.SPEECH)
  const matter = matterOf(at, end, bytes)
  if (matter !== OF_STREAM) return matter === CONTROL && (known & HttpFraming.STREAM) === 0
  setWord(row, Row.SPEECH, known | HttpFraming.STREAM)
  return true
}

/** The server sent payload. Returns whether it is what the client waits for. */
export function answersInHttp2(row: usize, at: usize, end: usize, bytes: i32): bool {
  const known = word(row, Row.SPEECH)
  if ((known & HttpFraming.STREAM) === 0) return true
  if (matterOf(at, end, bytes) !== OF_STREAM) return false
  setWord(row, Row.SPEECH, known & ~HttpFraming.STREAM)
  return true
}

/** Frames that do not end where the segment does are pieces of a stream's data. */
function matterOf(at: usize, end: usize, bytes: i32): i32 {
  if (end - at < <usize>bytes) return OF_STREAM
  let frame = end - at >= PREFACE_BYTES && word32(at) === PREFACE ? at + PREFACE_BYTES : at
  let most = NOTHING
  while (frame + FRAME_HEADER <= end) {
    most = max(most, matterOfFrame(word32(frame + 3) >>> 24, load<u8>(frame + 4)))
    frame += FRAME_HEADER + (<usize>word32(frame) >> 8)
  }
  return frame === end ? most : OF_STREAM
}

function matterOfFrame(type: i32, flags: i32): i32 {
  if (type === PRIORITY || type === WINDOW_UPDATE) return NOTHING
  if (type !== SETTINGS && type !== PING) return OF_STREAM
  return (flags & ACK) !== 0 ? NOTHING : CONTROL
}
