import { beatAt, strongestBeat } from './beats'
import {
  acknowledged,
  client,
  has,
  hasUnseen,
  isMidstream,
  isServed,
  missing,
  outstanding,
  segments,
  server,
  signalCount,
  speechOf,
} from './judged-flow'
import {
  BEYOND_HABIT,
  Beat,
  Dossier,
  EVEN,
  Fact,
  FIRST_EPHEMERAL,
  HttpFraming,
  LATE,
  LEAST_ANSWERED,
  LEAST_AT_ONCE,
  LEAST_BEATS,
  LEAST_REPETITIONS,
  MOST_OF_A_HANDSHAKE,
  MOST_OF_THE_TIME,
  PATIENCE,
  REPEATED,
  ROUND_TRIPS,
  Row,
  Side,
  Signal,
  Speech,
  State,
} from './layout'
import { distance, double, float, word } from './memory'
import { dossier, packets, payload, row, sideOf } from './read-flow'
import { announced, oldestReply, synAckTime, synTime, walkSignals } from './signal-walk'

/** Facts about who waited for whom, and how long, as the rules that ask for them reckon. */

/** Facts that are a guess until the flow's signals are walked over. */
export const WALKED: i32 = Fact.LATE

let answered: i32 = 0
let unanswered: i32 = 0

/** Those of the flow that is looked at, which has others already. */
export function turnFacts(facts: i32, captureEnd: f64): i32 {
  count()
  let found = 0
  if (answered > 0) found |= lateFacts()
  if (isGreetedLate()) found |= Fact.FIRST_LATE
  if (answered > 0 && signalCount(Signal.SYN) > 1 && signalCount(Signal.SYN_ACK) > 0) found |= Fact.SYN_AGAIN
  if (isOverdue(captureEnd)) found |= Fact.OVERDUE
  if (isReplyMissed()) found |= Fact.REPLY_MISSED
  if ((facts & Fact.ACKED) !== 0 && hasAskedAgain()) found |= Fact.ASKED_AGAIN
  return found
}

/** The flow's facts, now that its signals are at hand. */
export function settled(facts: i32): i32 {
  count()
  walkSignals()
  return (facts & ~WALKED) | slowness()
}

/** Mean response time of the flow that is read, the first one included. It has some. */
export function meanWait(): f64 {
  count()
  if (answered === 1) walkSignals()
  return waitedAfter(firstWait()) / <f64>answered
}

function count(): void {
  answered = word(dossier, Dossier.ANSWERED)
  unanswered = word(dossier, Dossier.UNANSWERED)
}

function lateFacts(): i32 {
  const first = double(dossier, Dossier.FIRST_RESPONSE)
  const isLate = !hasUnseen(server) && isSpentWaiting(first)
  const isFirstLate = first >= LATE && (word(dossier, Dossier.FIRST_RUN) > 1 || beginsAlike(speechOf(client)))
  return (isLate ? Fact.LATE : 0) | (isFirstLate ? Fact.FIRST_LATE : 0) | (first >= LATE ? Fact.WAITED : 0)
}

/** Both ends begin so, and the server's library does. */
function beginsAlike(speech: i32): bool {
  return speech === Speech.TLS || speech === Speech.SSH
}

/** The server spoke first, long after the client's SYN. */
function isGreetedLate(): bool {
  if (!has(State.SERVER_FIRST) || isMidstream) return false
  walkSignals()
  return oldestReply - double(row, Row.FIRST_TIME) >= LATE
}

/** Answers are late on average, or one was and most of the time was spent waiting; `first` for the first one. */
function isSpentWaiting(first: f64): bool {
  if (max<f64>(first, double(dossier, Dossier.RESPONSE_MAX)) < LATE) return false
  const waited = waitedAfter(first)
  if (waited / <f64>answered >= LATE) return true
  return waited > MOST_OF_THE_TIME * (double(row, Row.LAST_TIME) - double(row, Row.FIRST_TIME))
}

/** Time spent waiting for answers, `first` for the first one. By the mean of the others, as it is read: so it is rounded. */
function waitedAfter(first: f64): f64 {
  const later = answered - 1
  const mean = later > 0 ? double(dossier, Dossier.RESPONSE_SUM) / <f64>later : 0
  return first + mean * <f64>later
}

