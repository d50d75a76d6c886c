import { noteAckDelay } from './ack-timing'
import { noteBeatAnswered } from './beats'
import { noteGap } from './conn-state'
import { clientSide, own, peer, row, setState, side, state } from './current'
import { baseSequence, dossier, knownRareWords, rareWords } from './dossiers'
import { noteHandshake } from './handshake'
import { Dossier, Flag, RareDossier, Row, Side, Signal, State } from './layout'
import { add, distance, double, setDouble, setWord, word } from './memory'
import { ack, flags, payloadLength, seq, time, window } from './packet'
import { noteHole } from './payload'
import { dossierAt } from './regions'
import { signal, signals } from './signal-log'
import { windowShift } from './syn-shape'
import { isAllAnswered, noteReply } from './turns'
import { forgetDrain, isMute, noteDrain, noteUnscaledAck } from './window-drain'

/** RFC 7323 §2.3: no window's scale is larger. */
const LARGEST_SHIFT: i32 = 14

/** Takes the acknowledgment number and the window of a segment that is no RST. */
export function noteAcknowledgment(): void {
  const before = state()
  if ((before & (State.ACK_SET << side)) === 0) {
    setState(State.ACK_SET << side)
    setWord(own, Side.ACK, ack)
  } else {
    const fresh = distance(ack, word(own, Side.ACK))
    if (fresh > 0) noteProgress(before, fresh)
  }
  if ((flags & (Flag.SYN | Flag.FIN)) !== 0) return
  if ((before & State.HANDSHAKE) === 0 && (before & (State.SYN_ACK << (side ^ 1))) !== 0) noteHandshake()
  noteWindow()
}

function noteProgress(before: i32, fresh: i32): void {
  if (signals(row, Signal.HOLE) > 0) noteGapAcked(word(own, Side.ACK))
  setWord(own, Side.ACK, ack)
  if (side === clientSide()) {
    if (payloadLength === 0) noteUnseenReply(time)
  } else if (isMute(before, side) && payloadLength === 0) noteMuteAck(fresh)
  if ((before & (State.FIN << (side ^ 1))) !== 0) noteFinAcked()
}

/** The server's kernel acknowledges, and the server has not said a byte: does it read? */
function noteMuteAck(fresh: i32): void {
  const offset = dossier()
  const clientNext = word(peer, Side.NEXT_SEQ)
  const finToo = (state() & (State.FIN << (side ^ 1))) !== 0 && ack === clientNext
  const bytes = finToo ? fresh - 1 : fresh
  if (bytes === 0) return
  const shift = windowShift(offset, side)
  const told = shift < 0 ? window : window << shift
  let tells: bool = false
  if (shift < 0) noteUnscaledAck(offset)
  else tells = noteDrain(offset, baseSequence(side ^ 1) + 1, ack, bytes, told, 1 << shift)
  signal(Signal.ACKED, tells ? ~told : told)
  // Recorded before the data that it acknowledges: its delay is not known.
  if ((state() & State.TIMED) === 0 || distance(ack, clientNext) > 0) return
  noteAckDelay(offset, time)
}

/**
 * The client says something new and acknowledges more than the capture holds of the server: what it had asked before was
 * answered, and when is not known.
 */
export function noteUnseenBefore(): void {
  const known = State.ACK_SET << side
  if (side !== clientSide() || (flags & Flag.ACK) === 0 || (state() & known) === 0) return
  if (distance(ack, word(own, Side.ACK)) <= 0) return
  noteUnseenReply(double(dossierAt(dossier()), Dossier.PENDING_SINCE))
}

/**
 * The client acknowledges more than the capture holds of the server: it was answered at that moment, or will be in another
 * one.
 */
function noteUnseenReply(when: f64): void {
  if ((state() & (State.SEQ_SET << (side ^ 1))) === 0) return
  // One more than the highest number sent may be a FIN that was not captured.
  if (distance(ack, word(peer, Side.NEXT_SEQ)) <= 1) return
  takeUnseenReply(side ^ 1, word(own, Side.NEXT_SEQ), when)
}

/** The server has spoken, though the capture does not hold what it said. */
function takeUnseenReply(server: i32, acknowledged: i32, when: f64): void {
  const offset = dossier()
  if (isMute(state(), server)) forgetDrain(offset)
  setState(State.UNSEEN_REPLY)
  if (isAllAnswered(offset)) return
  noteReply(offset, acknowledged, when)
  setDouble(dossierAt(offset), Dossier.LAST_REPLY, time)
  if (isAllAnswered(offset)) noteBeatAnswered(offset)
}

/**
 * True where a segment without payload begins so far after what its side sent before that payload lies between, of which the
 * capture holds none: one more may be a FIN, and beyond the other end's window none may send.
 */
export function tellsOfUnseen(ahead: i32): bool {
  if (ahead <= 1 || (state() & (State.ACK_SET << (side ^ 1))) === 0) return false
  const shift = windowShift(dossier(), side ^ 1)
  const window = (word(peer, Side.WINDOW) & 0xffff) << (shift < 0 ? LARGEST_SHIFT : shift)
  return distance(seq, word(peer, Side.ACK)) <= window
}

/** A segment without payload tells by its number that its side has sent some before, which the capture does not hold. */
export function noteUnseenPayload(): void {
  noteHole(word(own, Side.NEXT_SEQ))
  setWord(own, Side.NEXT_SEQ, seq)
  if (side !== clientSide()) takeUnseenReply(side, ack, time)
}

/** Bytes that never came into the capture, and came to the receiver. */
function noteGapAcked(acked: i32): void {
  const at = knownRareWords(dossier())
  const sender = side ^ 1
  const end = word(at, RareDossier.HOLE_END + sender)
  if (word(at, RareDossier.MISSING + sender) <= 0) return
  if (distance(acked, end) < 0 && distance(ack, end) >= 0) noteGap(sender)
}

function noteFinAcked(): void {
  if (ack === word(peer, Side.NEXT_SEQ)) setState(State.FIN_ACKED << (side ^ 1))
}

function noteWindow(): void {
  const bit = State.ZERO_WINDOW << side
  const wasZero = (state() & bit) !== 0
  setWord(own, Side.WINDOW, window)
  if (window === 0 && !wasZero) {
    setState(bit)
    noteClosed()
  } else if (window !== 0 && wasZero) {
    setWord(row, Row.STATE, state() & ~bit)
    noteReopened()
  }
}

function noteClosed(): void {
  signal(Signal.ZERO_WINDOW, 0)
  if (side === clientSide()) return
  const at = rareWords(dossier())
  add(at, RareDossier.ZERO_WINDOWS, 1)
  setDouble(at, RareDossier.ZERO_SINCE, time)
}

function noteReopened(): void {
  const offset = dossier()
  signal(Signal.REOPENED, window << max(windowShift(offset, side), 0))
  if (side === clientSide()) return
  setDouble(rareWords(offset), RareDossier.ZERO_SINCE, NaN)
}
