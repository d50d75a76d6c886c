import { describe, expect, it } from 'vitest'
import { correlated, UNKNOWN } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const SERVED: Told = { clientPort: 50_001, open: 1, pushes: beats(1.5, 1, 4), replies: beats(1.501, 1, 4, 96) }

const clockOf = async (text: string, told: readonly Told[], options = UNKNOWN) => {
  const { scene } = await correlated(told, [text], 10, options)
  return { clock: scene.processes[0]!.clock, reason: scene.refusals.get(0) }
}

/** The capture begins at 03:53:40 UTC. */
const accept = (time: string) => `${time} W 00027144> Accept: Socket 972 from 127.0.0.1:50001`

describe('the clock of a log', () => {
  it.each([
    ['UTC', '03:53:41.000', 0],
    ['New York', '22:53:41.000', 5],
    ['Kolkata', '09:23:41.000', -5.5],
    ['Kathmandu', '09:38:41.000', -5.75],
  ])('finds the zone of stamps without date in %s', async (_, time, hours) => {
    const { clock } = await clockOf(`${accept(time)}\n`, [SERVED])
    expect(Math.abs((clock?.offset ?? Number.NaN) - hours * 3600e9) % 86_400e9).toBe(0)
    expect(clock?.pairs).toBe(1)
  })

  it('keeps the zone that the stamps name', async () => {
    const line =
      '2026-11-23T11:53:41.000100+08:00 INFO network[6808:6808] accepted connection fd=6 peer=127.0.0.1:50001\n'
    expect((await clockOf(line, [SERVED])).clock).toMatchObject({ offset: 0, method: 'stamp zone', pairs: 1 })
  })

  it('finds a clock that runs 100 s ahead from lines that lag all alike', async () => {
    const told: Told[] = [1, 2.25, 4].map((open, index) => ({
      clientPort: 50_001 + index,
      open,
      pushes: [[open + 0.5, 44]],
    }))
    const text = [41, 42.25, 44]
      .map(
        (second, index) =>
          `03:55:${(second - 20).toFixed(3)} W 1> Accept: Socket ${900 + index} from 127.0.0.1:${50_001 + index}`,
      )
      .join('\n')
    const { clock } = await clockOf(text, told)
    expect(clock?.method).toBe('matched pairs')
    expect(Math.abs(clock!.offset + 100e9)).toBeLessThan(clock!.uncertainty)
  })

  it('takes accepts that come late, each by another time, for late and not for a slow clock', async () => {
    const told: Told[] = [1, 1.3, 1.9].map((open, index) => ({
      clientPort: 50_001 + index,
      open,
      pushes: [[open + 0.1, 44]],
    }))
    const text = [0, 1, 2]
      .map((index) => `03:53:46.00${index} W 1> Accept: Socket ${900 + index} from 127.0.0.1:${50_001 + index}`)
      .join('\n')
    expect((await clockOf(text, told)).clock?.offset).toBe(0)
  })

  it('does not believe one line that is out of order with the others', async () => {
    const told: Told[] = [1, 2, 3, 4, 5, 6].map((open, index) => ({
      clientPort: 50_001 + index,
      open,
      pushes: [[open + 0.1, 44]],
      replies: [[open + 0.2, 9]],
    }))
    const text = [1, 2, 3, 4, 5, 9]
      .map(
        (second, index) => `08:53:4${second}.010 W 1> Accept: Socket ${900 + index} from 127.0.0.1:${50_001 + index}`,
      )
      .join('\n')
    expect((await clockOf(text, told)).clock).toMatchObject({ offset: -5 * 3600e9, pairs: 5 })
  })

  it('tells the width of the clock’s tick as the uncertainty', async () => {
    const ticks = [64, 65, 70, 75, 83, 99, 102, 130, 141, 166].map((tick) => 40 + tick / 64)
    const text = ticks.map((second) => `03:53:${second.toFixed(6)} W 00027184> heap 5827 KB`).join('\n')
    expect((await clockOf(`${accept('03:53:41.000000')}\n${text}`, [SERVED])).clock?.uncertainty).toBe(15.625e6)
  })

  it.each([
    [
      'ends minutes before and names nothing of it',
      '03:22:08.906250 W 00161788> Socket 932 created\n03:22:17.671875 W 00168450> readable socket list:932,\n',
    ],
    [
      'has dates of another day',
      '2026-11-20T03:53:41.000Z INFO network[1:1] accepted connection fd=6 peer=127.0.0.1:50001\n',
    ],
  ])('refuses a log that %s, with the reason', async (_, text) => {
    const log = await clockOf(text, [SERVED])
    expect(log.clock).toBeNull()
    expect(log.reason).toMatch(/(no time zone|it ends).+ no /)
  })

  it('refuses a log of a listener that the port answered before, and says so', async () => {
    const line = '2026-11-23T03:53:46.000Z INFO network[1:1] listening fd=5 addr=127.0.0.1:9000 backlog=16\n'
    const { clock, reason } = await clockOf(line, [SERVED])
    expect(clock).toBeNull()
    expect(reason).toContain('line 1 says that it listens')
    expect(reason).toContain('after port 9000 had answered')
  })

  it('refuses a log without any stamp', async () => {
    const log = await clockOf('Socket 932 created\nListening on Socket 932\n', [SERVED])
    expect(log.reason).toContain('time stamp')
  })

  it('obeys a given offset, a given zone and a given date', async () => {
    const late = await clockOf(accept('03:53:43.000'), [SERVED], { ...UNKNOWN, offsets: new Map([[0, -2e9]]) })
    expect(late.clock).toMatchObject({ offset: -2e9, method: 'given', pairs: 1 })
    const zoned = await clockOf(accept('05:53:41.000'), [SERVED], { ...UNKNOWN, zone: -2 * 3600e9 })
    expect(zoned.clock).toMatchObject({ offset: -2 * 3600e9, method: 'given zone' })
    const other = await clockOf(accept('03:53:41.000'), [SERVED], { ...UNKNOWN, zone: 0, logDate: 20_000 })
    expect(other.clock).toBeNull()
  })

  it('follows a log over midnight', async () => {
    const { clock } = await clockOf(
      '23:59:59.900 W 1> Socket 968 created\n00:00:00.100 W 1> Accept: Socket 972 from 127.0.0.1:50001\n',
      [{ ...SERVED, open: 0.1, pushes: [], replies: [] }],
      { ...UNKNOWN, zone: (3 * 3600 + 53 * 60 + 40) * 1e9 },
    )
    expect(clock?.pairs).toBe(1)
  })
})

describe('the clock of a log whose times count from a start', () => {
  const lines = [1, 2.25, 4].map(
    (open, index) => `[${(512 + open).toFixed(6)}] accept: new fd ${7 + index} from 127.0.0.1:${50_001 + index}\n`,
  )
  const told: Told[] = [1, 2.25, 4].map((open, index) => ({
    clientPort: 50_001 + index,
    open,
    pushes: [[open + 0.2, 44]],
  }))

  it('is found from the lines that name their connections', async () => {
    const { clock } = await clockOf(lines.join(''), told)
    expect(clock).toMatchObject({ method: 'matched pairs', pairs: 3 })
  })

  it('is not taken for a time of day in some zone, however near that would be', async () => {
    const log = '[14020.000000] listening fd=5 addr=127.0.0.1:9000\n[14026.000000] heap 5 KB\n'
    const { clock, reason } = await clockOf(log, told)
    expect(clock).toBeNull()
    expect(reason).toContain('count from a start')
  })
})
