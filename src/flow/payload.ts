import type { Current } from './current.ts'
import { DOSSIER_WORDS, Dossier } from './dossier.ts'
import { sideBase } from './flow-table.ts'
import type { Flows } from './flows.ts'
import { noteProbe } from './probe.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { advance, distance } from './sequence.ts'
import { Signal } from './signal-log.ts'
import { classifySpeech } from './speech.ts'

/** Takes a segment's payload: new, again, or filling a hole. */
export function notePayload(flows: Flows, current: Current): void {
  const row = current.flow
  // Opened first: it takes the number before the first byte from where the SYN left the row.
  flows.dossier(row)
  const fresh = freshBytes(flows, current)
  if (fresh === 0) return
  const side = current.side
  const words = flows.table.words
  const own = sideBase(row, side)
  const dossier = flows.dossier(row)
  words[own + Side.SEGMENTS]!++
  countPayload(flows, row, side, fresh)
  const client = flows.clientSide(row)
  const state = words[row * ROW_WORDS + Row.STATE]!
  if ((state & (State.DATA << side)) === 0) noteFirstPayload(flows, current, side === client)
  if (side === client) noteFromClient(flows, current, dossier, fresh)
  else noteFromServer(flows, current, dossier)
}

/** How many of the segment's bytes the flow had not sent before; moves the side's next sequence number on. */
function freshBytes(flows: Flows, current: Current): number {
  const packet = current.packet
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const own = sideBase(current.flow, current.side)
  const end = advance(packet.seq, packet.payloadLength)
  const state = words[base + Row.STATE]!
  if ((state & (State.SEQ_SET << current.side)) === 0) {
    words[base + Row.STATE] = state | (State.SEQ_SET << current.side) | (State.BASE_SET << current.side)
    words[own + Side.NEXT_SEQ] = end
    flows.dossiers.words[flows.dossier(current.flow) + Dossier.BASE_SEQ + current.side] = (packet.seq - 1) | 0
    return packet.payloadLength
  }
  const ahead = distance(packet.seq, words[own + Side.NEXT_SEQ]!)
  if (packet.payloadLength === 1 && noteProbe(flows, current, ahead)) return 0
  if (ahead > 0) noteHole(flows, current, words[own + Side.NEXT_SEQ]!)
  const beyond = distance(end, words[own + Side.NEXT_SEQ]!)
  if (beyond <= 0) return fillHole(flows, current)
  words[own + Side.NEXT_SEQ] = end
  if (ahead === 0 && (state & (State.ACK_SET << (current.side ^ 1))) !== 0) {
    const acknowledged = words[sideBase(current.flow, current.side ^ 1) + Side.ACK]!
    if (distance(acknowledged, end) >= 0) flows.inversions++
  }
  return ahead >= 0 ? packet.payloadLength : beyond
}

/** Bytes are missing before this segment: late, lost, or not recorded. */
function noteHole(flows: Flows, current: Current, start: number): void {
  const words = flows.dossiers.words
  const dossier = flows.dossier(current.flow)
  words[dossier + Dossier.HOLE_START + current.side] = start
  words[dossier + Dossier.HOLE_END + current.side] = current.packet.seq
  words[dossier + Dossier.MISSING + current.side]! += distance(current.packet.seq, start)
  flows.signal(current, Signal.HOLE, distance(current.packet.seq, start))
}

/** Old bytes: they fill the newest hole, or were sent again. Returns those that fill. */
function fillHole(flows: Flows, current: Current): number {
  const packet = current.packet
  const words = flows.dossiers.words
  const dossier = flows.dossier(current.flow)
  const side = current.side
  const start = words[dossier + Dossier.HOLE_START + side]!
  const end = advance(packet.seq, packet.payloadLength)
  const fills =
    words[dossier + Dossier.MISSING + side]! > 0 &&
    distance(packet.seq, start) >= 0 &&
    distance(words[dossier + Dossier.HOLE_END + side]!, end) >= 0
  if (fills) {
    words[dossier + Dossier.HOLE_START + side] = end
    words[dossier + Dossier.MISSING + side]! -= distance(end, start)
    return packet.payloadLength
  }
  flows.retransmitted(current.flow, side)
  flows.signal(current, Signal.RETRANSMISSION, packet.payloadLength)
  flows.connStates.retransmitted(current.flow, side)
  return 0
}

