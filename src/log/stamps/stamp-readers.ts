import { orderedDate } from './date-order.ts'
import { capitalHalfAt, clockTimeAt, hourAt, putInHalf } from './half-days.ts'
import { lengthIn, monthIn, monthNameAt } from './month-names.ts'
import { NO_FRACTION, type Stamp, StampDate, type StampReader } from './stamp.ts'
import { digitsAt, fractionAt, isDigit, isLetter, putOnDay, timeOfDayAt, twoDigitsAt, zoneAt } from './stamp-parts.ts'

const SPACE = 0x20
const POINT = 0x2e
const COLON = 0x3a
const SEMICOLON = 0x3b

/** `HH:MM:SS.ffffff`: a time of an unknown day. */
export const timeOnlyStamp: StampReader = (bytes, start, end, stamp) => {
  if (!timeOfDayAt(bytes, start, end, stamp)) return false
  // `12:02:58:22` is a line number before a time.
  if (bytes[stamp.end] === COLON && isDigit(bytes[stamp.end + 1])) return false
  stamp.start = start
  stamp.date = StampDate.NONE
  stamp.zoned = false
  return true
}

/** `YYYY-MM-DD` or `YYYY/MM/DD`, then `T`, a space, a tab, `;` or `:`, the time, and perhaps a zone. */
export const isoStamp: StampReader = (bytes, start, end, stamp) => {
  const separator = bytes[start + 4]
  if ((separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) || bytes[start + 7] !== separator) return false
  if (start + 10 > end) return false
  const century = twoDigitsAt(bytes, start)
  const ofCentury = twoDigitsAt(bytes, start + 2)
  const month = twoDigitsAt(bytes, start + 5)
  const day = twoDigitsAt(bytes, start + 8)
  if (century < 19 || ofCentury < 0 || month < 0 || day < 0) return false
  const gap = bytes[start + 10]
  if (
    gap !== SPACE &&
    gap !== 0x54 &&
    gap !== 0x74 &&
    gap !== 0x5f &&
    gap !== COLON &&
    gap !== 0x09 &&
    gap !== SEMICOLON
  )
    return false
  if (!timeOfDayAt(bytes, start + 11, end, stamp)) return false
  if (!putOnDay(stamp, century * 100 + ofCentury, month, day)) return false
  stamp.start = start
  zoneAt(bytes, end, stamp)
  return true
}

/** Letters of a weekday in English, and of its abbreviation. */
const SHORTEST = 3
const LONGEST = 9

/** `Mon 2026-11-23 03:53:24 UTC`: systemd's. */
export const weekdayStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  while (at < end && at - start <= LONGEST && isLetter(bytes[at]!)) at++
  return at - start >= SHORTEST && bytes[at] === SPACE && isoStamp(bytes, at + 1, end, stamp)
}

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

/** ` de ` between the parts of a date in Spanish and Portuguese. */
const afterOf = (bytes: Uint8Array, at: number): number =>
  bytes[at + 1] === 0x64 && bytes[at + 2] === 0x65 && bytes[at + 3] === SPACE ? at + 3 : at

const afterComma = (bytes: Uint8Array, at: number): number => (bytes[at] === 0x2c ? at + 1 : at)

/** `à ` before the time, as French has it. */
function afterAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0xc3 && bytes[at + 1] === 0xa0 && bytes[at + 2] === SPACE) return at + 3
  return bytes[at] === 0xe0 && bytes[at + 1] === SPACE ? at + 2 : at
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

