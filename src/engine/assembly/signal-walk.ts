import { Column, ROW_WORDS, Row, Signal, SignalField } from './layout'
import { column, double, setColumn, word } from './memory'
import { row } from './read-flow'
import { rowAt, signalAt } from './regions'

/** A walk over the signals of a flow, from the newest to the oldest, for the times that rules ask for. */

/** When the only SYN and SYN-ACK were; the flow's beginning where the SYN has no record. */
export let synTime: f64 = 0
export let synAckTime: f64 = 0
/** When the server's oldest reply was; NaN without one. */
export let oldestReply: f64 = NaN

/** How many bytes the first answer of the flow that is read announces, where they are more than its first segment; else 0. */
export function announced(): i32 {
  for (let number = word(row, Row.SIGNALS); number !== 0; ) {
    const at = signalAt(number)
    const value = word(at, SignalField.VALUE)
    if ((word(at, SignalField.KIND) & 255) === Signal.REPLY && value < 0) return ~value
    number = word(at, SignalField.OLDER)
  }
  return 0
}

/** Touches the signals of the flows that have some facts. */
export function touchSignals(from: i32, to: i32, having: i32): void {
  let count = 0
  for (let flow = from; flow < to; flow++)
    if ((column(Column.FACTS, flow - from) & having) !== 0) setColumn(Column.CHAIN, count++, flow)
  touchChains(count)
}

/**
 * The same for the first `count` flows of the column of chains: a step of all at a time, because a step of one alone would be
 * waited for before the next could begin.
 */
export function touchChains(count: i32): void {
  for (let i = 0; i < count; i++)
    setColumn(Column.CHAIN, i, word(rowAt(column(Column.CHAIN, i) * ROW_WORDS), Row.SIGNALS))
  for (let left = count; left > 0; ) left = stepOn(left)
}

/** Takes a step of each chain, and keeps those that go on. Returns how many do. */
function stepOn(count: i32): i32 {
  let left = 0
  for (let i = 0; i < count; i++) {
    const older = word(signalAt(column(Column.CHAIN, i)), SignalField.OLDER)
    if (older !== 0) setColumn(Column.CHAIN, left++, older)
  }
  return left
}

/** Walks over the signals of the flow that is read. */
export function walkSignals(): void {
  synTime = double(row, Row.FIRST_TIME)
  synAckTime = synTime
  oldestReply = NaN
  for (let number = word(row, Row.SIGNALS); number !== 0; ) {
    const at = signalAt(number)
    const kind = word(at, SignalField.KIND) & 255
    if (kind === Signal.SYN_ACK) synAckTime = double(at, SignalField.TIME)
    else if (kind === Signal.REPLY) oldestReply = double(at, SignalField.TIME)
    else if (kind === Signal.SYN) synTime = double(at, SignalField.TIME)
    number = word(at, SignalField.OLDER)
  }
}
