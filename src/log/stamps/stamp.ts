/**
 * How much of a calendar a stamp names. Since a start it is not even the time of a day: it begins at 0, whenever that was. Since
 * the line before, it is only what lies between.
 */
export const StampDate = { NONE: 0, YEARLESS: 1, FULL: 2, SINCE_START: 3, SINCE_PREVIOUS: 4 } as const
export type StampDate = (typeof StampDate)[keyof typeof StampDate]

/** The order of day and month. */
export const DateOrder = { OPEN: 0, DAY_FIRST: 1, MONTH_FIRST: 2 } as const
export type DateOrder = (typeof DateOrder)[keyof typeof DateOrder]

/** The year that a stamp without one is put in until somebody knows better: a leap year, so that each day exists. */
export const YEARLESS = 2000

export const DAY_SECONDS = 86_400

export const NO_FRACTION = -1

/** The time that one line's stamp says. One instance per log, refilled per line. */
export class Stamp {
  /** Unix seconds, or seconds since midnight where the stamp has no date, or since a start. */
  seconds = 0
  nanoseconds = 0
  /** Digits after the second. */
  digits = 0
  date: StampDate = StampDate.NONE
  /** True where it carries a zone or is Unix time. */
  zoned = false
  /** The last day that was read, as YYYYMMDD, and its first second: most lines are of the day of the line before. */
  day = 0
  daySeconds = 0
  /** Which of day and month comes first in numeric dates with slashes, as far as the log's own dates tell. */
  order: DateOrder = DateOrder.OPEN
  /** While that is open: the one date that was read, by its two numbers; 0 before any. */
  first = 0
  second = 0
  /** Where the stamp begins and ends in the bytes. */
  start = 0
  end = 0
  /** Where the fraction of its second begins, with its mark, or would begin; `NO_FRACTION` where the second is read otherwise. */
  fraction = NO_FRACTION
}

/** Reads a line's stamp from its bytes `[start, end)`; false, with `stamp` undefined, where there is none. */
export type StampReader = (bytes: Uint8Array, start: number, end: number, stamp: Stamp) => boolean

/** Days from 1970-01-01 to a day of the proleptic Gregorian calendar (`month` from 1). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** Moves Unix seconds of a log without years from the year they are in to `year`. */
export function baseInYear(base: number, year: number): number {
  const from = new Date(base * 1000).getUTCFullYear()
  return base + (Date.UTC(year, 0) - Date.UTC(from, 0)) / 1000 + leapShift(base, from, year)
}

/** After February, the same month and day is a day further on in a leap year. */
function leapShift(base: number, from: number, to: number): number {
  const leap = (year: number) => (daysFromCivil(year, 3, 1) - daysFromCivil(year, 2, 28) === 2 ? 1 : 0)
  const afterFebruary = base >= daysFromCivil(from, 3, 1) * DAY_SECONDS
  return afterFebruary ? (leap(to) - leap(from)) * DAY_SECONDS : 0
}
