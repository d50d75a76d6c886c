import { type Stamp, StampDate, type StampReader } from './stamp.ts'
import { digitsAt, fractionAt, isDigit, monthAt, putOnDay, timeOfDayAt, twoDigitsAt, zoneAt } from './stamp-parts.ts'

const SPACE = 0x20
const COLON = 0x3a

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

/** `YYYY-MM-DD` or `YYYY/MM/DD`, then `T`, a space, a tab or `:`, the time, and perhaps a zone. */
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
  if (gap !== SPACE && gap !== 0x54 && gap !== 0x74 && gap !== 0x5f && gap !== COLON && gap !== 0x09) return false
  if (!timeOfDayAt(bytes, start + 11, end, stamp)) return false
  if (!putOnDay(stamp, century * 100 + ofCentury, month, day)) return false
  stamp.start = start
  zoneAt(bytes, end, stamp)
  return true
}

/** `Nov 23 03:53:24`, the day padded with a space: syslog of RFC 3164, and ctime without its year. */
export const monthDayStamp: StampReader = (bytes, start, end, stamp) => {
  const month = monthAt(bytes, start, end)
  if (month === 0 || bytes[start + 3] !== SPACE) return false
  let at = start + 4
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

/** `23 Nov 2026 03:53:24.123` or `23/Nov/2026:03:53:24 +0100`: the day before the month's name. */
export const dayMonthStamp: StampReader = (bytes, start, end, stamp) => {
  const wide = isDigit(bytes[start + 1])
  const day = digitsAt(bytes, start, end, wide ? 2 : 1)
  const at = start + (wide ? 2 : 1)
  const separator = bytes[at]
  if (day < 1 || (separator !== SPACE && separator !== 0x2f && separator !== 0x2d)) return false
  const month = monthAt(bytes, at + 1, end)
  const year = digitsAt(bytes, at + 5, end, 4)
  if (month === 0 || bytes[at + 4] !== separator || year < 1900) return false
  const gap = bytes[at + 9]
  if (gap !== SPACE && gap !== COLON) return false
  if (!timeOfDayAt(bytes, at + 10, end, stamp) || !putOnDay(stamp, year, month, day)) return false
  stamp.start = start
  zoneAt(bytes, end, stamp)
  return true
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
    const time = digitsAt(bytes, at, end, 6)
    const second = time % 100
    const minute = Math.floor(time / 100) % 100
    const hour = Math.floor(time / 10_000)
    if (time < 0 || hour > 23 || minute > 59 || second > 60 || isDigit(bytes[at + 6])) return false
    stamp.seconds = hour * 3600 + minute * 60 + second
    fractionAt(bytes, at + 6, end, stamp)
  }
  stamp.start = start
  if (!putOnDay(stamp, Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)) return false
  zoneAt(bytes, end, stamp)
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

/** `23.11.2026 03:53:24`, `23-11-2026 03:53:24` (day first), `11/23/2026 3:53:24 PM` (month first unless the first number is no month). */
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
  if (bytes[at] !== SPACE || !clockTimeAt(bytes, at + 1, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  // Dots are Europe's; dashes with the year last are hardly written with the month first.
  const dayFirst = separator !== 0x2f || first > 12
  return dayFirst ? putOnDay(stamp, year, second, first) : putOnDay(stamp, year, first, second)
}

/** `Nov 23, 2026 3:53:24 PM`: java.util.logging and Windows in English. */
export const longDateStamp: StampReader = (bytes, start, end, stamp) => {
  const month = monthAt(bytes, start, end)
  if (month === 0 || bytes[start + 3] !== SPACE) return false
  const wide = isDigit(bytes[start + 5])
  const day = digitsAt(bytes, start + 4, end, wide ? 2 : 1)
  const at = start + (wide ? 6 : 5)
  const year = bytes[at] === 0x2c ? digitsAt(bytes, at + 2, end, 4) : -1
  if (day < 1 || year < 1900 || !clockTimeAt(bytes, at + 7, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  return putOnDay(stamp, year, month, day)
}

/** `3:53:24 PM` or `15:53:24.123`. */
function clockTimeAt(bytes: Uint8Array, at: number, end: number, stamp: Stamp): boolean {
  if (bytes[at + 1] !== COLON) {
    if (!timeOfDayAt(bytes, at, end, stamp)) return false
  } else {
    const hour = digitsAt(bytes, at, end, 1)
    const minute = digitsAt(bytes, at + 2, end, 2)
    const second = digitsAt(bytes, at + 5, end, 2)
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 60 || bytes[at + 4] !== COLON) return false
    stamp.seconds = hour * 3600 + minute * 60 + second
    fractionAt(bytes, at + 7, end, stamp)
  }
  return afterNoonAt(bytes, end, stamp)
}

function afterNoonAt(bytes: Uint8Array, end: number, stamp: Stamp): boolean {
  const at = stamp.end + spaceAt(bytes, stamp.end)
  if (at + 2 > end || (bytes[at + 1]! | 0x20) !== 0x6d) return true
  const half = bytes[at]! | 0x20
  if (half !== 0x61 && half !== 0x70) return true
  const hour = Math.floor(stamp.seconds / 3600)
  if (hour < 1 || hour > 12) return false
  stamp.seconds += ((half === 0x70 ? 12 : 0) - (hour === 12 ? 12 : 0)) * 3600
  stamp.end = at + 2
  return true
}

/** Bytes of the space at `at`: since CLDR 42 Java puts a narrow one without a break (U+202F) before AM and PM. */
function spaceAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === SPACE) return 1
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xaf ? 3 : 0
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** A stamp within a field: ISO 8601 or Unix time. */
export const isoOrEpochStamp: StampReader = (bytes, start, end, stamp) =>
  start >= 0 && (isoStamp(bytes, start, end, stamp) || epochStamp(bytes, start, end, stamp))
