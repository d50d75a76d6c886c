import { word16 } from './memory'
import { headerLengthOf, TCP_HEADER } from './plain-segment'

/** No shift for windows is offered; the options hold more than a connection usually begins with. */
export const NO_OFFER: i32 = -1
export const UNUSUAL: i32 = -2

const END: i32 = 0
const NOP: i32 = 1
/** Kind and length of what nearly all SYNs are made of (RFC 9293 §3.2, RFC 7323 §2 and §3, RFC 2018 §2). */
const MSS: i32 = 0x0204
const WINDOW_SCALE: i32 = 0x0303
const SACK_PERMITTED: i32 = 0x0402
const TIMESTAMPS: i32 = 0x080a
/** RFC 7323 §2.3: a shift above 14 counts as 14. */
const MOST_SHIFT: i32 = 14

/**
 * The shift that a plain SYN offers for its sender's windows, NO_OFFER without one; the captured bytes end at `captured`.
 * UNUSUAL where they cut the options off, or where something else is among these.
 */
export function offeredShift(segment: usize, captured: usize): i32 {
  const end = segment + headerLengthOf(segment)
  if (end > captured) return UNUSUAL
  let shift = NO_OFFER
  for (let at = segment + TCP_HEADER; at < end; ) {
    const kind = <i32>load<u8>(at)
    if (kind === END) break
    if (kind === NOP) {
      at++
      continue
    }
    if (at + 1 >= end) return UNUSUAL
    const option = word16(at)
    at += option & 0xff
    if (!isUsual(option) || at > end) return UNUSUAL
    if (option === WINDOW_SCALE) shift = min(MOST_SHIFT, <i32>load<u8>(at - 1))
  }
  return shift
}

function isUsual(option: i32): bool {
  return option === MSS || option === WINDOW_SCALE || option === SACK_PERMITTED || option === TIMESTAMPS
}
