import type { Current } from './current.ts'
import { Dossier, type Dossiers } from './dossier.ts'
import { distance } from './sequence.ts'

/** Turns: who waits for whom. A request is the client's first payload since the server last sent any. */

/**
 * True where the server had acknowledged the bytes up to `end` when it last sent payload: some captures hold the reply
 * before its request.
 */
export const wasAnsweredBefore = (dossiers: Dossiers, dossier: number, end: number): boolean =>
  distance(dossiers.words[dossier + Dossier.REPLY_ACK]!, end) >= 0

/** The client sent what was answered before it was recorded: within one tick of the capture's clock. */
export function noteAnsweredBefore(dossiers: Dossiers, dossier: number): void {
  const words = dossiers.words
  if (words[dossier + Dossier.ANSWERED]!++ > 0) return
  words[dossier + Dossier.FIRST_RUN] = 1
  dossiers.doubles[(dossier + Dossier.FIRST_RESPONSE) >> 1] = 0
}

/** Segments that follow each other so closely are pieces of one request: sooner than anybody asks again. */
const ONE_REQUEST = 100e6

/** The client sent new payload. An answer is due from when the first request is complete. */
export function noteRequest(dossiers: Dossiers, dossier: number, current: Current): void {
  const time = current.frame.time
  const words = dossiers.words
  const doubles = dossiers.doubles
  const pending = (dossier + Dossier.PENDING_SINCE) >> 1
  const last = (dossier + Dossier.LAST_PUSH) >> 1
  if (words[dossier + Dossier.UNANSWERED]!++ === 0) {
    doubles[pending] = time
    words[dossier + Dossier.PENDING_FRAME] = current.frameId
  } else if (doubles[pending] === doubles[last] && time - doubles[last]! < ONE_REQUEST) doubles[pending] = time
  doubles[last] = time
}

/**
 * The server sent new payload, having acknowledged up to `ack`. Returns the response time in whole milliseconds
 * where it answers something and is the longest so far, else -1.
 */
export function noteReply(dossiers: Dossiers, dossier: number, ack: number, current: Current): number {
  const time = current.frame.time
  const words = dossiers.words
  const doubles = dossiers.doubles
  doubles[(dossier + Dossier.LAST_REPLY) >> 1] = time
  words[dossier + Dossier.REPLY_ACK] = ack
  const run = words[dossier + Dossier.UNANSWERED]!
  if (run === 0) return -1
  words[dossier + Dossier.UNANSWERED] = 0
  const delay = time - doubles[(dossier + Dossier.PENDING_SINCE) >> 1]!
  doubles[(dossier + Dossier.PENDING_SINCE) >> 1] = Number.NaN
  if (words[dossier + Dossier.ANSWERED]!++ === 0) {
    words[dossier + Dossier.FIRST_RUN] = run
    doubles[(dossier + Dossier.FIRST_RESPONSE) >> 1] = delay
    return wholeMilliseconds(delay)
  }
  if (run > words[dossier + Dossier.MAX_RUN]!) words[dossier + Dossier.MAX_RUN] = run
  doubles[(dossier + Dossier.RESPONSE_SUM) >> 1] = doubles[(dossier + Dossier.RESPONSE_SUM) >> 1]! + delay
  if (delay <= doubles[(dossier + Dossier.RESPONSE_MAX) >> 1]!) return -1
  doubles[(dossier + Dossier.RESPONSE_MAX) >> 1] = delay
  words[dossier + Dossier.RESPONSE_MAX_FRAME] = current.frameId
  return wholeMilliseconds(delay)
}

/** -1 where the clock was set back in between. An integer: a double that is returned is boxed. */
const wholeMilliseconds = (delay: number): number => (delay < 0 ? -1 : Math.min(delay / 1e6, 0x7fffffff) | 0)
