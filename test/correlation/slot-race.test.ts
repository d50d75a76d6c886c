import { describe, expect, it } from 'vitest'
import { slotRaces } from '../../src/correlation/sockets/slot-race.ts'
import { storyOf } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const racesOf = async (log: string) => (await storyOf(log)).scene.processes.flatMap(slotRaces)
const QUERIES: Told = { clientPort: 50_001, open: 2, pushes: beats(2.1, 2.1, 6), verdict: 'ack-only' }

describe('a slot of the socket table taken twice', () => {
  it.each([
    ['an array', 'sockets[0] = 412', 'sockets[0] = 416'],
    ['descriptors to poll', 'pollfds[0].fd = 412', 'pollfds[0].fd = 416'],
    ['an arrow', 'slot 0 <- fd 412', 'slot 0 <- fd 416'],
    ['an index', 'registered fd=412 at index 0', 'registered fd=416 at index 0'],
    ['a claim', 'claimed slot 0 for fd 412', 'claimed slot 0 for fd 416'],
    ['fields', 'slot assigned slot=0 fd=412', 'slot assigned slot=0 fd=416'],
    ['an entry', 'handle table: entry 0 := socket 412', 'handle table: entry 0 := socket 416'],
    ['a key', 'slab insert key=0 fd=412', 'slab insert key=0 fd=416'],
    ['data of an event queue', 'epoll_ctl(ADD, fd=412) data.idx=0', 'epoll_ctl(ADD, fd=416) data.idx=0'],
    ['an array of links', 'links[0].sock = 412', 'links[0].sock = 416'],
    ['a search for a free place', 'GetFreeIndex() = 0, storing fd 412', 'GetFreeIndex() = 0, storing fd 416'],
    ['the loss itself', 'slot 0 := fd 412', 'slot 0 overwritten by fd 416'],
    ['taking it', 'acquired slot 0 for fd 412', 'acquired slot 0 for fd 416'],
    ['a call with fields', 'AddSocket sock=412 idx=0 count=1', 'AddSocket sock=416 idx=0 count=2'],
    ['a call that gives a place', 'alloc_slot(fd=412) = 0', 'alloc_slot(fd=416) = 0'],
    ['an element that changes', 'table[0]: fd -1 -> 412', 'table[0]: fd 412 -> 416'],
    ['a structure', 'pollfd[0] = {fd=412, events=POLLIN}', 'pollfd[0] = {fd=416, events=POLLIN}'],
    ['brackets', 'socket 412 stored at [0]', 'socket 416 stored at [0]'],
  ])('is found where the program words it as %s', async (_, first, second) => {
    const { rootCause, findings, overrides } = await storyOf(
      `03:53:40.500 I 11> socket() returned 412
03:53:40.500 I 11> ${first}
03:53:40.500 I 12> socket() returned 416
03:53:40.500 I 12> ${second}
03:53:40.501 I 11> listen(412, 128) ok, 127.0.0.1:9000
03:53:42.001 I 13> poll: fd 412 revents=0x1
03:53:42.001 W 13> no slot found for socket 412
03:53:58.000 I 13> heap 5 KB
`,
      QUERIES,
    )
    expect(rootCause).toMatchObject({ verdict: 'slot-race', confidence: 'likely' })
    expect(rootCause!.claim).toContain('Threads 11 and 12')
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['slot-written-twice', 'listener-overwritten']),
    )
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('counts the sockets that took it, and the stores where one of them was stored twice', async () => {
    const { findings } = await storyOf(
      `03:53:40.500 I 11> GetFreeIndex() = 0, storing fd 412
03:53:40.500 I 12> GetFreeIndex() = 0, storing fd 416
03:53:40.501 I 11> sockets[0] = 412
03:53:40.502 I 11> listen(412, 128) ok, 127.0.0.1:9000
03:53:42.001 W 13> no slot found for socket 416
`,
    )
    const found = findings.find(({ rule }) => rule === 'slot-written-twice')
    expect(found?.title).toContain('Slot 0 was given to 2 sockets in 3 stores by 2 threads')
  })

  it.each([
    ['as far apart as the two stores were, whatever came after', '03:53:40.503', ' within 3 ms (lines 2 and 4)'],
    ['without a time, where they were no burst', '03:53:41.900', ' slot 0 (lines 2 and 4)'],
  ])('is told %s', async (_, second, told) => {
    const { rootCause } = await storyOf(
      `03:53:40.500 I 11> socket() returned 412
03:53:40.500 I 11> slot 0 <- fd 412
03:53:40.501 I 11> listen(412, 128) ok, 127.0.0.1:9000
${second} I 12> slot 0 <- fd 416
03:53:41.947 I 13> slot 0 <- fd 420
03:53:42.001 W 13> no slot found for socket 412
03:53:58.000 I 13> heap 5 KB
`,
      QUERIES,
    )
    expect(rootCause!.claim).toContain(told)
  })

  it('begins with the store that was overwritten, also where the same socket is stored again later', async () => {
    const log = `03:53:40.500 I 11> socket() returned 412
03:53:40.500 I 11> sockets[0] = 412
03:53:40.500 I 12> sockets[0] = 416
03:53:40.501 W 13> no slot found for socket 412
03:53:40.502 I 11> sockets[0] = 412
`
    const [race] = await racesOf(log)
    expect(race!.writes[0]!.event.line).toBe(2)
  })

  it.each([
    ['slot by slot', 'slot 0 <- -1'],
    ['as an array', 'sockets[0] = INVALID_SOCKET'],
    ['with its socket', 'Socket 412 destroyed'],
    ['in words', 'slot 0 is free again'],
  ])('is none where it was emptied between: %s', async (_, line) => {
    const log = `03:53:40.500 I 11> sockets[0] = 412
03:53:41.000 I 11> ${line}
03:53:41.500 I 12> sockets[0] = 416
`
    expect(await racesOf(log)).toEqual([])
  })

  it('is none where the slots are given to something else than sockets', async () => {
    const log = `03:53:40.500 I 11> listening on 0.0.0.0:9000 fd=5
03:53:40.501 I 11> scheduler: slot 0 assigned to worker 5
03:53:40.502 I 11> scheduler: slot 0 assigned to worker 7
03:53:40.503 I 11> DIMM slot 0: 16384 MB
`
    expect(await racesOf(log)).toEqual([])
  })

  it('is none of two processes that write one log, each with its own table', async () => {
    const line = (message: string) => `2026-11-23T03:53:40.500+00:00 edge3 ${message}`
    const log = [
      line('gated[881]: listening on 0.0.0.0:9000 (fd 7)'),
      line('gated[881]: slot 0 <- fd 7'),
      line('gated[882]: slot 0 <- fd 9'),
    ]
    expect(await racesOf(`${log.join('\n')}\n`)).toEqual([])
  })

  it('loses a listening socket of which only the bind, or that the poll has somebody to accept, is told', async () => {
    const bound = `03:53:40.500 I 11> ServerSocket fd=33 bound to /0.0.0.0:9000
03:53:40.501 I 11> add(fd=33) -> sockets[0], count++ => 1
03:53:40.501 I 12> add(fd=34) -> sockets[0], count++ => 1
03:53:42.001 I 13> ready fds: [33]
03:53:42.001 W 13> fd=33 is ready but not registered
03:53:58.000 I 13> heap 5 KB
`
    const polled = `03:53:40.501 I 11> RegisterSocket: hSock=00000000000001A4 -> m_aSockets[2]
03:53:40.501 I 12> RegisterSocket: hSock=00000000000001B8 -> m_aSockets[2]
03:53:42.001 I 13> WSAEnumNetworkEvents FD_ACCEPT on hSock=00000000000001A4
03:53:42.001 W 13> FindSocket(00000000000001A4) failed - no such entry
03:53:58.000 I 13> heap 5 KB
`
    for (const log of [bound, polled])
      expect((await storyOf(log, QUERIES)).rootCause).toMatchObject({ verdict: 'slot-race', confidence: 'likely' })
  })

  it('is freed, and given away, under a listening socket whose own line names it', async () => {
    const log = `03:53:40.500 I 11> listening sock=5 port=9000 slot=0
03:53:41.001 I 11> session 1 ended, freeing slot 0
03:53:41.002 I 11> slot 0 reused for sock=8 (outbound)
03:53:42.001 W 11> poll says sock 5 readable, unknown socket
03:53:58.000 I 13> heap 5 KB
`
    expect((await storyOf(log, QUERIES)).rootCause?.verdict).toBe('listener-detached')
  })

  it('is none in a log that tells of no socket’s end: it was used again', async () => {
    const log = `03:53:40.500 I 11> accepted connection fd=7 peer=127.0.0.1:50001
03:53:40.500 I 11> slot 1 <- fd 7
03:53:50.500 I 11> accepted connection fd=8 peer=127.0.0.1:50002
03:53:50.500 I 11> slot 1 <- fd 8
`
    expect(await racesOf(log)).toEqual([])
  })

  it('is one in such a log where the first owner is heard of later', async () => {
    const log = `03:53:40.500 I 11> accepted connection fd=7 peer=127.0.0.1:50001
03:53:40.500 I 11> slot 1 <- fd 7
03:53:50.500 I 11> accepted connection fd=8 peer=127.0.0.1:50002
03:53:50.500 I 11> slot 1 <- fd 8
03:53:51.500 I 11> fd 7 not found in socket table
`
    expect(await racesOf(log)).toHaveLength(1)
  })

  it.each([
    ['the socket is read from', 'recv fd=7 44 bytes'],
    ['the listening socket accepts', 'accepted connection fd=9 peer=127.0.0.1:50003'],
  ])('is none where %s well after that: the two slots belong to two tables', async (_, line) => {
    const log = (first: string) => `03:53:40.400 I 11> ${first}
03:53:40.500 I 11> slot 1 <- fd 7
03:53:40.500 I 12> slot 1 <- fd 8
03:53:45.500 I 11> ${line}
03:53:46.000 I 11> closed fd=3
`
    const listens = line.startsWith('accepted')
    expect(await racesOf(log(listens ? 'listening fd=7 port=9000' : 'socket() returned 7'))).toEqual([])
  })

  it('is one where the listening socket accepts only what was under way', async () => {
    const log = `03:53:40.400 I 11> listening fd=7 port=9000
03:53:40.500 I 11> slot 1 <- fd 7
03:53:40.500 I 12> slot 1 <- fd 8
03:53:40.510 I 11> accepted connection fd=9 peer=127.0.0.1:50003
03:53:46.000 I 11> closed fd=3
`
    expect(await racesOf(log)).toHaveLength(1)
  })

  it('costs the listening socket its place, also where the line that listens names no socket: the one that was bound is meant', async () => {
    const log = `03:53:40.100 I 11> bind fd=412 addr=127.0.0.1:9000
03:53:40.110 I 11> listen() ok backlog=128
03:53:40.200 I 11> slot 0 <- fd 412
03:53:40.200 I 12> slot 0 <- fd 416
03:53:42.001 W 13> no slot found for socket 412
03:53:58.000 I 13> heap 5 KB
`
    expect((await storyOf(log, QUERIES)).rootCause).toMatchObject({ verdict: 'slot-race', confidence: 'likely' })
    const two = log.replace('03:53:40.110', '03:53:40.105 I 11> bind fd=420 addr=127.0.0.1:9001\n03:53:40.110')
    expect((await storyOf(two, QUERIES)).rootCause?.verdict).not.toBe('slot-race')
  })

  it.each([
    ['by its port', 'Server ready on 0.0.0.0:9000'],
    ['by its address', 'gateway is listening on 127.0.0.1:9000'],
  ])(
    'costs the listening socket its place, also where another line tells once more that it listens: %s',
    async (_, line) => {
      const log = `03:53:40.100 I 11> listening fd=412 port=9000
03:53:40.110 I 11> ${line}
03:53:40.200 I 11> slot 0 <- fd 412
03:53:40.200 I 12> slot 0 <- fd 416
03:53:42.001 W 13> no slot found for socket 412
03:53:58.000 I 13> heap 5 KB
`
      expect((await storyOf(log, QUERIES)).rootCause).toMatchObject({ verdict: 'slot-race', confidence: 'likely' })
    },
  )

  it('is none where the arrays have two names', async () => {
    const log = `03:53:40.500 I 11> rx_socks[0] = 7
03:53:40.500 I 11> tx_socks[0] = 8
03:53:41.000 I 11> rx_socks[1] = 9
03:53:46.000 I 11> closed fd=9
`
    expect(await racesOf(log)).toEqual([])
  })

  it('is one where a line between does not name the array', async () => {
    const log = `03:53:40.500 I 11> rx_socks[0] = 7
03:53:40.500 I 11> slot 0 overwritten by fd 8
03:53:46.000 I 11> closed fd=9
`
    expect(await racesOf(log)).toHaveLength(1)
  })
})

