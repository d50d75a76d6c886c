import { layOutTo } from './analysed-flows'
import { advance, note } from './analysed-side'
import { Column, Flag, FlowTime, Outcome, RegionNumber, SideBit, SideState } from './layout'
import { column, setDouble, setWord, word } from './memory'
import { ack, flags, payloadLength, seq, window } from './plain-segment'
import { analysedSideAt, rareAnalysisAt, room, used } from './regions'
import { NO_OFFER, offeredShift, UNUSUAL } from './syn-options'
import { append } from './unacked'

/**
 * The sequence analysis of what begins a connection, where no flag can be for it: the first SYN of a flow. As in
 * `analysis.ts` all conditions are asked before anything is changed.
 */

const CONTROL: i32 = Flag.SYN | Flag.FIN | Flag.RST | Flag.ACK
/** Windows are not scaled: not both sides have offered it (RFC 7323 §2.2). */
const UNSCALED: i32 = -2

/** Analyses the batch's frame at `index`, a plain segment with SYN. False where it is the program's. */
export function analyseOpening(index: i32, frame: i32): bool {
  const segment: usize = column(Column.SEGMENT, index)
  if (payloadLength(segment) !== 0) return false
  const shift = offeredShift(segment, column(Column.END, index))
  if (shift === UNUSUAL) return false
  const control = flags(segment) & CONTROL
  return control === Flag.SYN && analyseSyn(index, frame, shift)
}

function analyseSyn(index: i32, frame: i32, shift: i32): bool {
  const flow = column(Column.ROW, index)
  if ((column(Column.OUTCOME, index) & Outcome.REUSED) !== 0 || !isUnheard(flow)) return false
  layOutTo(flow)
  const own = analysedSideAt(flow, column(Column.SIDE, index))
  const peer = analysedSideAt(flow, column(Column.SIDE, index) ^ 1)
  const time = load<f64>(Column.TIME + (index << 3))
  send(own, index, frame)
  setDouble(rareAnalysisAt(flow, 0), FlowTime.SYN, time)
  if (shift === NO_OFFER) setScale(peer, UNSCALED)
  setScale(own, shift === NO_OFFER ? UNSCALED : shift)
  return true
}

/** True where nothing of the flow was analysed, and there is room for it. */
function isUnheard(flow: i32): bool {
  if (flow >= used(RegionNumber.ANALYSIS)) return flow < room(RegionNumber.ANALYSIS)
  return (
    word(analysedSideAt(flow, 0), SideState.LAST_FRAME) === 0 &&
    word(analysedSideAt(flow, 1), SideState.LAST_FRAME) === 0
  )
}

/** What the first segment of its side leaves there: a SYN takes a number. */
function send(own: usize, index: i32, frame: i32): void {
  const segment: usize = column(Column.SEGMENT, index)
  const number = seq(segment)
  const time = load<f64>(Column.TIME + (index << 3))
  setWord(own, SideState.BASE, number)
  setWord(own, SideState.BITS, word(own, SideState.BITS) | SideBit.BASE_SET | SideBit.FIRST_ACK)
  note(own, ack(segment), window(segment), frame, time)
  append(own, column(Column.ROW, index), column(Column.SIDE, index), number, number + 1, frame, time)
  advance(own, number, number + 1, frame, time)
}

function setScale(at: usize, scale: i32): void {
  const bits = word(at, SideState.BITS) & ((1 << SideBit.SCALE_SHIFT) - 1)
  setWord(at, SideState.BITS, bits | (scale << SideBit.SCALE_SHIFT))
}
