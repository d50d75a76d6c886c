import { layOutTo } from './analysed-flows'
import { advance, note } from './analysed-side'
import { Column, Flag, FlowTime, Outcome, RegionNumber, SideBit, SideState } from './layout'
import { column, distance, setDouble, setWord, word } from './memory'
import { ack, flags, seq, window } from './plain-segment'
import { analysedSideAt, rareAnalysisAt, room, used } from './regions'
import { NO_OFFER, offeredShift, UNUSUAL } from './syn-options'
import { acknowledge, append, canAcknowledge } from './unacked'

/**
 * The sequence analysis of what begins a connection, where no flag can be for it: the first SYN of a flow, and the SYN-ACK
 * that answers it as the first segment of its side. As in `analysis.ts` all conditions are asked before anything is changed.
 */

const CONTROL: i32 = Flag.SYN | Flag.FIN | Flag.RST | Flag.ACK
const SYN_ACK: i32 = Flag.SYN | Flag.ACK
/** Whose SYN is answered has a base, no gap is open, and its SYN brought no data that could be ignored. */
const SETTLED: i32 = SideBit.BASE_SET
const PEER_BITS: i32 = SETTLED | SideBit.GAP | SideBit.FAST_OPEN_DATA
/** Shifts of windows: not known yet, and none, because not both sides have offered one (RFC 7323 §2.2). */
const UNKNOWN: i32 = -1
const UNSCALED: i32 = -2

/** Analyses the batch's frame at `index`, a plain segment with SYN. False where it is the program's. */
export function analyseOpening(index: i32, frame: i32): bool {
  const segment: usize = column(Column.SEGMENT, index)
  if (column(Column.PAYLOAD, index) !== 0) return false
  const shift = offeredShift(segment, column(Column.END, index))
  if (shift === UNUSUAL) return false
  const control = flags(segment) & CONTROL
  if (control === Flag.SYN) return analyseSyn(index, frame, shift)
  return control === SYN_ACK && analyseSynAck(index, frame, shift)
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
  agreeOnScale(own, peer, shift)
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

function analyseSynAck(index: i32, frame: i32, shift: i32): bool {
  const flow = column(Column.ROW, index)
  if (flow >= used(RegionNumber.ANALYSIS)) return false
  const side = column(Column.SIDE, index)
  const own = analysedSideAt(flow, side)
  const peer = analysedSideAt(flow, side ^ 1)
  const acknowledged = ack(column(Column.SEGMENT, index))
  if (!isAnswer(own, peer, acknowledged)) return false
  send(own, index, frame)
  acknowledge(peer, flow, side ^ 1, acknowledged, load<f64>(Column.TIME + (index << 3)))
  agreeOnScale(own, peer, shift)
  if (scaleOf(peer) === UNSCALED) setScale(own, UNSCALED)
  return true
}

/** True where nothing of its side was analysed or guessed, and it acknowledges the peer's SYN alone. */
function isAnswer(own: usize, peer: usize, acknowledged: i32): bool {
  if (word(own, SideState.LAST_FRAME) !== 0 || (word(own, SideState.BITS) & SideBit.BASE_SET) !== 0) return false
  if ((word(peer, SideState.BITS) & PEER_BITS) !== SETTLED || acknowledged - word(peer, SideState.BASE) !== 1)
    return false
  return distance(word(peer, SideState.CONTIGUOUS), acknowledged) >= 0 && canAcknowledge(peer, acknowledged)
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

/** Settles what both sides' windows are shifted by. */
function agreeOnScale(own: usize, peer: usize, shift: i32): void {
  if (shift !== NO_OFFER) setScale(own, shift)
  if (scaleOf(own) !== UNKNOWN) return
  setScale(own, UNSCALED)
  setScale(peer, UNSCALED)
}

function scaleOf(at: usize): i32 {
  return word(at, SideState.BITS) >> SideBit.SCALE_SHIFT
}

function setScale(at: usize, scale: i32): void {
  const bits = word(at, SideState.BITS) & ((1 << SideBit.SCALE_SHIFT) - 1)
  setWord(at, SideState.BITS, bits | (scale << SideBit.SCALE_SHIFT))
}