describe('a table that fills a freed place with its last entry', () => {
  const STORED = `03:53:40.100 I 11> listening fd=5 port=9000
03:53:40.200 I 11> slot 0 <- fd 7
03:53:40.300 I 11> slot 1 <- fd 5
`
  /** The slot that the last entry left is given to the next connection. */
  const NEXT = `03:53:41.200 I 11> slot 1 <- fd 9
03:53:46.000 I 11> closed fd=3
`

  it.each([
    ['with both places', 'moved fd 5 from slot 1 to slot 0'],
    ['with the place that it gets', 'slot 0 <- fd 5'],
    ['as a swap', 'swapped fd 5 into slot 0'],
    ['without its number', 'slot 0 filled from slot 1'],
    ['together with the removal', 'slot 0: fd 7 removed, last entry fd 5 moved from slot 1 to slot 0'],
  ])('loses neither the entry that moves nor the one before it, where the line tells %s', async (_, line) => {
    expect(await racesOf(`${STORED}03:53:41.100 I 11> ${line}\n${NEXT}`)).toEqual([])
    expect(await racesOf(`${STORED}03:53:41.000 I 11> closed fd=7\n03:53:41.100 I 11> ${line}\n${NEXT}`)).toEqual([])
    expect(await racesOf(`${STORED}03:53:41.100 I 11> ${line}\n03:53:41.110 I 11> closed fd=7\n${NEXT}`)).toEqual([])
  })

  it('loses nothing where the stores name the table, and the move does not', async () => {
    const log = `${STORED.replaceAll('slot 0', 'clients[0]').replaceAll('slot 1', 'clients[1]')}03:53:41.100 I 11> moved fd 5 from slot 1 to slot 0
${NEXT.replace('slot 1', 'clients[1]')}`
    expect(await racesOf(log)).toEqual([])
    expect(await racesOf(log.replace(/.*moved.*\n/, ''))).toHaveLength(1)
  })

  it('loses the listening socket where the next connection is stored, and nothing has moved', async () => {
    expect(await racesOf(`${STORED}${NEXT}`)).toHaveLength(1)
  })

  it('loses the listening socket where the last entry is moved over it, and it was not removed', async () => {
    const log = `03:53:40.100 I 11> listening fd=5 port=9000
03:53:40.200 I 11> slot 0 <- fd 5
03:53:40.300 I 12> slot 1 <- fd 7
03:53:41.100 I 12> moved fd 7 from slot 1 to slot 0
03:53:42.000 W 13> no slot found for socket 5
03:53:46.000 I 11> closed fd=3
`
    const { rootCause, findings } = await storyOf(log, QUERIES)
    expect(rootCause?.claim).toContain('An entry that moved took slot 0')
    expect(findings.find(({ rule }) => rule === 'listener-overwritten')?.confidence).toBe('likely')
  })

  it('is not told to have taken the listening socket out of the table where only its former place is cleared', async () => {
    const log = `${STORED}03:53:41.000 I 11> closed fd=7
03:53:41.100 I 11> moved fd 5 from slot 1 to slot 0
03:53:41.110 I 11> slot 1 cleared
`
    expect((await storyOf(log, QUERIES)).rootCause?.verdict).not.toBe('listener-detached')
  })

  it('is none where a list of what is polled is built anew in another order', async () => {
    const log = `03:53:40.100 I 11> listening fd=5 port=9000
03:53:40.200 I 11> pollfds[0].fd = 5
03:53:40.300 I 11> pollfds[1].fd = 7
03:53:41.100 I 11> pollfds[0].fd = 7
03:53:41.101 I 11> pollfds[1].fd = 5
03:53:46.000 I 11> closed fd=3
`
    expect(await racesOf(log)).toEqual([])
  })
})

