import { row, side, sideOf } from './current'
import { baseSequence } from './dossiers'
import { isPath, lengthened, letterOf, numberAt, senderOf } from './history-path'
import {
  endBefore,
  endOf,
  openHistory,
  setEnd,
  writeAgain,
  writeCounted,
  writeOnce,
  writeWithoutNumber,
} from './history-records'
import { End, Flag, History, HistoryPath, Letter, Row, Side } from './layout'
import { setWord, word } from './memory'
import { flags, payloadLength, seq, window } from './packet'
import { historyAt } from './regions'

/** What a packet adds to Zeek's state and history of its flow: `flow/conn-state.ts` reads it, and tells what a slot is. */

const CONTROL = Flag.SYN | Flag.FIN | Flag.RST
const OPENING = Flag.SYN | Flag.ACK
const NOTED = 15

/** Takes the current packet. */
export function noteConnState(): void {
  const slot = word(row, Row.HISTORY)
  if (isNoted(slot, side, payloadLength) && window !== 0 && (flags & CONTROL) === 0) return
  if (isPath(slot) ? staysOnPath(slot) : isAttempt(slot)) return
  const at = record()
  if ((flags & CONTROL) === 0) noteFirst(at)
  else noteControl(at)
  const settled = endOf(at, side) === End.RESET || endOf(at, side ^ 1) === End.CLOSED
  if (window === 0 && (flags & Flag.RST) === 0 && !settled) writeCounted(at, side, Letter.W)
  advance(at)
}

/** The current segment's payload was sent before. What an end sends behind its RST says nothing of its sequence. */
export function retransmittedPayload(): void {
  const at = record()
  if (endOf(at, side) !== End.RESET) writeCounted(at, side, Letter.T)
}

/** Bytes of the sender that the capture does not hold, and that the other side acknowledged. */
export function noteGap(sender: i32): void {
  writeCounted(record(), sender, Letter.G)
}

/** True where the history already has that the side acknowledges, or sends payload: a segment without more adds nothing. */
export function isNoted(slot: i32, sender: i32, length: i32): bool {
  const noted = (length > 0 ? History.DATA_NOTED : History.ACK_NOTED) << sender
  return slot >> History.RECORD_SHIFT !== 0 && (slot & noted) !== 0
}

/** True where the packet can need a record that the flow does not have yet. */
export function hasRecord(slot: i32): bool {
  return slot >> History.RECORD_SHIFT > 0
}

/** True where the flow still is a SYN of its first sender, or that and its refusal or acceptance. */
function isAttempt(slot: i32): bool {
  const control = flags & (CONTROL | Flag.ACK)
  if (slot > History.ONLY_REFUSED || payloadLength > 0) return false
  if (window === 0 && (control & Flag.RST) === 0) return false
  if (slot === History.ONLY_SYN && side === 1 && control === OPENING) {
    setSlot(HistoryPath.OPENED)
    return true
  }
  if (side === 0 && control === Flag.SYN) {
    if (slot === 0) setSlot(History.ONLY_SYN)
    return true
  }
  if (side === 0 || slot === 0 || (control & CONTROL) !== Flag.RST) return false
  setSlot(History.ONLY_REFUSED)
  return true
}

/** True where the packet adds the first ACK, payload or FIN of its side to the path, and nothing else. */
function staysOnPath(path: i32): bool {
  const control = flags & CONTROL
  const speaks = payloadLength > 0
  if (window === 0 || (control & ~Flag.FIN) !== 0) return false
  if (control === 0 && !speaks && (flags & Flag.ACK) === 0) return false
  const next = lengthened(path, side, control !== 0 ? Letter.F : speaks ? Letter.D : Letter.A)
  if (next === 0) return false
  setSlot(control !== 0 ? next : next | ((speaks ? History.DATA_NOTED : History.ACK_NOTED) << side))
  return true
}

/** Payload or an acknowledgment, the first of its side. */
function noteFirst(at: usize): void {
  const speaks = payloadLength > 0
  if (!speaks && (flags & Flag.ACK) === 0) return
  setSlot(word(row, Row.HISTORY) | ((speaks ? History.DATA_NOTED : History.ACK_NOTED) << side))
  writeOnce(at, side, speaks ? Letter.D : Letter.A)
}

function noteControl(at: usize): void {
  const control = flags & CONTROL
  if (control === Flag.SYN) writeAgain(at, side, (flags & Flag.ACK) === 0 ? Letter.S : Letter.H, seq)
  else if (control === Flag.FIN) writeAgain(at, side, Letter.F, seq + payloadLength)
  else if (control === Flag.RST) writeAgain(at, side, Letter.R, seq)
  else {
    const both = Flag.FIN | Flag.RST
    writeOnce(at, side, (flags & both) === both ? Letter.I : Letter.Q)
  }
}

