import type { Stamp } from './stamp.ts'
import { digitsAt, fractionAt, isDigit, isLetter, timeOfDayAt } from './stamp-parts.ts'

/** Times of day of twelve hours, with their half before or behind them. */

const SPACE = 0x20
const POINT = 0x2e
const COLON = 0x3a

/** `3:53:24 PM`, `下午 3:53:24` or `15:53:24.123`. */
export function clockTimeAt(bytes: Uint8Array, from: number, end: number, stamp: Stamp): boolean {
  const half = halfBeforeAt(bytes, from)
  const at = half === null ? from : from + HALF_LENGTH + (bytes[from + HALF_LENGTH] === SPACE ? 1 : 0)
  if (!hourAt(bytes, at, end, stamp)) return false
  return half === null ? afterNoonAt(bytes, end, stamp) : putInHalf(stamp, half === 'pm')
}

const HALF_LENGTH = 6
/** Before and after noon as Chinese, Japanese and Korean put it before the time: 上午 下午 午前 午後 오전 오후. */
const HALVES: readonly (readonly [Buffer, 'am' | 'pm'])[] = [
  ...(['上午', '午前', '오전'] as const).map((word) => [Buffer.from(word), 'am'] as const),
  ...(['下午', '午後', '오후'] as const).map((word) => [Buffer.from(word), 'pm'] as const),
]

function halfBeforeAt(bytes: Uint8Array, at: number): 'am' | 'pm' | null {
  if (bytes[at]! < 0xe0) return null
  for (const [word, half] of HALVES) if (word.every((byte, i) => bytes[at + i] === byte)) return half
  return null
}

export function hourAt(bytes: Uint8Array, at: number, end: number, stamp: Stamp): boolean {
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
  return true
}

function afterNoonAt(bytes: Uint8Array, end: number, stamp: Stamp): boolean {
  const at = stamp.end + spaceAt(bytes, stamp.end)
  const half = bytes[at]! | 0x20
  if (at + 2 > end || (half !== 0x61 && half !== 0x70)) return true
  const length = halfLengthAt(bytes, at, end)
  if (length === 0) return true
  stamp.end = at + length
  return putInHalf(stamp, half === 0x70)
}

/** How long `PM`, `p.m.` or the Spanish `p. m.` is; 0 where none stands there. */
function halfLengthAt(bytes: Uint8Array, at: number, end: number): number {
  if ((bytes[at + 1]! | 0x20) === 0x6d) return 2
  if (bytes[at + 1] !== POINT) return 0
  const m = at + 2 + spaceAt(bytes, at + 2)
  return m + 1 < end && (bytes[m]! | 0x20) === 0x6d && bytes[m + 1] === POINT ? m + 2 - at : 0
}

/** Moves a time of twelve hours into its half of the day. */
export function putInHalf(stamp: Stamp, isAfterNoon: boolean): boolean {
  const hour = Math.floor(stamp.seconds / 3600)
  if (hour < 1 || hour > 12) return false
  stamp.seconds += ((isAfterNoon ? 12 : 0) - (hour === 12 ? 12 : 0)) * 3600
  return true
}

/** Where `AM` or `PM` stands behind a time; 0 where neither does. */
export function capitalHalfAt(bytes: Uint8Array, end: number, stamp: Stamp): number {
  const at = stamp.end + spaceAt(bytes, stamp.end)
  if (at + 2 > end || (bytes[at] !== 0x41 && bytes[at] !== 0x50) || bytes[at + 1] !== 0x4d) return 0
  return at + 2 < end && (isDigit(bytes[at + 2]) || isLetter(bytes[at + 2]!)) ? 0 : at
}

/** Bytes of the space at `at`: since CLDR 42 Java puts a narrow one without a break (U+202F) before AM and PM; Spanish one in `p. m.`. */
function spaceAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === SPACE) return 1
  if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) return 2
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xaf ? 3 : 0
}
