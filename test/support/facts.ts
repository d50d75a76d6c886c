import type { Case } from '../../src/diagnosis/case.ts'
import { EVEN, LEAST_BEATS } from '../../src/diagnosis/evidence/rhythm.ts'
import {
  areRolesGuessed,
  hasAsked,
  isEstablished,
  isMidstream,
  isMute,
  isServed,
} from '../../src/diagnosis/evidence/stance.ts'
import { BEYOND_HABIT, Fact, LATE, PATIENCE, REPEATED } from '../../src/diagnosis/fact.ts'
import { MOST_OF_A_HANDSHAKE } from '../../src/diagnosis/rules/healthy.ts'
import { LEAST_AT_ONCE } from '../../src/diagnosis/rules/pipeline-stalled.ts'
import { LEAST_REPETITIONS } from '../../src/diagnosis/rules/replies-unacknowledged.ts'
import {
  LEAST_ANSWERED,
  MOST_OF_THE_TIME,
  ROUND_TRIPS,
  slowResponder,
} from '../../src/diagnosis/rules/slow-responder.ts'
import type { FlowView } from '../../src/flow/flow-view.ts'
import { State } from '../../src/flow/row.ts'
import { Signal } from '../../src/flow/signal-log.ts'
import { Speech } from '../../src/flow/speech.ts'

/** The facts of a flow, in the words of the rules: what the engine finds has to be the same. */
export function factsOf(judged: Case): number {
  const { flow } = judged
  const seen = bit(Fact.SEEN, flow.packets(0) + flow.packets(1) > 0)
  const facts = seen | captureFacts(flow) | controlFacts(flow)
  return isMereAttempt(flow) ? facts : facts | speechFacts(flow) | turnFacts(judged)
}

function captureFacts(flow: FlowView): number {
  const holed = flow.hasUnseen(0) || flow.hasUnseen(1)
  return bit(Fact.ONE_SIDED, isOneSided(flow)) | bit(Fact.MIDSTREAM, isMidstream(flow)) | bit(Fact.HOLED, holed)
}

/** Nothing but SYNs and their refusal: scans consist of them. */
const isMereAttempt = (flow: FlowView): boolean => flow.isBare && !isEstablished(flow) && !isServed(flow)

/** Of payload: who sent some, and what followed it. */
function speechFacts(flow: FlowView): number {
  const asked = hasAsked(flow)
  const served = isServed(flow)
  const mute = !served && isMute(flow)
  const answered = flow.answered > 0
  const again = flow.signalCount(Signal.RETRANSMISSION) + flow.signalCount(Signal.KEEP_ALIVE)
  return (
    bit(Fact.SERVED, served) |
    bit(Fact.MUTE, mute) |
    bit(Fact.UNANSWERED, mute && asked) |
    bit(Fact.ACKED, isAcked(flow)) |
    bit(Fact.IDLE, !served && !asked && isEstablished(flow)) |
    bit(Fact.SERVER_PUSH, flow.payload(flow.client) === 0 && flow.payload(flow.server) > 0) |
    bit(Fact.PENDING, flow.unanswered > 0) |
    bit(Fact.DATA_LOST, again > 0 || flow.missing(flow.client) > 0) |
    bit(Fact.ANSWERED, answered) |
    bit(Fact.AT_ODDS, isAtOdds(flow))
  )
}

/** Of who waited for whom, and how long. */
function turnFacts(judged: Case): number {
  const { flow } = judged
  const isLate = flow.answered > 0 && answersLate(flow)
  const askedAgain = flow.unanswered > 1 && flow.lastTime - flow.pendingSince > REPEATED && !flow.hasUnseen(flow.server)
  return (
    bit(Fact.LATE, isLate) |
    bit(Fact.FIRST_LATE, isFirstLate(flow)) |
    bit(Fact.SLOW, isLate && isSlow(judged)) |
    bit(
      Fact.OVERDUE,
      flow.unanswered > 0 ? isOverdue(judged) : isPipelined(judged) || isCut(judged) || mayBeTickets(judged),
    ) |
    bit(Fact.REPLY_MISSED, isReplyMissed(flow)) |
    bit(Fact.ASKED_AGAIN, isAcked(flow) && askedAgain && !areRolesGuessed(flow)) |
    bit(Fact.WAITED, flow.answered > 0 && flow.firstResponse >= LATE) |
    bit(Fact.SYN_AGAIN, flow.answered > 0 && isSynRepeated(flow))
  )
}

