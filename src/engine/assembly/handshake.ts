import { clientSide, own, peer, row, setState, side, sideOf, state } from './current'
import { countRetransmission, dossier } from './dossiers'
import { Dossier, Flag, Row, Side, Signal, State, Total } from './layout'
import { distance, setWord, word } from './memory'
import { ack, flags, frameId, payloadLength, seq, window } from './packet'
import { count, dossierAt } from './regions'
import { signal, signalFirstSyn } from './signal-log'
import { keepSynShape, optionsOfSyn, shapeOfSyn } from './syn-shape'
import { forgetDrain, isMute } from './window-drain'

/**
 * Takes a SYN or SYN-ACK. A lone SYN opens no dossier: a scan consists of them. On newer Windows RawCap records the
 * SYN-ACK before its SYN, so either may come first and tells who the client is.
 */
export function noteSyn(): void {
  const answering = (flags & Flag.ACK) !== 0
  const bit = (answering ? State.SYN_ACK : State.SYN) << side
  if ((state() & bit) !== 0) countRetransmission(side)
  else if (answering) forgetOlder()
  const inverted = (State.SYN_ACK << (side ^ 1)) | (State.SYN << side)
  if (!answering && (state() & inverted) === State.SYN_ACK << (side ^ 1)) count(Total.INVERSIONS)
  noteBase(side, seq)
  if (answering) noteBase(side ^ 1, ack - 1)
  keepShape(answering)
  if (answering) noteNumbers()
  setState(bit)
  noteRoles(answering ? side ^ 1 : side)
  if (answering && isMute(state(), clientSide() ^ 1)) setWord(dossierAt(dossier()), Dossier.EDGE, ack + window)
  if (answering) noteAnswer()
  else if (frameId === word(row, Row.FIRST_FRAME)) signalFirstSyn()
  else signal(Signal.SYN, 0)
}

/**
 * A bare acknowledgment with other numbers, before the SYN-ACK, belonged to an older connection of the same ports (a challenge
 * ACK, RFC 5961 §4.2).
 */
function forgetOlder(): void {
  const before = state()
  if ((before & (State.SEQ_SET << side)) === 0 || (before & ((State.DATA | State.FIN) << side)) !== 0) return
  if (word(own, Side.NEXT_SEQ) === seq + 1) return
  setWord(own, Side.NEXT_SEQ, seq + 1)
  setWord(own, Side.ACK, ack)
}

/**
 * Wireshark stays in the stream of a SYN-ACK and counts from its number on. One with another number that comes when the client
 * has acknowledged one before is the server's own behind a SYN proxy, on a capture of both of its sides: there are two sets of
 * numbers, and what either acknowledges tells of no byte of the other. The higher set is followed, the lower one looks old.
 */
function noteNumbers(): void {
  const base = dossierAt(dossier())
  const before = state()
  const again = (before & (State.SYN_ACK << side)) !== 0 && (before & (State.DATA << side)) === 0
  if (!again || word(own, Side.NEXT_SEQ) === seq + 1) {
    setWord(base, Dossier.BASE_SEQ + side, seq)
    return
  }
  if ((before & State.HANDSHAKE) !== 0 && distance(seq + 1, word(own, Side.NEXT_SEQ)) < 0) return
  setWord(own, Side.NEXT_SEQ, seq + 1)
  setWord(base, Dossier.BASE_SEQ + side, seq)
}

/** The acknowledgment that completes the handshake may have been recorded before the SYN-ACK. */
function noteAnswer(): void {
  signal(Signal.SYN_ACK, window)
  const before = state()
  if ((before & State.HANDSHAKE) !== 0 || (before & (State.ACK_SET << (side ^ 1))) === 0) return
  if (word(peer, Side.ACK) === seq + 1) noteHandshake()
}

/** A SYN says who connects; it stands against what ports suggested, not against an earlier SYN. */
function noteRoles(client: i32): void {
  const before = state()
  if ((before & State.ROLES_KNOWN) !== 0) return
  const after = (before & ~State.CLIENT_B) | (client === 1 ? State.CLIENT_B : 0) | State.ROLES_KNOWN
  setWord(row, Row.STATE, after)
  if (((before ^ after) & State.CLIENT_B) === 0 || word(row, Row.DOSSIER) === 0) return
  if (isMute(before, client) || isMute(after, client ^ 1)) forgetDrain(dossier())
}

/** Takes the sequence number before the side's first byte from a SYN, or from what acknowledges it. */
function noteBase(which: i32, number: i32): void {
  const before = state()
  if ((before & (State.BASE_SET << which)) !== 0) return
  setState((State.BASE_SET << which) | (State.SEQ_SET << which))
  if ((before & (State.SEQ_SET << which)) === 0) setWord(sideOf(which), Side.NEXT_SEQ, number + 1)
  if (word(row, Row.DOSSIER) !== 0) setWord(dossierAt(dossier()), Dossier.BASE_SEQ + which, number)
}

/**
 * Keeps the number before the first that a side's peer acknowledges, as long as nothing of the side itself was seen:
 * a SYN of the side is then measured by it, as in Wireshark.
 */
export function noteGuessedBase(): void {
  const other = side ^ 1
  const known = (State.BASE_SET << other) | (State.ACK_SET << side) | State.RST_ACKED
  if ((state() & known) !== 0) return
  if (word(row, Row.DOSSIER) !== 0) setWord(dossierAt(dossier()), Dossier.BASE_SEQ + other, ack - 1)
  else if ((state() & (State.SEQ_SET << other)) === 0) setWord(peer, Side.NEXT_SEQ, ack)
  if ((flags & Flag.RST) !== 0) setState(State.RST_ACKED)
}

function keepShape(answering: bool): void {
  if (!answering && payloadLength === 0 && word(row, Row.DOSSIER) === 0) {
    setWord(own, Side.ACK, shapeOfSyn())
    setWord(own, Side.PAYLOAD, optionsOfSyn())
    return
  }
  keepSynShape(dossier(), side, shapeOfSyn(), optionsOfSyn())
}

/** The client's first acknowledgment of the SYN-ACK completes the handshake. */
export function noteHandshake(): void {
  setState(State.HANDSHAKE)
  signal(Signal.HANDSHAKE, payloadLength)
}
