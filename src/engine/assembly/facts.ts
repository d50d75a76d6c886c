import {
  acknowledged,
  client,
  has,
  hasUnseen,
  isEstablished,
  isMidstream,
  isServed,
  look,
  missing,
  server,
  signalCount,
  speechOf,
  touchFlows,
} from './judged-flow'
import { Column, Dossier, Fact, RareDossier, Side, Signal, Speech, State } from './layout'
import { column, setColumn, word } from './memory'
import { dossier, isBare, packets as packetsOf, payload, rare, retransmissions, sideOf } from './read-flow'
import { touchSignals } from './signal-walk'
import { beganShut } from './syn-shape'
import { settled, turnFacts, WALKED } from './turn-facts'

/**
 * What rules ask first of a flow: see `Fact` of the diagnosis. Every flow is asked, most of them for nothing more, and few
 * captures have so many flows that the same lines in TypeScript would be compiled before they are done.
 */

/**
 * Writes the facts of at most a batch of flows into their column, `captureEnd` the last moment that the captures show.
 * Returns how many packets the flows have.
 */
export function findFacts(from: i32, to: i32, captureEnd: f64): f64 {
  touchFlows(from, to)
  let packets: u64 = 0
  for (let flow = from; flow < to; flow++) {
    look(flow)
    const seen = packetsOf(0) + packetsOf(1)
    packets += seen
    const facts = bit(Fact.SEEN, seen > 0) | captureFacts() | controlFacts()
    setColumn(Column.FACTS, flow - from, isMereAttempt() ? facts : withSpeech(facts, captureEnd))
  }
  settle(from, to)
  return <f64>packets
}

/** Few facts lie in signals: those are walked to together, when it is known of which flows. */
function settle(from: i32, to: i32): void {
  touchSignals(from, to, WALKED)
  for (let flow = from; flow < to; flow++) {
    const facts = column(Column.FACTS, flow - from)
    if ((facts & WALKED) === 0) continue
    look(flow)
    setColumn(Column.FACTS, flow - from, settled(facts))
  }
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

function withSpeech(facts: i32, captureEnd: f64): i32 {
  const spoken = facts | speechFacts()
  return spoken | turnFacts(spoken, captureEnd)
}

/** Facts about payload: who sent some, and what followed it. */
function speechFacts(): i32 {
  // On a connection that is older than the capture one byte alone is a keep-alive's: see `hasAsked` of the diagnosis.
  const asked = payload(client) > (isMidstream ? 1 : 0)
  const mute = isEstablished && !isServed && packetsOf(server) > 0
  return (
    bit(Fact.SERVED, isServed) |
    bit(Fact.MUTE, mute) |
    bit(Fact.UNANSWERED, mute && asked) |
    bit(Fact.ACKED, mute && asked && acknowledged(client) > 0) |
    bit(Fact.IDLE, !isServed && !asked && isEstablished) |
    bit(Fact.SERVER_PUSH, payload(client) === 0 && payload(server) > 0) |
    bit(Fact.DATA_LOST, isSentInVain()) |
    bit(Fact.ANSWERED, word(dossier, Dossier.ANSWERED) > 0) |
    bit(Fact.PENDING, word(dossier, Dossier.UNANSWERED) > 0) |
    bit(Fact.AT_ODDS, areAtOdds(speechOf(client), speechOf(server)))
  )
}

function isSentInVain(): bool {
  return signalCount(Signal.RETRANSMISSION) > 0 || signalCount(Signal.KEEP_ALIVE) > 0 || missing(client) > 0
}

function areAtOdds(asked: i32, said: i32): bool {
  if (said === Speech.HTTP_RESPONSE) return asked !== Speech.HTTP_REQUEST
  if (said === Speech.REPLY_CODE) return asked !== Speech.TEXT
  if (said === Speech.TLS || said === Speech.SSH) return asked !== said
  if (said === Speech.NONE || said === Speech.UNSEEN || isMidstream) return false
  return asked === Speech.HTTP_REQUEST || asked === Speech.TLS
}

/** Facts about flags and windows. */
function controlFacts(): i32 {
  const synAck = has(State.SYN_ACK << server)
  const serverRst = has(State.RST << server)
  const syn = has(State.SYN << client)
  const bare = has(State.HANDSHAKE) && acknowledged(0) === 0 && acknowledged(1) === 0
  return (
    bit(Fact.HALF_OPEN, synAck && !has(State.HANDSHAKE)) |
    bit(Fact.SERVER_RST, serverRst) |
    bit(Fact.SERVER_REPEATS, retransmissions(server) > 0 || signalCount(Signal.SYN_ACK) > 1) |
    bit(Fact.REFUSED, syn && serverRst && !synAck && !isEstablished && !isServed) |
    bit(Fact.UNANSWERED_SYN, syn && packetsOf(server) === 0 && payload(client) === 0) |
    bit(Fact.BARE_HANDSHAKE, bare) |
    bit(Fact.CLIENT_FIN, has(State.FIN << client)) |
    bit(Fact.SERVER_FIN, has(State.FIN << server)) |
    bit(Fact.DATA_AFTER_FIN, has(State.DATA_AFTER_FIN)) |
    bit(Fact.ZERO_WINDOW, wasShut() || (bare && isUnopened()))
  )
}

function wasShut(): bool {
  return word(rare, RareDossier.ZERO_WINDOWS) > 0 || has(State.ZERO_WINDOW << client)
}

/** The server's window was zero in its SYN-ACK, and is. */
function isUnopened(): bool {
  return beganShut(dossier, server) && (word(sideOf(server), Side.WINDOW) & 0xffff) === 0
}

function bit(fact: i32, holds: bool): i32 {
  return holds ? fact : 0
}