function noteFirstPayload(flows: Flows, current: Current, fromClient: boolean): void {
  const packet = current.packet
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const state = words[base + Row.STATE]!
  const first = fromClient ? State.CLIENT_FIRST : State.SERVER_FIRST
  const either = State.CLIENT_FIRST | State.SERVER_FIRST
  words[base + Row.STATE] = state | (State.DATA << current.side) | ((state & either) === 0 ? first : 0)
  const speech = classifySpeech(packet.bytes, packet.payloadStart, packet.payloadEnd)
  words[base + Row.SPEECH]! |= speech << (current.side << 3)
  if (fromClient) return
  // The server has spoken: what was kept to show that it does not is pointless.
  flows.signals.release(words, current.flow, Signal.PUSH)
  flows.signals.release(words, current.flow, Signal.ACKED)
  flows.signal(current, Signal.REPLY, packet.payloadLength)
}

function noteFromClient(flows: Flows, current: Current, dossier: number, fresh: number): void {
  const { engine } = flows
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const time = current.frame.time
  const end = advance(current.packet.seq, current.packet.payloadLength)
  engine.noteBeat(dossier, fresh, time)
  const state = words[base + Row.STATE]!
  const spoken = (state & (State.DATA << (current.side ^ 1))) !== 0
  if (spoken && engine.wasAnsweredBefore(dossier, end) !== 0) {
    engine.noteBeatAnswered(dossier)
    engine.noteAnsweredBefore(dossier)
    return
  }
  const segments = words[sideBase(current.flow, current.side) + Side.SEGMENTS]!
  const timed = !spoken && engine.isTimed(dossier, segments, time) !== 0
  words[base + Row.STATE] = timed ? state | State.TIMED : state & ~State.TIMED
  engine.noteRequest(dossier, time, current.frameId)
  if (!spoken) flows.signal(current, Signal.PUSH, fresh)
}

function noteFromServer(flows: Flows, current: Current, dossier: number): void {
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const answers = flows.dossiers.words[dossier + Dossier.UNANSWERED]! > 0
  const lateBy = flows.engine.noteReply(dossier, current.packet.ack, current.frame.time, current.frameId)
  if (answers) flows.engine.noteBeatAnswered(dossier)
  if (lateBy >= 0) flows.signal(current, Signal.LATE_REPLY, lateBy)
  // What was under way when the FIN came does not acknowledge it.
  const finSent = (words[base + Row.STATE]! & (State.FIN << (current.side ^ 1))) !== 0
  const clientNext = words[sideBase(current.flow, current.side ^ 1) + Side.NEXT_SEQ]!
  if (finSent && distance(current.packet.ack, clientNext) >= 0) words[base + Row.STATE]! |= State.DATA_AFTER_FIN
}

/** Adds to the payload's 32 bits; what they lose is kept in the dossier. */
function countPayload(flows: Flows, row: number, side: number, bytes: number): void {
  const words = flows.table.words
  const counter = sideBase(row, side) + Side.PAYLOAD
  const sum = (words[counter]! >>> 0) + bytes
  words[counter] = sum | 0
  if (sum > 0xffffffff) carry(flows, row, side)
}

/** Notes that a counter of 32 bits went round: `place` 0 and 1 for both sides' payload, 2 and 3 for their bytes. */
export function carry(flows: Flows, row: number, place: number): void {
  const dossier = flows.table.words[row * ROW_WORDS + Row.DOSSIER]! * DOSSIER_WORDS
  if (dossier !== 0) flows.dossiers.words[dossier + Dossier.CARRY]! += 1 << (place << 3)
}
