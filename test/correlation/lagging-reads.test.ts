import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, wireOf } from '../support/wire.ts'

const SECOND = 1e9

/** Pushed from 1.1 s on; the log tells at `reads` when bytes came, and of the accept three seconds after the handshake. */
async function acceptDelay(pushes: readonly number[], reads: readonly number[], bytes: readonly number[] = []) {
  const line = (seconds: number, words: string): string =>
    `2026-11-23T03:53:${(40 + seconds).toFixed(3)}Z INFO ${words}\n`
  const log = [
    line(0.5, 'listening fd=5 addr=127.0.0.1:9000'),
    line(4, 'accepted connection fd=6 peer=127.0.0.1:50000'),
    ...reads.map((at, index) => line(at, `recv fd=6 bytes=${bytes[index] ?? 44}`)),
    line(18, 'heap 5 KB'),
  ].join('')
  const told = wireOf({ open: 1, pushes: pushes.map((at) => [at, 44] as const), replies: [[15, 9]] })
  const clocks = { zone: 0, logDate: null, offsets: new Map([[0, 0]]) }
  const { scene } = correlate([told], captureOf(20), [await logOf(log)], clocks)
  const delay = scene.facts[0]!.acceptDelay
  return delay === null ? null : delay.least / SECOND
}

describe('an accept that a log tells of three seconds after the handshake', () => {
  const EACH_SECOND = [1.1, 2.1, 3.1, 4.1]

  it('was late where what had been pushed meanwhile is read at once', async () => {
    expect(await acceptDelay(EACH_SECOND, [4.001, 4.002, 4.003, 4.101])).toBeGreaterThan(2.5)
  })

  it('was not where each read is told three seconds after its push, too: it is the clock that is behind', async () => {
    expect(await acceptDelay(EACH_SECOND, [4.1, 5.1, 6.1, 7.1])).toBeNull()
  })

  it('was late where reads of another size follow: they are not those of the pushes', async () => {
    expect(await acceptDelay(EACH_SECOND, [4.1, 5.1, 6.1, 7.1], [44, 20, 44, 44])).toBeGreaterThan(2.5)
  })

  it('was late where two reads alone lag alike: that may be chance', async () => {
    expect(await acceptDelay([1.1, 3.1], [4.1, 6.1])).toBeGreaterThan(2.5)
    expect(await acceptDelay([1.1, 2.1, 3.1], [4.1, 5.1, 6.1])).toBeNull()
  })

  it('was late where all was pushed within one second: it would lag alike out of the queue', async () => {
    expect(await acceptDelay([1.1, 1.2, 1.3, 1.4], [4.1, 4.2, 4.3, 4.4])).toBeGreaterThan(2.5)
  })

  it('was late where the reads catch up with the pushes', async () => {
    expect(await acceptDelay(EACH_SECOND, [4.1, 4.9, 5.2, 5.3])).toBeGreaterThan(2.5)
  })
})
