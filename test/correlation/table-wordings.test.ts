import { describe, expect, it } from 'vitest'
import { storyOf } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const QUERIES: Told = { clientPort: 50_001, serverPort: 9000, open: 2, pushes: beats(2.1, 2.1, 6), verdict: 'ack-only' }

/** A log whose lines are of threads 11 and 12, and of 13, which polls. */
const racing = (stores: readonly [string, string], ...polled: readonly string[]) => {
  const log = [
    '03:53:40.500 I 11> listening on port 9000, fd 5',
    `03:53:40.501 I 11> ${stores[0]}`,
    `03:53:40.501 I 12> ${stores[1]}`,
    ...polled.map((words) => `03:53:42.001 W 13> ${words}`),
    '03:53:58.000 I 13> heap 5 KB',
  ]
  return storyOf(`${log.join('\n')}\n`, QUERIES)
}
const causeOf = async (...told: Parameters<typeof racing>) => (await racing(...told)).rootCause

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
    ['members of a class', 'handlers_[4] = fd 5', 'handlers_[4] = fd 7'],
    ['a method of a table', 'SocketTable::Set(3, 5)', 'SocketTable::Set(3, 7)'],
    ['a place that was chosen', 'picked index 0 for fd 5', 'picked index 0 for fd 7'],
    ['a place that changes its state', 'slot=0 state=FREE->USED fd=5', 'slot=0 state=FREE->USED fd=7'],
    ['a verb of loss', 'started', 'poll array: fd 7 overwrites fd 5 at 0'],
    ['an entry that was clobbered', 'slot 0 = 5', 'entry 0 clobbered: fd 5 lost, now fd 7'],
    ['a key that is handed on', 'started', 'session map: key 0 rebound from fd 5 to fd 7'],
    ['an event of an array', 'WSAEventSelect(5) -> event[0]', 'WSAEventSelect(7) -> event[0]'],
    ['a list that two made longer by one', 'sockets.add(5) size=1', 'sockets.add(7) size=1'],
    ['French, told by a verb', 'socket 5 placé dans la case 0', 'case 0 : socket 5 écrasé par socket 7'],
    ['French', 'socket 5 placé dans la case 0', 'socket 7 placé dans la case 0'],
    ['Russian', 'сокет 5 записан в слот 0', 'сокет 7 записан в слот 0'],
    ['Chinese', '套接字 5 存入槽位 0', '套接字 7 存入槽位 0'],
    ['Japanese', 'ソケット 5 をスロット 0 に登録', 'ソケット 7 をスロット 0 に登録'],
    ['Korean', '소켓 5를 슬롯 0에 저장', '소켓 7을 슬롯 0에 저장'],
  ])('is known from %s', async (_, first, second) => {
    expect(await causeOf([first, second], 'readable socket 5 not found in table')).toMatchObject({
      verdict: 'slot-race',
      confidence: 'likely',
    })
    expect(await causeOf([first, second])).toMatchObject({ verdict: 'slot-race', confidence: 'suspected' })
  })

  it('is less sure where the 0 that a call returned may be its success', async () => {
    const sureness = async (first: string, second: string, ...polled: string[]) =>
      (await racing([first, second], ...polled)).findings.find(({ rule }) => rule === 'listener-overwritten')
        ?.confidence
    const missed = 'readable socket 5 not found in table'
    expect(await sureness('AddSocket(5) -> 0', 'AddSocket(7) -> 0')).toBe('suspected')
    expect(await sureness('AddSocket(5) -> 0', 'AddSocket(7) -> 0', missed)).toBe('likely')
    expect(await sureness('ClaimSlot(5): slot 0', 'ClaimSlot(7): slot 0')).toBe('likely')
    expect(await sureness('ClaimSlot(5): slot 0', 'ClaimSlot(7): slot 0', missed)).toBe('certain')
  })

  it.each([
    ['two tables', 'listen table: AddSocket(5) -> 0', 'client table: AddSocket(7) -> 0'],
    ['two tables by their classes', 'ListenerTable::Set(0, 5)', 'ClientTable::Set(0, 7)'],
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
    'fd 5 signalled but handlers_[4] holds fd 13, skipping',
    'Select returned fd 5, which is in no position',
    'event for fd not in slots fd=5',
    'socket 5 lisible, aucune entrée correspondante',
    '套接字 5 可读，但未找到匹配项',
  ])('is not found by a poll loop that says “%s”', async (words) => {
    const { rootCause, overrides } = await racing(['started', 'heartbeat sent'], words)
    expect(rootCause).toMatchObject({ verdict: 'listener-not-matched', confidence: 'likely' })
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'likely' })
  })

  it('was dropped by a sweep that took it for an idle session, and goes on listening', async () => {
    const sweep = 'idle timeout: session 0 (fd 5) expired after 1500 ms, removing from table'
    expect(await causeOf(['started', sweep])).toMatchObject({ verdict: 'listener-detached', confidence: 'likely' })
  })
})

