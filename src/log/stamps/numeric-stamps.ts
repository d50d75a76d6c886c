import { orderedDate } from './date-order.ts'
import { clockTimeAt } from './half-days.ts'
import type { StampReader } from './stamp.ts'
import { digitsAt, isDigit, putOnDay, timeOfDayAt } from './stamp-parts.ts'

const SPACE = 0x20
const POINT = 0x2e
const SEMICOLON = 0x3b

/** `23.11.2026 03:53:24`, `23-11-2026 03:53:24` (day first), `11/23/2026 3:53:24 PM` (as the log's dates tell). */
export const numericDateStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  const first = digitsAt(bytes, at, end, isDigit(bytes[at + 1]) ? 2 : 1)
  at += isDigit(bytes[at + 1]) ? 2 : 1
  const separator = bytes[at]
  if (first < 1 || (separator !== 0x2f && separator !== 0x2e && separator !== 0x2d)) return false
  const second = digitsAt(bytes, at + 1, end, isDigit(bytes[at + 2]) ? 2 : 1)
  at += isDigit(bytes[at + 2]) ? 3 : 2
  const year = digitsAt(bytes, at + 1, end, 4)
  if (second < 1 || bytes[at] !== separator || year < 1900) return false
  at += 5
  if (bytes[at] === 0x2c) at++
  if ((bytes[at] !== SPACE && bytes[at] !== SEMICOLON) || !clockTimeAt(bytes, at + 1, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  // Dots are Europe's; dashes with the year last are hardly written with the month first.
  return separator === 0x2f ? orderedDate(stamp, year, first, second) : putOnDay(stamp, year, second, first)
}

/** `2026/1/5 9:03:07` and `2026年1月5日 9:03:07`: the year first, nothing padded. */
export const yearFirstStamp: StampReader = (bytes, start, end, stamp) => {
  const year = digitsAt(bytes, start, end, 4)
  let at = start + 4
  const first = markAt(bytes, at)
  if (year < 1900 || first === 0) return false
  at += first
  const wideMonth = isDigit(bytes[at + 1])
  const month = digitsAt(bytes, at, end, wideMonth ? 2 : 1)
  at += wideMonth ? 2 : 1
  const second = markAt(bytes, at)
  if (month < 1 || second !== first) return false
  at += second
  const wideDay = isDigit(bytes[at + 1])
  const day = digitsAt(bytes, at, end, wideDay ? 2 : 1)
  at += wideDay ? 2 : 1
  if (first > 1) at += markAt(bytes, at)
  if (bytes[at] === SPACE) at++
  else if (first === 1) return false
  if (day < 1 || !clockTimeAt(bytes, at, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  return putOnDay(stamp, year, month, day)
}

/** How long a mark between year, month and day is: a sign, or 年, 月, 日; 0 where none stands there. */
function markAt(bytes: Uint8Array, at: number): number {
  const mark = bytes[at]!
  if (mark === 0x2f || mark === 0x2d || mark === POINT) return 1
  const sign = (mark << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
  return sign === 0xe5b9b4 || sign === 0xe69c88 || sign === 0xe697a5 ? 3 : 0
}

/** `11-23 03:53:24.123`: month and day, no year. */
export const dashedMonthDayStamp: StampReader = (bytes, start, end, stamp) => {
  const month = digitsAt(bytes, start, end, 2)
  const day = digitsAt(bytes, start + 3, end, 2)
  if (month < 1 || day < 1 || bytes[start + 2] !== 0x2d || bytes[start + 5] !== SPACE) return false
  if (!timeOfDayAt(bytes, start + 6, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  return putOnDay(stamp, -1, month, day)
}
