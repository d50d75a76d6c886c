import { describe, expect, it } from 'vitest'
import { parseDuration } from '../../src/text/parse-duration.ts'
import { zoneOffset } from '../../src/text/zone.ts'

describe('a duration as it is written', () => {
  it.each([
    ['1.5s', 1.5e9],
    ['+250 ms', 250e6],
    ['-2h30m', -9000e9],
    ['01:30:00', 5400e9],
    ['-00:00:01.250', -1.25e9],
    ['0s', 0],
    ['15.625ms', 15.625e6],
  ])('%s is read', (text, expected) => expect(Math.abs(parseDuration(text)! - expected)).toBe(0))

  it.each(['', '+', '5', '5 parsecs', '1s nonsense', '99:99:99', '--1s'])('%j is refused', (text) => {
    expect(parseDuration(text)).toBeNull()
  })
})

describe('a time zone as it is written', () => {
  it.each([
    ['UTC', 0],
    ['+05:30', 5.5],
    ['-0500', -5],
    ['UTC+8', 8],
    ['Europe/Berlin', 1],
    ['Asia/Kathmandu', 5.75],
  ])('%s is read', (zone, hours) => expect(zoneOffset(zone, 1_795_406_020)).toBe(hours * 3600e9))

  it('knows summer time', () => expect(zoneOffset('Europe/Berlin', 1_782_000_000)).toBe(2 * 3600e9))

  it.each(['', 'nowhere', '+25:00', 'Mars/Olympus'])('%j is refused', (zone) => expect(zoneOffset(zone, 0)).toBeNull())
})
