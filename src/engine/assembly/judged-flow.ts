import { Column, DOSSIER_WORDS, Dossier, RareDossier, ROW_WORDS, Row, Side, State } from './layout'
import { column, word } from './memory'
import { dossier, isBare, payload, rare, readFlow, row, sideOf } from './read-flow'
import { dossierAt, rowAt } from './regions'

/** A flow whose packets are followed, as rules read it: see `stance.ts` of the diagnosis and `flow/flow-view.ts`. */

export let client: i32 = 0
export let server: i32 = 0
/** What many facts have in common. */
export let isMidstream: bool = false
export let isServed: bool = false
export let isEstablished: bool = false
/** Both ends have one address and port. */
export let isItsOwnPeer: bool = false
let state: i32 = 0

/** Sum of what was only touched: exported, so that no compiler finds the reading useless. */
export let warmth: i32 = 0

/** Touches what reading flows will read. Dossiers do not lie in the order of rows. */
export function touchFlows(from: i32, to: i32): void {
  for (let flow = from; flow < to; flow++) touch(flow)
}

/** The same for the first `count` flows of the column of those that are to be read. */
export function touchListed(count: i32): void {
  for (let i = 0; i < count; i++) touch(column(Column.READ, i))
}

function touch(flow: i32): void {
  const at = dossierAt(word(rowAt(flow * ROW_WORDS), Row.DOSSIER) * DOSSIER_WORDS)
  warmth ^= word(at, 0) ^ word(at, Dossier.BEAT)
}

/** Moves to a flow. */
export function look(flow: i32): void {
  readFlow(flow)
  state = word(row, Row.STATE)
  client = has(State.CLIENT_B) ? 1 : 0
  server = client ^ 1
  isMidstream = !has(State.ROLES_KNOWN)
  isItsOwnPeer = ownsBothEnds()
  const unseen = acknowledged(server)
  const spoke = payload(server) > 0 || has(State.UNSEEN_REPLY) || unseen > (has(State.FIN << client) ? 1 : 0)
  // One socket acknowledges its own words.
  isServed = spoke && !isItsOwnPeer
  isEstablished = has(State.HANDSHAKE) || isMidstream || isTaken()
}

/** The server's system took data of the client: the capture lacks the handshake's end, or all of the server's part in it. */
function isTaken(): bool {
  return acknowledged(client) > 0 && (has(State.SYN_ACK << server) || payload(client) > 0)
}

function ownsBothEnds(): bool {
  const ports = word(row, Row.PORTS)
  return ports >>> 16 === (ports & 0xffff) && word(row, Row.ADDRESS_A) === word(row, Row.ADDRESS_B)
}

/** What a side's first payload looks like. */
export function speechOf(side: i32): i32 {
  return (word(row, Row.SPEECH) >>> (side << 3)) & 255
}

/** True where every bit of the `State` is set. */
export function has(bits: i32): bool {
  return (state & bits) === bits
}

/** Data segments that a side sent for the first time. */
export function segments(side: i32): i32 {
  return isBare ? 0 : word(sideOf(side), Side.SEGMENTS)
}

/** Bytes of a side that the other end acknowledged, without SYN and FIN. */
export function acknowledged(side: i32): i32 {
  if (isBare || !has(State.ACK_SET << (side ^ 1))) return 0
  const ack = word(sideOf(side ^ 1), Side.ACK)
  const bytes = ack - (word(dossier, Dossier.BASE_SEQ + side) + 1)
  if (bytes <= 0) return 0
  return has(State.FIN << side) && ack === word(sideOf(side), Side.NEXT_SEQ) ? bytes - 1 : bytes
}

/** What a side sent and the other end has not acknowledged; negative where that acknowledged more than was seen. */
export function outstanding(side: i32): i32 {
  return isFollowed(side) ? word(sideOf(side), Side.NEXT_SEQ) - word(sideOf(side ^ 1), Side.ACK) : 0
}

/** True where bytes of a side that the other end acknowledged are not in the capture. */
export function hasUnseen(side: i32): bool {
  if (!isFollowed(side) || isItsOwnPeer) return false
  const bytes = missing(side)
  // What the other end lacks too was lost before the capture point, and is none of its holes.
  if (bytes > 0) return bytes > outstanding(side) || <u64>acknowledged(side) > payload(side)
  return outstanding(side) < -1
}

/** Bytes that a side sent before others that came, and that the capture does not hold. */
export function missing(side: i32): i32 {
  return word(rare, RareDossier.MISSING + side)
}

/** How many signals of a kind are kept. */
export function signalCount(kind: i32): i32 {
  return (word(row, Row.SIGNAL_COUNTS + (kind >> 3)) >>> ((kind & 7) << 2)) & 15
}

/** Whether it is known of a side what it sent last, and what of it the other end acknowledged. */
function isFollowed(side: i32): bool {
  return !isBare && has((State.ACK_SET << (side ^ 1)) | (State.SEQ_SET << side))
}
