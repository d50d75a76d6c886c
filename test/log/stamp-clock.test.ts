import { describe, expect, it } from 'vitest'
import { formatLogTime } from '../../src/log/stamps/log-time.ts'
import { baseInYear, daysFromCivil } from '../../src/log/stamps/stamp.ts'
import { readText } from '../support/log-text.ts'

const log = (...times: string[]) => readText(times.map((time) => `${time} Socket 7 created\n`).join(''))
const seconds = (file: Awaited<ReturnType<typeof log>>) => file.events.map((event) => event.time! / 1e9)

describe("the clock of a log's stamps", () => {
  it('goes on over midnight where stamps have no date', async () => {
    const file = await log('23:59:59.500', '00:00:00.500', '00:00:01.500')
    expect(seconds(file)).toEqual([86_399.5, 86_400.5, 86_401.5])
    expect(file.warnings).toEqual([])
    expect(formatLogTime(file, file.lastTime!)).toBe('+1d 00:00:01.500')
  })

  it('puts a line that was written late on the day before', async () => {
    expect(seconds(await log('23:59:59.500', '00:00:00.500', '23:59:59.900'))).toEqual([86_399.5, 86_400.5, 86_399.9])
  })

  it('goes on over New Year where stamps have no year', async () => {
    const file = await log('Dec 31 23:59:59 h p[1]:', 'Jan  1 00:00:01 h p[1]:')
    expect(file).toMatchObject({ dated: true, yearless: true, zoned: false })
    expect(seconds(file)).toEqual([0, 2])
  })

  it('keeps times that go backwards, and tells how often, where and how far', async () => {
    const file = await log('08:00:05.000', '08:00:03.500', '08:00:06.000')
    expect(seconds(file)).toEqual([28_805, 28_803.5, 28_806])
    expect(file.warnings).toEqual(['times go backwards once, on line 2, by 1.5 s; they are kept as they are'])
  })

  it('puts zones on one time line', async () => {
    const file = await log('2025-06-04T14:00:00.000+02:00', '2025-06-04T12:00:01.000Z')
    expect(seconds(file)).toEqual([0, 1])
    expect(file.zoned).toBe(true)
  })

  it('gives no time to a line without a date among dated ones, and counts it', async () => {
    const file = await readText(
      '2025-06-04 14:00:00.000 Socket 7 created\n2025-06-04 14:00:01.000 ready\n14:00:02.000 Socket 8 created\n',
    )
    expect(file.events.map((event) => event.time)).toEqual([0, null])
    expect(file.warnings).toEqual([expect.stringContaining('1 line has a time of another kind')])
  })

  it('finds where it was silent for long', async () => {
    const file = await log('08:00:00.000', '08:00:01.000', '08:00:31.000', '08:00:32.000')
    expect(file.silences[0]).toEqual({ from: 28_801e9, to: 28_831e9, line: 2, log: 0 })
  })

  it.each([
    [2000, 3, 1, 2026],
    [2000, 2, 28, 2027],
    [2000, 12, 31, 2028],
  ])('moves a day of %i (%i-%i) to %i', (from, month, day, to) => {
    const moved = baseInYear(daysFromCivil(from, month, day) * 86_400 + 5, to)
    expect(new Date(moved * 1000).toISOString()).toBe(new Date(Date.UTC(to, month - 1, day, 0, 0, 5)).toISOString())
  })

  it('adds up what strace -r tells: how long after the call before each call began', async () => {
    const file = await readText(`     0.000000 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3
     0.000412 listen(3, 128)            = 0
     2.104312 accept4(3, NULL, NULL, 0) = 4
     0.500000 epoll_wait(5, [], 8, 500) = 0
     0.100000 accept4(3, NULL, NULL, 0) = 5
`)
    expect(file).toMatchObject({ format: 'strace', sinceStart: true, warnings: [] })
    expect(file.events.map(({ kind, time }) => [kind, time! / 1e9])).toEqual([
      ['socket-created', 0],
      ['listening', 0.000412],
      // It waited: it had ended when the next call began.
      ['accept', 2.604724],
      ['accept', 2.704724],
    ])
  })
})
