import {
  Column,
  Completeness,
  Flag,
  FOUND,
  Found,
  RegionNumber,
  SideCount,
  STATISTICS_SIDE_WORDS,
  Told,
} from './layout'
import { add, column, distance, double, setDouble, setWord, word } from './memory'
import { ack, flags } from './plain-segment'
import { setUsed, statisticsAt, used } from './regions'

/**
 * What `FlowStatistics` of the program keeps of the segment that was analysed last, for which there is no flag: the batch's
 * frame at `index`.
 */
export function countAnalysed(index: i32): void {
  const number = column(Column.ROW, index)
  if (number >= used(RegionNumber.STATISTICS)) begin(number)
  const own = statisticsAt(number) + ((column(Column.SIDE, index) * STATISTICS_SIDE_WORDS) << 2)
  const segment: usize = column(Column.SEGMENT, index)
  pace(own, completenessOf(flags(segment), column(Column.PAYLOAD, index)))
  if ((flags(segment) & Flag.SYN) === 0) tellWindow(own, word(FOUND, Found.WINDOW))
  if (word(FOUND, Found.ACKS_FRAME) !== 0) tellRoundTrip(own, ack(segment), double(FOUND, Found.ACK_RTT))
}

function begin(flow: i32): void {
  setUsed(RegionNumber.STATISTICS, flow + 1)
  setUsed(RegionNumber.RARE_STATISTICS, flow + 1)
}

/** The bits that it adds to its conversation. A SYN is analysed as its flow's first segment alone. */
function completenessOf(control: i32, payload: i32): i32 {
  if ((control & Flag.SYN) !== 0) return (control & Flag.ACK) === 0 ? Completeness.SYN : Completeness.SYN_ACK
  const told = payload > 0 ? Completeness.DATA : Completeness.ACK
  return (control & Flag.FIN) === 0 ? told : told | Completeness.FIN
}

function pace(own: usize, told: i32): void {
  const bits = word(own, SideCount.BITS)
  const idle = double(FOUND, Found.IDLE)
  if ((bits & Told.ONE) !== 0 && idle > double(own, SideCount.IDLE_MAX)) setDouble(own, SideCount.IDLE_MAX, idle)
  setWord(own, SideCount.BITS, bits | told | ((bits & Told.ONE) === 0 ? Told.ONE : Told.MORE))
}

function tellWindow(own: usize, window: i32): void {
  const told = word(own, SideCount.WINDOWS)
  if (told === 0 || window < word(own, SideCount.WINDOW_MIN)) setWord(own, SideCount.WINDOW_MIN, window)
  if (told === 0 || window > word(own, SideCount.WINDOW_MAX)) setWord(own, SideCount.WINDOW_MAX, window)
  setDouble(own, SideCount.WINDOW_SUM, double(own, SideCount.WINDOW_SUM) + <f64>window)
  setWord(own, SideCount.WINDOWS, told + 1)
}

/** Nothing that was sent twice counts (Karn). */
function tellRoundTrip(own: usize, acknowledged: i32, roundTrip: f64): void {
  const again = (word(own, SideCount.BITS) & Told.AGAIN) !== 0
  if (again && distance(acknowledged, word(own, SideCount.AGAIN_END)) <= 0) return
  const samples = word(own, SideCount.TRIPS)
  if (samples === 0 || roundTrip < double(own, SideCount.TRIP_MIN)) setDouble(own, SideCount.TRIP_MIN, roundTrip)
  if (samples === 0 || roundTrip > double(own, SideCount.TRIP_MAX)) setDouble(own, SideCount.TRIP_MAX, roundTrip)
  setDouble(own, SideCount.TRIP_SUM, double(own, SideCount.TRIP_SUM) + roundTrip)
  add(own, SideCount.TRIPS, 1)
}
