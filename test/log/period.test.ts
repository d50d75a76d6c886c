import { describe, expect, it } from 'vitest'
import { PeriodInLog } from '../../src/log/period.ts'
import { StampDate } from '../../src/log/stamps/stamp.ts'

const seconds = (text: string): number => Date.parse(text) / 1000

/** A capture of a minute; logs are asked about as they count: from a base, or from midnight. */
const minute = new PeriodInLog({ from: seconds('2026-03-01T12:00:00Z'), to: seconds('2026-03-01T12:01:00Z') })
const base = seconds('2026-03-01T00:00:00Z')
const at = (hour: number, min = 0, second = 0): number => hour * 3600 + min * 60 + second

describe("a log's times around a capture", () => {
  it.each([
    ['the minute itself', at(12, 0, 30), true],
    ['as far before as clocks differ', at(11, 59, 5), true],
    ['farther before', at(11, 58, 55), false],
    ['as far after', at(12, 1, 55), true],
    ['farther after', at(12, 2, 5), false],
    ['the same minute of another hour', at(13, 0, 30), false],
  ])('where stamps name a zone: %s', (_, time, holds) => {
    expect(minute.holds({ base, date: StampDate.FULL, zoned: true }, time)).toBe(holds)
  })

  it.each([
    ['the minute itself', at(12, 0, 30), true],
    ['the same in a zone of whole hours', at(17, 0, 30), true],
    ['the same in India', at(17, 30, 30), true],
    ['between zones', at(12, 15), false],
    ['the same minute, farther than any zone', at(12, 0, 30) + 15 * 3600, false],
  ])('where stamps name none: %s', (_, time, holds) => {
    expect(minute.holds({ base, date: StampDate.FULL, zoned: false }, time)).toBe(holds)
  })

  it('where they name no year are put in that of the capture', () => {
    const yearless = { base: seconds('2000-03-01T00:00:00Z'), date: StampDate.YEARLESS, zoned: false }
    expect(minute.holds(yearless, at(12, 0, 30))).toBe(true)
    expect(minute.holds(yearless, at(12, 15))).toBe(false)
    expect(minute.holds(yearless, at(12, 0, 30) + 2 * 86_400)).toBe(false)
  })

  it('where they name no day may be of any', () => {
    const timeOfDay = { base: 0, date: StampDate.NONE, zoned: false }
    for (const day of [0, 1, 5]) expect(minute.holds(timeOfDay, at(12, 0, 30) + day * 86_400)).toBe(true)
    expect(minute.holds(timeOfDay, at(12, 15))).toBe(false)
  })

  it('where they count from a start that no line dates are not known', () => {
    expect(minute.holds({ base: 0, date: StampDate.SINCE_START, zoned: false }, at(12, 0, 30))).toBe(false)
  })
})
