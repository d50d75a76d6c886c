import { describe, expect, it } from 'vitest'
import { calendarDay } from '../../src/text/calendar-day.ts'

describe('a day as it is written', () => {
  it.each([
    ['1970-01-01', 0],
    ['1970-02-01', 31],
    ['2024-02-29', 19_782],
    ['1969-12-31', -1],
  ])('%s is counted from 1970', (text, days) => expect(calendarDay(text)).toBe(days))

  it.each(['2025-02-29', '2025-02-30', '2025-04-31', '2025-13-01', '2025-00-10', '2025-1-1', '2025-01-01T00:00', ''])(
    '%j is in no calendar',
    (text) => expect(calendarDay(text)).toBeNull(),
  )
})
