import { row, side } from './current'
import { endedWell, OPENED } from './ended-well'
import {
  MOST_SIGNALS,
  RegionNumber,
  ROW_WORDS,
  Row,
  SIGNAL_CAPS_HIGH,
  SIGNAL_CAPS_LOW,
  Signal,
  SignalField,
  Total,
} from './layout'
import { double, setDouble, setWord, word } from './memory'
import { frameId, time } from './packet'
import { count as countTotal, room, rowAt, signalAt, take, used } from './regions'

/** Appends to and takes from what `flow/signal-log.ts` reads. */

const COUNTER_BITS = 4
const COUNTERS_A_WORD = 8
const COUNTER = 15

/** The first of the signals that were given back; they are chained as those of a flow are. */
let free: i32 = 0

function counterOf(kind: i32): i32 {
  return Row.SIGNAL_COUNTS + kind / COUNTERS_A_WORD
}
function shiftOf(kind: i32): i32 {
  return (kind % COUNTERS_A_WORD) * COUNTER_BITS
}
function capOf(kind: i32): i32 {
  const caps = kind < COUNTERS_A_WORD ? SIGNAL_CAPS_LOW : SIGNAL_CAPS_HIGH
  return (caps >>> shiftOf(kind)) & COUNTER
}

/** How many signals of a kind the flow has kept. */
export function signals(flow: usize, kind: i32): i32 {
  return (word(flow, counterOf(kind)) >>> shiftOf(kind)) & COUNTER
}

/** Keeps a fact about the current packet's flow, unless that has its fill of the kind. */
export function signal(kind: i32, value: i32): void {
  if (signals(row, kind) >= capOf(kind)) return
  const number = allocate()
  if (number === 0) return
  count(kind)
  const at = signalAt(number)
  setWord(at, SignalField.KIND, kind | (side << 8))
  setWord(at, SignalField.FRAME, frameId)
  setWord(at, SignalField.VALUE, value)
  setWord(at, SignalField.OLDER, word(row, Row.SIGNALS))
  setDouble(at, SignalField.TIME, time)
  setWord(row, Row.SIGNALS, number)
}

/** Where the newest signal of a kind is kept; 0 without one. */
function newest(kind: i32): usize {
  if (signals(row, kind) === 0) return 0
  let at = signalAt(word(row, Row.SIGNALS))
  while ((word(at, SignalField.KIND) & 255) !== kind) at = signalAt(word(at, SignalField.OLDER))
  return at
}

/** Value of the newest signal of a kind; 0 without one. */
export function newestValue(kind: i32): i32 {
  const at = newest(kind)
  return at === 0 ? 0 : word(at, SignalField.VALUE)
}

/** When the newest signal of a kind was; the flow's beginning without a record. */
export function newestTime(kind: i32): f64 {
  for (let number = word(row, Row.SIGNALS); number !== 0; ) {
    const at = signalAt(number)
    if ((word(at, SignalField.KIND) & 255) === kind) return double(at, SignalField.TIME)
    number = word(at, SignalField.OLDER)
  }
  return double(row, Row.FIRST_TIME)
}

/** Lets the newest signal of a kind, which there is, tell of the current packet. */
export function renew(kind: i32, value: i32): void {
  const at = newest(kind)
  setWord(at, SignalField.KIND, kind | (side << 8))
  setWord(at, SignalField.FRAME, frameId)
  setWord(at, SignalField.VALUE, value)
  setDouble(at, SignalField.TIME, time)
}

/** The SYN that begins a flow needs no record: frame, time and sender are in the row. */
export function signalFirstSyn(): void {
  count(Signal.SYN)
}

function count(kind: i32): void {
  setWord(row, counterOf(kind), word(row, counterOf(kind)) + (1 << shiftOf(kind)))
}

/** Gives the flow's signals of the kind back. */
export function releaseSignals(kind: i32): void {
  let left = signals(row, kind)
  if (left === 0) return
  setWord(row, counterOf(kind), word(row, counterOf(kind)) & ~(COUNTER << shiftOf(kind)))
  let newer: i32 = 0
  // The older ones are not walked to when all are found: each would be waited for.
  for (let number = word(row, Row.SIGNALS); left > 0; ) {
    const at = signalAt(number)
    const older = word(at, SignalField.OLDER)
    if ((word(at, SignalField.KIND) & 255) !== kind) newer = number
    else {
      if (newer === 0) setWord(row, Row.SIGNALS, older)
      else setWord(signalAt(newer), SignalField.OLDER, older)
      setWord(at, SignalField.OLDER, free)
      free = number
      left--
    }
    number = older
  }
}

/** 0 where all flows together have too many. */
function allocate(): i32 {
  const isFull = used(RegionNumber.SIGNALS) >= min(MOST_SIGNALS, room(RegionNumber.SIGNALS))
  if (isFull && free === 0) makeRoom()
  if (free !== 0) {
    const number = free
    free = word(signalAt(number), SignalField.OLDER)
    return number
  }
  if (!isFull) return take(RegionNumber.SIGNALS)
  countTotal(Total.DROPPED_SIGNALS)
  return 0
}

/** Signals that will find no room before flows are looked at again: to do so for each of them would take ever longer. */
let toBeDropped: i32 = 0
const ONE_IN: i32 = 4

/** Takes signals back from connections that have nothing to tell. */
function makeRoom(): void {
  if (toBeDropped > 0) {
    toBeDropped--
    return
  }
  const flows = used(RegionNumber.ROWS)
  toBeDropped = flows / ONE_IN
  for (let number = 0; number < flows; number++) {
    const flow = rowAt(number * ROW_WORDS)
    if (endedWell(flow)) keepOpened(flow)
  }
}

/** Leaves a flow its SYN-ACK, which tells of the listener. */
function keepOpened(flow: usize): void {
  let kept = 0
  for (let number = word(flow, Row.SIGNALS); number !== 0; ) {
    const at = signalAt(number)
    const older = word(at, SignalField.OLDER)
    const isKept = (word(at, SignalField.KIND) & 255) === Signal.SYN_ACK
    setWord(at, SignalField.OLDER, isKept ? 0 : free)
    if (isKept) kept = number
    else free = number
    number = older
  }
  setWord(flow, Row.SIGNALS, kept)
  setWord(flow, Row.SIGNAL_COUNTS, OPENED)
}
