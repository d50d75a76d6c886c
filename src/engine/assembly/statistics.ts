import {
  Column,
  Completeness,
  OUTCOME,
  Outcome,
  SentBit,
  SentState,
  STATISTICS_SIDE_WORDS,
  TRIPS,
  TripState,
} from './layout'
import { add, column, distance, double, setDouble, setWord, statisticsAt, word } from './memory'
import { ack, payloadLength } from './plain-segment'

/**
 * What `FlowStatistics` of the program keeps of an ordinary segment, which is the last that was analysed: the batch's frame
 * at `index`.
 */
export function countOrdinary(index: i32): void {
  const flow = statisticsAt(column(Column.ROW, index))
  const side = column(Column.SIDE, index)
  const segment: usize = column(Column.SEGMENT, index)
  const own = flow + ((side * STATISTICS_SIDE_WORDS) << 2)
  pace(own, payloadLength(segment) > 0 ? Completeness.DATA : Completeness.ACK)
  tellWindow(own, word(OUTCOME, Outcome.WINDOW))
  if (word(OUTCOME, Outcome.ACKS_FRAME) === 0) return
  const peer = flow + (((side ^ 1) * STATISTICS_SIDE_WORDS) << 2)
  tellRoundTrip(peer, ack(segment), double(OUTCOME, Outcome.ACK_RTT))
}

function pace(own: usize, told: i32): void {
  const bits = word(own, SentState.BITS)
  const idle = double(OUTCOME, Outcome.IDLE)
  if ((bits & SentBit.ONE) !== 0 && idle > double(own, SentState.IDLE_MAX)) setDouble(own, SentState.IDLE_MAX, idle)
  setWord(own, SentState.BITS, bits | told | ((bits & SentBit.ONE) === 0 ? SentBit.ONE : SentBit.MORE))
}

function tellWindow(own: usize, window: i32): void {
  const told = word(own, SentState.WINDOWS)
  if (told === 0 || window < word(own, SentState.WINDOW_MIN)) setWord(own, SentState.WINDOW_MIN, window)
  if (told === 0 || window > word(own, SentState.WINDOW_MAX)) setWord(own, SentState.WINDOW_MAX, window)
  setDouble(own, SentState.WINDOW_SUM, double(own, SentState.WINDOW_SUM) + <f64>window)
  setWord(own, SentState.WINDOWS, told + 1)
}

/** Nothing that was sent twice counts (Karn). */
function tellRoundTrip(sent: usize, acknowledged: i32, roundTrip: f64): void {
  const trips = sent + (TRIPS << 2)
  const again = (word(sent, SentState.BITS) & SentBit.AGAIN) !== 0
  if (again && distance(acknowledged, word(trips, TripState.AGAIN_END)) <= 0) return
  const samples = word(trips, TripState.SAMPLES)
  if (samples === 0 || roundTrip < double(trips, TripState.MIN)) setDouble(trips, TripState.MIN, roundTrip)
  if (samples === 0 || roundTrip > double(trips, TripState.MAX)) setDouble(trips, TripState.MAX, roundTrip)
  setDouble(trips, TripState.SUM, double(trips, TripState.SUM) + roundTrip)
  add(trips, TripState.SAMPLES, 1)
}
