import { describe, expect, it } from 'vitest'
import { correlated } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const MUTE: Told = { clientPort: 50_001, open: 5, pushes: beats(5.5, 1, 4) }
const SERVED: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 44]], verdict: 'healthy' }

const line = (seconds: number, words: string): string =>
  `2026-11-23T03:53:${(40 + seconds).toFixed(3)}Z INFO ${words}\n`
const BEGIN = line(0, 'listening fd=5 addr=127.0.0.1:9000')
const END = line(9.9, 'watchdog fed')

const verdictBy = async (told: readonly Told[], text: string) =>
  (await correlated(told, [BEGIN + text + END], 10)).overrides.get(0)

describe('a log that counts its connections and tells no accept', () => {
  it.each([
    ['active connections: 0', 'active connections: 1'],
    ['clients=0', 'clients=0 -> 1'],
    ['stats: accepted=4 closed=4', 'stats: accepted=5 closed=4'],
    ['no clients', 'DB 0: 1 clients connected (0 replicas), 860 kB in use'],
  ])('proves no missing accept where the count rises with the connection: “%s”, “%s”', async (before, after) => {
    expect(await verdictBy([MUTE], line(2, before) + line(6, after))).toBeUndefined()
  })

  it('proves it as before where the count stays', async () => {
    const text = line(2, 'active connections: 0') + line(6, 'active connections: 0') + line(8, 'active connections: 0')
    expect(await verdictBy([MUTE], text)).toMatchObject({ verdict: 'never-accepted' })
  })

  it('proves it, though others are served unsaid, where the count follows those and leaves this one out', async () => {
    const text = line(0.5, 'clients: 0') + line(2, 'clients: 1') + line(6, 'clients: 1') + line(8, 'clients: 1')
    expect(await verdictBy([MUTE, SERVED], text)).toMatchObject({ verdict: 'accept-stopped' })
    expect(await verdictBy([MUTE, SERVED], text.replaceAll(': 1', ': 4'))).toBeUndefined()
    expect(
      await verdictBy([MUTE, SERVED], text.replace('03:53:48.000Z INFO clients: 1', '03:53:48.000Z INFO clients: 2')),
    ).toBeUndefined()
  })

  it('does not take the count of another pool for it', async () => {
    const text = line(2, 'upstream pool: active connections: 0') + line(6, 'upstream pool: active connections: 1')
    expect(await verdictBy([MUTE], text)).toMatchObject({ verdict: 'never-accepted' })
  })
})
