import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, wireOf } from '../support/wire.ts'

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** Times of a timer of two seconds that sleeps up to `jitter` seconds too long each time. */
function timer(seed: number, jitter: number, count = 30): number[] {
  const random = numbers(seed)
  let at = 5
  return Array.from({ length: count }, () => {
    at += 2 + random() * jitter
    return at
  })
}

/** The capture begins at 03:53:40; a log's clock that is `ahead` seconds ahead of it. */
function stamp(seconds: number, ahead: number): string {
  const all = 3 * 3600 + 53 * 60 + 40 + seconds + ahead
  const part = (value: number, width = 2): string => String(Math.floor(value)).padStart(width, '0')
  return `${part(all / 3600)}:${part((all / 60) % 60)}:${part(all % 60)}.${part((all % 1) * 1000, 3)}`
}

const sent = (times: readonly number[], ahead: number): string =>
  times.map((time) => `${stamp(time + 0.001, ahead)} I 1> sent 44 bytes`).join('\n')

async function clockOf(log: string, pushes: readonly number[]) {
  const wire = wireOf({ clientPort: 50_001, pushes: pushes.map((time) => [time, 44] as const) })
  const { scene } = correlate([wire], captureOf(100), [await logOf(`${log}\n`)], {
    zone: null,
    logDate: null,
    offsets: new Map(),
  })
  return { clock: scene.processes[0]!.clock, reason: scene.refusals.get(0) }
}

/** Minutes ahead, and no zone: nothing but the beats tells it. */
const AHEAD = 1234.5

describe('a log of nothing but beats, by a clock that is minutes ahead', () => {
  it('is put in place by the jitter of its timer, the offset inside the interval that is told', async () => {
    const { clock } = await clockOf(sent(timer(1, 0.1), AHEAD), timer(1, 0.1))
    expect(clock?.method).toBe('matched beats')
    expect(clock?.pairs).toBe(30)
    expect(Math.abs(clock!.offset + AHEAD * 1e9)).toBeLessThanOrEqual(clock!.uncertainty)
    expect(clock!.uncertainty).toBeLessThan(60e6)
  })

  it('is put in place though packets and lines are missing', async () => {
    const times = timer(2, 0.1)
    const lines = times.filter((_, index) => index % 9 !== 4)
    const pushes = times.filter((_, index) => index % 13 !== 6)
    const { clock } = await clockOf(sent(lines, AHEAD), pushes)
    expect(clock?.method).toBe('matched beats')
    expect(clock!.pairs).toBeGreaterThanOrEqual(22)
    expect(Math.abs(clock!.offset + AHEAD * 1e9)).toBeLessThanOrEqual(clock!.uncertainty)
  })

  it('is put in place by beats that the timer left out, where it has no jitter', async () => {
    const left = new Map([
      [4, 1],
      [9, 2],
      [15, 1],
      [22, 3],
      [26, 1],
      [31, 2],
    ])
    const leftOutBefore = (index: number) => [...left].reduce((sum, [at, count]) => sum + (at <= index ? count : 0), 0)
    const times = timer(3, 0, 34).map((time, index) => time + leftOutBefore(index) * 2)
    const { clock } = await clockOf(sent(times, AHEAD), times)
    expect(clock?.method).toBe('matched beats')
    expect(Math.abs((clock?.offset ?? 0) + AHEAD * 1e9)).toBeLessThanOrEqual(clock?.uncertainty ?? 0)
  })

  it('is put in place though the log began after the capture and ended before it', async () => {
    const times = timer(4, 0.1)
    const { clock } = await clockOf(sent(times.slice(8, 24), AHEAD), times)
    expect(clock?.pairs).toBe(16)
    expect(Math.abs(clock!.offset + AHEAD * 1e9)).toBeLessThanOrEqual(clock!.uncertainty)
  })

  it('follows a clock that runs faster', async () => {
    const times = timer(5, 0.1)
    const { clock } = await clockOf(
      sent(
        times.map((time) => time * 1.0003),
        AHEAD,
      ),
      times,
    )
    expect(clock?.pairs).toBe(30)
  })

  it('is refused where the timer has no jitter: each period fits', async () => {
    const { clock, reason } = await clockOf(sent(timer(6, 0), AHEAD), timer(6, 0))
    expect(clock).toBeNull()
    expect(reason).toMatch(/beats fit the packets’ at \d+ offsets, 2 s apart/)
  })

  it('is refused where the stamps’ step hides the jitter', async () => {
    const coarse = timer(7, 0.02)
      .map((time) => `${stamp(time, AHEAD).slice(0, -4)} I 1> sent 44 bytes`)
      .join('\n')
    expect((await clockOf(coarse, timer(7, 0.02))).clock).toBeNull()
  })

  it.each([11, 12, 13, 14, 15])('is refused where it is of another run of the same program (%i)', async (seed) => {
    const { clock, reason } = await clockOf(sent(timer(seed, 0.1), AHEAD), timer(seed + 100, 0.1))
    expect(clock).toBeNull()
    expect(reason).toContain('no time zone')
  })

  it('is refused where its pauses grow alike in each run', async () => {
    const ladder = Array.from({ length: 12 }, (_, index) => 1 + 1.4 ** index)
    expect((await clockOf(sent(ladder, AHEAD), ladder)).clock).toBeNull()
  })
})

describe('beats beside other lines', () => {
  it('say nothing where lines that name their connection meet its packets elsewhere', async () => {
    const times = timer(1, 0.1)
    const accept = `${stamp(1, 0)} I 1> accepted connection fd=6 peer=127.0.0.1:50001`
    const wire = wireOf({ clientPort: 50_001, open: 1, pushes: times.map((time) => [time, 44] as const) })
    const log = await logOf(`${accept}\n${sent(times, AHEAD)}\n`)
    const { scene } = correlate([wire], captureOf(90), [log], { zone: null, logDate: null, offsets: new Map() })
    expect(scene.processes[0]!.clock).toMatchObject({ offset: 0, method: 'matched pairs' })
  })

  it('leave the offset wide where a status may be told anywhere between two packets', async () => {
    const times = timer(1, 0.1)
    const log = times.map((time) => `${stamp(time + 0.7, AHEAD)} I 1> link status = 0`).join('\n')
    const { clock } = await clockOf(log, times)
    expect(clock?.method).toBe('matched beats')
    expect(clock!.uncertainty).toBeGreaterThan(0.9e9)
    expect(Math.abs(clock!.offset + AHEAD * 1e9)).toBeLessThanOrEqual(clock!.uncertainty)
  })
})
