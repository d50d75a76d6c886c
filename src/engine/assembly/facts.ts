import {
  Column,
  DOSSIER_WORDS,
  Dossier,
  Fact,
  LATE,
  RareDossier,
  ROW_WORDS,
  Row,
  Side,
  Signal,
  Speech,
  State,
} from './layout'
import { double, setColumn, word } from './memory'
import {
  dossier,
  isBare,
  packets as packetsOf,
  payload,
  rare,
  readFlow,
  retransmissions,
  row,
  sideOf,
} from './read-flow'
import { dossierAt, rowAt } from './regions'

/**
 * What rules ask first of a flow: see `Fact` of the diagnosis. Every flow is asked, most of them for nothing more, and few
 * captures have so many flows that the same lines in TypeScript would be compiled before they are done.
 */

let state: i32 = 0
let client: i32 = 0
let server: i32 = 0
/** What some facts have in common. */
let isMidstream: bool = false
let isServed: bool = false
let isEstablished: bool = false

/** Writes the facts of at most a batch of flows into their column. Returns how many packets the flows have. */
export function findFacts(from: i32, to: i32): f64 {
  touch(from, to)
  let packets: u64 = 0
  for (let flow = from; flow < to; flow++) {
    look(flow)
    const seen = packetsOf(0) + packetsOf(1)
    packets += seen
    const facts = bit(Fact.SEEN, seen > 0) | captureFacts() | controlFacts()
    setColumn(Column.FACTS, flow - from, isMereAttempt() ? facts : facts | speechFacts())
  }
  return <f64>packets
}

/** Dossiers do not lie in the order of rows. */
function touch(from: i32, to: i32): void {
  for (let flow = from; flow < to; flow++) {
    const at = dossierAt(word(rowAt(flow * ROW_WORDS), Row.DOSSIER) * DOSSIER_WORDS)
    warmth ^= word(at, 0) ^ word(at, Dossier.BEAT_SIZES) ^ word(at, Dossier.ACKS)
  }
}

/** Sum of what was only touched: exported, so that no compiler finds the reading useless. */
export let warmth: i32 = 0

function look(flow: i32): void {
  readFlow(flow)
  state = word(row, Row.STATE)
  client = has(State.CLIENT_B) ? 1 : 0
  server = client ^ 1
  isMidstream = !has(State.ROLES_KNOWN)
  isServed = payload(server) > 0 || has(State.UNSEEN_REPLY) || acknowledged(server) > 0
  isEstablished = has(State.HANDSHAKE) || isMidstream || (has(State.SYN_ACK << server) && acknowledged(client) > 0)
}

function captureFacts(): i32 {
  return (
    bit(Fact.ONE_SIDED, isOneSided()) | bit(Fact.MIDSTREAM, isMidstream) | bit(Fact.HOLED, hasUnseen(0) || hasUnseen(1))
  )
}

/** Packets of one end alone were captured, though the other must have sent some. */
function isOneSided(): bool {
  if (packetsOf(client) === 0) return true
  if (packetsOf(server) > 0) return false
  return !has(State.SYN << client) || payload(client) > 0 || has(State.ACK_SET << client)
}

/** Nothing but SYNs and their refusal: scans consist of them. */
function isMereAttempt(): bool {
  return isBare && !isEstablished && !isServed
}

/** Of payload: who sent some, and what followed it. */
function speechFacts(): i32 {
  // On a connection that is older than the capture one byte alone is a keep-alive's: see `hasAsked` of the diagnosis.
  const asked = payload(client) > (isMidstream ? 1 : 0)
  const mute = isEstablished && !isServed && packetsOf(server) > 0
  const answered = word(dossier, Dossier.ANSWERED) > 0
  return (
    bit(Fact.SERVED, isServed) |
    bit(Fact.MUTE, mute) |
    bit(Fact.UNANSWERED, mute && asked) |
    bit(Fact.IDLE, !isServed && !asked && isEstablished) |
    bit(Fact.SERVER_PUSH, payload(client) === 0 && payload(server) > 0) |
    bit(Fact.PENDING, word(dossier, Dossier.UNANSWERED) > 0) |
    bit(Fact.REPLY_OUTSTANDING, outstanding(server) > 0) |
    bit(Fact.DATA_LOST, hasSignal(Signal.RETRANSMISSION) || word(rare, RareDossier.MISSING + client) > 0) |
    bit(Fact.ANSWERED, answered) |
    bit(Fact.LATE, answered && isLate()) |
    bit(Fact.SPEAKING, namesProtocol((word(row, Row.SPEECH) >>> (server << 3)) & 255))
  )
}