/** LATE where the network is no explanation for it; SLOW where all else is as the rule has it for certain. */
function slowness(): i32 {
  const first = firstWait()
  if (!isSpentWaiting(first)) return 0
  if (signalCount(Signal.SYN) !== 1 || signalCount(Signal.SYN_ACK) !== 1) return Fact.LATE
  const mean = waitedAfter(first) / <f64>answered
  if (mean < ROUND_TRIPS * max<f64>(0, synAckTime - synTime)) return 0
  // What was sent again may have been lost before: then the rule looks at each late answer.
  if (signalCount(Signal.RETRANSMISSION) > 0 || missing(server) > 0) return Fact.LATE
  const isSlow = isLateAgain() && answersInTurn() && answersOften() && isLateBesides(first) && !isBeating()
  return isSlow ? Fact.LATE | Fact.SLOW : Fact.LATE
}

/** A process that had answered before had the connection in hand. */
function isLateAgain(): bool {
  return answered > 1 && double(dossier, Dossier.RESPONSE_SUM) / <f64>(answered - 1) >= LATE
}

/** Without the longest answer, too; `first` for the first one. */
function isLateBesides(first: f64): bool {
  const longest = max<f64>(double(dossier, Dossier.FIRST_RESPONSE), double(dossier, Dossier.RESPONSE_MAX))
  return waitedAfter(first) - longest >= LATE * <f64>(answered - 1)
}

/** For the first answer: where it stayed the only one, it is known to come so long after the request's last segment. */
function firstWait(): f64 {
  const first = double(dossier, Dossier.FIRST_RESPONSE)
  const push = double(dossier, Dossier.LAST_PUSH)
  return answered === 1 && push <= oldestReply ? min<f64>(first, oldestReply - push) : first
}

/** One segment for each request and one for each answer. */
function answersInTurn(): bool {
  if (segments(server) > answered) return false
  return word(dossier, Dossier.FIRST_RUN) <= 1 && word(dossier, Dossier.MAX_RUN) <= 1
}

/** The client may beat by a clock of its own: then the rule looks whether the server does, too. */
function isBeating(): bool {
  const beat = beatAt(dossier, strongestBeat(dossier))
  const count = word(beat, Beat.COUNT)
  if (count < LEAST_BEATS) return false
  const jitter = sqrt(max<f64>(0, float(beat, Beat.DEVIATIONS)) / <f64>(count - 1))
  const period = double(beat, Beat.MEAN)
  return period > 0 && jitter <= EVEN * period
}

function answersOften(): bool {
  return has(State.DATA_AFTER_FIN) || <f64>segments(server) >= LEAST_ANSWERED * <f64>segments(client)
}

/** The earliest moment since which it may wait though all seems to be answered: what came last may be TLS's word on its closing. */
function silentSince(): f64 {
  return mayBeTickets() ? double(row, Row.FIRST_TIME) : double(dossier, Dossier.LAST_REPLY)
}

/** The client may wait for an answer for longer than it takes one, by whatever is reckoned: to the capture's end, to its own. */
function isOverdue(captureEnd: f64): bool {
  if (unanswered === 0 ? !isPipelined() && !isCut() && !mayBeTickets() : answered === 0 && !mayBeGreeted()) return false
  const last = double(row, Row.LAST_TIME)
  const isClosed = has(State.RST) || has(State.RST << 1) || has(State.FIN | (State.FIN << 1))
  const end = isClosed ? last : max<f64>(captureEnd, last)
  if (unanswered === 0) return isBrokenOff() || end - silentSince() > PATIENCE
  const first = answered > 0 ? double(dossier, Dossier.FIRST_RESPONSE) : 0
  const longest = max<f64>(double(dossier, Dossier.RESPONSE_MAX), first)
  return signalCount(Signal.PUSH) > 0 || !(end - waitingSince() <= max<f64>(PATIENCE, BEYOND_HABIT * longest))
}

/** What the server said without an answer: unasked, or to set HTTP/2 up. */
function mayBeGreeted(): bool {
  return has(State.SERVER_FIRST) || speechOf(client) === Speech.HTTP2
}

