import { advance, note, scaled } from './analysed-side'
import { Column, Flag, FlowTime, FOUND, Found, RareState, RegionNumber, SideBit, SideState } from './layout'
import { column, distance, double, setDouble, setWord, word } from './memory'
import { ack, flags, hasPlainOptions, seq, window } from './plain-segment'
import { analysedSideAt, rareAnalysisAt, used } from './regions'
import { acknowledge, append, canAcknowledge, canAppend } from './unacked'

/**
 * The sequence analysis of a segment that no flag can be for: next in line, acknowledging what was seen, in an established
 * flow with open windows; it may end it. Nearly all segments of a healthy capture are. It does what `TcpAnalysis` of the program does for
 * them; all conditions are asked before anything is changed, so that the program can take whatever is not ordinary.
 */

const CONTROL: i32 = Flag.SYN | Flag.RST | Flag.ACK

/** Its sender's side has a base, and nothing of the segment before it is pending. */
const SETTLED_SENDER: i32 = SideBit.BASE_SET
const SENDER_BITS: i32 = SETTLED_SENDER | SideBit.REMARKABLE
/** What the first acknowledgment behind the SYNs changes. */
const OPENING_BITS: i32 = SideBit.FIRST_ACK | SideBit.ROUND_TRIP
const SETTLED_RECEIVER: i32 = SideBit.BASE_SET
const RECEIVER_BITS: i32 = SideBit.BASE_SET | SideBit.GAP
/** Where the receiver of payload has sent nothing but its SYN, its window is not a scaled one. */
const UNSCALED: i32 = SideBit.FIRST_ACK
/** Beyond this the bytes in flight make no sense: Wireshark shows nothing then. */
const IMPLAUSIBLE: u32 = 2_000_000_000

/** Analyses the batch's frame at `index`, a plain segment without SYN. False where it is not ordinary. */
export function analyseOrdinary(index: i32, frame: i32): bool {
  const flow = column(Column.ROW, index)
  const segment: usize = column(Column.SEGMENT, index)
  if (flow >= used(RegionNumber.ANALYSIS)) return false
  const side = column(Column.SIDE, index)
  const own = analysedSideAt(flow, side)
  const peer = analysedSideAt(flow, side ^ 1)
  const number = seq(segment)
  const acknowledged = ack(segment)
  const told = window(segment)
  const length = column(Column.PAYLOAD, index)
  const control = flags(segment)
  if ((control & CONTROL) !== Flag.ACK || told === 0) return false
  const fin = numbersOfFin(control)
  if (!isOrdinary(own, peer, number, acknowledged, length, fin)) return false
  if (!hasPlainOptions(segment, column(Column.END, index)) || !canAcknowledge(peer, acknowledged)) return false
  const end = number + length + fin
  if (end !== number && !canAppend(own, flow, side, number, end)) return false
  const time = load<f64>(Column.TIME + (index << 3))
  note(own, acknowledged, told, frame, time)
  if (end !== number) {
    append(own, flow, side, number, end, frame, time)
    advance(own, number, end, frame, time)
  }
  if (length > 0) countInFlight(own, peer, flow, side, length, control)
  acknowledge(peer, flow, side ^ 1, acknowledged, time)
  if ((word(own, SideState.BITS) & OPENING_BITS) !== SideBit.ROUND_TRIP) open(own, peer, flow, time)
  return true
}

/** A FIN takes a number of its own (RFC 9293 §3.4). */
function numbersOfFin(control: i32): i32 {
  return (control & Flag.FIN) === 0 ? 0 : 1
}

/** The first acknowledgment behind the SYNs: it tells the first round trip, where one is known to have begun. */
function open(own: usize, peer: usize, flow: i32, time: f64): void {
  setWord(own, SideState.BITS, word(own, SideState.BITS) & ~SideBit.FIRST_ACK)
  const rare = rareAnalysisAt(flow, 0)
  const syn = double(rare, FlowTime.SYN)
  if (double(rare, FlowTime.INITIAL_RTT) !== 0 || Number.isNaN(syn)) return
  const roundTrip = time - syn
  setDouble(rare, FlowTime.INITIAL_RTT, roundTrip)
  if (roundTrip === 0) return
  setWord(own, SideState.BITS, word(own, SideState.BITS) | SideBit.ROUND_TRIP)
  setWord(peer, SideState.BITS, word(peer, SideState.BITS) | SideBit.ROUND_TRIP)
}

/** What repeats an acknowledgment is ordinary where it sends something. */
function isOrdinary(own: usize, peer: usize, number: i32, acknowledged: i32, length: i32, fin: i32): bool {
  const contiguous = word(peer, SideState.CONTIGUOUS)
  if (number !== word(own, SideState.NEXT_SEQ) || number === 0 || contiguous === 0) return false
  if ((word(own, SideState.BITS) & SENDER_BITS) !== SETTLED_SENDER) return false
  if ((word(peer, SideState.BITS) & RECEIVER_BITS) !== SETTLED_RECEIVER) return false
  if (distance(contiguous, acknowledged) < 0) return false
  if (length > 0) return isWithinWindow(peer, number, length)
  return fin !== 0 || acknowledged !== word(own, SideState.LAST_ACK)
}

/** Payload beyond what the receiver acknowledged and short of its window's edge. */
function isWithinWindow(peer: usize, number: i32, length: i32): bool {
  const peerAck = word(peer, SideState.LAST_ACK)
  const peerWindow = word(peer, SideState.WINDOW)
  if (length === 1 || peerWindow === 0 || peerAck === 0) return false
  const bits = word(peer, SideState.BITS)
  const scale = (bits & UNSCALED) === 0 ? bits >> SideBit.SCALE_SHIFT : 0
  const end = number + length
  return end !== peerAck + scaled(peerWindow, scale) && distance(end, peerAck) > 0
}

/** The payload on its way and since the last PSH, where no gap is open. */
function countInFlight(own: usize, peer: usize, flow: i32, side: i32, length: i32, control: i32): void {
  const bits = word(own, SideState.BITS)
  if ((bits & SideBit.GAP) !== 0) return
  const pushed = (bits & SideBit.PUSHED) === 0 ? word(own, SideState.PUSHED) + length : length
  setWord(own, SideState.PUSHED, pushed)
  setWord(own, SideState.BITS, (control & Flag.PSH) === 0 ? bits & ~SideBit.PUSHED : bits | SideBit.PUSHED)
  const highest = word(own, SideState.NEXT_SEQ) - word(own, SideState.BASE)
  const sacked = (word(peer, SideState.BITS) & SideBit.REMARKABLE) === 0 ? 0 : sackedBy(flow, side ^ 1)
  const inFlight = <u32>(highest - word(own, SideState.LOW) - sacked)
  if (inFlight === 0 || inFlight >= IMPLAUSIBLE) return
  setWord(FOUND, Found.IN_FLIGHT, inFlight - numbersOfFin(control))
  setWord(FOUND, Found.PUSHED, pushed)
}

/** Bytes that the side's last segment told it has beyond what it acknowledged. */
function sackedBy(flow: i32, side: i32): i32 {
  return word(rareAnalysisAt(flow, side), RareState.SACKED)
}
