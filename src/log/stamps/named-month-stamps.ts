import { clockTimeAt } from './half-days.ts'
import { lengthIn, monthIn, monthNameAt } from './month-names.ts'
import type { Stamp, StampReader } from './stamp.ts'
import { digitsAt, isDigit, putOnDay, timeOfDayAt, zoneAt } from './stamp-parts.ts'

const SPACE = 0x20
const POINT = 0x2e
const COLON = 0x3a

/** `Nov 23 03:53:24`, the day padded with a space: syslog of RFC 3164, and ctime without its year. */
export const monthDayStamp: StampReader = (bytes, start, end, stamp) => {
  const name = monthNameAt(bytes, start, end)
  const month = monthIn(name)
  let at = start + lengthIn(name)
  if (month === 0 || bytes[at++] !== SPACE) return false
  if (bytes[at] === SPACE) at++
  const wide = isDigit(bytes[at + 1])
  const day = digitsAt(bytes, at, end, wide ? 2 : 1)
  at += wide ? 2 : 1
  if (bytes[at] !== SPACE) return false
  const year = digitsAt(bytes, at + 1, end, 4)
  if (year >= 1900 && bytes[at + 5] === SPACE) at += 5
  if (!timeOfDayAt(bytes, at + 1, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  if (year >= 1900) return putOnDay(stamp, year, month, day)
  const printed = bytes[stamp.end] === SPACE ? digitsAt(bytes, stamp.end + 1, end, 4) : -1
  if (printed < 1970 || printed > 2200 || isDigit(bytes[stamp.end + 5])) return putOnDay(stamp, -1, month, day)
  stamp.end += 5
  return putOnDay(stamp, printed, month, day)
}

/**
 * `23 Nov 2026 03:53:24.123` or `23/Nov/2026:03:53:24 +0100`, `23. November 2026, 03:53:24`, `23-Nov-2026::03:53:24`: the day
 * before the month's name.
 */
export const dayMonthStamp: StampReader = (bytes, start, end, stamp) => {
  const wide = isDigit(bytes[start + 1])
  const day = digitsAt(bytes, start, end, wide ? 2 : 1)
  let at = start + (wide ? 2 : 1)
  if (bytes[at] === POINT) at++
  const separator = bytes[at]
  if (day < 1 || (separator !== SPACE && separator !== 0x2f && separator !== 0x2d)) return false
  if (separator === SPACE) at = afterOf(bytes, at)
  const name = monthNameAt(bytes, at + 1, end)
  const month = monthIn(name)
  at += 1 + lengthIn(name)
  if (month === 0 || bytes[at] !== separator) return false
  if (separator === SPACE) at = afterOf(bytes, at)
  const year = digitsAt(bytes, at + 1, end, 4)
  if (year < 1900) return separator === SPACE && yearBehindAt(bytes, at + 1, end, stamp, start, month, day)
  at = afterComma(bytes, at + 5)
  const gap = bytes[at]
  if (gap !== SPACE && gap !== COLON) return false
  if (gap === COLON && bytes[at + 1] === COLON) at++
  if (!timeOfDayAt(bytes, gap === SPACE ? afterAt(bytes, at + 1) : at + 1, end, stamp)) return false
  if (!putOnDay(stamp, year, month, day)) return false
  stamp.start = start
  zoneAt(bytes, end, stamp)
  return true
}

/** `23. Nov 03:53:24 UTC 2026`: the year behind the time and its zone, or left out. */
function yearBehindAt(
  bytes: Uint8Array,
  at: number,
  end: number,
  stamp: Stamp,
  start: number,
  month: number,
  day: number,
): boolean {
  if (!timeOfDayAt(bytes, at, end, stamp)) return false
  zoneAt(bytes, end, stamp)
  const printed = bytes[stamp.end] === SPACE ? digitsAt(bytes, stamp.end + 1, end, 4) : -1
  const isYear = printed >= 1970 && printed <= 2200 && !isDigit(bytes[stamp.end + 5])
  if (isYear) stamp.end += 5
  stamp.start = start
  return putOnDay(stamp, isYear ? printed : -1, month, day)
}

/** `Nov 23, 2026 3:53:24 PM`: java.util.logging and Windows in English; `Nov 23, 2026 @ 03:53:24.123`: Kibana. */
export const longDateStamp: StampReader = (bytes, start, end, stamp) => {
  const name = monthNameAt(bytes, start, end)
  const month = monthIn(name)
  let at = start + lengthIn(name)
  if (month === 0 || bytes[at++] !== SPACE) return false
  const wide = isDigit(bytes[at + 1])
  const day = digitsAt(bytes, at, end, wide ? 2 : 1)
  at += wide ? 2 : 1
  const year = bytes[at] === 0x2c ? digitsAt(bytes, at + 2, end, 4) : -1
  if (
    day < 1 ||
    year < 1900 ||
    !clockTimeAt(bytes, afterComma(bytes, at + 6) + (bytes[at + 7] === 0x40 ? 3 : 1), end, stamp)
  )
    return false
  stamp.start = start
  stamp.zoned = false
  return putOnDay(stamp, year, month, day)
}

/** ` de ` between the parts of a date in Spanish and Portuguese. */
const afterOf = (bytes: Uint8Array, at: number): number =>
  bytes[at + 1] === 0x64 && bytes[at + 2] === 0x65 && bytes[at + 3] === SPACE ? at + 3 : at

const afterComma = (bytes: Uint8Array, at: number): number => (bytes[at] === 0x2c ? at + 1 : at)

/** `à ` before the time, as French has it. */
function afterAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0xc3 && bytes[at + 1] === 0xa0 && bytes[at + 2] === SPACE) return at + 3
  return bytes[at] === 0xe0 && bytes[at + 1] === SPACE ? at + 2 : at
}
