import { DateOrder, daysFromCivil, type Stamp } from './stamp.ts'
import { putOnDay } from './stamp-parts.ts'

/**
 * Puts a stamp on the day that two numbers between slashes name. Which of them is the day is told by one that is no month, or by two
 * dates of the log: their lines follow one another by days rather than by months. Until then the month is taken to come first.
 */
export function orderedDate(stamp: Stamp, year: number, first: number, second: number): boolean {
  const order = orderOf(stamp, year, first, second)
  const isDayFirst = order === DateOrder.DAY_FIRST
  if (!(isDayFirst ? putOnDay(stamp, year, second, first) : putOnDay(stamp, year, first, second))) return false
  stamp.order = order
  if (order === DateOrder.OPEN) {
    stamp.first = first
    stamp.second = second
  }
  return true
}

function orderOf(stamp: Stamp, year: number, first: number, second: number): DateOrder {
  if (first > 12) return DateOrder.DAY_FIRST
  if (second > 12) return DateOrder.MONTH_FIRST
  if (stamp.order !== DateOrder.OPEN || stamp.first === 0) return stamp.order
  if (stamp.first === first && stamp.second === second) return DateOrder.OPEN
  const byDay = Math.abs(daysFromCivil(year, second, first) - daysFromCivil(year, stamp.second, stamp.first))
  const byMonth = Math.abs(daysFromCivil(year, first, second) - daysFromCivil(year, stamp.first, stamp.second))
  return byDay < byMonth ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST
}

/** Days that the one date read so far lies later if its day comes first; 0 where no such date was read. */
export function daysIfDayFirst({ first, second }: Stamp, year: number): number {
  return first === 0 ? 0 : daysFromCivil(year, second, first) - daysFromCivil(year, first, second)
}