/** Zeek's endpoint automaton; a SYN recorded after its SYN-ACK establishes as the right order does. */
function advance(at: usize): void {
  const end = endOf(at, side)
  const other = endOf(at, side ^ 1)
  if (end === End.INACTIVE) {
    awake(at, other)
    return
  }
  if ((flags & CONTROL) === 0 || end === End.RESET) return
  if (end === End.CLOSED) {
    if ((flags & Flag.RST) !== 0 && other !== End.CLOSED) setEnd(at, side, End.RESET)
    return
  }
  if (end === End.PARTIAL && other === End.INACTIVE && (flags & OPENING) === Flag.SYN) setEnd(at, side, End.SYN_SENT)
  if ((flags & Flag.RST) !== 0) setEnd(at, side, End.RESET)
  else if ((flags & Flag.FIN) !== 0) {
    setEnd(at, side, End.CLOSED)
    // FIN and then RST from a peer that was to close anyway is a normal end.
    if (other === End.RESET && endBefore(at, side ^ 1) === End.CLOSED) setEnd(at, side ^ 1, End.CLOSED)
  }
}

/** The first packet of a side. */
function awake(at: usize, other: i32): void {
  // A SYN with a FIN answers the other end's SYN, too.
  if ((flags & Flag.SYN) !== 0) awakeOpening(at, other)
  if ((flags & Flag.RST) !== 0) setEnd(at, side, End.RESET)
  else if ((flags & Flag.FIN) !== 0) setEnd(at, side, End.CLOSED)
  else if ((flags & Flag.SYN) !== 0) return
  else if (payloadLength === 0 && other === End.SYN_SENT) {
    // Some stacks acknowledge a SYN before they answer it.
  } else if ((flags & Flag.ACK) !== 0 && (other === End.ESTABLISHED || other === End.SYN_ACK_SENT)) {
    // Its SYN is missing in the capture, and the SYN-ACK is not.
    setEnd(at, side ^ 1, End.ESTABLISHED)
    setEnd(at, side, End.ESTABLISHED)
  } else setEnd(at, side, End.PARTIAL)
}

function awakeOpening(at: usize, other: i32): void {
  const answered = other === End.SYN_SENT || other === End.SYN_ACK_SENT
  if (answered) setEnd(at, side ^ 1, End.ESTABLISHED)
  const alone = (flags & Flag.ACK) === 0 ? End.SYN_SENT : End.SYN_ACK_SENT
  setEnd(at, side, answered || other === End.ESTABLISHED ? End.ESTABLISHED : alone)
}

/** The flow's record; what a slot without one stood for is written into it. */
function record(): usize {
  const slot = word(row, Row.HISTORY)
  if (hasRecord(slot)) return historyAt(slot >> History.RECORD_SHIFT)
  const number = openHistory()
  const at = historyAt(number)
  setSlot((number << History.RECORD_SHIFT) | (isPath(slot) ? slot & NOTED : 0))
  if (isPath(slot)) writePath(at, slot)
  else if (slot !== 0) writeAttempt(at, slot)
  return at
}

function writeAttempt(at: usize, slot: i32): void {
  writeWithoutNumber(at, 0, Letter.S)
  setEnd(at, 0, End.SYN_SENT)
  if (slot !== History.ONLY_REFUSED) return
  writeWithoutNumber(at, 1, Letter.R)
  setEnd(at, 1, End.RESET)
}

function writePath(at: usize, path: i32): void {
  writeAgain(at, 0, Letter.S, baseSequence(0))
  writeAgain(at, 1, Letter.H, baseSequence(1))
  setEnd(at, 0, End.ESTABLISHED)
  setEnd(at, 1, End.ESTABLISHED)
  let shift = HistoryPath.FIRST_LETTER
  for (let number = numberAt(path, shift); number !== 0; number = numberAt(path, shift)) {
    writeOfPath(at, letterOf(number), senderOf(number))
    shift += HistoryPath.LETTER_BITS
  }
}

function writeOfPath(at: usize, letter: i32, sender: i32): void {
  if (letter !== Letter.F) {
    writeOnce(at, sender, letter)
    return
  }
  // The sequence number of a side's FIN is the last one that it sent.
  writeAgain(at, sender, letter, word(sideOf(sender), Side.NEXT_SEQ) - 1)
  setEnd(at, sender, End.CLOSED)
}

function setSlot(slot: i32): void {
  setWord(row, Row.HISTORY, slot)
}
