import { isTimed } from './ack-timing'
import { announcement } from './announcement'
import { noteBeat, noteBeatAnswered } from './beats'
import { retransmittedPayload } from './conn-state'
import { clientSide, own, peer, row, setState, side, state } from './current'
import { carry, countRetransmission, dossier, knownRareWords, rareWords } from './dossiers'
import { loseFraming, noteHttpReply, noteHttpRequest } from './http-framing'
import { answersInHttp2, asksInHttp2 } from './http2'
import { Dossier, RareDossier, ReplyShape, Row, Side, Signal, Speech, State, Total } from './layout'
import { add, counter, distance, MOST_COUNTED, setWord, word } from './memory'
import { ack, frameId, payloadAt, payloadEnd, payloadLength, payloadSeq, time, ttl } from './packet'
import { noteProbe } from './probe'
import { count, dossierAt } from './regions'
import { releaseSignals, signal } from './signal-log'
import { speech } from './speech'
import { recordsAlike } from './tls-records'
import {
  isAllAnswered,
  isBeyondHandshake,
  noteAnsweredBefore,
  noteReply,
  noteRequest,
  noteUnasked,
  wasAnsweredBefore,
} from './turns'
import { forgetDrain, isMute } from './window-drain'

/** Takes a segment's payload: new, again, or filling a hole. */
export function notePayload(): void {
  // Opened first: it takes the number before the first byte from where the SYN left the row.
  const offset = dossier()
  const fresh = freshBytes()
  if (fresh === 0) return
  add(own, Side.SEGMENTS, 1)
  countPayload(fresh)
  const fromClient = side === clientSide()
  if ((state() & (State.DATA << side)) === 0) noteFirstPayload(offset, fromClient)
  const asked = speechOf(clientSide())
  if (asked === Speech.HTTP_REQUEST || asked === Speech.HTTP2) noteHttp(offset, fromClient, fresh, asked)
  if (fromClient) noteFromClient(offset, fresh)
  else noteFromServer(offset)
}

/** What the segment, which has `fresh` new bytes, adds to an exchange in HTTP. */
function noteHttp(offset: i32, fromClient: bool, fresh: i32, asked: i32): void {
  const end = payloadSeq() + payloadLength
  // What fills a hole, or comes behind one, does not go on where the side was.
  if (fresh !== payloadLength || end !== word(own, Side.NEXT_SEQ) || hasHoles(offset)) {
    loseFraming(row)
    return
  }
  // Its frames are looked at where it is asked whether they are a request or an answer.
  if (asked === Speech.HTTP2) return
  if (!fromClient) {
    noteHttpReply(row, dossierAt(offset), payloadAt, payloadEnd, payloadLength, payloadSeq())
    return
  }
  const spoken = (state() & (State.DATA << (side ^ 1))) !== 0
  const isFirst = word(own, Side.SEGMENTS) === 1
  noteHttpRequest(row, payloadAt, payloadEnd, isFirst, spoken && wasAnsweredBefore(offset, end))
}

/** Bytes of the side are missing. */
function hasHoles(offset: i32): bool {
  return word(knownRareWords(offset), RareDossier.MISSING + side) > 0
}

/** How many of the segment's bytes the flow had not sent before; moves the side's next sequence number on. */
function freshBytes(): i32 {
  const end = payloadSeq() + payloadLength
  const before = state()
  if ((before & (State.SEQ_SET << side)) === 0) {
    setState((State.SEQ_SET << side) | (State.BASE_SET << side))
    setWord(own, Side.NEXT_SEQ, end)
    setWord(dossierAt(dossier()), Dossier.BASE_SEQ + side, payloadSeq() - 1)
    return payloadLength
  }
  const next = word(own, Side.NEXT_SEQ)
  const ahead = distance(payloadSeq(), next)
  if (payloadLength === 1 && noteProbe(ahead)) return 0
  if (ahead > 0) noteHole(next)
  const beyond = distance(end, next)
  if (beyond <= 0) return fillHole(end)
  setWord(own, Side.NEXT_SEQ, end)
  const acknowledged = ahead === 0 && (before & (State.ACK_SET << (side ^ 1))) !== 0
  if (acknowledged && distance(word(peer, Side.ACK), end) >= 0) count(Total.INVERSIONS)
  return ahead >= 0 ? payloadLength : beyond
}

/** Bytes from `start` on are missing before this segment: late, lost, or not recorded. */
export function noteHole(start: i32): void {
  const at = rareWords(dossier())
  setWord(at, RareDossier.HOLE_START + side, start)
  setWord(at, RareDossier.HOLE_END + side, payloadSeq())
  add(at, RareDossier.MISSING + side, distance(payloadSeq(), start))
  signal(Signal.HOLE, distance(payloadSeq(), start))
}