/** The answers to some streams of HTTP/2 have neither begun nor ended. */
function hasOpenStreams(framing: i32): bool {
  return ((framing >>> HttpFraming.TO_BEGIN) & HttpFraming.MOST_STREAMS) > 0 && framing >>> HttpFraming.TO_END > 0
}

/** Several segments of a client that speaks HTTP waited for an answer together, or more requests are open than are pending. */
function isPipelined(): bool {
  const run = max(word(dossier, Dossier.FIRST_RUN), word(dossier, Dossier.MAX_RUN))
  const framing = word(row, Row.SPEECH)
  if (speechOf(client) === Speech.HTTP2) return (framing & HttpFraming.LOST) === 0 ? hasOpenStreams(framing) : run > 1
  if (speechOf(client) !== Speech.HTTP_REQUEST) return false
  if ((framing & HttpFraming.LOST) === 0 && framing >>> HttpFraming.REQUESTS > 0) return true
  return run >= LEAST_AT_ONCE
}

/** All that came in TLS may be a handshake and the session tickets after it: see the rule. */
function mayBeTickets(): bool {
  return (
    answered > 0 &&
    answered <= MOST_OF_A_HANDSHAKE &&
    speechOf(client) === Speech.TLS &&
    speechOf(server) === Speech.TLS
  )
}

/** The answer is shorter than it announced: the last one of HTTP, or the only one. */
function isCut(): bool {
  return isHttpCut() || isTlsCut()
}

function isHttpCut(): bool {
  const framing = word(row, Row.SPEECH)
  if ((framing & HttpFraming.LOST) !== 0) return false
  if ((framing & HttpFraming.HEADER) !== 0) return true
  if ((framing & HttpFraming.CHUNKS) !== 0) return (framing & HttpFraming.OPEN) !== 0
  if ((framing & HttpFraming.LENGTH) === 0) return false
  return distance(word(dossier, Dossier.ANSWER_END), word(sideOf(server), Side.NEXT_SEQ)) > 0
}

function isTlsCut(): bool {
  return answered === 1 && signalCount(Signal.REPLY) > 1 && payload(server) < <u64>announced()
}

/** The server ended the connection before the end of its answer. */
function isBrokenOff(): bool {
  return (has(State.FIN << server) || has(State.RST << server)) && isCut()
}

/** The earliest moment that it may wait since: a beat may have gone without an answer for longer than is kept. */
function waitingSince(): f64 {
  const push = double(dossier, Dossier.LAST_PUSH)
  const beat = strongestBeat(dossier)
  const period = max<f64>(0, double(beatAt(dossier, beat), Beat.MEAN))
  const beating = push - <f64>(unanswered - 1) * period * 1e6
  return min<f64>(double(dossier, Dossier.PENDING_SINCE), beating)
}

/** The client lacks something that the server sent, and had the time to get it, or to say so. */
function isReplyMissed(): bool {
  if (!isServed || isMidstream || outstanding(server) <= 0 || packets(client) === 0) return false
  if (missing(server) > 0 && acknowledged(server) <= 0) return true
  // What a full window holds back, or an end broke off, is not lost.
  if (has(State.ZERO_WINDOW << client) || has(State.RST) || has(State.RST << 1) || has(State.FIN << server))
    return false
  if (missing(server) > 0 || signalCount(Signal.RETRANSMISSION) >= LEAST_REPETITIONS) return true
  return unanswered > 0 && double(dossier, Dossier.LAST_PUSH) - double(dossier, Dossier.LAST_REPLY) > PATIENCE
}

/** Neither a SYN nor the ports tell who is the server. */
function areRolesGuessed(): bool {
  const ports = word(row, Row.PORTS)
  return isMidstream && (server === 0 ? ports >>> 16 : ports & 0xffff) >= FIRST_EPHEMERAL
}

/** The client sent again although nothing came, and not at once. */
function hasAskedAgain(): bool {
  if (unanswered < 2 || hasUnseen(server) || areRolesGuessed()) return false
  return double(row, Row.LAST_TIME) - double(dossier, Dossier.PENDING_SINCE) > REPEATED
}
