import { describe, expect, it } from 'vitest'
import { replaySockets } from '../../src/correlation/sockets/socket-table.ts'
import { gapEvent } from '../../src/log/gap-event.ts'
import { logOf } from '../support/log-text.ts'

const tableOf = async (text: string) => replaySockets((await logOf(text)).events)

describe('the replayed socket table', () => {
  it('gives an attach line without a handle to the socket that its own thread created', async () => {
    const table = await tableOf(`
      11:53:25.062500 W 00024120> Socket 500 created
      11:53:25.062500 W 00024340> Socket 488 created
      11:53:25.062500 W 00024340> Attach: i=0.
      11:53:25.062500 W 00024120> Attach: i=1.
    `)
    expect(table.writes.map((write) => [write.slot, write.life?.handle])).toEqual([
      [0, '488'],
      [1, '500'],
    ])
    expect(table.lives.every((life) => life.attachments.every((attachment) => attachment.certain))).toBe(true)
  })

  it('takes an attach line without thread and handle for the newest socket, and says that it is not sure of two', async () => {
    const table = await tableOf(`
      01:47:01.796875 Socket 968 created
      01:47:01.796875 Socket 952 created
      01:47:01.796875 Attach: i=0.
      01:47:01.796875 Attach: i=1.
    `)
    expect(table.writes.map((write) => write.life?.handle)).toEqual(['952', '968'])
    expect(table.lives.flatMap((life) => life.attachments.map((attachment) => attachment.certain))).toEqual([
      true,
      false,
    ])
  })

  it.each([
    ['the one made for it', 'Create listen socket 3\nsocket 5 created', '3'],
    ['the one bound to its port', 'socket 3 created\nsocket 5 created\nbind fd=5 addr=0.0.0.0:9000', '5'],
    ['the only one that the process has made', 'Socket 3 created', '3'],
    ['none of two', 'Socket 3 created\nSocket 5 created', null],
    ['none that was made to connect', 'Socket 3 created\nconnecting to 10.1.2.9:5432', null],
  ])('takes %s for the socket that listens where the line names the port alone', async (_, before, handle) => {
    const table = await tableOf(`${before}\nListener on port 9000\n`.replaceAll(/^/gm, '01:47:01.796 ').slice(0, -13))
    expect(table.listeners.map((life) => life.handle)).toEqual([handle])
  })

  it('keeps that a slot was taken where no line tells by which socket', async () => {
    const table = await tableOf(`
      11:53:25.062500 W 00024120> Attach: i=3.
      11:53:25.072500 W 00024120> Socket 500 created
    `)
    expect(table.writes).toMatchObject([{ slot: 3, life: null, over: null }])
    expect(table.lives.map(({ handle, attachments }) => [handle, attachments.length])).toEqual([['500', 0]])
  })

  it.each([
    ['by its handle and by its peer', 'accepted fd=7 from 10.1.2.3:50022', 'received 44 bytes from 10.1.2.3:50022'],
    [
      'within IPv6 and alone',
      'client connected remoteAddress=::ffff:10.1.2.3 remotePort=50022',
      'recv bytes=44 remotePort=50022',
    ],
    ['without its address and with it', 'client connected remotePort=50022', 'received 44 bytes from 10.1.2.3:50022'],
  ])('knows a connection again that is called %s', async (_, accepts, receives) => {
    const table = await tableOf(`01:47:01.796 ${accepts}\n01:47:02.796 ${receives}\n`)
    expect(table.lives.map(({ received }) => received.length)).toEqual([1])
  })

  it('takes an accept for told twice where one line prints the address of version 4 within version 6', async () => {
    const table = await tableOf(`
      01:47:01.796 accepted connection from 10.1.2.3:50022
      01:47:01.797 client connected remoteAddress=::ffff:10.1.2.3 remotePort=50022
    `)
    expect(table.lives.map(({ toldBy }) => toldBy.length)).toEqual([2])
  })

  it('keeps two connections apart that came from one port of two addresses', async () => {
    const table = await tableOf(`
      01:47:01.796 accepted connection from 10.1.2.3:50022
      01:47:02.796 received 44 bytes from 10.1.2.4:50022
    `)
    expect(table.lives.map(({ received }) => received.length)).toEqual([0, 1])
  })

  it('sees a living socket overwritten in its slot', async () => {
    const table = await tableOf(`
      01:47:01.796875 Socket 968 created
      01:47:01.796875 Attach: i=0.
      01:47:01.796875 Socket 952 created
      01:47:01.796875 Attach: i=0.
    `)
    expect(table.writes.map((write) => write.over?.handle ?? null)).toEqual([null, '968'])
  })

  it.each([
    ['its close', 'Socket 968 closed (peer closed)'],
    ['a detach of the slot', 'Detach: i=0.'],
    ['the system giving its number out again', 'Socket 968 created'],
    ['a stop of the process', 'process stopped, exit code 0'],
  ])('sees nothing overwritten after %s', async (_, line) => {
    const table = await tableOf(`
      01:47:01.796875 Socket 968 created
      01:47:01.796875 Attach: i=0.
      01:47:02.796875 ${line}
      01:47:03.796875 Socket 952 created
      01:47:03.796875 Attach: i=0.
    `)
    expect(table.writes.at(-1)).toMatchObject({ slot: 0, over: null })
    expect(table.writes.at(-1)?.life?.handle).toBe('952')
  })

  it('excuses an overwritten slot where a close that names nobody lies between', async () => {
    const table = await tableOf(`
      01:47:01.796875 Socket 968 created
      01:47:01.796875 Attach: i=0.
      01:47:02.796875 ** - IDLE CLOSE (*)
      01:47:03.796875 Socket 952 created
      01:47:03.796875 Attach: i=0.
    `)
    expect(table.anonymousCloses).toHaveLength(1)
    expect(table.writes.at(-1)).toMatchObject({ slot: 0, excusable: true })
  })

  it('takes two lines about one accept for one: the call returns, then the program tells whose connection it is', async () => {
    const table = await tableOf(`
      01:47:01.796 I 7> accept() = 9
      01:47:01.797 I 7> New client: 10.1.2.3:50001
      01:47:01.800 I 7> fd 9: read 44 bytes
    `)
    expect(table.lives).toHaveLength(1)
    expect(table.lives[0]).toMatchObject({ handle: '9', accepted: { peerPort: 50001 } })
    expect(table.lives[0]?.received).toHaveLength(1)
  })

  it.each([
    ['say the same', 'accept() = 9', 'accept() = 9'],
    ['name two clients', 'accepted 10.1.2.3:50001', 'New client: 10.1.2.3:50002'],
    ['are of two descriptors', 'accept() = 9', 'New client on fd 10'],
  ])('keeps two accepts apart whose lines %s', async (_, first, second) => {
    const table = await tableOf(`
      01:47:01.796 I 7> ${first}
      01:47:01.797 I 7> ${second}
    `)
    expect(table.lives.filter((life) => life.accepted)).toHaveLength(2)
  })

  it('takes lines of two threads about their accepts for two, and of accepts that are apart in time', async () => {
    const table = await tableOf(`
      01:47:01.796 I 7> accept() = 9
      01:47:01.797 I 8> New client: 10.1.2.3:50001
      01:47:05.000 I 7> New client: 10.1.2.3:50002
    `)
    expect(table.lives.filter((life) => life.accepted)).toHaveLength(3)
  })

  it('ends the link that an idle close names, not the one that is near in time', async () => {
    const table = await tableOf(`
      11:53:25.062500 W 00024120> Socket 500 created
      11:53:25.062500 W 00024340> Socket 488 created
      11:53:25.093750 W 00024340> link-0 connected
      11:53:28.562500 W 00024999> link-0 - IDLE CLOSE (0)
    `)
    expect(table.lives.map((life) => [life.handle, life.ended?.how ?? null])).toEqual([
      ['500', null],
      ['488', 'idle-closed'],
    ])
  })

  it('knows sockets by their peer where the log has no handles', async () => {
    const table = await tableOf(`
      2026-11-22 22:54:14,089 INFO  [main] c.e.net.Listener - Listening on /127.0.0.1:28409
      2026-11-22 22:54:14,534 INFO  [main] c.e.net.Acceptor - Accepted connection from /127.0.0.1:55362
      2026-11-22 22:54:14,584 DEBUG [io-1] c.e.net.Session - Read 100 bytes from /127.0.0.1:55362
      2026-11-22 22:54:16,858 DEBUG [io-1] c.e.net.Session - Wrote 200 bytes to /127.0.0.1:55362
      2026-11-22 22:54:16,908 INFO  [io-1] c.e.net.Session - Connection /127.0.0.1:55362 closed: response complete
    `)
    const life = table.lives.find((each) => each.accepted)
    expect(life).toMatchObject({ received: [{ bytes: 100 }], sent: [{ bytes: 200 }], ended: { how: 'closed' } })
  })

  it('takes the second listener on an address for the first one’s successor', async () => {
    const table = await tableOf(`
      2026-11-22 22:54:14,089 INFO  [main] c.e.net.Listener - Listening on /127.0.0.1:28409
      2026-11-22 22:54:24,089 INFO  [main] c.e.net.Listener - Listening on /127.0.0.1:28409
    `)
    expect(table.lives.map((life) => life.ended?.how ?? null)).toEqual(['number-reused', null])
  })

  it.each([
    ['a worker of its process starts', 'worker 2 started'],
    ['a job of its process ends', 'background job 7 exited'],
    ['a service starts, and accepts go on', 'starting metrics service'],
  ])('keeps a listening socket open where %s', async (_, line) => {
    const table = await tableOf(`03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.500 I 1> ${line}
03:53:42.500 I 1> accepted connection fd=7 peer=127.0.0.1:50001
`)
    expect(table.lives.map(({ ended }) => ended)).toEqual([null, null])
  })

  it('ends the sockets of a process that serves to the last what it has', async () => {
    const table = await tableOf(`03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:40.600 I 1> accepted connection fd=7 peer=127.0.0.1:50001
03:53:41.500 I 1> received SIGTERM, exiting
03:53:41.600 I 1> recv fd=7 bytes=44
`)
    expect(table.lives.map(({ ended }) => ended?.how)).toEqual(['process-ended', 'process-ended'])
  })

  it('keeps the socket of a process that says that it has started, after it has told what it listens on', async () => {
    const table = await tableOf(`
      11:53:25.062 INFO listening on 127.0.0.1:9000
      11:53:25.462 INFO server started in 1.2 seconds
    `)
    expect(table.listeners.map(({ ended }) => ended)).toEqual([null])
  })

  it('ends all sockets of a process that starts and listens again', async () => {
    const table = await tableOf(`03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:40.600 I 1> accepted connection fd=7 peer=127.0.0.1:50001
03:53:41.500 I 1> received SIGTERM, exiting
03:53:42.500 I 1> listening fd=6 addr=127.0.0.1:9001
`)
    expect(table.lives.map(({ ended }) => ended?.how ?? null)).toEqual(['process-ended', 'process-ended', null])
  })

  it('forgets which sockets are open and which slots are taken where lines are not kept, but not who listens', async () => {
    const before = await logOf(`
      11:53:25.062500 W 00024120> Listening on Socket 3
      11:53:25.062500 W 00024120> Attach: i=0.
      11:53:25.072500 W 00024340> Socket 488 created
      11:53:25.082500 W 00024340> Attach: i=1.
    `)
    const after = await logOf(`
      12:53:25.062500 W 00024340> Socket 500 created
      12:53:25.072500 W 00024340> Attach: i=1.
      12:53:25.082500 W 00024340> Socket 488 recv 24 bytes
      12:53:25.092500 W 00024340> Socket 3 not matched
    `)
    const gap = gapEvent(0, 100, null, 96)
    const table = replaySockets([...before.events, gap, ...after.events])
    expect(table.writes.map(({ over }) => over)).toEqual([null, null, null])
    expect(table.listeners).toHaveLength(1)
    expect(table.listeners[0]!.notMatched).toHaveLength(1)
    expect(table.lives.filter(({ handle }) => handle === '488').map(({ ended }) => ended?.how)).toEqual([
      'not-kept',
      undefined,
    ])
  })
})
