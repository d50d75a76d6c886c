const DAY = 86_400

/**
 * Unix time of 10000-01-01: from there, and before 1970, years need what the fast way does not do.
 * @public
 */
export const FIVE_DIGIT_YEARS = 253_402_300_800

const TWO = Array.from({ length: 100 }, (_, value) => value.toString().padStart(2, '0'))

/**
 * Date of a day since 1970, by the calendar's arithmetic: `Date` and its strings take three quarters of the time
 * in which a connection is written as JSON. Years begin in March, so that the leap day is their last.
 */
function formatDay(day: number): string {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${TWO[month]}-${TWO[dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1]}`
}

/** `yyyy-mm-ddThh:mm:ss`; years beyond 9999 and before 0 as ISO 8601 writes them. Null where no calendar reaches. */
function formatSecond(unixSeconds: number): string | null {
  if (unixSeconds >= 0 && unixSeconds < FIVE_DIGIT_YEARS) {
    const day = Math.floor(unixSeconds / DAY)
    const second = unixSeconds - day * DAY
    const minute = Math.floor(second / 60)
    const hour = Math.floor(minute / 60)
    return `${formatDay(day)}T${TWO[hour]}:${TWO[minute - hour * 60]}:${TWO[second - minute * 60]}`
  }
  const date = new Date(unixSeconds * 1000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, -5)
}

/** Whether a time, `nanoseconds` after `epochSeconds`, is of a year from 1970 to 9999. */
export function hasFourDigitYear(epochSeconds: number, nanoseconds: number): boolean {
  const second = epochSeconds + Math.floor(nanoseconds / 1e9)
  return second >= 0 && second < FIVE_DIGIT_YEARS
}

let lastSecond = Number.NaN
let lastText: string | null = null

/** As `formatSecond`; times come in order, and their second is mostly that of the one before. */
function secondText(unixSeconds: number): string | null {
  if (unixSeconds !== lastSecond) {
    lastSecond = unixSeconds
    lastText = formatSecond(unixSeconds)
  }
  return lastText
}

/** Value of the digits that are left out of nine. */
const SCALE = Array.from({ length: 10 }, (_, digits) => 10 ** (9 - digits))

/** RFC 3339 in UTC with `digits` (0 to 9) digits after the second. `nanoseconds` count from `epochSeconds`. */
export function formatTime(epochSeconds: number, nanoseconds: number, digits: number): string {
  const carried = Math.floor(nanoseconds / 1e9)
  const second = secondText(epochSeconds + carried)
  if (second === null) return 'out of range'
  if (digits === 0) return `${second}Z`
  const fraction = Math.floor((nanoseconds - carried * 1e9) / SCALE[digits]!)
  return `${second}.${fraction.toString().padStart(digits, '0')}Z`
}
