import { ROW_WORDS, Row, SIDE_WORDS, State } from './layout'
import { setWord, word } from './memory'
import { rowAt } from './regions'

/** The flow that the current packet belongs to. Nothing moves it while the packet is followed. */

/** Number and address of its row. */
export let flow: i32 = 0
export let row: usize = 0
/** 0 where the sender of the flow's first packet sent it, 1 where the other end did. */
export let side: i32 = 0
/** The side's words, and those of its peer. */
export let own: usize = 0
export let peer: usize = 0

/** Makes this the flow and the side of the current packet. */
export function setFlow(number: i32, sender: i32): void {
  flow = number
  row = rowAt(number * ROW_WORDS)
  side = sender
  own = sideOf(sender)
  peer = sideOf(sender ^ 1)
}

/** The words of one side. */
export function sideOf(which: i32): usize {
  return row + ((Row.SIDES + which * SIDE_WORDS) << 2)
}

/** Its row's bits: see `State`. */
export function state(): i32 {
  return word(row, Row.STATE)
}
/** Sets some of them. */
export function setState(bits: i32): void {
  setWord(row, Row.STATE, word(row, Row.STATE) | bits)
}

/** Which side is the client. */
export function clientSide(): i32 {
  return (state() & State.CLIENT_B) === 0 ? 0 : 1
}