describe('a table that is listed whole', () => {
  const listed = (first: string, second: string) => `03:53:40.500 I 11> listening fd=12 port=9000
03:53:40.501 D 11> ${first}
03:53:40.900 D 11> ${second}
03:53:58.000 I 11> heap 5 KB
`

  it.each([
    ['place by place', 'slots: [0]=12(listen) [1]=-1', 'slots: [0]=15(link) [1]=-1'],
    ['in order', 'fd_table=[12, -1, -1]', 'fd_table=[15, -1, -1]'],
  ])('shows %s that another socket stands where the listening one did', async (_, first, second) => {
    const { rootCause } = await storyOf(listed(first, second), QUERIES)
    expect(rootCause?.verdict).toBe('slot-race')
    expect(rootCause!.claim).toContain('(lines 2 and 3): the listening socket 12 was overwritten by socket 15')
  })

  it('shows that the listening socket is in it no more', async () => {
    const { rootCause } = await storyOf(listed('slots: [0]=12 [1]=-1', 'slots: [0]=-1 [1]=-1'), QUERIES)
    expect(rootCause?.verdict).toBe('listener-detached')
  })

  it.each([
    ['another one came beside it', 'slots: [0]=12 [1]=-1', 'slots: [0]=12 [1]=15'],
    ['it moved, and another one took its place', 'slots: [0]=12 [1]=-1', 'slots: [0]=15 [1]=12'],
    ['the table is of other numbers', 'slots: [0]=77 [1]=-1', 'slots: [0]=78 [1]=-1'],
  ])('shows nothing where %s', async (_, first, second) => {
    expect(await racesOf(listed(first, second))).toEqual([])
  })

  it('shows no race of connections: one may have ended since', async () => {
    expect(
      await racesOf(`03:53:40.500 I 11> listening fd=12 port=9000
03:53:41.000 I 11> accepted connection fd=13 peer=127.0.0.1:50008
03:53:41.001 D 11> slots: [0]=12 [1]=13
03:53:49.000 D 11> slots: [0]=12 [1]=14
`),
    ).toEqual([])
  })
})

