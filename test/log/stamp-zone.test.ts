import { describe, expect, it } from 'vitest'
import { Stamp } from '../../src/log/stamp.ts'
import { isoStamp } from '../../src/log/stamp-readers.ts'

const HOUR = 3600

/** The zone after a time, in hours; null where none is read. */
function zoneOf(after: string): number | null {
  const stamp = new Stamp()
  const bytes = Buffer.from(`2025-06-04T14:07:31.250${after}`)
  expect(isoStamp(bytes, 0, bytes.length, stamp)).toBe(true)
  return stamp.zoned ? (Date.UTC(2025, 5, 4, 14, 7, 31) / 1000 - stamp.seconds) / HOUR : null
}

describe('the zone of a stamp', () => {
  it.each([
    ['Z', 0],
    ['z ready', 0],
    [' UTC ready', 0],
    ['utc', 0],
    [' GMT: ready', 0],
    ['+02:00', 2],
    ['-0530', -5.5],
    [' +05', 5],
    ['', null],
    [' ', null],
    [' Zone 7', null],
    ['zulu', null],
    [' UTCX', null],
    [' U', null],
    [' GMTs', null],
    [' UTM', null],
    [' INFO', null],
    [' -2026', null],
  ])('of "%s" is %s hours', (after, hours) => {
    expect(zoneOf(after)).toBe(hours)
  })
})
