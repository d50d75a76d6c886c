import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { listenersOf } from '../../src/correlation/processes/logged-process.ts'
import type { SocketLife } from '../../src/correlation/sockets/socket-life.ts'
import { whyRefused } from '../../src/correlation/sockets/why-refused.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, wireOf } from '../support/wire.ts'

const UNKNOWN = { zone: null, logDate: null, offsets: new Map<number, number>() }
const CONNECTIONS = 200

describe('the sockets of a log that listen', () => {
  it('are looked for once, however many refused connections ask for them', async () => {
    const log = await logOf(`
      2026-11-23T03:53:39.000Z INFO listening fd=5 addr=127.0.0.1:9000
      2026-11-23T03:53:42.000Z INFO listening socket fd=5 closed
      2026-11-23T03:53:49.900Z INFO watchdog fed
    `)
    const told = Array.from({ length: CONNECTIONS }, (_, stream) =>
      wireOf({ stream, clientPort: 50_000 + stream, refused: [3 + stream / 100] }),
    )
    const { scene } = correlate(told, captureOf(10), [log], UNKNOWN)
    const process = scene.processes[0]!
    let looks = 0
    const lives = new Proxy(process.table.lives as SocketLife[], {
      get: (target, name, receiver) => {
        looks++
        return Reflect.get(target, name, receiver)
      },
    })
    const watched = { ...scene, processes: [{ ...process, table: { ...process.table, lives } }] }
    for (const facts of scene.facts) expect(whyRefused(facts, watched)?.verdict).toBe('listener-closed')
    expect(looks).toBe(0)
    expect(listenersOf(process)).toBe(listenersOf(process))
  })
})
