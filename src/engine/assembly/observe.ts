import { noteAcknowledgment, noteUnseenBefore, noteUnseenPayload, tellsOfUnseen } from './acknowledgment'
import { hasRecord, noteConnState } from './conn-state'
import { own, row, setState, side, state } from './current'
import { baseSequence, carry, dossier, hasDossier } from './dossiers'
import { noteFin, noteRst } from './endings'
import { begin, find } from './flow-table'
import { noteGuessedBase, noteSyn } from './handshake'
import { hasHistoryRoom } from './history-records'
import { Dossier, Flag, Row, Side, Signal, State, Total } from './layout'
import { add, counter, distance, double, MOST_COUNTED, setDouble, setWord, word } from './memory'
import { flags, frameId, ipId, original, payloadLength, print, seq, time } from './packet'
import { notePayload } from './payload'
import { noteProbe } from './probe'
import { count, dossierAt, isFull } from './regions'
import { receiverLooksLikeClient } from './roles'
import { newestTime, signal } from './signal-log'

const CONTROL = Flag.SYN | Flag.FIN | Flag.RST

/** No retransmission follows so soon (time-outs are 200 ms and more); the second recording of a packet does. */
const SAME_RECORDING: f64 = 1e6

/** True where the packet last observed began its flow on addresses and ports that an earlier flow of the run had. */
export let reused: bool = false

/**
 * Follows the current packet, whatever it is, and makes its flow the current one. Returns false where that is not
 * followed, for want of memory.
 */
export function observe(): bool {
  if (!enter()) {
    count(Total.UNFOLLOWED)
    return false
  }
  countPacket()
  if (isSecondRecording()) return true
  if (time > double(row, Row.LAST_TIME)) setDouble(row, Row.LAST_TIME, time)
  noteConnState()
  if ((flags & Flag.SYN) !== 0) noteSyn()
  if (payloadLength > 0) {
    noteUnseenBefore()
    notePayload()
  } else if ((flags & CONTROL) === 0) noteBare()
  if ((flags & Flag.ACK) !== 0) noteGuessedBase()
  if ((flags & Flag.FIN) !== 0) noteFin()
  if ((flags & Flag.RST) !== 0) noteRst()
  else if ((flags & Flag.ACK) !== 0) noteAcknowledgment()
  return true
}

/** An ICMP error that quotes the current packet belongs to that packet's flow, or to none if the flow was never seen. */
export function observeQuoted(message: i32): bool {
  reused = false
  if (!find()) return false
  setState(State.ICMP)
  signal(Signal.ICMP, message)
  return true
}

/** Finds or begins the packet's flow. */
export function enter(): bool {
  const known = find()
  reused = known && (flags & (Flag.SYN | Flag.ACK)) === Flag.SYN && isAnother()
  if (known && !reused) return hasDossier(row) && (hasRecord(word(row, Row.HISTORY)) || hasHistoryRoom())
  if (isFull()) return false
  begin()
  if ((flags & Flag.SYN) === 0 && receiverLooksLikeClient()) setState(State.CLIENT_B)
  return true
}

/** A SYN whose sequence number is not its side's first one, as far as the peer's acknowledgments tell: the ports are used again. */
function isAnother(): bool {
  const told = (State.BASE_SET << side) | (State.ACK_SET << (side ^ 1)) | State.RST_ACKED
  if ((state() & told) === 0 && word(own, Side.PACKETS) === 0) return false
  return seq !== baseSequence(side)
}

function countPacket(): void {
  add(own, Side.PACKETS, 1)
  const bytes = counter(own, Side.BYTES) + <u64>original
  setWord(own, Side.BYTES, <i32>bytes)
  if (bytes > MOST_COUNTED) carry(2 + side)
  setWord(row, Row.LAST_FRAME, frameId)
}

/** The same packet, recorded again: seen on two interfaces, or by two hooks of the capturing system. */
function isSecondRecording(): bool {
  if (word(own, Side.FINGERPRINT) !== print || print === 0) {
    setWord(own, Side.FINGERPRINT, print)
    return false
  }
  const age = time - lastSent()
  if (age > SAME_RECORDING || age < -SAME_RECORDING) return false
  // Without an IP identification two equal acknowledgments may be two packets.
  if (ipId() === 0 && payloadLength === 0 && (flags & CONTROL) === 0) return false
  // Over IPv6 little is left to compare: where the interface is to fill it in, the checksum tells the length only.
  if (isNew()) return false
  count(Total.DUPLICATES)
  return true
}

/** When its side sent the packet before; of what is no SYN it is taken for known that it was the flow's last one. */
function lastSent(): f64 {
  // A Linux SYN-ACK has no identification, so that one that answers a repeated SYN is like the one before.
  if ((flags & Flag.SYN) === 0) return double(row, Row.LAST_TIME)
  return newestTime((flags & Flag.ACK) !== 0 ? Signal.SYN_ACK : Signal.SYN)
}

/** Its side had not sent as much before, or not reset the connection. */
function isNew(): bool {
  if ((flags & Flag.RST) !== 0) return (state() & (State.RST << side)) === 0
  const control = (flags & Flag.SYN) !== 0 ? 1 : 0
  const ending = (flags & Flag.FIN) !== 0 ? 1 : 0
  return distance(seq + payloadLength + control + ending, word(own, Side.NEXT_SEQ)) > 0
}

/** A segment without payload or control bits: an acknowledgment, a keep-alive, or the first that is seen of its side. */
function noteBare(): void {
  const set = State.SEQ_SET << side
  const offset = dossier()
  if ((state() & set) === 0) {
    setState(set | (State.BASE_SET << side))
    setWord(own, Side.NEXT_SEQ, seq)
    setWord(dossierAt(offset), Dossier.BASE_SEQ + side, seq - 1)
    return
  }
  const ahead = distance(seq, word(own, Side.NEXT_SEQ))
  if (ahead === -1) noteProbe(-1)
  else if (tellsOfUnseen(ahead)) noteUnseenPayload()
}