function isFirstLate(flow: FlowView): boolean {
  const greets = flow.has(State.SERVER_FIRST) && !isMidstream(flow)
  if (greets && flow.oldestSignal(Signal.REPLY) - flow.firstTime >= LATE) return true
  const several =
    flow.firstRun > 1 || flow.speech(flow.client) === Speech.TLS || flow.speech(flow.client) === Speech.SSH
  return several && flow.answered > 0 && flow.firstResponse >= LATE
}

const isAcked = (flow: FlowView): boolean => isMute(flow) && hasAsked(flow) && flow.acknowledged(flow.client) > 0

function answersLate(flow: FlowView): boolean {
  const only = flow.answered === 1 ? flow.oldestSignal(Signal.REPLY) - flow.lastPush : Number.NaN
  const first = only >= 0 ? Math.min(flow.firstResponse, only) : flow.firstResponse
  if (flow.hasUnseen(flow.server) || Math.max(first, flow.longestResponse) < LATE) return false
  const waited = first + flow.laterResponse * (flow.answered - 1)
  const mean = waited / flow.answered
  if (mean < LATE && waited <= MOST_OF_THE_TIME * (flow.lastTime - flow.firstTime)) return false
  if (!hasOneHandshake(flow)) return true
  return mean >= ROUND_TRIPS * (flow.newestSignal(Signal.SYN_ACK) - flow.newestSignal(Signal.SYN))
}

const isSynRepeated = (flow: FlowView): boolean =>
  flow.signalCount(Signal.SYN) > 1 && flow.signalCount(Signal.SYN_ACK) > 0

const hasOneHandshake = (flow: FlowView): boolean =>
  flow.signalCount(Signal.SYN) === 1 && flow.signalCount(Signal.SYN_ACK) === 1

function isSlow(judged: Case): boolean {
  const { flow } = judged
  const isCertain = typeof slowResponder.holds !== 'string' && slowResponder.holds(judged) === 'certain'
  const often = flow.segments(flow.server) >= LEAST_ANSWERED * flow.segments(flow.client)
  const { beat } = flow
  const beats = beat !== null && beat.count >= LEAST_BEATS && beat.jitterMs <= EVEN * beat.periodMs
  return isCertain && !beats && hasOneHandshake(flow) && (often || flow.has(State.DATA_AFTER_FIN))
}

function isOverdue({ flow, end }: Case): boolean {
  if (flow.answered === 0 && !flow.has(State.SERVER_FIRST) && !speaksHttp2(flow)) return false
  const gaps = (flow.unanswered - 1) * Math.max(0, flow.beat?.periodMs ?? 0) * 1e6
  const since = Math.min(flow.pendingSince, flow.lastPush - gaps)
  const longest = Math.max(flow.longestResponse, flow.answered > 0 ? flow.firstResponse : 0)
  return flow.signalCount(Signal.PUSH) > 0 || end - since > Math.max(PATIENCE, BEYOND_HABIT * longest)
}

const speaksHttp2 = (flow: FlowView): boolean => flow.speech(flow.client) === Speech.HTTP2

function isPipelined({ flow, end }: Case): boolean {
  if (speaksHttp2(flow)) {
    const isOpen = flow.http.isFramed ? flow.http.openRequests > 0 : Math.max(flow.firstRun, flow.longestRun) > 1
    return isOpen && end - flow.lastReply > PATIENCE
  }
  if (flow.speech(flow.client) !== Speech.HTTP_REQUEST) return false
  const isOpen = flow.http.openRequests > 0 || Math.max(flow.firstRun, flow.longestRun) >= LEAST_AT_ONCE
  return isOpen && end - flow.lastReply > PATIENCE
}

