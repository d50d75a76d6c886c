import { Dossier, LATE, LateReply } from './layout'
import { add, distance, double, setDouble, setWord, word } from './memory'
import { dossierAt } from './regions'

/** Turns: who waits for whom. A request is the client's first payload since the server last sent any. */

/** Segments that follow each other so closely are pieces of one request: sooner than anybody asks again. */
const ONE_REQUEST: f64 = 100e6
const MILLISECOND: f64 = 1e6
/** By chance a reply comes as close as this behind the client's newest message, of the pause between two, once in ten times. */
const CLOSE_BEHIND: f64 = 0.1

/**
 * True where the server had acknowledged the bytes up to `end` when it last sent payload: some captures hold the reply
 * before its request.
 */
export function wasAnsweredBefore(offset: i32, end: i32): bool {
  return distance(word(dossierAt(offset), Dossier.REPLY_ACK), end) >= 0
}

/** The client sent what was answered before it was recorded: within one tick of the capture's clock. */
export function noteAnsweredBefore(offset: i32): void {
  const dossier = dossierAt(offset)
  const answered = word(dossier, Dossier.ANSWERED)
  add(dossier, Dossier.ANSWERED, 1)
  if (answered > 0) return
  setWord(dossier, Dossier.FIRST_RUN, 1)
  setDouble(dossier, Dossier.FIRST_RESPONSE, 0)
}

/** The client sent new payload. An answer is due from when the first request is complete. */
export function noteRequest(offset: i32, time: f64, frameId: i32): void {
  const dossier = dossierAt(offset)
  const unanswered = word(dossier, Dossier.UNANSWERED)
  setWord(dossier, Dossier.UNANSWERED, unanswered + 1)
  const last = double(dossier, Dossier.LAST_PUSH)
  if (unanswered === 0) {
    setDouble(dossier, Dossier.PENDING_SINCE, time)
    setWord(dossier, Dossier.PENDING_FRAME, frameId)
  } else if (double(dossier, Dossier.PENDING_SINCE) === last && time - last < ONE_REQUEST)
    setDouble(dossier, Dossier.PENDING_SINCE, time)
  setDouble(dossier, Dossier.LAST_PUSH, time)
}

/**
 * True where the server, which has spoken before, had got nothing new from the client since then: a segment carries the number of
 * what its system has (RFC 9293 §3.4), so that what it brings answers nothing that was under way. Session tickets of TLS cross the
 * first request so, and whatever a server says unasked.
 */
function crosses(dossier: usize, acknowledged: i32): bool {
  return word(dossier, Dossier.REPLY_ACK) === acknowledged && !Number.isNaN(double(dossier, Dossier.LAST_REPLY))
}

/** The server sent new payload which is no answer, having acknowledged up to `acknowledged`. */
export function noteUnasked(offset: i32, acknowledged: i32, time: f64): void {
  const dossier = dossierAt(offset)
  setDouble(dossier, Dossier.LAST_REPLY, time)
  setWord(dossier, Dossier.REPLY_ACK, acknowledged)
}

/**
 * The server sent new payload, having acknowledged up to `acknowledged`. Returns what `LateReply` tells where it answers
 * something late and later than anything before, else -1.
 */
export function noteReply(offset: i32, acknowledged: i32, time: f64): i32 {
  const dossier = dossierAt(offset)
  const run = word(dossier, Dossier.UNANSWERED)
  const answers = run > 0 && !crosses(dossier, acknowledged)
  setDouble(dossier, Dossier.LAST_REPLY, time)
  setWord(dossier, Dossier.REPLY_ACK, acknowledged)
  if (!answers) return -1
  const delay = time - double(dossier, Dossier.PENDING_SINCE)
  const late = lateness(dossier, run, delay, time)
  setWord(dossier, Dossier.UNANSWERED, 0)
  setDouble(dossier, Dossier.PENDING_SINCE, NaN)
  const answered = word(dossier, Dossier.ANSWERED)
  add(dossier, Dossier.ANSWERED, 1)
  if (answered === 0) {
    setWord(dossier, Dossier.FIRST_RUN, run)
    setDouble(dossier, Dossier.FIRST_RESPONSE, delay)
    return late
  }
  if (run > word(dossier, Dossier.MAX_RUN)) setWord(dossier, Dossier.MAX_RUN, run)
  setDouble(dossier, Dossier.RESPONSE_SUM, double(dossier, Dossier.RESPONSE_SUM) + delay)
  if (delay <= double(dossier, Dossier.RESPONSE_MAX)) return -1
  setDouble(dossier, Dossier.RESPONSE_MAX, delay)
  return late
}

/** True where a reply at this time, which acknowledges so much, would be told as late, and later than any before. */
export function isLatest(offset: i32, acknowledged: i32, time: f64): bool {
  const dossier = dossierAt(offset)
  if (word(dossier, Dossier.UNANSWERED) === 0 || crosses(dossier, acknowledged)) return false
  const delay = time - double(dossier, Dossier.PENDING_SINCE)
  return delay >= LATE && (word(dossier, Dossier.ANSWERED) === 0 || delay > double(dossier, Dossier.RESPONSE_MAX))
}

/** Nothing that the client said waits for an answer. */
export function isAllAnswered(offset: i32): bool {
  return word(dossierAt(offset), Dossier.UNANSWERED) === 0
}

/** In TLS: the server has answered more than the first words of a client, which only a handshake's first flight does. */
export function isBeyondHandshake(offset: i32): bool {
  return word(dossierAt(offset), Dossier.ANSWERED) > 1
}

/** What `LateReply` tells of an answer that `run` segments waited for; -1 where it is in time. */
function lateness(dossier: usize, run: i32, delay: f64, time: f64): i32 {
  if (delay < LATE) return -1
  const milliseconds = <i32>min(delay / MILLISECOND, <f64>LateReply.MOST)
  return isPrompted(dossier, run, time) ? milliseconds | LateReply.PROMPTED : milliseconds
}

/** It comes right behind the client's newest message, though that is not the one that has waited so long. */
function isPrompted(dossier: usize, run: i32, time: f64): bool {
  if (run < 2) return false
  const last = double(dossier, Dossier.LAST_PUSH)
  const pause = (last - double(dossier, Dossier.PENDING_SINCE)) / <f64>(run - 1)
  return time - last < CLOSE_BEHIND * pause
}
