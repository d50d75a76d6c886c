import { Flag } from '../packet/packet.ts'
import type { Current } from './current.ts'
import { Dossier } from './dossier.ts'
import { sideBase } from './flow-table.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { Signal } from './signal-log.ts'
import { optionsOf, shapeOf } from './syn-shape.ts'

/**
 * Takes a SYN or SYN-ACK. A lone SYN opens no dossier: a scan consists of them. On newer Windows RawCap records the
 * SYN-ACK before its SYN, so either may come first and tells who the client is.
 */
export function noteSyn(flows: Flows, current: Current): void {
  const packet = current.packet
  const row = current.flow
  const side = current.side
  const words = flows.table.words
  const base = row * ROW_WORDS
  const answering = (packet.flags & Flag.ACK) !== 0
  const bit = (answering ? State.SYN_ACK : State.SYN) << side
  if ((words[base + Row.STATE]! & bit) !== 0) flows.retransmitted(row, side)
  if (
    !answering &&
    (words[base + Row.STATE]! & ((State.SYN_ACK << (side ^ 1)) | (State.SYN << side))) === State.SYN_ACK << (side ^ 1)
  )
    flows.inversions++
  noteBase(flows, row, side, packet.seq)
  if (answering) noteBase(flows, row, side ^ 1, (packet.ack - 1) | 0)
  keepShape(flows, current, answering)
  // Wireshark stays in the stream of a SYN-ACK and counts from its number on.
  if (answering) flows.dossiers.words[flows.dossier(row) + Dossier.BASE_SEQ + side] = packet.seq
  words[base + Row.STATE]! |= bit
  noteRoles(words, base, answering ? side ^ 1 : side)
  flows.signal(current, answering ? Signal.SYN_ACK : Signal.SYN, packet.window)
}

/** A SYN says who connects; it stands against what ports suggested, not against an earlier SYN. */
function noteRoles(words: Int32Array, base: number, client: number): void {
  const state = words[base + Row.STATE]!
  if ((state & State.ROLES_KNOWN) !== 0) return
  words[base + Row.STATE] = (state & ~State.CLIENT_B) | (client === 1 ? State.CLIENT_B : 0) | State.ROLES_KNOWN
}

/** Takes the sequence number before the side's first byte from a SYN, or from what acknowledges it. */
function noteBase(flows: Flows, row: number, side: number, seq: number): void {
  const words = flows.table.words
  const base = row * ROW_WORDS
  const state = words[base + Row.STATE]!
  if ((state & (State.BASE_SET << side)) !== 0) return
  words[base + Row.STATE] = state | (State.BASE_SET << side) | (State.SEQ_SET << side)
  if ((state & (State.SEQ_SET << side)) === 0) words[sideBase(row, side) + Side.NEXT_SEQ] = (seq + 1) | 0
  if (words[base + Row.DOSSIER] !== 0) flows.dossiers.words[flows.dossier(row) + Dossier.BASE_SEQ + side] = seq
}

/**
 * Keeps the number before the first that a side's peer acknowledges, as long as nothing of the side itself was seen:
 * a SYN of the side is then measured by it, as in Wireshark.
 */
export function noteGuessedBase(flows: Flows, current: Current): void {
  const words = flows.table.words
  const { flow, side, packet } = current
  const base = flow * ROW_WORDS
  const other = side ^ 1
  const known = (State.BASE_SET << other) | (State.ACK_SET << side) | State.RST_ACKED
  if ((words[base + Row.STATE]! & known) !== 0) return
  if (words[base + Row.DOSSIER] !== 0)
    flows.dossiers.words[flows.dossier(flow) + Dossier.BASE_SEQ + other] = (packet.ack - 1) | 0
  else if ((words[base + Row.STATE]! & (State.SEQ_SET << other)) === 0)
    words[sideBase(flow, other) + Side.NEXT_SEQ] = packet.ack
  if ((packet.flags & Flag.RST) !== 0) words[base + Row.STATE]! |= State.RST_ACKED
}

function keepShape(flows: Flows, current: Current, answering: boolean): void {
  const packet = current.packet
  const row = current.flow
  if (!answering && packet.payloadLength === 0 && flows.table.words[row * ROW_WORDS + Row.DOSSIER] === 0) {
    const own = sideBase(row, current.side)
    flows.table.words[own + Side.ACK] = shapeOf(packet)
    flows.table.words[own + Side.PAYLOAD] = optionsOf(packet)
    return
  }
  const dossier = flows.dossier(row)
  flows.dossiers.words[dossier + Dossier.SYN_SHAPE + current.side] = shapeOf(packet)
  flows.dossiers.words[dossier + Dossier.SYN_OPTIONS + current.side] = optionsOf(packet)
  if (answering) flows.dossiers.words[dossier + Dossier.EDGE] = (packet.ack + packet.window) | 0
}

/** The client's first acknowledgment of the SYN-ACK completes the handshake. */
export function noteHandshake(flows: Flows, current: Current): void {
  flows.table.words[current.flow * ROW_WORDS + Row.STATE]! |= State.HANDSHAKE
  flows.signal(current, Signal.HANDSHAKE, current.packet.payloadLength)
}
