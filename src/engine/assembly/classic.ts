import { endBatch, setFrame } from './frames'
import { BATCH, Bound } from './layout'

/** Seconds, fraction, and the two lengths: what every record starts with. */
const FRACTION: usize = 4
/** The format names no interfaces. */
const NO_INTERFACE: i32 = -1

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
  endBatch(count, position)
  return count
}

function take(index: i32, position: usize, captured: u32, base: f64): void {
  const time = (<f64>field(position) - epochSeconds) * 1e9 + <f64>field(position + FRACTION) * unit
  const original = field(position + originalAt)
  setFrame(index, time, base + <f64>position, position + header, captured, original, linkType, NO_INTERFACE)
}

function field(at: usize): u32 {
  const value = load<u32>(at)
  return swapped ? bswap<u32>(value) : value
}