/** `MMDD HH:MM:SS.ffffff`, or `YYYYMMDD` as newer glog prints it; without the level's letter. */
export const glogStamp: StampReader = (bytes, start, end, stamp) => {
  const long = bytes[start + 8] === SPACE
  const date = digitsAt(bytes, start, end, long ? 8 : 4)
  const at = start + (long ? 8 : 4)
  if (date < 0 || bytes[at] !== SPACE || !timeOfDayAt(bytes, at + 1, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  const year = long ? Math.floor(date / 10_000) : -1
  return putOnDay(stamp, year, Math.floor(date / 100) % 100, date % 100)
}

/** `YYYYMMDD`, then a space, `T`, `-` or `_`, the time with or without colons, and perhaps a zone. */
export const compactStamp: StampReader = (bytes, start, end, stamp) => {
  const date = digitsAt(bytes, start, end, 8)
  const gap = bytes[start + 8]
  if (date < 1900_01_01 || (gap !== SPACE && gap !== 0x54 && gap !== 0x2d && gap !== 0x5f)) return false
  const at = start + 9
  if (bytes[at + 2] === COLON) {
    if (!timeOfDayAt(bytes, at, end, stamp)) return false
  } else {
    if (!solidTime(digitsAt(bytes, at, end, 6), stamp) || isDigit(bytes[at + 6])) return false
    fractionAt(bytes, at + 6, end, stamp)
  }
  stamp.start = start
  if (!putOnDay(stamp, Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)) return false
  zoneAt(bytes, end, stamp)
  return true
}

/** `20261123035324` or `20261123035324123`: nothing between, milliseconds or none behind. */
export const solidStamp: StampReader = (bytes, start, end, stamp) => {
  const date = digitsAt(bytes, start, end, 8)
  const time = digitsAt(bytes, start + 8, end, 6)
  if (date < 1900_01_01 || date > 2200_01_01 || !solidTime(time, stamp)) return false
  const milliseconds = digitsAt(bytes, start + 14, end, 3)
  stamp.digits = milliseconds < 0 ? 0 : 3
  stamp.nanoseconds = Math.max(milliseconds, 0) * 1e6
  stamp.fraction = NO_FRACTION
  stamp.start = start
  stamp.end = start + 14 + stamp.digits
  // A longer number, or one that goes on in letters, is an id.
  const after = bytes[stamp.end]
  if (stamp.end < end && (isDigit(after) || isLetter(after!))) return false
  stamp.zoned = false
  return putOnDay(stamp, Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)
}

/** Takes `HHMMSS` as a number. */
function solidTime(time: number, stamp: Stamp): boolean {
  const second = time % 100
  const minute = Math.floor(time / 100) % 100
  const hour = Math.floor(time / 10_000)
  if (time < 0 || hour > 23 || minute > 59 || second > 60) return false
  stamp.seconds = hour * 3600 + minute * 60 + second
  return true
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

/** Unix time: 10 digits with or without a fraction, or 13, 16 or 19 digits (ms, µs, ns). */
export const epochStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  while (at < end && at - start <= 19 && isDigit(bytes[at])) at++
  const length = at - start
  if (length !== 10 && length !== 13 && length !== 16 && length !== 19) return false
  stamp.start = start
  stamp.seconds = digitsAt(bytes, start, end, 10)
  // Since 2001 Unix time has ten digits; before it a ten-digit number is something else.
  if (stamp.seconds < 1e9 || stamp.seconds > 5e9) return false
  stamp.date = StampDate.FULL
  stamp.zoned = true
  // A number that goes on in letters is an id.
  if (at < end && isLetter(bytes[at]!)) return false
  if (length === 10) fractionAt(bytes, at, end, stamp)
  else {
    stamp.digits = length - 10
    stamp.nanoseconds = digitsAt(bytes, start + 10, end, stamp.digits) * 10 ** (9 - stamp.digits)
    stamp.end = at
  }
  return true
}

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

/** `14:03:07.250` or `2:03:07 PM` of an unknown day: with capitals, which no word after a time has. */
export const dayTimeStamp: StampReader = (bytes, start, end, stamp) => {
  if (bytes[start + 1] !== COLON) {
    if (!timeOnlyStamp(bytes, start, end, stamp)) return false
    const half = capitalHalfAt(bytes, end, stamp)
    if (half > 0 && putInHalf(stamp, bytes[half] === 0x50)) stamp.end = half + 2
    return true
  }
  if (!hourAt(bytes, start, end, stamp)) return false
  const half = capitalHalfAt(bytes, end, stamp)
  if (half === 0 || !putInHalf(stamp, bytes[half] === 0x50)) return false
  stamp.start = start
  stamp.end = half + 2
  stamp.date = StampDate.NONE
  stamp.zoned = false
  return true
}

/** A stamp within a field: ISO 8601 or Unix time, its nanoseconds perhaps in the next field. */
export const isoOrEpochStamp: StampReader = (bytes, start, end, stamp) => {
  if (start < 0) return false
  if (isoStamp(bytes, start, end, stamp)) return true
  if (!epochStamp(bytes, start, end, stamp)) return false
  if (stamp.digits === 0) nanosecondsBehind(bytes, end, stamp)
  return true
}

/** `,"nanoOfSecond":250817000` or `" nanos="250817000` behind seconds: Java's Instant and protobuf's Timestamp. */
function nanosecondsBehind(bytes: Uint8Array, end: number, stamp: Stamp): void {
  let at = stamp.end
  const reach = Math.min(end, at + 4)
  while (at < reach && !isLetter(bytes[at]!)) at++
  for (const letter of NANO) if (bytes[at++] !== letter) return
  while (at < end && isLetter(bytes[at]!)) at++
  while (at < end && !isDigit(bytes[at]) && bytes[at]! > SPACE) at++
  let digits = 0
  while (digits < 10 && at + digits < end && isDigit(bytes[at + digits])) digits++
  if (digits === 0 || digits > 9) return
  stamp.nanoseconds = digitsAt(bytes, at, end, digits)
  stamp.digits = 9
  stamp.fraction = NO_FRACTION
}

const NANO = Buffer.from('nano')
