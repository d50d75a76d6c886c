import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { logOf } from '../support/log-text.ts'
import { beats, captureOf, type Told, wireOf } from '../support/wire.ts'

const UNKNOWN = { zone: 0, logDate: null, offsets: new Map<number, number>() }
const QUERIES: Told = { clientPort: 50_001, serverPort: 9000, open: 2, pushes: beats(2.1, 2.1, 6), verdict: 'ack-only' }

/** A log whose lines are of threads 11 and 12, and of 13, which polls. */
const storyOf = async (stores: readonly [string, string], ...polled: readonly string[]) => {
  const log = [
    '03:53:40.500 I 11> listening on port 9000, fd 5',
    `03:53:40.501 I 11> ${stores[0]}`,
    `03:53:40.501 I 12> ${stores[1]}`,
    ...polled.map((words) => `03:53:42.001 W 13> ${words}`),
    '03:53:58.000 I 13> heap 5 KB',
  ]
  const connections = [QUERIES].map((told, stream) => wireOf({ stream, ...told }))
  return correlate(connections, captureOf(20), [await logOf(`${log.join('\n')}\n`)], UNKNOWN)
}
const causeOf = async (...told: Parameters<typeof storyOf>) => (await storyOf(...told)).rootCause

describe('a listening socket that lost its place', () => {
  it.each([
    ['calls that return the place', 'AddSocket(5) -> 0', 'AddSocket(7) -> 0'],
    ['sessions by number', 'session 0: hSocket=5', 'session 0: hSocket=7 was 5'],
    ['numbers alone', 'slot 0: 0 => 5', 'slot 0: 5 => 7'],
    ['a list whose elements are sockets', 'FList[0] := 5', 'FList[0] := 7'],
    ['channels of a gateway', 'channel 0 opened for socket 5', 'channel 0 opened for socket 7'],
    ['a map', 'channels.put(0, ServerSocketChannel fd=5)', 'channels.put(0, SocketChannel fd=7)'],
    ['a token', 'registered listener fd=5 token=Token(0)', 'registered stream fd=7 token=Token(0)'],
    ['a dictionary', 'sessions[0] = <socket fd=5>', 'sessions[0] = <socket fd=7>'],
    ['what is asked of poll()', 'pollfd[0].fd=5 events=POLLIN', 'pollfd[0].fd=7 events=POLLIN'],
    ['what was there before, and nothing else', 'started', 'overwriting entry 0 (old 5, new 7)'],
    ['one that is in use', 'conn 0 -> fd 5', 'conn 0 -> fd 7 (already in use by fd 5!)'],
  ])('is known from %s', async (_, first, second) => {
    expect(await causeOf([first, second], 'readable socket 5 not found in table')).toMatchObject({
      verdict: 'slot-race',
      confidence: 'likely',
    })
    expect(await causeOf([first, second])).toMatchObject({ verdict: 'slot-race', confidence: 'suspected' })
  })

  it('is less sure where the 0 that a call returned may be its success', async () => {
    const sureness = async (first: string, second: string, ...polled: string[]) =>
      (await storyOf([first, second], ...polled)).findings.find(({ rule }) => rule === 'listener-overwritten')
        ?.confidence
    const missed = 'readable socket 5 not found in table'
    expect(await sureness('AddSocket(5) -> 0', 'AddSocket(7) -> 0')).toBe('suspected')
    expect(await sureness('AddSocket(5) -> 0', 'AddSocket(7) -> 0', missed)).toBe('likely')
    expect(await sureness('ClaimSlot(5): slot 0', 'ClaimSlot(7): slot 0')).toBe('likely')
    expect(await sureness('ClaimSlot(5): slot 0', 'ClaimSlot(7): slot 0', missed)).toBe('certain')
  })

  it.each([
    ['two tables', 'listen table: AddSocket(5) -> 0', 'client table: AddSocket(7) -> 0'],
    ['sessions and links', 'session 0: fd 5', 'link 0: fd 7'],
    ['what its calls return when they succeed', 'register_fd(5) = 0', 'register_fd(7) = 0'],
    ['numbers that are no sockets', 'slot 0: 1 => 2', 'slot 0: 2 => 3'],
    ['what a connection does', 'connection #0: fd 5, received 44 bytes', 'connection #0: fd 7, received 44 bytes'],
  ])('is not seen in %s', async (_, first, second) => {
    expect((await causeOf([first, second]))?.verdict).not.toBe('slot-race')
  })

  it.each([
    'poll returned POLLIN for fd 5, no owner, ignored',
    'event on socket 5: no channel',
    'select: fd 5 ready, unknown descriptor, ignored',
    'find_slot(5) = -1',
  ])('is not found by a poll loop that says “%s”', async (words) => {
    const { rootCause, overrides } = await storyOf(['started', 'heartbeat sent'], words)
    expect(rootCause).toMatchObject({ verdict: 'listener-not-matched', confidence: 'likely' })
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'likely' })
  })

  it('was dropped by a sweep that took it for an idle session, and goes on listening', async () => {
    const sweep = 'idle timeout: session 0 (fd 5) expired after 1500 ms, removing from table'
    expect(await causeOf(['started', sweep])).toMatchObject({ verdict: 'listener-detached', confidence: 'likely' })
  })
})

describe('a socket that is stored promptly after the handshake', () => {
  it('may be the one that was accepted, so that no accept is missed', async () => {
    const { overrides } = await storyOf(['started', 'ready'], 'session 1 opened for socket 7')
    expect(overrides.get(0)?.verdict).toBeUndefined()
  })
})
