import { DAY_SECONDS, type Stamp, StampDate, type StampReader } from './stamp.ts'
import { digitsAt, fractionAt, isDigit, monthAt, putOnDay, timeOfDayAt, zoneAt } from './stamp-parts.ts'

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

/** `YYYY-MM-DD` or `YYYY/MM/DD`, then `T`, a space or `:`, the time, and perhaps a zone. */
export const isoStamp: StampReader = (bytes, start, end, stamp) => {
  const separator = bytes[start + 4]
  if ((separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) || bytes[start + 7] !== separator) return false
  const year = digitsAt(bytes, start, end, 4)
  const month = digitsAt(bytes, start + 5, end, 2)
  const day = digitsAt(bytes, start + 8, end, 2)
  if (year < 1900 || month < 0 || day < 0) return false
  const gap = bytes[start + 10]
  if (gap !== SPACE && gap !== 0x54 && gap !== 0x74 && gap !== 0x5f && gap !== COLON) return false
  if (!timeOfDayAt(bytes, start + 11, end, stamp) || !putOnDay(stamp, year, month, day)) return false
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
  if (length === 10) fractionAt(bytes, at, end, stamp)
  else {
    stamp.digits = length - 10
    stamp.nanoseconds = digitsAt(bytes, start + 10, end, stamp.digits) * 10 ** (9 - stamp.digits)
    stamp.end = at
  }
  return true
}

/** Seconds since midnight of a stamp, whatever its date. */
export function secondOfDay(stamp: Stamp): number {
  return stamp.seconds - Math.floor(stamp.seconds / DAY_SECONDS) * DAY_SECONDS
}