describe('a connection whose slot another one took', () => {
  const story = async (...more: readonly string[]) => {
    const lines = [
      '03:53:40.500 I 10> listening on port 9000, fd 5',
      '03:53:42.001 I 11> accepted fd 7 from 127.0.0.1:50001',
      '03:53:42.002 I 12> accepted fd 8 from 127.0.0.1:50009',
      '03:53:42.003 I 11> slot 1 <- fd 7',
      '03:53:42.003 I 12> slot 1 <- fd 8',
      '03:53:42.150 I 13> recv fd=8 44 bytes',
      ...more,
      '03:53:58.000 I 13> heap 5 KB\n',
    ]
    const served: Told = {
      clientPort: 50_009,
      open: 2.001,
      pushes: [[2.1, 44]],
      replies: [[2.2, 9]],
      verdict: 'healthy',
    }
    return (await storyOf(lines.join('\n'), QUERIES, served)).rootCause
  }

  it('is never read, and that is why', async () => {
    expect(await story()).toMatchObject({ verdict: 'slot-race', confidence: 'suspected' })
    const told = await story('03:53:44.150 W 13> fd 7 readable, no slot')
    expect(told).toMatchObject({ verdict: 'slot-race', confidence: 'likely' })
    expect(told!.claim).toContain('socket 7 of this connection was overwritten by socket 8')
  })

  it('waits for something else where it is read', async () => {
    expect((await story('03:53:42.200 I 13> recv fd=7 44 bytes'))?.verdict).toBe('accepted-no-reply')
  })
})
