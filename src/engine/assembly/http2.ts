import { HttpFraming, Row } from './layout'
import { setWord, word, word32 } from './memory'
import { PREFACE } from './speech'

/**
 * HTTP/2 in plain text: a library answers SETTINGS and PING by itself, whatever becomes of the requests. So as long as a stream
 * waits, nothing but what is of a stream is an answer (RFC 9113 §6). Requests are counted when their streams' ends come from the
 * client, and answers twice: as they begin and as they end. Which stream a frame is of is not kept: what begins without an end may be
 * a watch, and what ends at its beginning has no other.
 */

const PREFACE_BYTES: usize = 24
const FRAME_HEADER: usize = 9
const DATA = 0
const HEADERS = 1
const PRIORITY = 2
const RST_STREAM = 3
const SETTINGS = 4
const PING = 6
const WINDOW_UPDATE = 8
const ACK = 1
const END_STREAM = 1

/** What the frames of a segment add to the streams whose answers have not begun, and to those whose have not ended. */
let toBegin: i32 = 0
let toEnd: i32 = 0
let isAstray: bool = false

/** What a segment asks for, or tells: the most that one of its frames does. */
const NOTHING = 0
const CONTROL = 1
const OF_STREAM = 2

/** The client sent payload. Returns whether it waits for something since. */
export function asksInHttp2(row: usize, at: usize, end: usize, bytes: i32): bool {
  const matter = matterOf(at, end, bytes, true)
  const known = counted(word(row, Row.SPEECH))
  setWord(row, Row.SPEECH, known)
  if (matter !== OF_STREAM) return matter === CONTROL && (known & HttpFraming.STREAM) === 0
  setWord(row, Row.SPEECH, known | HttpFraming.STREAM)
  return true
}

/** The server sent payload. Returns whether it is what the client waits for. */
export function answersInHttp2(row: usize, at: usize, end: usize, bytes: i32): bool {
  const matter = matterOf(at, end, bytes, false)
  const known = counted(word(row, Row.SPEECH))
  setWord(row, Row.SPEECH, known)
  if ((known & HttpFraming.STREAM) === 0) return true
  if (matter !== OF_STREAM) return false
  setWord(row, Row.SPEECH, known & ~HttpFraming.STREAM)
  return true
}

/** Frames that do not end where the segment does are pieces of a stream's data, and the count of streams is lost with them. */
function matterOf(at: usize, end: usize, bytes: i32, fromClient: bool): i32 {
  toBegin = 0
  toEnd = 0
  isAstray = end - at < <usize>bytes
  if (isAstray) return OF_STREAM
  let frame = end - at >= PREFACE_BYTES && word32(at) === PREFACE ? at + PREFACE_BYTES : at
  let most = NOTHING
  while (frame + FRAME_HEADER <= end) {
    const type = word32(frame + 3) >>> 24
    most = max(most, matterOfFrame(type, load<u8>(frame + 4)))
    countFrame(type, load<u8>(frame + 4), fromClient)
    frame += FRAME_HEADER + (<usize>word32(frame) >> 8)
  }
  isAstray = frame !== end
  return isAstray ? OF_STREAM : most
}

function countFrame(type: i32, flags: i32, fromClient: bool): void {
  if (type !== DATA && type !== HEADERS && type !== RST_STREAM) return
  const ends = type === RST_STREAM || (flags & END_STREAM) !== 0
  if (fromClient) {
    // A stream that the client resets is owed nothing more.
    const step = type === RST_STREAM ? -1 : ends ? 1 : 0
    toBegin += step
    toEnd += step
  } else if (ends) toEnd--
  else if (type === HEADERS) toBegin--
}

/** What is known of a flow, with what its newest segment adds. */
function counted(known: i32): i32 {
  if ((known & HttpFraming.LOST) !== 0 || isAstray) return known | HttpFraming.LOST
  const end = max(0, ((known >>> HttpFraming.TO_END) & HttpFraming.MOST_STREAMS) + toEnd)
  const begin = max(0, ((known >>> HttpFraming.TO_BEGIN) & HttpFraming.MOST_STREAMS) + toBegin)
  if (max(begin, end) > HttpFraming.MOST_STREAMS) return known | HttpFraming.LOST
  const others = known & ((1 << HttpFraming.TO_BEGIN) - 1)
  // Where all have ended, none is left to begin: some ended as they began.
  return others | (end === 0 ? 0 : (begin << HttpFraming.TO_BEGIN) | (end << HttpFraming.TO_END))
}

function matterOfFrame(type: i32, flags: i32): i32 {
  if (type === PRIORITY || type === WINDOW_UPDATE) return NOTHING
  if (type !== SETTINGS && type !== PING) return OF_STREAM
  return (flags & ACK) !== 0 ? NOTHING : CONTROL
}
