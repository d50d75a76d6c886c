/**
 * Finds the lines of a log, and those that differ from a remembered one in digits only. Sixteen bytes are folded and compared at
 * once, which no other way of writing it can.
 */
import { BLOCK, ENTRIES, ENTRY_BYTES, FOUND, FOUND_BYTES, MOST_LINES, NO_STAMP, STAMP, WINDOW } from './layout'
import { find } from './remembered'
import { nanosecondsAgain, OTHER_SECOND } from './stamp'

export { COUNTED, FOUND, REMEMBERED, RUN, WINDOW } from './layout'
export { find, forget, forgetAll, pin, remember } from './remembered'
export { countRun, setTelling } from './run'
export { setStamp } from './stamp'

const CARRIAGE_RETURN: i32 = 0x0d

/** Finds whole lines in `[from, to)`, up to as many as there is room for at FOUND. Returns how many. */
export function findLines(from: i32, to: i32, terminator: i32): i32 {
  let start = from
  let stampBefore = NO_STAMP
  for (let line = 0; line < MOST_LINES; line++) {
    const end = endOfLine(start, to, terminator)
    if (end < 0) return line
    let words = end
    while (words > start && load<u8>(WINDOW + words - 1) === CARRIAGE_RETURN) words--
    const slot = find(start, words)
    const entry = ENTRIES + slot * ENTRY_BYTES
    const isStamped = slot >= 0 && load<i32>(entry + STAMP) !== NO_STAMP
    const stamp = isStamped ? start + load<i32>(entry + STAMP) : NO_STAMP
    const goesOn = isStamped && stampBefore !== NO_STAMP
    const found = FOUND + FOUND_BYTES * line
    store<i32>(found, end)
    store<i32>(found, slot, 4)
    store<i32>(found, goesOn ? nanosecondsAgain(entry, stampBefore, stamp) : OTHER_SECOND, 8)
    stampBefore = stamp
    start = end + 1
  }
  return MOST_LINES
}

function endOfLine(from: i32, to: i32, terminator: i32): i32 {
  const ends = i8x16.splat(<i8>terminator)
  for (let at = from; at < to; at += BLOCK) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(WINDOW + at), ends))
    if (found === 0) continue
    const end = at + ctz(found)
    return end < to ? end : -1
  }
  return -1
}
