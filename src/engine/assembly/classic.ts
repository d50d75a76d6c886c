import { BATCH, Bound, Column, TALLY, Tally } from './layout'
import { setColumn } from './memory'

/** Seconds, fraction, and the two lengths: what every record starts with. */
const FRACTION: usize = 4

let swapped: bool = false
let header: u32 = 16
let capturedAt: usize = 8
let originalAt: usize = 12
let unit: f64 = 1000
let linkType: i32 = 0
let epochSeconds: f64 = 0

/** Says how the records of the capture that is read next are to be understood. `bigEndian` is the file's byte order. */
export function beginClassic(
  bigEndian: bool,
  recordBytes: u32,
  capturedOffset: usize,
  originalOffset: usize,
  nanosecondsPerFraction: f64,
  link: i32,
  epoch: f64,
): void {
  swapped = bigEndian
  header = recordBytes
  capturedAt = capturedOffset
  originalAt = originalOffset
  unit = nanosecondsPerFraction
  linkType = link
  epochSeconds = epoch
}

/**
 * Reads the records of a classic pcap that lie whole between `position` and `end` into the batch's columns; `base` is what
 * a position is less than its offset in the file. Returns how many; where the next one starts is in the tally. Ends before
 * a length that no record has.
 */
export function classicRecords(position: usize, end: usize, base: f64): i32 {
  let count = 0
  while (count < BATCH && position + header <= end) {
    const captured = field(position + capturedAt)
    if (captured > <u32>Bound.MAX_FRAME_BYTES || position + header + captured > end) break
    take(count++, position, captured, base)
    position += header + captured
  }
  tally(Tally.PACKETS, tallied(Tally.PACKETS) + <f64>count)
  tally(Tally.POSITION, <f64>position)
  return count
}

function take(index: i32, position: usize, captured: u32, base: f64): void {
  const original = field(position + originalAt)
  const time = (<f64>field(position) - epochSeconds) * 1e9 + <f64>field(position + FRACTION) * unit
  const start = position + header
  store<f64>(Column.TIME + (index << 3), time)
  store<f64>(Column.OFFSET + (index << 3), base + <f64>position)
  setColumn(Column.START, index, <i32>start)
  setColumn(Column.END, index, <i32>(start + captured))
  setColumn(Column.ORIGINAL, index, original)
  setColumn(Column.LINK_TYPE, index, linkType)
  setColumn(Column.INTERFACE, index, 0)
  count(time, captured, original)
}

/** What the summary tells of all frames. */
function count(time: f64, captured: u32, original: u32): void {
  tally(Tally.WIRE_BYTES, tallied(Tally.WIRE_BYTES) + <f64>original)
  if (captured < original) tally(Tally.CUT_FRAMES, tallied(Tally.CUT_FRAMES) + 1)
  if (time < tallied(Tally.FIRST_TIME)) tally(Tally.FIRST_TIME, time)
  if (time > tallied(Tally.LAST_TIME)) tally(Tally.LAST_TIME, time)
  if (time < tallied(Tally.PREVIOUS_TIME)) tally(Tally.BACKWARD_STEPS, tallied(Tally.BACKWARD_STEPS) + 1)
  tally(Tally.PREVIOUS_TIME, time)
}

function field(at: usize): u32 {
  const value = load<u32>(at)
  return swapped ? bswap<u32>(value) : value
}

function tallied(place: i32): f64 {
  return load<f64>(TALLY + (place << 3))
}

function tally(place: i32, value: f64): void {
  store<f64>(TALLY + (place << 3), value)
}
