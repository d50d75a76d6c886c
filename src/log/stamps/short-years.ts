import { orderedDate } from './date-order.ts'
import { clockTimeAt } from './half-days.ts'
import { type Stamp, StampDate, type StampReader } from './stamp.ts'
import { digitsAt, isDigit, putOnDay, zoneAt } from './stamp-parts.ts'

const SPACE = 0x20
const COMMA = 0x2c
/** Two digits mean a year from 1970 on. */
const PIVOT = 70
const MOST_MONTHS = 12
const MOST_DAYS = 31

const fullYear = (year: number): number => (year < PIVOT ? 2000 : 1900) + year

/**
 * `11/23/26 3:53:24 PM`, `[11/23/26 3:53:24:123 CET]` (WebSphere), `23.11.26 03:53:24`, and the year first where a level follows
 * the time: `26/11/23 03:53:24 INFO Name: …` is log4j's as Spark and Hadoop set it.
 */
export const shortYearStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  const first = numberAt(bytes, at, end)
  at += lengthAt(bytes, at)
  const separator = bytes[at]
  if (first < 0 || (separator !== 0x2f && separator !== 0x2e)) return false
  const second = numberAt(bytes, at + 1, end)
  at += 1 + lengthAt(bytes, at + 1)
  const third = digitsAt(bytes, at + 1, end, 2)
  if (second < 1 || bytes[at] !== separator || third < 0) return false
  at += bytes[at + 3] === COMMA ? 4 : 3
  if (bytes[at] !== SPACE || !clockTimeAt(bytes, at + 1, end, stamp)) return false
  stamp.start = start
  if (!datedBy(stamp, separator === 0x2e, isLevelAt(bytes, stamp.end, end), first, second, third)) return false
  zoneAt(bytes, end, stamp)
  return true
}

const lengthAt = (bytes: Uint8Array, at: number): number => (isDigit(bytes[at + 1]) ? 2 : 1)

const numberAt = (bytes: Uint8Array, at: number, end: number): number => digitsAt(bytes, at, end, lengthAt(bytes, at))

/** Dots are Europe's. Between slashes the year stands last, but for a number that is no day, or before a level. */
function datedBy(stamp: Stamp, isDotted: boolean, isLog4j: boolean, first: number, second: number, third: number) {
  if (isDotted) return putOnDay(stamp, fullYear(third), second, first)
  const isYearFirst = first > MOST_DAYS || (isLog4j && first > MOST_MONTHS && second <= MOST_MONTHS)
  return isYearFirst
    ? putOnDay(stamp, fullYear(first), second, third)
    : orderedDate(stamp, fullYear(third), first, second)
}

/** ` INFO `, ` ERROR `: four or five capitals. */
function isLevelAt(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from + 1
  while (at < end && at - from <= 6 && bytes[at]! >= 0x41 && bytes[at]! <= 0x5a) at++
  const letters = at - from - 1
  return bytes[from] === SPACE && (letters === 4 || letters === 5) && bytes[at] === SPACE
}

/** `261123 03:53:24` and `261123  3:53:24`: MySQL's before 5.7. */
export const shortDateStamp: StampReader = (bytes, start, end, stamp) => {
  const date = digitsAt(bytes, start, end, 6)
  if (date < 0 || isDigit(bytes[start + 6]) || bytes[start + 6] !== SPACE) return false
  const at = start + (bytes[start + 7] === SPACE ? 8 : 7)
  if (!clockTimeAt(bytes, at, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  stamp.date = StampDate.FULL
  return putOnDay(stamp, fullYear(Math.floor(date / 10_000)), Math.floor(date / 100) % 100, date % 100)
}
