import { DAY_SECONDS, daysFromCivil, type Stamp, StampDate, YEARLESS } from './stamp.ts'

const COLON = 0x3a
const POINT = 0x2e
const COMMA = 0x2c
const SPACE = 0x20
const PLUS = 0x2b
const MINUS = 0x2d
const ZERO = 0x30

/** Nanoseconds of the last of so many digits. */
export const SCALE = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 10, 1]

/** True for `0` to `9`. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

/** True for a letter of English. */
export function isLetter(byte: number): boolean {
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** `count` digits at `at` as a number; -1 where one is no digit. */
export function digitsAt(bytes: Uint8Array, at: number, end: number, count: number): number {
  if (at + count > end) return -1
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** Two digits at `at` as a number; -1 where one is no digit. The caller knows that they are within the line. */
export function twoDigitsAt(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO
  const ones = bytes[at + 1]! - ZERO
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones
}

/** Reads `HH:MM:SS` with an optional fraction of up to nine digits, or `HH:MM:SS:mmm`; sets all but the date. */
export function timeOfDayAt(bytes: Uint8Array, at: number, end: number, stamp: Stamp): boolean {
  if (at + 8 > end || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false
  const hour = twoDigitsAt(bytes, at)
  const minute = twoDigitsAt(bytes, at + 3)
  const second = twoDigitsAt(bytes, at + 6)
  // 60 is a leap second, as the kernel and syslog print it.
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false
  stamp.seconds = hour * 3600 + minute * 60 + second
  fractionAt(bytes, at + 8, end, stamp)
  if (bytes[stamp.end] === COLON && stamp.digits === 0) millisecondsAt(bytes, stamp.end + 1, end, stamp)
  return !isDigit(bytes[stamp.end]) || stamp.end >= end
}

/** Reads `.ffffff` or `,fff` at `at`, which may be absent. */
export function fractionAt(bytes: Uint8Array, at: number, end: number, stamp: Stamp): void {
  stamp.nanoseconds = 0
  stamp.digits = 0
  stamp.fraction = at
  stamp.end = at
  const mark = bytes[at]
  if (at + 1 >= end || (mark !== POINT && mark !== COMMA) || !isDigit(bytes[at + 1])) return
  let i = at + 1
  let value = 0
  for (; i < end && i - at <= 9; i++) {
    const digit = bytes[i]! - ZERO
    if (digit >>> 0 > 9) break
    value = value * 10 + digit
  }
  stamp.digits = i - at - 1
  stamp.nanoseconds = value * SCALE[stamp.digits]!
  // Digits beyond the nanosecond say nothing that is kept.
  while (i < end && isDigit(bytes[i])) i++
  stamp.end = i
}

/** Milliseconds behind a colon, as many Windows programs print them: always three digits. */
function millisecondsAt(bytes: Uint8Array, at: number, end: number, stamp: Stamp): void {
  const milliseconds = digitsAt(bytes, at, end, 3)
  if (milliseconds < 0 || (at + 3 < end && (isDigit(bytes[at + 3]) || bytes[at + 3] === COLON))) return
  stamp.nanoseconds = milliseconds * 1e6
  stamp.digits = 3
  stamp.end = at + 3
}

/** Puts the time of day that `stamp` holds on a day; false where there is no such day. */
export function putOnDay(stamp: Stamp, year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  stamp.date = year < 0 ? StampDate.YEARLESS : StampDate.FULL
  const known = year < 0 ? YEARLESS : year
  const key = (known * 100 + month) * 100 + day
  if (key !== stamp.day) {
    stamp.day = key
    stamp.daySeconds = daysFromCivil(known, month, day) * DAY_SECONDS
  }
  stamp.seconds += stamp.daySeconds
  return true
}

/** Reads `Z`, `UTC`, `GMT`, `+05:30`, `+0530`, `-05` after the time, with or without a space before it. */
export function zoneAt(bytes: Uint8Array, end: number, stamp: Stamp): void {
  stamp.zoned = false
  let at = stamp.end
  if (bytes[at] === SPACE) at++
  if (at >= end) return
  const sign = bytes[at]
  if (sign === PLUS || sign === MINUS) {
    offsetAt(bytes, at, end, stamp)
    return
  }
  const length = zoneNameAt(bytes, at, end)
  if (length === 0) return
  stamp.zoned = true
  stamp.end = at + length
}

/** How long `Z`, `UTC` or `GMT` at `at` is; 0 where none is, or where a longer word begins with it. */
function zoneNameAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]! | 0x20
  if (first === 0x7a) return isLetterAt(bytes, at + 1, end) ? 0 : 1
  if ((first !== 0x75 && first !== 0x67) || at + 3 > end || isLetterAt(bytes, at + 3, end)) return 0
  const rest = ((bytes[at + 1]! | 0x20) << 8) | bytes[at + 2]! | 0x20
  return rest === (first === 0x75 ? 0x74_63 : 0x6d_74) ? 3 : 0
}

const isLetterAt = (bytes: Uint8Array, at: number, end: number): boolean => at < end && isLetter(bytes[at]!)

function offsetAt(bytes: Uint8Array, at: number, end: number, stamp: Stamp): void {
  const hours = digitsAt(bytes, at + 1, end, 2)
  if (hours < 0 || hours > 18) return
  let next = at + 3
  if (bytes[next] === COLON && isDigit(bytes[next + 1])) next++
  const minutes = digitsAt(bytes, next, end, 2)
  stamp.end = minutes < 0 ? at + 3 : next + 2
  // `12:00:00 -27` or `12:00:00 -2026` is text, not a zone.
  if (isDigit(bytes[stamp.end]) && stamp.end < end) return
  stamp.seconds -= (bytes[at] === MINUS ? -1 : 1) * (hours * 3600 + Math.max(minutes, 0) * 60)
  stamp.zoned = true
}