function isLate(): bool {
  return double(dossier, Dossier.FIRST_RESPONSE) >= LATE || double(dossier, Dossier.RESPONSE_MAX) >= LATE
}

function namesProtocol(speech: i32): bool {
  return speech === Speech.HTTP_RESPONSE || speech === Speech.SSH || speech === Speech.REPLY_CODE
}

/** Of flags and windows. */
function controlFacts(): i32 {
  const synAck = has(State.SYN_ACK << server)
  const serverRst = has(State.RST << server)
  const syn = has(State.SYN << client)
  const bare = has(State.HANDSHAKE) && acknowledged(0) === 0 && acknowledged(1) === 0
  return (
    bit(Fact.HALF_OPEN, synAck && !has(State.HANDSHAKE)) |
    bit(Fact.SERVER_RST, serverRst) |
    bit(Fact.SERVER_REPEATS, retransmissions(server) > 0) |
    bit(Fact.REFUSED, syn && serverRst && !synAck) |
    bit(Fact.UNANSWERED_SYN, syn && packetsOf(server) === 0 && payload(client) === 0) |
    bit(Fact.BARE_HANDSHAKE, bare) |
    bit(Fact.CLIENT_FIN, has(State.FIN << client)) |
    bit(Fact.SERVER_FIN, has(State.FIN << server)) |
    bit(Fact.DATA_AFTER_FIN, has(State.DATA_AFTER_FIN)) |
    bit(Fact.ZERO_WINDOW, word(rare, RareDossier.ZERO_WINDOWS) > 0 || has(State.ZERO_WINDOW << client))
  )
}

function bit(fact: i32, holds: bool): i32 {
  return holds ? fact : 0
}

function has(bits: i32): bool {
  return (state & bits) === bits
}

// Further numbers as `flow/flow-view.ts` reads them.

function acknowledged(side: i32): i32 {
  if (isBare || !has(State.ACK_SET << (side ^ 1))) return 0
  const ack = word(sideOf(side ^ 1), Side.ACK)
  const bytes = ack - (word(dossier, Dossier.BASE_SEQ + side) + 1)
  if (bytes <= 0) return 0
  return has(State.FIN << side) && ack === word(sideOf(side), Side.NEXT_SEQ) ? bytes - 1 : bytes
}

/** Whether it is known of a side what it sent last, and what of it the other end acknowledged. */
function isFollowed(side: i32): bool {
  return !isBare && has((State.ACK_SET << (side ^ 1)) | (State.SEQ_SET << side))
}

/** What a side sent and the other end has not acknowledged; negative where that acknowledged more than was seen. */
function outstanding(side: i32): i32 {
  return isFollowed(side) ? word(sideOf(side), Side.NEXT_SEQ) - word(sideOf(side ^ 1), Side.ACK) : 0
}

function hasUnseen(side: i32): bool {
  if (!isFollowed(side)) return false
  const missing = word(rare, RareDossier.MISSING + side)
  // What the other end lacks too was lost before the capture point, and is none of its holes.
  if (missing > 0) return missing > outstanding(side) || <u64>acknowledged(side) > payload(side)
  return outstanding(side) < -1
}

function hasSignal(kind: i32): bool {
  return ((word(row, Row.SIGNAL_COUNTS + (kind >> 3)) >>> ((kind & 7) << 2)) & 15) !== 0
}
