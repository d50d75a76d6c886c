import { isTimed, noteAckDelay } from './ack-timing'
import { mayOpenBeats, noteBeat, noteBeatAnswered } from './beats'
import { isNoted } from './conn-state'
import { noteHttpReply, noteHttpRequest } from './http-framing'
import {
  Column,
  DOSSIER_WORDS,
  Dossier,
  Flag,
  ROW_WORDS,
  Row,
  SIDE_WORDS,
  Side,
  Signal,
  SignalCap,
  Speech,
  State,
} from './layout'
import { add, column, counter, distance, double, MOST_COUNTED, setColumn, setDouble, setWord, word } from './memory'
import { ack, fingerprint, flags, headerLengthOf, ports, seq, window } from './plain-segment'
import { dossierAt, rowAt } from './regions'
import { signals } from './signal-log'
import { windowShift } from './syn-shape'
import { isAllAnswered, isBeyondHandshake, isLatest, noteReply, noteRequest, wasAnsweredBefore } from './turns'
import { isMute, noteDrain, noteUnscaledAck } from './window-drain'

/**
 * The short way that most segments take: established, in order, nothing new in kind. It does what `observe` does for them,
 * with the fields read where they lie in the frame; all conditions are asked before anything is changed, so that whatever
 * is not ordinary can go the long way.
 */

const CONTROL = Flag.SYN | Flag.FIN | Flag.RST | Flag.ACK

/** Follows the plain segment of a frame, if it is ordinary; its row is guessed. */
export function takeOrdinary(index: i32, frameId: i32): bool {
  const number = column(Column.ROW, index)
  const segment: usize = column(Column.SEGMENT, index)
  if (number < 0 || <i32>segment < 0 || (flags(segment) & CONTROL) !== Flag.ACK) return false
  const row = rowAt(number * ROW_WORDS)
  const side = sideOf(row, index, segment)
  if (side < 0) return false
  const own = row + ((Row.SIDES + side * SIDE_WORDS) << 2)
  const other = row + ((Row.SIDES + (side ^ 1) * SIDE_WORDS) << 2)
  const state = word(row, Row.STATE)
  const length = column(Column.PAYLOAD, index)
  const print = fingerprint(index, segment)
  const original = <u32>column(Column.ORIGINAL, index)
  if (!isSettled(state, side) || !isNoted(word(row, Row.HISTORY), side, length)) return false
  if (window(segment) === 0 || isSecondRecording(own, print)) return false
  if (counter(own, Side.BYTES) + <u64>original > MOST_COUNTED) return false
  const fromClient = side === ((state & State.CLIENT_B) === 0 ? 0 : 1)
  const fresh = distance(ack(segment), word(own, Side.ACK))
  if (fresh > 0 && isNews(row, other, segment, fromClient)) return false
  const time = load<f64>(Column.TIME + (index << 3))
  if (length > 0) {
    if (!isNext(row, own, other, segment, length, side, fromClient)) return false
    const speech = (word(row, Row.SPEECH) >>> ((fromClient ? side : side ^ 1) << 3)) & 255
    if (speech === Speech.HTTP2) return false
    if (fromClient ? !takeRequest(row, own, side, length, time, frameId) : !takeReply(row, segment, time, speech))
      return false
    if (speech === Speech.HTTP_REQUEST) takeHttp(row, index, segment, length, fromClient)
    setWord(own, Side.NEXT_SEQ, seq(segment) + length)
    add(own, Side.PAYLOAD, length)
    add(own, Side.SEGMENTS, 1)
  } else {
    const ahead = distance(seq(segment), word(own, Side.NEXT_SEQ))
    if (ahead === -1 || ahead > 1) return false
    if (fresh > 0 && !fromClient && !takeMuteAck(row, segment, side, fresh, time)) return false
  }
  if (fresh > 0) setWord(own, Side.ACK, ack(segment))
  setWord(own, Side.FINGERPRINT, print)
  count(row, own, segment, original, time, frameId)
  setColumn(Column.SIDE, index, side)
  return true
}

/** Which side of the flow sent the segment; -1 where it is of another flow. */
function sideOf(row: usize, index: i32, segment: usize): i32 {
  if ((word(row, Row.STATE) & State.IPV6) !== column(Column.VERSION, index)) return -1
  const from = column(Column.FROM, index)
  const to = column(Column.TO, index)
  const both = ports(segment)
  const a = word(row, Row.ADDRESS_A)
  const b = word(row, Row.ADDRESS_B)
  const known = word(row, Row.PORTS)
  if (a === from && b === to && known === both) return 0
  return a === to && b === from && known === ((both << 16) | (both >>> 16)) ? 1 : -1
}

/** True where the connection is past its handshake, both numbers of the side are known, and nothing unusual goes on. */
function isSettled(state: i32, side: i32): bool {
  // One that ends, or whose window was shut, is no longer ordinary; one that was replaced since its row was guessed is
  // the wrong one.
  const ends: i32 = State.FIN | (State.FIN << 1) | State.RST | (State.RST << 1)
  const unusual: i32 = ends | State.REPLACED | State.ZERO_WINDOW | (State.ZERO_WINDOW << 1)
  const known: i32 = State.SEQ_SET | State.ACK_SET
  if ((state & unusual) !== 0 || ((state >>> side) & known) !== known) return false
  return (state & State.HANDSHAKE) !== 0 || (state & (State.SYN_ACK << (side ^ 1))) === 0
}

