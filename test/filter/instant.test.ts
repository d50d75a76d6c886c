import { describe, expect, it } from 'vitest'
import { Epoch } from '../../src/capture/epoch.ts'
import { compileFilter } from '../../src/filter/filter.ts'
import { parseInstant } from '../../src/filter/instant.ts'
import { Current } from '../../src/flow/current.ts'

/** Whether a packet of 2023-11-14 22:13:20.123456789 UTC, later than the run's first by 1.5 s, passes. */
async function passes(filter: string): Promise<boolean> {
  const epoch = new Epoch()
  epoch.since(1_699_999_998, 623_456_789)
  const current = new Current()
  current.frame.time = epoch.since(1_700_000_000, 123_456_789)
  return (await compileFilter(filter)).useEpoch(epoch).matches(current, null)
}

describe('moments', () => {
  it.each([
    'frame.time_epoch == 1700000000.123456789',
    'frame.time == "2023-11-14 22:13:20.123456789"',
    'frame.time == "2023-11-14T22:13:20.123456789Z"',
    'frame.time == "2023-11-14 22:13:20.123456789 UTC"',
    'frame.time == "2023-11-14 23:13:20.123456789+0100"',
    'frame.time == "2023-11-14T20:13:20.123456789-02:00"',
    'frame.time == "Nov 14, 2023 22:13:20.123456789 UTC"',
    'frame.time >= 2023-11-14',
    'frame.time >= 2023-11-14T22:13',
    'frame.time < "2023-11-15"',
    'frame.time in {"2023-11-14 22:13".."2023-11-14 22:14"}',
    'frame.time_epoch in {1, 1700000000.123456789}',
    'frame.time != "2023-11-14 22:13:20.123456788"',
  ])('are exact to the nanosecond, however they are written: %s', async (filter) => {
    expect(await passes(filter)).toBe(true)
    expect(await passes(`!(${filter})`)).toBe(false)
  })

  it('are not passed by those one nanosecond off', async () => {
    expect(await passes('frame.time_epoch == 1700000000.123456788')).toBe(false)
    expect(await passes('frame.time_epoch in {1700000000.123456790..1700000001}')).toBe(false)
  })

  it('lie before 1970, too', () => {
    expect(parseInstant('-0.5')).toEqual({ seconds: -0, nanoseconds: -5e8 })
    expect(parseInstant('1969-12-31 23:59:59.5')).toEqual({ seconds: -1, nanoseconds: 5e8 })
  })

  it.each(['2023-13-01', 'Nov 34, 2023 22:13:20', 'Nix 14, 2023 22:13:20', '22:13:20', ''])(
    'are not what no calendar has: %s',
    (text) => {
      expect(parseInstant(text)).toBeNull()
    },
  )

  it('pass nobody where no capture tells of them', async () => {
    const filter = await compileFilter('frame.time_epoch > 0 or frame.time')
    expect(filter.matches(new Current(), null)).toBe(false)
  })
})
