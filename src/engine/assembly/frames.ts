import { Column, TALLY, Tally } from './layout'
import { setColumn } from './memory'

/** Writes a frame into the batch's columns. `start` is where its bytes start in memory, `offset` where its record does in the file. */
export function setFrame(
  index: i32,
  time: f64,
  offset: f64,
  start: usize,
  captured: u32,
  original: u32,
  linkType: i32,
  interfaceId: i32,
): void {
  store<f64>(Column.TIME + (index << 3), time)
  store<f64>(Column.OFFSET + (index << 3), offset)
  setColumn(Column.START, index, <i32>start)
  setColumn(Column.END, index, <i32>(start + captured))
  setColumn(Column.ORIGINAL, index, original)
  setColumn(Column.LINK_TYPE, index, linkType)
  setColumn(Column.INTERFACE, index, interfaceId)
  count(time, captured, original)
}

/** Ends a batch of `frames`: the next record starts at `position`. */
export function endBatch(frames: i32, position: usize): void {
  tally(Tally.PACKETS, tallied(Tally.PACKETS) + <f64>frames)
  tally(Tally.POSITION, <f64>position)
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

function tallied(place: i32): f64 {
  return load<f64>(TALLY + (place << 3))
}

function tally(place: i32, value: f64): void {
  store<f64>(TALLY + (place << 3), value)
}