/** Old bytes: they fill the newest hole or an older one, or were sent again. Returns those that fill. */
function fillHole(end: i32): i32 {
  const at = knownRareWords(dossier())
  const start = word(at, RareDossier.HOLE_START + side)
  const fits = distance(payloadSeq(), start) >= 0 && distance(word(at, RareDossier.HOLE_END + side), end) >= 0
  if (word(at, RareDossier.MISSING + side) > 0 && fits) {
    setWord(at, RareDossier.HOLE_START + side, end)
    add(at, RareDossier.MISSING + side, -distance(end, start))
    return payloadLength
  }
  if (fillsOlderHole(word(at, RareDossier.MISSING + side), distance(start, end))) {
    add(at, RareDossier.MISSING + side, -payloadLength)
    return payloadLength
  }
  countRetransmission(side)
  signal(Signal.RETRANSMISSION, payloadLength)
  retransmittedPayload()
  return 0
}

/**
 * Of several holes the newest is kept. What lies `before` it, and the receiver has not acknowledged, was not there when the
 * segments behind it came: what was, a receiver tells by its acknowledgments.
 */
function fillsOlderHole(missing: i32, before: i32): bool {
  if (missing < payloadLength || before < 0 || (state() & (State.ACK_SET << (side ^ 1))) === 0) return false
  return distance(payloadSeq(), word(peer, Side.ACK)) >= 0
}

function noteFirstPayload(offset: i32, fromClient: bool): void {
  if (!fromClient && isMute(state(), side)) forgetDrain(offset)
  const first = fromClient ? State.CLIENT_FIRST : State.SERVER_FIRST
  const either = State.CLIENT_FIRST | State.SERVER_FIRST
  setState((State.DATA << side) | ((state() & either) === 0 ? first : 0))
  setWord(row, Row.SPEECH, word(row, Row.SPEECH) | (speech() << (side << 3)))
  if (fromClient) return
  // The server has spoken: what was kept to show that it does not is pointless.
  releaseSignals(Signal.PUSH)
  releaseSignals(Signal.ACKED)
  signal(Signal.REPLY, payloadLength | (ttl << ReplyShape.TTL))
  const announced = announcement(speechOf(side), speechOf(side ^ 1))
  if (announced !== 0) signal(Signal.REPLY, announced)
}

function speechOf(which: i32): i32 {
  return (word(row, Row.SPEECH) >>> (which << 3)) & 255
}

function noteFromClient(offset: i32, fresh: i32): void {
  noteBeat(offset, fresh, time)
  const before = state()
  const spoken = (before & (State.DATA << (side ^ 1))) !== 0
  if (spoken && wasAnsweredBefore(offset, payloadSeq() + payloadLength)) {
    noteBeatAnswered(offset)
    noteAnsweredBefore(offset)
    return
  }
  const timed = !spoken && isTimed(offset, word(own, Side.SEGMENTS), time)
  setWord(row, Row.STATE, timed ? before | State.TIMED : before & ~State.TIMED)
  if (isRequest()) noteRequest(offset, time, frameId)
  if (!spoken) signal(Signal.PUSH, fresh)
}

/** The client waits for an answer to its segment, for all that its protocol tells. */
function isRequest(): bool {
  return speechOf(side) !== Speech.HTTP2 || asksInHttp2(row, payloadAt, payloadEnd, payloadLength)
}

/** The server's segment answers something, likewise. */
function isReply(): bool {
  return speechOf(side ^ 1) !== Speech.HTTP2 || answersInHttp2(row, payloadAt, payloadEnd, payloadLength)
}

function noteFromServer(offset: i32): void {
  if (!isReply()) {
    noteUnasked(offset, ack, time)
    return
  }
  const isPending = !isAllAnswered(offset)
  const lateBy = noteReply(offset, ack, time)
  if (isPending && isAllAnswered(offset)) noteBeatAnswered(offset)
  if (speechOf(side) === Speech.TLS && isBeyondHandshake(offset)) signal(Signal.REPLY, recordsAlike())
  if (lateBy >= 0) signal(Signal.LATE_REPLY, wasAcknowledged() ? lateBy : ~lateBy)
  // What was under way when the FIN came does not acknowledge it.
  const finSent = (state() & (State.FIN << (side ^ 1))) !== 0
  if (finSent && distance(ack, word(peer, Side.NEXT_SEQ)) >= 0) setState(State.DATA_AFTER_FIN)
}

/** The server, whose segment is followed, had acknowledged before all that the client has sent. */
function wasAcknowledged(): bool {
  return (state() & (State.ACK_SET << side)) !== 0 && distance(word(own, Side.ACK), word(peer, Side.NEXT_SEQ)) >= 0
}

/** Adds to the payload's 32 bits; what they lose is kept in the rare words. */
function countPayload(bytes: i32): void {
  const sum = counter(own, Side.PAYLOAD) + <u64>bytes
  setWord(own, Side.PAYLOAD, <i32>sum)
  if (sum > MOST_COUNTED) carry(side)
}