/** In TLS: what was answered may be a handshake, and no more. */
function mayBeTickets({ flow, end }: Case): boolean {
  const isTls = flow.speech(flow.client) === Speech.TLS && flow.speech(flow.server) === Speech.TLS
  return isTls && flow.answered > 0 && flow.answered <= MOST_OF_A_HANDSHAKE && end - flow.lastReply > PATIENCE
}

function isCut({ flow, end }: Case): boolean {
  const { announcement, server } = flow
  const isShort = flow.answered === 1 && flow.payload(server) < announcement
  if (!isShort && flow.http.lacking === 0) return false
  return flow.has(State.FIN << server) || flow.has(State.RST << server) || end - flow.lastReply > PATIENCE
}

function isReplyMissed(flow: FlowView): boolean {
  const { client, server } = flow
  if (!isServed(flow) || isMidstream(flow) || flow.outstanding(server) === 0 || flow.packets(client) === 0) return false
  if (flow.missing(server) > 0 && flow.acknowledged(server) === 0) return true
  if (flow.has(State.ZERO_WINDOW << client) || flow.has(State.FIN << server)) return false
  if (flow.has(State.RST) || flow.has(State.RST << 1)) return false
  const spoke = flow.unanswered > 0 && flow.lastPush - flow.lastReply > PATIENCE
  return spoke || flow.missing(server) > 0 || flow.signalCount(Signal.RETRANSMISSION) >= LEAST_REPETITIONS
}

/** Of flags and windows. */
function controlFacts(flow: FlowView): number {
  const { client, server } = flow
  const synAck = flow.has(State.SYN_ACK << server)
  const serverRst = flow.has(State.RST << server)
  const syn = flow.has(State.SYN << client)
  const bare = flow.has(State.HANDSHAKE) && flow.acknowledged(0) + flow.acknowledged(1) === 0
  const wasShut = flow.zeroWindows > 0 || flow.has(State.ZERO_WINDOW << client)
  return (
    bit(Fact.HALF_OPEN, synAck && !flow.has(State.HANDSHAKE)) |
    bit(Fact.SERVER_RST, serverRst) |
    bit(Fact.SERVER_REPEATS, flow.retransmissions(server) > 0 || flow.signalCount(Signal.SYN_ACK) > 1) |
    bit(Fact.REFUSED, syn && serverRst && !synAck && !isEstablished(flow) && !isServed(flow)) |
    bit(Fact.UNANSWERED_SYN, syn && flow.packets(server) === 0 && flow.payload(client) === 0) |
    bit(Fact.BARE_HANDSHAKE, bare) |
    bit(Fact.CLIENT_FIN, flow.has(State.FIN << client)) |
    bit(Fact.SERVER_FIN, flow.has(State.FIN << server)) |
    bit(Fact.DATA_AFTER_FIN, flow.has(State.DATA_AFTER_FIN)) |
    bit(Fact.ZERO_WINDOW, wasShut || (bare && flow.syn(server)?.window === 0 && flow.window(server) === 0))
  )
}

const bit = (fact: number, holds: boolean): number => (holds ? fact : 0)

/** By what the server says: what its clients say first. */
const ASKED: Partial<Readonly<Record<Speech, Speech>>> = {
  [Speech.HTTP_RESPONSE]: Speech.HTTP_REQUEST,
  [Speech.REPLY_CODE]: Speech.TEXT,
  [Speech.TLS]: Speech.TLS,
  [Speech.SSH]: Speech.SSH,
}

function isAtOdds(flow: FlowView): boolean {
  const client = flow.speech(flow.client)
  const server = flow.speech(flow.server)
  if (ASKED[server] !== undefined) return client !== ASKED[server]
  const isUnheard = server === Speech.NONE || server === Speech.UNSEEN || isMidstream(flow)
  return !isUnheard && (client === Speech.HTTP_REQUEST || client === Speech.TLS)
}

/** Packets of one end alone were captured, though the other must have sent some. */
export function isOneSided(flow: FlowView): boolean {
  if (flow.packets(flow.client) === 0) return true
  if (flow.packets(flow.server) > 0) return false
  return !flow.has(State.SYN << flow.client) || flow.payload(flow.client) > 0 || flow.has(State.ACK_SET << flow.client)
}