function isSecondRecording(own: usize, print: i32): bool {
  return print !== 0 && print === word(own, Side.FINGERPRINT)
}

/** True where an acknowledgment tells more than that what was sent arrived: of bytes that the capture does not hold. */
function isNews(row: usize, other: usize, segment: usize, fromClient: bool): bool {
  if (signals(row, Signal.HOLE) > 0) return true
  return fromClient && distance(ack(segment), word(other, Side.NEXT_SEQ)) > 1
}

/** True where the payload follows what its side sent before, and was not acknowledged before it was recorded. */
function isNext(row: usize, own: usize, other: usize, segment: usize, length: i32, side: i32, fromClient: bool): bool {
  const state = word(row, Row.STATE)
  const number = seq(segment)
  if (number !== word(own, Side.NEXT_SEQ) || ((state >>> side) & State.DATA) === 0) return false
  const end = number + length
  if (((state >>> (side ^ 1)) & State.ACK_SET) !== 0 && distance(word(other, Side.ACK), end) >= 0) return false
  if (counter(own, Side.PAYLOAD) + <u64>length > MOST_COUNTED) return false
  const spoken = ((state >>> (side ^ 1)) & State.DATA) !== 0
  return !(fromClient && spoken && wasAnsweredBefore(word(row, Row.DOSSIER) * DOSSIER_WORDS, end))
}

/** The client's payload. What a mute server got is a signal, until the flow has its fill of them. */
function takeRequest(row: usize, own: usize, side: i32, length: i32, time: f64, frameId: i32): bool {
  const state = word(row, Row.STATE)
  const spoken = ((state >>> (side ^ 1)) & State.DATA) !== 0
  if (!spoken && signals(row, Signal.PUSH) < SignalCap.PUSH) return false
  const dossier = word(row, Row.DOSSIER) * DOSSIER_WORDS
  if (mayOpenBeats(dossier, length)) return false
  noteBeat(dossier, length, time)
  const timed = !spoken && isTimed(dossier, word(own, Side.SEGMENTS) + 1, time)
  setWord(row, Row.STATE, timed ? state | State.TIMED : state & ~State.TIMED)
  noteRequest(dossier, time, frameId)
  return true
}

/** The server's payload. One that comes late, and later than any before, is a signal, and so are the first behind a handshake of TLS. */
function takeReply(row: usize, segment: usize, time: f64, speech: i32): bool {
  const dossier = word(row, Row.DOSSIER) * DOSSIER_WORDS
  if (speech === Speech.TLS && signals(row, Signal.REPLY) < SignalCap.REPLY && mayEndHandshake(dossier)) return false
  const acknowledged = ack(segment)
  if (signals(row, Signal.LATE_REPLY) < SignalCap.LATE_REPLY && isLatest(dossier, acknowledged, time)) return false
  const isPending = !isAllAnswered(dossier)
  noteReply(dossier, acknowledged, time)
  if (isPending && isAllAnswered(dossier)) noteBeatAnswered(dossier)
  return true
}

/** The server's segment answers more than the client's first words, if it answers something. */
function mayEndHandshake(dossier: i32): bool {
  return isBeyondHandshake(dossier) || !isAllAnswered(dossier)
}

/** What the segment's payload adds to an exchange in HTTP. */
function takeHttp(row: usize, index: i32, segment: usize, length: i32, fromClient: bool): void {
  const at = segment + <usize>headerLengthOf(<i32>segment)
  const end = max(at, min(<usize>column(Column.END, index), at + <usize>length))
  const dossier = dossierAt(word(row, Row.DOSSIER) * DOSSIER_WORDS)
  if (fromClient) noteHttpRequest(row, at, end, false, false)
  else noteHttpReply(row, dossier, at, end, length, seq(segment))
}

/** A server's acknowledgment of new payload. While it is mute that is a signal, until the flow has its fill of them. */
function takeMuteAck(row: usize, segment: usize, side: i32, fresh: i32, time: f64): bool {
  const state = word(row, Row.STATE)
  if (!isMute(state, side)) return true
  if (signals(row, Signal.ACKED) < SignalCap.ACKED) return false
  const dossier = word(row, Row.DOSSIER) * DOSSIER_WORDS
  const timed = (state & State.TIMED) !== 0
  if (dossier === 0 || (timed && word(dossierAt(dossier), Dossier.RARE) === 0)) return false
  const shift = windowShift(dossier, side)
  const number = ack(segment)
  if (shift < 0) noteUnscaledAck(dossier)
  else {
    const base = word(dossierAt(dossier), Dossier.BASE_SEQ + (side ^ 1)) + 1
    noteDrain(dossier, base, number, fresh, window(segment) << shift, 1 << shift)
  }
  const sent = word(row, Row.SIDES + (side ^ 1) * SIDE_WORDS + Side.NEXT_SEQ)
  if (timed && distance(number, sent) <= 0) noteAckDelay(dossier, time)
  return true
}

/** What every segment adds to its flow. */
function count(row: usize, own: usize, segment: usize, original: u32, time: f64, frameId: i32): void {
  add(own, Side.PACKETS, 1)
  add(own, Side.BYTES, original)
  setWord(own, Side.WINDOW, window(segment))
  setWord(row, Row.LAST_FRAME, frameId)
  if (time > double(row, Row.LAST_TIME)) setDouble(row, Row.LAST_TIME, time)
}
