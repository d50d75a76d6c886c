import { describe, expect, it } from 'vitest'
import { isoStamp } from '../../src/log/stamps/iso-stamps.ts'
import { Stamp } from '../../src/log/stamps/stamp.ts'

const HOUR = 3600

/** The zone after a time, in hours; null where none is read. */
function zoneOf(after: string): number | null {
  const stamp = new Stamp()
  const bytes = Buffer.from(`2025-06-04T14:07:31.250${after}`)
  expect(isoStamp(bytes, 0, bytes.length, stamp)).toBe(true)
  return stamp.zoned ? (Date.UTC(2025, 5, 4, 14, 7, 31) / 1000 - stamp.seconds) / HOUR : null
}

describe('the fraction of a stamp', () => {
  it.each([
    ['.5', 500_000_000, 1],
    ['.25', 250_000_000, 2],
    [',125', 125_000_000, 3],
    ['.1234', 123_400_000, 4],
    ['.12345', 123_450_000, 5],
    ['.123456', 123_456_000, 6],
    ['.1234567', 123_456_700, 7],
    ['.12345678', 123_456_780, 8],
    ['.123456789', 123_456_789, 9],
    ['.1234567891', 123_456_789, 9],
  ])('%s is read to its last digit, as far as a nanosecond', (fraction, nanoseconds, digits) => {
    const stamp = new Stamp()
    const bytes = Buffer.from(`2025-06-04T14:07:31${fraction}Z`)
    expect(isoStamp(bytes, 0, bytes.length, stamp)).toBe(true)
    expect(stamp).toMatchObject({ nanoseconds, digits, zoned: true })
  })
})

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
