import { endBatch, setFrame } from './frames'
import { BATCH, Block, Bound, EnhancedPacket } from './layout'
import { double, setDouble, setWord, word } from './memory'

/** A block ends with its length once more. */
const BLOCK_END: usize = 4
const FIXED_PART: u32 = 32

/** What the section says of its first interfaces, a record each. */
const MOST_INTERFACES: u32 = 16
const interfaces = memory.data(512)
const INTERFACE_BYTES: u32 = 32
/** A record's words. */
namespace Described {
  /** float64: stamps per second; 0 where they are no whole nanoseconds, and of an interface that is not described. */
  export const UNITS: i32 = 0
  /** float64: nanoseconds of each. */
  export const NANOSECONDS: i32 = 2
  /** float64: seconds that they count from. */
  export const OFFSET: i32 = 4
  export const LINK_TYPE: i32 = 6
  /** Its index over all sections. */
  export const NUMBER: i32 = 7
}

let swapped: bool = false

/** Forgets the interfaces of the section before. `bigEndian` is the section's byte order. */
export function beginSection(bigEndian: bool): void {
  swapped = bigEndian
  for (let id: u32 = 0; id < MOST_INTERFACES; id++) setDouble(described(id), Described.UNITS, 0)
}

/**
 * Takes an interface of the section. `number` is its index over all sections; stamps count `perSecond` a second, of
 * `nanoseconds` each, from `offset` seconds on.
 */
export function describeInterface(
  id: u32,
  number: i32,
  linkType: i32,
  perSecond: f64,
  nanoseconds: f64,
  offset: f64,
): void {
  if (id >= MOST_INTERFACES) return
  const at = described(id)
  setDouble(at, Described.UNITS, perSecond)
  setDouble(at, Described.NANOSECONDS, nanoseconds)
  setDouble(at, Described.OFFSET, offset)
  setWord(at, Described.LINK_TYPE, linkType)
  setWord(at, Described.NUMBER, number)
}

/**
 * Reads enhanced packet blocks without options that lie whole between `position` and `end` into the batch's columns, up to
 * the first block of another kind, or that is not as it should be. Returns how many; see `classicRecords`.
 */
export function enhancedPackets(position: usize, end: usize, base: f64, epochSeconds: f64): i32 {
  let count = 0
  while (count < BATCH) {
    const length = plainBlock(position, end)
    if (length === 0) break
    take(count++, position, base, epochSeconds)
    position += length
  }
  endBatch(count, position)
  return count
}

/** Length of the block if it is an enhanced packet with nothing but its frame, else 0. */
function plainBlock(position: usize, end: usize): u32 {
  if (position + FIXED_PART > end || field(position) !== Block.ENHANCED_PACKET) return 0
  const length = field(position + 4)
  const captured = field(position + EnhancedPacket.CAPTURED)
  if (captured > <u32>Bound.MAX_FRAME_BYTES || length !== FIXED_PART + ((captured + 3) & ~3)) return 0
  if (position + length > end || field(position + length - BLOCK_END) !== length) return 0
  const id = field(position + EnhancedPacket.INTERFACE)
  return id < MOST_INTERFACES && double(described(id), Described.UNITS) > 0 ? length : 0
}

function take(index: i32, position: usize, base: f64, epochSeconds: f64): void {
  const from = described(field(position + EnhancedPacket.INTERFACE))
  const units = <u64>double(from, Described.UNITS)
  const stamp = ((<u64>field(position + EnhancedPacket.HIGH)) << 32) | <u64>field(position + EnhancedPacket.LOW)
  const seconds = stamp / units
  const rest = <f64>(stamp - seconds * units) * double(from, Described.NANOSECONDS)
  const time = (<f64>seconds + double(from, Described.OFFSET) - epochSeconds) * 1e9 + rest
  setFrame(
    index,
    time,
    base + <f64>position,
    position + FIXED_PART - BLOCK_END,
    field(position + EnhancedPacket.CAPTURED),
    field(position + EnhancedPacket.ORIGINAL),
    word(from, Described.LINK_TYPE),
    word(from, Described.NUMBER),
  )
}

function described(id: u32): usize {
  return interfaces + id * INTERFACE_BYTES
}

function field(at: usize): u32 {
  const value = load<u32>(at)
  return swapped ? bswap<u32>(value) : value
}
