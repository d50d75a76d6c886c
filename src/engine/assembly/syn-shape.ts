import { NO_SCALE } from './layout'
import { word16 } from './memory'
import { optionsAt, optionsEnd, ttl, window } from './packet'

/** Kinds of options (RFC 9293 §3.2, RFC 7323 §2). */
const END: i32 = 0
const NOP: i32 = 1
const MSS: i32 = 2
const WINDOW_SCALE: i32 = 3
/** RFC 7323 §2.3: a shift above 14 counts as 14. */
const MOST_SHIFT: i32 = 14

/** TTL, window scale (or NO_SCALE) and window of the current SYN in one word. */
export function shapeOfSyn(): i32 {
  return (ttl << 24) | (scale() << 16) | window
}

/** MSS (0 without) and a hash of the options' order of the current SYN in one word. */
export function optionsOfSyn(): i32 {
  let mss = 0
  let order = 0
  for (let at = optionsAt; at < optionsEnd; ) {
    const kind = <i32>load<u8>(at)
    order = (order * 31 + kind + 1) & 0xffff
    const length = lengthOf(at, kind)
    if (length === 0) break
    if (kind === MSS && length === 4) mss = word16(at + 2)
    at += length
  }
  return (mss << 16) | order
}

function scale(): i32 {
  for (let at = optionsAt; at < optionsEnd; ) {
    const kind = <i32>load<u8>(at)
    const length = lengthOf(at, kind)
    if (length === 0) break
    if (kind === WINDOW_SCALE && length === 3) return min(MOST_SHIFT, <i32>load<u8>(at + 2))
    at += length
  }
  return NO_SCALE
}

/** Bytes of the option at `at`; 0 where the list ends there or makes no sense from there on. */
function lengthOf(at: usize, kind: i32): i32 {
  if (kind === END) return 0
  if (kind === NOP) return 1
  const length = at + 1 < optionsEnd ? <i32>load<u8>(at + 1) : 0
  return length < 2 || at + length > optionsEnd ? 0 : length
}
