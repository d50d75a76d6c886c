import { ADDRESS_BITS, ADDRESS_BYTES, ADDRESSES } from './layout'
import { word32 } from './memory'

/**
 * Numbers of IPv6 addresses that the program has told. Its table has them all; here are those that were told last, so that
 * most segments need not be decoded for their addresses: by the address's hash two places, of which the older is given up.
 */

const PAIR_BYTES: u32 = 2 * ADDRESS_BYTES
/** Behind the address its number + 1; 0 where there is none. */
const NUMBER: usize = 16

/** The number of the address whose bytes start at `at`; -1 where it was not told. */
export function numberOf(at: usize): i32 {
  const a = word32(at)
  const b = word32(at + 4)
  const c = word32(at + 8)
  const d = word32(at + 12)
  const newer = pairOf(a, b, c, d)
  if (holds(newer, a, b, c, d)) return load<i32>(newer + NUMBER) - 1
  const older = newer + ADDRESS_BYTES
  return holds(older, a, b, c, d) ? load<i32>(older + NUMBER) - 1 : -1
}

/** Tells the number of an address. */
export function rememberAddress(a: i32, b: i32, c: i32, d: i32, number: i32): void {
  const newer = pairOf(a, b, c, d)
  if (holds(newer, a, b, c, d)) return
  memory.copy(newer + ADDRESS_BYTES, newer, ADDRESS_BYTES)
  store<i32>(newer, a)
  store<i32>(newer + 4, b)
  store<i32>(newer + 8, c)
  store<i32>(newer + 12, d)
  store<i32>(newer + NUMBER, number + 1)
}

function pairOf(a: i32, b: i32, c: i32, d: i32): usize {
  const mixed = (((((a * 0x9e3779b1) ^ b) * 0x85ebca6b) ^ c) * 0xc2b2ae35) ^ d
  const hash = <u32>((mixed ^ (mixed >>> 15)) * 0x27d4eb2f)
  return ADDRESSES + (hash >> (32 - ADDRESS_BITS)) * PAIR_BYTES
}

function holds(place: usize, a: i32, b: i32, c: i32, d: i32): bool {
  if (load<i32>(place) !== a || load<i32>(place + 4) !== b || load<i32>(place + 8) !== c) return false
  return load<i32>(place + 12) === d && load<i32>(place + NUMBER) !== 0
}
