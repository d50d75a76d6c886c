import { describe, expect, it } from 'vitest'
import { withListenersNumbers } from '../../src/correlation/sockets/listeners-numbers.ts'
import { logOf } from '../support/log-text.ts'

const eventsOf = async (...lines: readonly string[]) => {
  const { events, kinds } = withListenersNumbers(await logOf(`${lines.join('\n')}\n`))
  return { events: events.map(({ kind, handle, listener }) => [kind, handle, listener]), accepts: kinds.get('accept') }
}

const LISTENS = '10:00:00 listening on 127.0.0.1:9000 (fd 5)'

describe('a line of a new connection that names the number of a socket that listens', () => {
  it('tells what the poll reported where it does not say that the connection was accepted', async () => {
    const { events, accepts } = await eventsOf(LISTENS, '10:00:01 Incoming connection on fd 5')
    expect(events).toEqual([
      ['listening', '5', null],
      ['readable', '5', null],
    ])
    expect(accepts).toBeUndefined()
  })

  it('tells of an accept on that socket where it says so, or names the client', async () => {
    const { events, accepts } = await eventsOf(
      LISTENS,
      '10:00:01 accepted connection on fd 5',
      '10:00:02 incoming connection on fd 5 from 10.1.2.3:50022',
    )
    expect(events.slice(1)).toEqual([
      ['accept', null, '5'],
      ['accept', null, '5'],
    ])
    expect(accepts).toBe(2)
  })

  it('is an accept with a number of its own once the listening socket was closed, or where it never was one', async () => {
    const accepted = '10:00:03 accepted connection fd=5'
    expect((await eventsOf(LISTENS, '10:00:02 socket 5 closed', accepted)).events.at(-1)).toEqual(['accept', '5', null])
    expect((await eventsOf(LISTENS, accepted.replace('5', '7'))).events.at(-1)).toEqual(['accept', '7', null])
  })
})
