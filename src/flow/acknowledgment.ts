import { Flag } from '../packet/packet.ts'
import type { Current } from './current.ts'
import { Dossier } from './dossier.ts'
import { sideBase } from './flow-table.ts'
import type { Flows } from './flows.ts'
import { noteHandshake } from './handshake.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { advance, distance } from './sequence.ts'
import { Signal } from './signal-log.ts'

/** What ends a server's being mute, by its side. */
const MUTE_ENDS = [State.DATA | State.UNSEEN_REPLY, (State.DATA << 1) | State.UNSEEN_REPLY]

/** Takes the acknowledgment number and the window of a segment that is no RST. */
export function noteAcknowledgment(flows: Flows, current: Current): void {
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const side = current.side
  const own = sideBase(current.flow, side)
  const ack = current.packet.ack
  const state = words[base + Row.STATE]!
  if ((state & (State.ACK_SET << side)) === 0) {
    words[base + Row.STATE] = state | (State.ACK_SET << side)
    words[own + Side.ACK] = ack
  } else {
    const fresh = distance(ack, words[own + Side.ACK]!)
    if (fresh > 0) {
      if (flows.signals.has(words, current.flow, Signal.HOLE)) noteGap(flows, current, words[own + Side.ACK]!)
      words[own + Side.ACK] = ack
      if (side === flows.clientSide(current.flow)) noteUnseenReply(flows, current)
      else if ((state & MUTE_ENDS[side]!) === 0 && current.packet.payloadLength === 0)
        noteMuteAck(flows, current, fresh)
      if ((state & (State.FIN << (side ^ 1))) !== 0) noteFinAcked(flows, current)
    }
  }
  if ((current.packet.flags & (Flag.SYN | Flag.FIN)) !== 0) return
  if ((state & State.HANDSHAKE) === 0 && (state & (State.SYN_ACK << (side ^ 1))) !== 0) noteHandshake(flows, current)
  noteWindow(flows, current, own)
}

/** The server's kernel acknowledges, and the server has not said a byte: does it read? */
function noteMuteAck(flows: Flows, current: Current, fresh: number): void {
  const row = current.flow
  const side = current.side
  const state = flows.table.words[row * ROW_WORDS + Row.STATE]!
  const dossier = flows.dossier(row)
  const clientNext = flows.table.words[sideBase(row, side ^ 1) + Side.NEXT_SEQ]!
  const finToo = (state & (State.FIN << (side ^ 1))) !== 0 && current.packet.ack === clientNext
  const bytes = finToo ? fresh - 1 : fresh
  if (bytes === 0) return
  const { engine } = flows
  const shift = engine.windowShift(dossier, side)
  const start = advance(flows.baseSequence(row, side ^ 1), 1)
  const window = shift < 0 ? current.packet.window : current.packet.window << shift
  let tells = false
  if (shift < 0) engine.noteUnscaledAck(dossier)
  else tells = engine.noteDrain(dossier, start, current.packet.ack, bytes, window, 1 << shift) !== 0
  flows.signal(current, Signal.ACKED, tells ? ~window : window)
  // Recorded before the data that it acknowledges: its delay is not known.
  if ((state & State.TIMED) === 0 || distance(current.packet.ack, clientNext) > 0) return
  engine.noteAckDelay(dossier, current.frame.time)
}

/** The client acknowledges more than the capture holds of the server: it was answered, or will be in a moment. */
function noteUnseenReply(flows: Flows, current: Current): void {
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const server = current.side ^ 1
  if ((words[base + Row.STATE]! & (State.SEQ_SET << server)) === 0) return
  // One more than the highest number sent may be a FIN that was not captured.
  if (distance(current.packet.ack, words[sideBase(current.flow, server) + Side.NEXT_SEQ]!) <= 1) return
  words[base + Row.STATE]! |= State.UNSEEN_REPLY
  const dossier = flows.dossier(current.flow)
  if (flows.dossiers.words[dossier + Dossier.UNANSWERED] === 0) return
  const acknowledged = words[sideBase(current.flow, current.side) + Side.NEXT_SEQ]!
  flows.engine.noteReply(dossier, acknowledged, current.frame.time, current.frameId)
  flows.engine.noteBeatAnswered(dossier)
}

/** Bytes that never came into the capture, and came to the receiver. */
function noteGap(flows: Flows, current: Current, acked: number): void {
  const dossier = flows.dossier(current.flow)
  const words = flows.dossiers.words
  const sender = current.side ^ 1
  const end = words[dossier + Dossier.HOLE_END + sender]!
  if (words[dossier + Dossier.MISSING + sender]! <= 0) return
  if (distance(acked, end) < 0 && distance(current.packet.ack, end) >= 0) flows.connStates.gap(current.flow, sender)
}

function noteFinAcked(flows: Flows, current: Current): void {
  const words = flows.table.words
  if (current.packet.ack !== words[sideBase(current.flow, current.side ^ 1) + Side.NEXT_SEQ]) return
  words[current.flow * ROW_WORDS + Row.STATE]! |= State.FIN_ACKED << (current.side ^ 1)
}

function noteWindow(flows: Flows, current: Current, own: number): void {
  const words = flows.table.words
  const base = current.flow * ROW_WORDS
  const bit = State.ZERO_WINDOW << current.side
  const wasZero = (words[base + Row.STATE]! & bit) !== 0
  const window = current.packet.window
  words[own + Side.WINDOW] = window
  if (window === 0 && !wasZero) {
    words[base + Row.STATE]! |= bit
    noteClosed(flows, current)
  } else if (window !== 0 && wasZero) {
    words[base + Row.STATE]! &= ~bit
    noteReopened(flows, current)
  }
}

function noteClosed(flows: Flows, current: Current): void {
  flows.signal(current, Signal.ZERO_WINDOW, 0)
  if (current.side === flows.clientSide(current.flow)) return
  const dossier = flows.dossier(current.flow)
  flows.dossiers.words[dossier + Dossier.ZERO_WINDOWS]!++
  flows.dossiers.doubles[(dossier + Dossier.ZERO_SINCE) >> 1] = current.frame.time
}

function noteReopened(flows: Flows, current: Current): void {
  const dossier = flows.dossier(current.flow)
  const shift = flows.engine.windowShift(dossier, current.side)
  flows.signal(current, Signal.REOPENED, current.packet.window << Math.max(shift, 0))
  if (current.side === flows.clientSide(current.flow)) return
  flows.dossiers.doubles[(dossier + Dossier.ZERO_SINCE) >> 1] = Number.NaN
}
