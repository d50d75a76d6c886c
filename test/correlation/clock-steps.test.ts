import { describe, expect, it } from 'vitest'
import { correlated } from '../support/correlated.ts'
import { beats, EPOCH_SECONDS, type Told } from '../support/wire.ts'

/** A connection each two seconds, answered at once; the one of 18 s is not accepted any more. */
const SERVED: readonly Told[] = [1, 3, 5, 11, 15, 17].map((open, index) => ({
  clientPort: 40_000 + index,
  open,
  pushes: [[open + 0.1, 44]],
  replies: [[open + 0.2, 4]],
  verdict: 'healthy',
}))
const MUTE: Told = { clientPort: 50_001, open: 18, pushes: beats(18.2, 0.4, 4) }

const stamp = (seconds: number) => new Date(EPOCH_SECONDS * 1000 + Math.round(seconds * 1000)).toISOString()

/** Lines of a process whose clock was set forward by `by` seconds at 8 s, being wrong by `off` before. */
const linesOf = (by: number, off = 0, told = SERVED) => {
  const shown = (seconds: number) => stamp(seconds + off + (seconds > 8 ? by : 0))
  return [
    `${shown(0)} INFO listening fd=5 addr=127.0.0.1:9000`,
    ...told.map(
      ({ open, clientPort }) => `${shown(open! + 0.004)} INFO accepted connection fd=7 peer=127.0.0.1:${clientPort}`,
    ),
    `${shown(19)} INFO watchdog fed`,
    '',
  ].join('\n')
}

const judge = (text: string, told: readonly Told[]) => correlated(told, [text], 20)

describe('a clock that was set while the process wrote', () => {
  it.each([-3, 3, -75, 40])('by %i s is found from accepts on either side, and taken out', async (by) => {
    const { scene, overrides } = await judge(linesOf(by), [...SERVED, MUTE])
    const { clock } = scene.processes[0]!
    expect(clock!.steps).toHaveLength(1)
    expect(clock!.steps[0]!.by / 1e9).toBeCloseTo(by, 1)
    expect(clock!.steps[0]).toMatchObject({ after: { line: 4 }, before: { line: 5 } })
    expect(clock!.pairs).toBe(6)
    for (const facts of scene.facts.slice(0, 6)) expect(facts.acceptDelay!.measured).toBeLessThan(0.1e9)
    expect(overrides.get(6)).toMatchObject({ verdict: 'accept-stopped' })
    expect(overrides.size).toBe(1)
  })

  it('is right on the side that lies nearer to a zone', async () => {
    const { scene } = await judge(linesOf(-7200 + 33, 7200 - 33), SERVED)
    expect(Math.abs(scene.processes[0]!.clock!.offset)).toBeLessThan(0.1e9)
  })

  it('is not seen in accepts that were late', async () => {
    const late = SERVED.map((each, index) =>
      index < 3 ? each : { ...each, open: each.open! + 2.5, replies: [[each.open! + 2.6, 4]] as const },
    )
    const real = SERVED.map((each, index) =>
      index < 3 ? each : { ...each, replies: [[each.open! + 2.6, 4]] as const },
    )
    const { scene } = await judge(linesOf(0, 0, late), real)
    expect(scene.processes[0]!.clock!.steps).toHaveLength(0)
    expect(scene.facts[3]!.acceptDelay!.measured).toBeGreaterThan(2e9)
  })

  it('gives no time to lines that may be of either side', async () => {
    const text = linesOf(3).replace(
      /(.*peer=127.0.0.1:40003\n)/,
      `${stamp(9.2)} INFO disk check done fd=3 closed\n${stamp(13)} INFO fd=4 closed\n$1`,
    )
    const { scene } = await judge(text, SERVED)
    const { clock, file } = scene.processes[0]!
    expect(clock!.steps).toHaveLength(1)
    const times = file.events.map((event) => clock!.of(event))
    expect(times[4]).toBeNull()
    expect(times.filter((time) => time === null)).toHaveLength(1)
  })
})