describe('processes of one program in one log', () => {
  const raced = async (...pids: readonly [number, number, number]) => {
    const words = ['listening on port 9000, fd 5', 'slot 0 = fd 5', 'slot 0 = fd 7']
    const lines = words.map((each, index) => `Nov 23 03:53:40 host gate[${pids[index]}]: ${each}`)
    const log = `${lines.join('\n')}\nNov 23 03:53:58 host gate[100]: heap 5 KB\n`
    return (await storyOf(log, QUERIES)).rootCause?.verdict
  }

  it('have a table each', async () => {
    expect(await raced(100, 100, 100)).toBe('slot-race')
    expect(await raced(100, 100, 200)).toBe('never-accepted')
  })
})

describe('a place that a connection takes from another', () => {
  const findingsOf = async (first: string, second: string) =>
    (await racing([first, second])).findings.map(({ rule }) => rule)

  it('is lost where nothing says why', async () => {
    expect(await findingsOf('session 4 gets fd 7', 'session 4 gets fd 8')).toContain('slot-written-twice')
  })

  it.each([
    ['its client came again', 'session 4 gets fd 7', 'session 4: fd 7 displaced by fd 8 (duplicate login)'],
    ['files are meant', 'file cache: entry 0 -> fd 9', 'file cache: entry 0 -> fd 11'],
    ['a test overwrites it', 'self-test: slot 0 <- fd 3', 'self-test: slot 0 <- fd 4'],
    ['each thread keeps a list of its own', 'conns.add(7) size=1', 'conns.add(8) size=1'],
  ])('is none where %s', async (_, first, second) => {
    expect(await findingsOf(first, second)).not.toContain('slot-written-twice')
  })
})

describe('a line that stores a listening socket with its port', () => {
  it('tells that it listens', async () => {
    const log = [
      '03:53:40.500 I 11> listener registered addr=0.0.0.0:9000 fd=5 idx=0',
      '03:53:40.501 I 12> conn registered fd=8 idx=0',
      '03:53:58.000 I 13> heap 5 KB',
    ]
    const { rootCause, overrides } = await storyOf(`${log.join('\n')}\n`, QUERIES)
    expect(rootCause?.verdict).toBe('slot-race')
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })
})

describe('a listening socket that was taken out of the poll', () => {
  it.each([['FD_SET(5, &readfds)'], ['epoll_ctl(EPOLL_CTL_ADD, 5) ok'], ['put fd 5 back into epoll']])(
    'is watched again after “%s”',
    async (again) => {
      expect((await causeOf(['started', 'removed fd 5 from poll set']))?.verdict).toBe('listener-detached')
      const log = ['listening on port 9000, fd 5', 'removed fd 5 from poll set', again, 'heap 5 KB']
      const lines = log.map((words, index) => `03:53:${40 + index * 6}.500 I 11> ${words}`)
      const told = await storyOf(`${lines.join('\n')}\n`, QUERIES)
      expect(told.rootCause?.verdict).not.toBe('listener-detached')
    },
  )
})

describe('a trace of calls', () => {
  const TRACE = [
    '40.500000 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5',
    '40.500100 bind(5, {sa_family=AF_INET, sin_port=htons(9000), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
    '40.500200 listen(5, 128) = 0',
    '40.500300 epoll_ctl(4, EPOLL_CTL_ADD, 5, {EPOLLIN, {u32=0, u64=0}}) = 0',
  ]
  const traced = async (...calls: readonly string[]) => {
    const lines = [...TRACE, ...calls, '58.000000 write(1, "heap", 4) = 4'].map((call) => `03:53:${call}`)
    return storyOf(`${lines.join('\n')}\n`, QUERIES)
  }

  it('shows two sockets of which epoll tells by one number', async () => {
    const { rootCause } = await traced('40.500400 epoll_ctl(4, EPOLL_CTL_ADD, 7, {EPOLLIN, {u32=0, u64=0}}) = 0')
    expect(rootCause).toMatchObject({ verdict: 'slot-race', confidence: 'suspected' })
  })

  it('shows two sets, each of which tells of one socket', async () => {
    const { rootCause } = await traced('40.500400 epoll_ctl(6, EPOLL_CTL_ADD, 7, {EPOLLIN, {u32=0, u64=0}}) = 0')
    expect(rootCause?.verdict).toBe('never-accepted')
  })

  it('shows what a process writes to its output, which is no connection', async () => {
    const { overrides } = await traced()
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })
})

describe('a listening socket that its table does not take', () => {
  it('is served by nobody', async () => {
    const refused = 'TryAdd(0) failed for fd 5: key already present (fd 7)'
    expect(await causeOf(['started', refused])).toMatchObject({ verdict: 'listener-not-watched', confidence: 'likely' })
    expect((await causeOf(['started', refused.replace('fd 5', 'fd 9')]))?.verdict).toBe('never-accepted')
  })
})

describe('a socket that is stored promptly after the handshake', () => {
  it('may be the one that was accepted, so that no accept is missed', async () => {
    const { overrides } = await racing(['started', 'ready'], 'session 1 opened for socket 7')
    expect(overrides.get(0)?.verdict).toBeUndefined()
  })
})
