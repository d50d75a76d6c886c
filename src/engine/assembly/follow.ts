import { flow, side } from './current'
import { Column, Outcome, PACKET, PacketField } from './layout'
import { column, setColumn } from './memory'
import { enter, observe, observeQuoted, reused } from './observe'
import { takeOrdinary } from './ordinary'
import { readDecoded, readSegment } from './packet'
import { needsRoom } from './regions'

/**
 * Follows the batch's frames from `from` on, and writes their flows into their columns. Returns the first that it leaves
 * to the program: it is no plain segment, or what it might add has no room yet; `to` if there is none.
 */
export function followFrames(from: i32, to: i32, firstFrameId: i32): i32 {
  for (let index = from; index < to; index++) {
    setColumn(Column.OUTCOME, index, Outcome.ORDINARY)
    if (takeOrdinary(index, firstFrameId + index)) continue
    if (column(Column.SEGMENT, index) < 0 || needsRoom()) return index
    readSegment(index, firstFrameId + index)
    const followed = observe()
    setColumn(Column.ROW, index, followed ? flow : -1)
    setColumn(Column.SIDE, index, side)
    setColumn(Column.OUTCOME, index, reused ? Outcome.REUSED : 0)
  }
  return to
}

/** Follows the packet that the program has decoded, and writes down which flow it is of. */
export function followDecoded(): void {
  readDecoded()
  tell(observe())
}

/** The same for an ICMP error that quotes it; `message` is its type * 256 + its code. */
export function followQuoted(message: i32): void {
  readDecoded()
  tell(observeQuoted(message))
}

/** Begins a flow for the ends of the decoded header, or finds it, without following it. */
export function reserveFlow(): void {
  readDecoded()
  enter()
}

function tell(followed: bool): void {
  store<i32>(PACKET + PacketField.FLOW, followed ? flow : -1)
  store<i32>(PACKET + PacketField.SIDE, side)
  store<i32>(PACKET + PacketField.REUSED, reused ? 1 : 0)
}
