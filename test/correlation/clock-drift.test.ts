import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, EPOCH_SECONDS, type Told, wireOf } from '../support/wire.ts'

/** Seconds after the capture's first packet, as a clock that starts right and gains `ppm` shows them, to the microsecond. */
const stamped = (seconds: number, ppm: number) =>
  new Date(EPOCH_SECONDS * 1000 + seconds * (1 + ppm / 1e6) * 1000).toISOString().slice(0, -1)

/** A connection every `every` seconds, its accept line written up to `lag` ms after the handshake. */
async function clockOf(count: number, every: number, ppm: number, lag: (index: number) => number = (i) => (i * 7) % 3) {
  const told: Told[] = Array.from({ length: count }, (_, index) => ({
    clientPort: 40_000 + index,
    open: 1 + index * every,
    pushes: [[1.2 + index * every, 44]],
    replies: [[1.3 + index * every + lag(index) / 1e3, 4]],
  }))
  const lines = told.map(
    ({ open, clientPort }, index) =>
      `${stamped(open! + lag(index) / 1e3, ppm)}Z INFO net[1:1] accepted connection fd=${index + 6} peer=127.0.0.1:${clientPort}`,
  )
  const connections = told.map((each, stream) => wireOf({ stream, ...each }))
  const { scene } = correlate(connections, captureOf(count * every + 2), [await logOf(`${lines.join('\n')}\n`)], {
    zone: null,
    logDate: null,
    offsets: new Map(),
  })
  return scene.processes[0]!.clock ?? { drift: null, pairs: 0 }
}

describe('the drift of a clock', () => {
  it.each([120, -300, 500])('of %i ppm is found from accepts over an hour, and taken out of its lines', async (ppm) => {
    const clock = await clockOf(60, 60, ppm)
    expect(clock.drift).not.toBeNull()
    expect(Math.abs(clock!.drift!.ppm + ppm)).toBeLessThan(clock!.drift!.uncertaintyPpm + 1)
    expect(clock!.drift!.uncertaintyPpm).toBeLessThan(10)
    expect(clock!.pairs).toBe(60)
  })

  it('is not claimed from seconds, in which it moves no line by more than a line is late', async () => {
    expect((await clockOf(20, 0.5, 300)).drift).toBeNull()
  })

  it('is not claimed from few pairs, nor where clocks are equal', async () => {
    expect((await clockOf(5, 600, 300)).drift).toBeNull()
    expect((await clockOf(60, 60, 0)).drift).toBeNull()
  })

  it('is not seen in accepts that come later and later: that is a queue', async () => {
    expect((await clockOf(60, 1, 0, (index) => index * 100)).drift).toBeNull()
  })
})
