import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { whyRefused } from '../../src/correlation/sockets/why-refused.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, type Told, wireOf } from '../support/wire.ts'

const REFUSED: Told = { clientPort: 50_001, refused: [8], verdict: 'refused' }

/** Seconds after the capture's first packet, at 03:53:40 UTC. */
const line = (seconds: number, words: string): string =>
  `2026-11-23T03:53:${(40 + seconds).toFixed(3)}Z INFO ${words}\n`
const listens = (seconds: number, address = '127.0.0.1', fd = 5): string =>
  line(seconds, `listening fd=${fd} addr=${address}:9000`)
const closes = (seconds: number, fd = 5): string => line(seconds, `closing socket fd=${fd}`)
const failsToBind = (seconds: number, port = 9000): string =>
  line(seconds, `bind failed addr=127.0.0.1:${port} errno=98 error="Address already in use"`)
const BEGINS = line(0.1, 'heap 5 KB')
const GOES_ON = line(15, 'heap 5 KB')

async function story(...lines: readonly string[]) {
  const log = await logOf(BEGINS + lines.join('') + GOES_ON)
  return correlate([wireOf(REFUSED)], captureOf(20), [log], { zone: 0, logDate: null, offsets: new Map() })
}

/** Why the connection was refused, 8 s after the capture's first packet. */
async function why(...lines: readonly string[]): Promise<readonly [string, string] | null> {
  const { rootCause } = await story(...lines)
  return rootCause === null ? null : [rootCause.verdict, rootCause.claim]
}

describe('a port that refuses', () => {
  it('could not be bound before: the error is named', async () => {
    const told = await why(failsToBind(2))
    expect(told).toEqual(['bind-failed', expect.stringContaining('could not bind port 9000 (EADDRINUSE) (line 2)')])
  })

  it('does not refuse for a bind that fails after it, or on another port', async () => {
    expect((await why(failsToBind(9)))?.[1] ?? '').not.toContain('could not bind port 9000')
    expect((await why(failsToBind(2, 9001)))?.[1] ?? '').not.toContain('could not bind port 9000')
  })

  it('was listened on after all by a process that tried again, and was closed later: that is why', async () => {
    const told = await why(failsToBind(1), listens(2), closes(5))
    expect(told).toEqual([
      'listener-closed',
      expect.stringContaining('the listening socket had been closed 3 s before'),
    ])
  })

  it('could not be bound again after it was closed: that is why', async () => {
    expect((await why(listens(1), closes(2), failsToBind(4)))?.[0]).toBe('bind-failed')
  })

  it('belongs to a process that says that it takes no more connections', async () => {
    const told = await why(listens(1), line(4, 'server.close() called, no longer accepting'))
    expect(told).toEqual(['listener-closed', expect.stringContaining('what accepts had ended 4 s before')])
  })

  it('is not refused for an end of accepting that is over, or that leaves the socket open', async () => {
    const ends = line(2, 'server.close() called, no longer accepting')
    expect(await why(listens(1), ends, listens(3, '127.0.0.1', 6))).toBeNull()
    expect(await why(listens(1), line(4, 'accept: Too many open files'))).toBeNull()
    expect(await why(listens(1), line(9, 'server.close() called, no longer accepting'))).toBeNull()
  })

  it('is listened on by a process that means the loopback interface by “localhost”, where the client came from elsewhere', async () => {
    const log = await logOf(BEGINS + line(1, 'server now listening http://localhost:9000') + GOES_ON)
    const cameTo = async (server: string) => {
      const wire = wireOf({ ...REFUSED, client: server, server })
      return (await correlate([wire], captureOf(20), [log], { zone: 0, logDate: null, offsets: new Map() })).rootCause
    }
    expect((await cameTo('192.168.1.10'))?.verdict).toBe('other-address')
    expect(await cameTo('127.0.0.1')).toBeNull()
  })

  it('had been closed, and the last time counts', async () => {
    const told = await why(listens(1), closes(2), listens(3, '127.0.0.1', 6), closes(6, 6))
    expect(told).toEqual(['listener-closed', expect.stringContaining('closed 2 s before (line 5)')])
  })

  it('had been closed for the time until a process listens on it again', async () => {
    const told = await why(listens(1), closes(5), listens(11, '127.0.0.1', 6))
    expect(told).toEqual(['listener-closed', expect.stringContaining('closed 3 s before')])
  })

  it('is not refused for a close after which the process listens again', async () => {
    expect(await why(listens(1), closes(2), listens(3, '127.0.0.1', 6))).toBeNull()
  })

  it('is not refused for one of two listening sockets, where the other one is open', async () => {
    expect(await why(listens(1), listens(2, '127.0.0.1', 6), closes(4, 6))).toBeNull()
    expect(await why(listens(1), listens(11, '127.0.0.1', 6))).toBeNull()
  })

  it('has no cause in a close that came later: by its log the process listened', async () => {
    expect(await why(listens(1), closes(12))).toBeNull()
  })

  it('was not closed by a line behind which lines were not kept: what became of its socket is not known', async () => {
    const { scene } = await story(listens(1), closes(5))
    const life = scene.processes[0]!.table.listeners[0]!
    expect(whyRefused(scene.facts[0]!, scene)?.verdict).toBe('listener-closed')
    life.ended = { ...life.ended!, how: 'not-kept' }
    expect(whyRefused(scene.facts[0]!, scene)).toBeNull()
  })

  it('was not closed where its number was given to another socket, at a time that nothing tells', async () => {
    expect(await why(listens(1), line(5, 'socket created fd=5'))).toBeNull()
  })

  it('is refused by a process that had ended', async () => {
    const log = listens(1) + line(6, 'shutdown complete, exiting')
    expect(await why(log)).toEqual(['listener-closed', expect.stringContaining('the process had ended 2 s before')])
  })

  it('is not listened on yet, and the first of several sockets that follow is the one', async () => {
    const told = await why(listens(10.5), listens(13, '127.0.0.1', 6))
    expect(told).toEqual(['not-yet-listening', expect.stringContaining('listens only 2.5 s later (line 2)')])
  })

  it('may be listened on at another address alone', async () => {
    const told = await why(listens(1, '10.0.0.5'))
    expect(told).toEqual(['other-address', expect.stringContaining('listens on 10.0.0.5 alone')])
    expect((await why(listens(1, '10.0.0.5'), listens(1, '127.0.0.1', 6), closes(5, 6)))?.[0]).toBe('listener-closed')
  })
})
