import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import type { Finding } from '../../src/diagnosis/finding.ts'
import { storyOf, UTC } from '../support/correlated.ts'
import { logOf } from '../support/log-text.ts'
import { beats, captureOf, type Told, wireOf } from '../support/wire.ts'

const linesOf = (finding: Pick<Finding, 'evidence'>) => finding.evidence.flatMap(({ lines }) => lines)

const REFUSED: Told = { clientPort: 50_001, refused: [5], verdict: 'refused' }
const WAITS: Told = { clientPort: 50_002, open: 6, pushes: beats(6.5, 1, 8), verdict: 'ack-only' }

describe('a refused connection', () => {
  it('came to an address that the process does not listen on', async () => {
    const log = `03:53:40.500 I 1> socket created fd=5
03:53:40.501 I 1> listening fd=5 addr=::1:9000
03:53:55.000 I 1> heap 5 KB
`
    const { rootCause, chain } = await storyOf(log, REFUSED)
    expect(rootCause).toMatchObject({ verdict: 'other-address', confidence: 'likely' })
    expect(rootCause!.claim).toContain('::1 alone')
    expect(chain.flatMap(linesOf)).toContain(2)
  })

  it('came before the process listened', async () => {
    const log = `03:53:47.500 I 1> socket created fd=5
03:53:47.501 I 1> listening fd=5 addr=127.0.0.1:9000
`
    const { rootCause } = await storyOf(log, REFUSED, {
      ...WAITS,
      open: 9,
      pushes: [[9.5, 4]],
      replies: [[9.6, 4]],
      verdict: 'healthy',
    })
    expect(rootCause?.verdict).toBe('not-yet-listening')
    expect(rootCause!.claim).toContain('2.5')
  })

  it('came after the listening socket was closed', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:43.000 I 1> closing socket fd=5
03:53:55.000 I 1> heap 5 KB
`
    expect((await storyOf(log, REFUSED)).rootCause?.verdict).toBe('listener-closed')
  })

  it('has no cause in a log that says nothing of its port', async () => {
    const log = '03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9100\n03:53:55.000 I 1> heap 5 KB\n'
    expect((await storyOf(log, REFUSED)).rootCause).toBeNull()
  })
})

describe('a connection that nobody accepts', () => {
  it('waits in the queue of one of several processes that share the port, which accepts nothing', async () => {
    const line = (time: string, pid: number, message: string) =>
      JSON.stringify({ time: `2026-11-23T03:53:${time}Z`, pid, message })
    const log = [
      line('40.500', 101, 'listening fd=5 addr=127.0.0.1:9000'),
      line('40.600', 102, 'listening fd=5 addr=127.0.0.1:9000'),
      line('44.010', 101, 'accepted connection fd=6 peer=127.0.0.1:50008'),
      line('50.010', 101, 'accepted connection fd=7 peer=127.0.0.1:50009'),
      line('55.000', 101, 'heap 5 KB'),
    ]
    const served = (clientPort: number, open: number): Told => ({
      clientPort,
      open,
      pushes: [[open + 0.1, 44]],
      replies: [[open + 0.2, 4]],
      verdict: 'healthy',
    })
    const story = await storyOf(`${log.join('\n')}\n`, served(50_008, 4), WAITS, served(50_009, 10))
    expect(story.rootCause).toMatchObject({ verdict: 'shared-port', confidence: 'suspected' })
    expect(story.rootCause!.claim).toContain('and 102 ')
    expect(story.overrides.get(1)?.verdict).toBe('never-accepted')
  })

  it('waits in the queue of one that has a log of its own', async () => {
    const served = (clientPort: number, open: number): Told => ({
      clientPort,
      open,
      pushes: [[open + 0.1, 44]],
      replies: [[open + 0.2, 4]],
      verdict: 'healthy',
    })
    const told = [served(50_008, 4), WAITS, served(50_009, 10)].map((each, stream) =>
      wireOf({ stream, serverPort: 9000, ...each }),
    )
    const judged = async (address: string) => {
      const busy = `03:53:40.500 I listening on 127.0.0.1:9000
03:53:44.010 I accepted connection from 127.0.0.1:50008
03:53:50.010 I accepted connection from 127.0.0.1:50009
03:53:55.000 I heap 5 KB
`
      const idle = `03:53:40.600 I listening on ${address}:9000\n03:53:55.000 I heap 5 KB\n`
      const logs = [await logOf(busy, 0, 'one.log'), await logOf(idle, 1, 'two.log')]
      return correlate(told, captureOf(20), logs, UTC).rootCause
    }
    expect(await judged('0.0.0.0')).toMatchObject({ verdict: 'shared-port', confidence: 'suspected' })
    expect((await judged('0.0.0.0'))!.claim).toContain('the process of two.log')
    expect((await judged('10.9.9.9'))?.verdict).not.toBe('shared-port')
  })

  it.each([
    ['the listening socket was taken out of the poll set', 'removed fd 5 from poll set', 'listener-detached'],
    ['what accepts waits for a lock', 'acceptor: waiting for lock conn_table', 'waits-for-lock'],
  ])('waits because %s', async (_, line, verdict) => {
    const log = (more: string) => `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.000 I 1> accepted connection fd=6 peer=127.0.0.1:50009
03:53:42.000 I 1> ${line}
${more}03:53:55.000 I 1> heap 5 KB
`
    expect((await storyOf(log(''), WAITS)).rootCause).toMatchObject({ verdict, confidence: 'likely' })
    const later = '03:53:50.000 I 1> accepted connection fd=7 peer=127.0.0.1:50010\n'
    expect((await storyOf(log(later), WAITS)).rootCause?.verdict).not.toBe(verdict)
  })

  it('waits as it seems because no descriptor was left, where another call says so', async () => {
    const log = (seconds: string, words: string) => `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.000 I 1> accepted connection fd=6 peer=127.0.0.1:50009
03:53:${seconds} E 1> ${words}
03:53:58.000 I 1> heap 5 KB
`
    const early = await storyOf(log('45.000', 'open /var/spool/gate/7: Too many open files'), WAITS)
    expect(early.rootCause).toMatchObject({ verdict: 'descriptors-exhausted', confidence: 'suspected' })
    expect(early.rootCause!.claim).toContain('A call failed with EMFILE (line 3: “open /var/spool')
    expect(early.chain.find(({ claim }) => claim.includes('EMFILE'))?.standing).toBe('inferred')
    const late = await storyOf(log('57.000', 'open /var/spool/gate/7: Too many open files'), WAITS)
    expect(late.rootCause?.verdict).toBe('never-accepted')
    const own = await storyOf(log('46.100', 'accept: Too many open files'), WAITS)
    expect(own.rootCause).toMatchObject({ verdict: 'descriptors-exhausted', confidence: 'likely' })
    expect(own.rootCause!.claim).toContain('accept() failed with EMFILE (line 3)')
  })

  it.each([
    ['by its address', 'closing listener 127.0.0.1:9000', 'listener-closed'],
    ['by its address, another one', 'closing listener 127.0.0.1:9100', 'never-accepted'],
    ['as the only one', 'listener closed', 'listener-closed'],
  ])('waits at a listener that was closed, which the log names %s', async (_, words, verdict) => {
    const log = `03:53:40.500 I 1> listening on 127.0.0.1:9000
03:53:41.000 I 1> accepted connection fd=6 peer=127.0.0.1:50009
03:53:43.000 I 2> ${words}
03:53:58.000 I 1> heap 5 KB
`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe(verdict)
  })

  it('waits because the accepting thread died, and the log quotes its end', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001
03:53:43.000 E 1> acceptor thread died: NullPointerException
03:53:58.000 I 2> heap 5 KB
`
    const served: Told = { clientPort: 50_001, open: 1, pushes: [[1.2, 4]], replies: [[1.3, 4]], verdict: 'healthy' }
    const { rootCause, overrides } = await storyOf(log, served, WAITS)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(rootCause).toMatchObject({ verdict: 'accept-failed' })
    expect(rootCause!.claim).toContain('line 3')
  })

  it.each([
    [
      'Java',
      'Uncaught exception',
      'java.lang.IllegalStateException: duplicate session',
      '\tat com.acme.net.Acceptor.run(Acceptor.java:88)',
    ],
    [
      '.NET',
      'Unhandled',
      'System.ObjectDisposedException: disposed object.',
      '   at System.Net.Sockets.Socket.Accept()',
    ],
    ['Python', 'crashed', 'Traceback (most recent call last):', '  File "/srv/server.py", line 71, in accept_loop'],
    ['Go', 'recovered', 'goroutine 18 [running]:', 'main.(*Server).acceptLoop(0xc0000a2000)'],
  ])('waits because the code that accepts threw, as a trace of %s shows', async (_, ...trace) => {
    const log = (more: string) => `${listens}03:53:42.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001
03:53:43.000 E 1> ${trace.join('\n')}
${more}${goesOn}`
    const served: Told = { clientPort: 50_001, open: 2, pushes: [[2.2, 4]], replies: [[2.3, 4]], verdict: 'healthy' }
    const { rootCause, overrides } = await storyOf(log(''), served, WAITS)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(rootCause).toMatchObject({ verdict: 'accept-failed', confidence: 'likely' })
    const later = '03:53:50.000 I 1> accepted connection fd=7 peer=127.0.0.1:50010\n'
    expect((await storyOf(log(later), served, WAITS)).rootCause?.verdict).not.toBe('accept-failed')
  })

  it.each([
    [
      'Full thread dump OpenJDK 64-Bit Server VM:',
      '"acceptor" #12 prio=5 tid=0x1 nid=0x2 runnable',
      '\tat java.net.ServerSocket.accept(ServerSocket.java:533)',
    ],
    ['SIGQUIT: quit', 'goroutine 5 [IO wait, 12 minutes]:', 'net.(*TCPListener).Accept(0xc0000a2000)'],
  ])('is not laid to a thread that waits in accept(): %s', async (...dump) => {
    const log = `${listens}03:53:43.000 I 1> ${dump.join('\n')}\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).not.toBe('accept-failed')
  })

  it.each([
    'listener thread exited with code 0',
    'failed to start acceptor thread: EAGAIN',
    'accept handler threw: std::bad_function_call',
    "The thread 'AcceptThread' (0x1a4c) has exited with code 0 (0x0).",
    'exiting listener loop',
    'terminate called in thread accept: std::out_of_range',
    'AcceptEx not posted again after error 10053',
    'outstanding accepts: 0',
  ])('waits because nothing accepts any more: %s', async (line) => {
    const log = (at: string) => `${listens}03:53:${at} E 1> ${line}\n${goesOn}`
    for (const at of ['43.000', '46.500'])
      expect((await storyOf(log(at), WAITS)).rootCause).toMatchObject({
        verdict: 'accept-failed',
        confidence: 'likely',
      })
  })

  it.each([
    ['it could not be polled', 'epoll_ctl(EPOLL_CTL_MOD, 5): Bad file descriptor', 'listener-not-watched', 'likely'],
    ['it did not fit into the set', 'FD_SETSIZE exceeded: socket 5 ignored', 'listener-not-watched', 'likely'],
    [
      'no poll works any more',
      'ValueError: filedescriptor out of range in select()',
      'listener-not-watched',
      'suspected',
    ],
    [
      'it was refused by the poller',
      'could not register listener fd 5 with poller: EEXIST',
      'listener-not-watched',
      'likely',
    ],
    ['it was not armed again', 'fd 5 EPOLLONESHOT not re-armed', 'listener-detached', 'likely'],
    ['it is told of no event', 'epoll_ctl(4, EPOLL_CTL_MOD, 5, {events=0}) = 0', 'listener-detached', 'likely'],
    ['the poll set was rebuilt', 'poll set rebuilt without listening socket 5', 'listener-detached', 'likely'],
    ['it was taken out by its number', 'epoll_ctl(EPOLL_CTL_DEL, 5) ok', 'listener-detached', 'likely'],
    ['an operator paused it', 'accepting paused by operator', 'accepting-paused', 'likely'],
    ['it is in maintenance', 'entering maintenance mode', 'accepting-paused', 'suspected'],
    ['it is drained', 'draining: no new connections', 'accepting-paused', 'likely'],
    ['it paused, in Chinese', '连接数达到上限(1000), 暂停接受新连接', 'accepting-paused', 'likely'],
    ['it paused, in German', 'Annahme neuer Verbindungen pausiert', 'accepting-paused', 'likely'],
    ['a limit was reached', 'Maximum number of connections (64) reached', 'workers-exhausted', 'suspected'],
    ['another service is not there', 'waiting for database', 'waits-for-dependency', 'suspected'],
    ['the accepting thread is blocked', '"acceptor" #12 prio=5 waiting for monitor entry', 'waits-for-lock', 'likely'],
    ['the loop ended', 'io_context.run() returned', 'loop-ended', 'likely'],
    ['the loop hangs', 'watchdog: main loop has not run for 12 s', 'process-stood-still', 'suspected'],
  ])('waits because %s, until another one is accepted', async (_, line, verdict, confidence) => {
    const log = (more: string) => `${listens}03:53:42.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001
03:53:43.000 E 1> ${line}
${more}${goesOn}`
    const served: Told = { clientPort: 50_001, open: 2, pushes: [[2.2, 4]], replies: [[2.3, 4]], verdict: 'healthy' }
    expect((await storyOf(log(''), served, WAITS)).rootCause).toMatchObject({ verdict, confidence })
    const later = '03:53:50.000 I 1> accepted connection fd=7 peer=127.0.0.1:50010\n'
    expect((await storyOf(log(later), served, WAITS)).rootCause?.verdict).not.toBe(verdict)
  })

  it.each([
    'epoll_ctl(EPOLL_CTL_MOD, 5): Bad file descriptor',
    'entering maintenance mode',
    'accept thread ended',
    'accept failed: Too many open files',
  ])('is not laid to what did not keep one from being served that was made later: %s', async (line) => {
    const log = `${listens}03:53:43.000 E 1> ${line}\n${goesOn}`
    const later: Told = { clientPort: 50_003, open: 10, pushes: [[10.2, 4]], replies: [[10.3, 4]], verdict: 'healthy' }
    expect((await storyOf(log, WAITS, later)).rootCause).toBeNull()
  })

  it.each([
    'failed to bind parameter 3',
    'could not register listener with poller: EEXIST',
    'listener: error reading from client',
  ])(
    'did not reach another program because of what else could not be bound, or failed at the listener: %s',
    async (line) => {
      const { overrides } = await storyOf(`${listens}03:53:43.000 E 1> ${line}\n${goesOn}`, WAITS)
      expect(overrides.get(0)?.verdict).toBe('never-accepted')
    },
  )

  it('is left as the packets have it where the listening socket was handed to another process', async () => {
    const log = `${listens}03:53:43.000 I 1> passed listening fd 5 to child pid 4712\n${goesOn}`
    const { overrides, rootCause } = await storyOf(log, WAITS)
    expect(overrides.size).toBe(0)
    expect(rootCause).toMatchObject({ verdict: 'listener-closed', confidence: 'suspected' })
  })

  it('is not laid to a loop that ended while another one runs', async () => {
    const log = (more: string) => `${listens}03:53:43.000 E 1> event loop 3 stopped\n${more}${goesOn}`
    expect((await storyOf(log(''), WAITS)).rootCause).toMatchObject({ verdict: 'loop-ended', confidence: 'suspected' })
    const runs = '03:53:44.000 I 1> epoll_wait: fd 5 ready\n'
    expect((await storyOf(log(runs), WAITS)).rootCause?.verdict).not.toBe('loop-ended')
  })

  it('is not laid to a listening socket that was put into the poll', async () => {
    const log = `${listens}03:53:43.000 I 1> epoll_ctl(4, EPOLL_CTL_ADD, 5, {events=EPOLLIN, data=5}) = 0\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('is not laid to another socket that could not be polled', async () => {
    const log = `${listens}03:53:43.000 E 1> epoll_ctl(EPOLL_CTL_MOD, 9): Bad file descriptor\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).not.toBe('listener-not-watched')
  })

  it('is not laid to an operator who resumed before', async () => {
    const log = `${listens}03:53:42.000 I 1> accepting paused by operator\n03:53:43.000 I 1> accepting resumed\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('is no missing accept where a log that shows none tells of a client that it turned away', async () => {
    const log = `${listens}03:53:43.000 E 1> refused connect from 127.0.0.1\n${goesOn}`
    const later: Told = { clientPort: 50_003, open: 10, pushes: [[10.2, 4]], replies: [[10.3, 4]], verdict: 'healthy' }
    expect((await storyOf(log, WAITS, later)).overrides.size).toBe(0)
  })

  it.each([
    'TLS handshake complete (TLSv1.3)',
    'user bob logged in',
    'session 17 started',
    'spawned thread 7 for client',
    'sent banner "220 gate ready"',
    'recv 44 bytes',
    'recv 44 bytes fd=9',
  ])('may be the one that a log without accepts speaks of: %s', async (line) => {
    const log = (at: string) => `${listens}03:53:${at} I 1> ${line}\n${goesOn}`
    expect((await storyOf(log('46.010'), WAITS)).overrides.size).toBe(0)
    expect((await storyOf(log('43.010'), WAITS)).overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it.each([
    'recv: connection reset by peer',
    'Verbindung: Eine vorhandene Verbindung wurde vom Remotehost geschlossen.',
    'connection closed',
  ])('has its listener still where the thread that listens tells of the end of some connection: %s', async (line) => {
    const log = `${listens}03:53:43.000 I 1> ${line}\n${goesOn}`
    expect((await storyOf(log, WAITS)).overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it.each([
    ['accept: Zu viele offene Dateien', 'descriptors-exhausted'],
    ['accept: 打开的文件过多', 'descriptors-exhausted'],
    ['accept: Mauvais descripteur de fichier', 'accept-failed'],
    ['bind: Адрес уже используется', 'bind-failed'],
  ])('has the cause that the system tells in its own language: %s', async (line, verdict) => {
    const log = `${listens}03:53:43.000 E 1> ${line}\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe(verdict)
  })

  it('waits because the process closed its listening socket while another one holds it open', async () => {
    const served: Told = { clientPort: 50_001, open: 2, pushes: [[2.2, 4]], replies: [[2.3, 4]], verdict: 'healthy' }
    const accepted = '03:53:42.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001\n'
    const log = (more: string) => `${listens}${accepted}03:53:43.000 I 1> close(5) = 0\n${more}${goesOn}`
    const { rootCause } = await storyOf(log(''), served, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'listener-closed', confidence: 'suspected' })
    expect(rootCause!.claim).toContain('line 3')
    const again = '03:53:44.000 I 1> listening fd=5 addr=127.0.0.1:9000\n'
    expect((await storyOf(log(again), served, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('waits for the last of two listening sockets that were closed, and for none while one is open', async () => {
    const other = '03:53:41.000 I 1> listening fd=6 addr=127.0.0.1:9000\n'
    const closes = (fd: number, at: string): string => `03:53:${at} I 1> closing socket fd=${fd}\n`
    const one = await storyOf(listens + other + closes(6, '43.000') + goesOn, WAITS)
    expect(one.rootCause?.verdict).not.toBe('listener-closed')
    const both = await storyOf(listens + other + closes(6, '43.000') + closes(5, '44.000') + goesOn, WAITS)
    expect(both.rootCause).toMatchObject({ verdict: 'listener-closed' })
    expect(both.rootCause!.claim).toContain('line 4')
  })

  it('waits for a listening socket that was closed before, though the process listens anew later', async () => {
    const log = `${listens}03:53:43.000 I 1> closing socket fd=5\n03:53:52.000 I 1> listening fd=5 addr=127.0.0.1:9000\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause).toMatchObject({ verdict: 'listener-closed' })
  })

  it('does not wait for a socket that was closed only later, or that listened elsewhere', async () => {
    const later = `${listens}03:53:56.000 I 1> closing socket fd=5\n${goesOn}`
    expect((await storyOf(later, WAITS)).rootCause?.verdict).toBe('never-accepted')
    const elsewhere = '03:53:40.600 I 1> listening fd=7 addr=10.9.9.9:9000\n03:53:43.000 I 1> closing socket fd=7\n'
    expect((await storyOf(listens + elsewhere + goesOn, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it.each([
    ['before', (own: string, other: string) => own + other],
    ['after', (own: string, other: string) => other + own],
  ])('waits at one of two addresses of one port, the other one listened on %s', async (_, log) => {
    const other = '03:53:40.500 I 1> listening fd=7 addr=[::1]:9000\n'
    const text = log(listens.split('\n')[0]!.concat('\n'), other) + goesOn
    const { rootCause, chain } = await storyOf(text, WAITS)
    expect(rootCause?.verdict).toBe('never-accepted')
    const line = text.split('\n').findIndex((each) => each.includes('127.0.0.1:9000')) + 1
    expect(chain.find(({ claim }) => claim.includes('9000'))?.evidence.flatMap(({ lines }) => lines)).toContain(line)
  })

  it('is not laid to code that ended when the process was shut down, long after', async () => {
    const log = `${listens}03:53:56.000 I 1> accept thread joined\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('was not given to another program by a line that counts failures', async () => {
    const log = `${listens}03:53:43.000 I 1> listener statistics: 1 accepted, 0 failed\n${goesOn}`
    expect((await storyOf(log, WAITS)).overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('is not laid to an accept that failed once and went on', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.000 E 1> accept failed: Software caused connection abort
03:53:42.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001
03:53:58.000 I 2> heap 5 KB
`
    const served: Told = { clientPort: 50_001, open: 2, pushes: [[2.2, 4]], replies: [[2.3, 4]], verdict: 'healthy' }
    expect((await storyOf(log, served, WAITS)).rootCause?.verdict).not.toBe('accept-failed')
  })
})

describe('an accept() that only says that nobody waits', () => {
  it.each([
    'accept() returned -1, errno=11 (EAGAIN)',
    'accept: Resource temporarily unavailable',
    'WSAAccept: WSAEWOULDBLOCK (10035)',
    'WSAAccept failed: 10035',
    'accept: Interrupted system call',
  ])('has neither accepted nor failed: %s', async (line) => {
    const log = `${listens}03:53:42.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001\n03:53:47.000 D 1> ${line}\n${goesOn}`
    const served: Told = { clientPort: 50_001, open: 2, pushes: [[2.2, 4]], replies: [[2.3, 4]], verdict: 'healthy' }
    const { rootCause, overrides } = await storyOf(log, served, WAITS)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(rootCause?.verdict).not.toBe('accept-failed')
  })

  it('is not taken for the end of accepting where one client gave up', async () => {
    const log = `${listens}03:53:45.000 E 1> accept: Software caused connection abort\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).not.toBe('accept-failed')
  })

  it('failed where the descriptor is no socket any more', async () => {
    const log = `${listens}03:53:45.000 E 1> accept: Bad file descriptor\n${goesOn}`
    const { rootCause } = await storyOf(log, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'accept-failed' })
    expect(rootCause!.claim).toContain('EBADF')
  })
})

describe('a connection that is accepted and never answered', () => {
  it('waits for a worker where the log says that none is free', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:46.001 I 1> accepted connection fd=7 peer=127.0.0.1:50002
03:53:46.002 W 1> thread pool exhausted, 64 of 64 threads busy
03:53:58.000 I 2> heap 5 KB
`
    const { rootCause } = await storyOf(log, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'workers-exhausted', confidence: 'suspected' })
  })
})

describe('a listening socket whose port only the bind names', () => {
  it('is tied to it, as strace shows it', async () => {
    const log = `512 03:53:40.500000 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5
512 03:53:40.500100 bind(5, {sa_family=AF_INET, sin_port=htons(9000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
512 03:53:40.500200 listen(5, 16) = 0
512 03:53:58.000000 close(9) = 0
`
    const { scene, overrides } = await storyOf(log, WAITS)
    expect(scene.links[0]).toMatchObject({ port: 9000, ground: 'stated' })
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })
})

const listens = '03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000\n'
const goesOn = '03:53:58.000 I 1> heap 5 KB\n'

describe('why a connection is not served, in the words of common servers', () => {
  it.each([
    ['java.util.concurrent', 'Exception in thread "acceptor" java.lang.NullPointerException'],
    ['Boost.Asio', 'async_accept error: Operation canceled [system:125]'],
    ['.NET', 'EndAccept failed: ObjectDisposedException, BeginAccept not re-posted'],
    ['Kestrel', 'The connection listener failed to accept any new connections.'],
    ['IOCP', 'AcceptEx failed: 10055, no accept outstanding'],
  ])('the code that accepts ended (%s), and nobody else has the port', async (_, words) => {
    const { rootCause, overrides } = await storyOf(`${listens}03:53:43.000 E 1> ${words}\n${goesOn}`, WAITS)
    expect(rootCause?.verdict).toBe('accept-failed')
    expect(rootCause!.claim).toContain('line 2')
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it.each([
    ['nobody is free', 'All threads (200) are currently busy, waiting. Increase maxThreads (200)', 'workers-exhausted'],
    ['a pool is full', 'sorry, too many clients already', 'workers-exhausted'],
    [
      'the queue is full',
      'uWSGI listen queue of socket "127.0.0.1:9000" (fd: 3) full !!! (101/100)',
      'accept-queue-full',
    ],
    ['the kernel says so', 'TCP: Possible SYN flooding on port 9000. Sending cookies.', 'accept-queue-full'],
  ])('%s, while the connection waits', async (_, words, cause) => {
    const { rootCause } = await storyOf(`${listens}03:53:47.000 W 1> ${words}\n${goesOn}`, WAITS)
    expect(rootCause).toMatchObject({ verdict: cause, confidence: 'suspected' })
  })

  it('is not the queue of another port', async () => {
    const words = '03:53:47.000 W 1> TCP: Possible SYN flooding on port 9100. Sending cookies.\n'
    expect((await storyOf(listens + words + goesOn, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('is accepted, and the thread that should serve it waits for a lock', async () => {
    const log = `${listens}03:53:46.002 I 1> accepted connection fd=6 peer=127.0.0.1:50002
03:53:46.003 I 7> fd 6: waiting for lock session_table held by thread 3
${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause).toMatchObject({ verdict: 'waits-for-lock', confidence: 'likely' })
    const other = log.replace('fd 6: waiting', 'fd 8: waiting')
    expect((await storyOf(other, WAITS)).rootCause?.verdict).toBe('accepted-no-reply')
  })

  it('speaks TLS to a process that does not: the complaint names it, so that it was accepted', async () => {
    const log = `${listens}03:53:46.500 W 1> bad request line "\\x16\\x03\\x01" from 127.0.0.1:50002\n${goesOn}`
    const { rootCause, overrides, findings } = await storyOf(log, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'tls-failed', confidence: 'likely' })
    expect(overrides.get(0)?.verdict).not.toBe('never-accepted')
    expect(findings.map(({ rule }) => rule)).not.toContain('accept-missing')
  })

  it('is left in the queue by a process that accepts one connection each time an edge is reported', async () => {
    const log = `${listens}03:53:46.001 I 1> epoll_wait: fd=5 EPOLLIN|EPOLLET
03:53:46.001 D 1> accepted connection fd=6 peer=127.0.0.1:50009
${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause).toMatchObject({ verdict: 'queue-not-drained' })
    const level = log.replace('|EPOLLET', '')
    expect((await storyOf(level, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('waits while the whole process writes nothing, though it had been writing twice a second', async () => {
    const ticks = (from: number, to: number): string =>
      Array.from({ length: (to - from) * 2 }, (_, index) => `03:53:${(from + index / 2).toFixed(3)} I 1> tick\n`).join(
        '',
      )
    const frozen = listens + ticks(41, 47) + ticks(58, 60)
    const late: Told = { ...WAITS, open: 8, pushes: beats(8.5, 1, 5) }
    expect((await storyOf(frozen, late)).rootCause).toMatchObject({ verdict: 'process-stood-still' })
    expect((await storyOf(listens + ticks(41, 60), late)).rootCause?.verdict).toBe('never-accepted')
  })

  it('is not explained by a failed accept that a later one made good', async () => {
    const log = `${listens}03:53:41.100 E 1> accept failed: Too many open files
03:53:43.200 I 1> accepted connection fd=6 peer=127.0.0.1:50009
${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })
})

describe('an accept that the log lacks', () => {
  it('is not missing where the process closed the connection with a FIN: the kernel resets what it still queues', async () => {
    const closed: Told = { clientPort: 50_003, open: 6, pushes: [[6.1, 44]], serverFin: 6.2, verdict: 'half-close' }
    const { overrides, findings } = await storyOf(listens + goesOn, closed)
    expect(overrides.size).toBe(0)
    expect(findings.map(({ rule }) => rule)).not.toContain('accept-missing')
  })

  it('is not missing where the log was cut: the process goes on with what it had been logging', async () => {
    const served: Told = {
      clientPort: 50_001,
      open: 1,
      pushes: beats(1.1, 1, 15),
      replies: beats(1.101, 1, 15, 96),
      verdict: 'healthy',
    }
    const accepted = '03:53:41.001 I 1> accepted connection fd=6 peer=127.0.0.1:50001\n'
    const read = '03:53:41.101 I 1> recv fd=6 bytes=44\n'
    const { overrides } = await storyOf(listens + accepted + read, served, WAITS)
    expect(overrides.get(1)?.verdict).toBeUndefined()
    const whole = await storyOf(listens + accepted + read + goesOn, served, WAITS)
    expect(whole.overrides.get(1)?.verdict).toBe('accept-stopped')
  })
})

describe('a log that ends', () => {
  const accepted = '03:53:41.001 I 1> accepted connection fd=6 peer=127.0.0.1:50001\n'
  const read = '03:53:41.101 I 1> recv fd=6 bytes=44\n'
  const written = '03:53:41.102 I 1> sent 44 bytes fd=6\n'
  const mute: Told = { clientPort: 50_001, open: 1, pushes: beats(1.1, 1, 15), verdict: 'ack-only' }
  const verdictOf = async (log: string, own: Told) =>
    (await storyOf(listens + log, own, WAITS)).overrides.get(1)?.verdict

  it('was cut where what it had read goes on to come, though nothing is answered', async () => {
    expect(await verdictOf(accepted + read, mute)).toBeUndefined()
  })

  it('was cut where a connection whose end it would tell of is closed behind its last line', async () => {
    const told = `${accepted}03:53:41.200 I 1> accepted connection fd=7 peer=127.0.0.1:50009\n03:53:41.300 I 1> closed fd=7\n`
    const closed: Told = { clientPort: 50_001, open: 1, pushes: [[1.1, 44]], serverFin: 12, verdict: 'half-close' }
    expect(await verdictOf(told, closed)).toBeUndefined()
  })

  it('proves that nothing more was accepted where nothing of what it told of goes on', async () => {
    const once: Told = { ...mute, pushes: [[1.1, 44]] }
    expect(await verdictOf(accepted + read, once)).toBe('accept-stopped')
    expect(await verdictOf(accepted + read + written, { ...once, replies: [[1.102, 44]] })).toBe('accept-stopped')
  })

  it('proves it where the client goes on, and reads were never told of', async () => {
    expect(await verdictOf(accepted + written, mute)).toBe('accept-stopped')
  })

  it('ends with what its process did, where the client goes on and is not answered any more: it stands still', async () => {
    const stalled: Told = { ...mute, replies: [[1.102, 44]], verdict: 'peer-stalled' }
    expect(await verdictOf(accepted + read + written, stalled)).toBe('peer-stalled')
  })

  it('proves it where connections are closed later, if it tells of no close', async () => {
    const closed: Told = { clientPort: 50_001, open: 1, pushes: [[1.1, 44]], serverFin: 12, verdict: 'half-close' }
    expect(await verdictOf(accepted + read, closed)).toBe('accept-stopped')
  })

  it('proves it where the connection that ends later is one whose close it tells of', async () => {
    const closed: Told = { clientPort: 50_001, open: 1, pushes: [[1.1, 44]], serverFin: 12, verdict: 'half-close' }
    const log = `${accepted}03:53:41.300 I 1> closed fd=6\n`
    expect(await verdictOf(log, closed)).toBe('accept-stopped')
  })

  it('was cut where a connection is served that came behind its last line', async () => {
    const once: Told = { ...mute, pushes: [[1.1, 44]] }
    const late: Told = { clientPort: 50_004, open: 12, pushes: [[12.1, 4]], replies: [[12.2, 4]], verdict: 'healthy' }
    const log = listens + accepted + read
    expect((await storyOf(log, once, WAITS, late)).overrides.get(1)?.verdict).toBeUndefined()
    const refusedLate: Told = { clientPort: 50_004, refused: [12], verdict: 'refused' }
    expect((await storyOf(log, once, WAITS, refusedLate)).overrides.get(1)?.verdict).toBe('accept-stopped')
  })

  it('tells of an accept once, though the port was listened on again', async () => {
    const accept = (at: string): string => `03:53:${at} I 1> accepted connection on port 9000\n`
    const again = '03:53:44.000 I 1> closing socket fd=5\n03:53:44.500 I 1> listening fd=5 addr=127.0.0.1:9000\n'
    const served = (clientPort: number, open: number): Told => ({
      clientPort,
      open,
      pushes: [[open + 0.2, 4]],
      replies: [[open + 0.3, 4]],
      verdict: 'healthy',
    })
    const waits: Told = { ...WAITS, open: 5.05, pushes: beats(5.5, 1, 8) }
    const log = listens + accept('42.000') + again + accept('45.100') + goesOn
    const { scene, overrides } = await storyOf(log, served(50_001, 1.9), served(50_003, 5), waits)
    expect(scene.facts.map(({ accepted }) => accepted?.accepted?.line ?? null)).toEqual([2, 5, null])
    expect(overrides.get(2)?.verdict).toBe('accept-stopped')
  })

  it('tells whose queue an accept emptied where it names the address, too', async () => {
    const other = '03:53:40.600 I 1> listening fd=7 addr=[::1]:9000\n'
    const accept = (at: string, address: string): string => `03:53:${at} I 1> accepted connection on ${address}:9000\n`
    const six: Told = {
      client: '::1',
      server: '::1',
      clientPort: 50_007,
      open: 3,
      pushes: [[3.2, 4]],
      replies: [[3.3, 4]],
    }
    const log = listens + other + accept('43.100', '[::1]') + goesOn
    const { scene } = await storyOf(log, { ...WAITS, open: 2, pushes: beats(2.5, 1, 8) }, six)
    expect(scene.facts.map(({ accepted }) => accepted?.accepted?.line ?? null)).toEqual([null, 3])
    const any = '03:53:40.600 I 1> listening fd=7 addr=0.0.0.0:9001\n'
    const told = { ...WAITS, serverPort: 9001, server: '10.0.0.2', open: 2 }
    const wild = await storyOf(
      `${listens}${any}03:53:42.100 I 1> accepted connection on 10.0.0.2:9001\n${goesOn}`,
      told,
    )
    expect(wild.scene.facts[0]!.accepted?.accepted?.line).toBe(3)
  })

  it('was cut also where it tells of as much written as read', async () => {
    const served: Told = { ...mute, replies: beats(1.101, 1, 15, 96), verdict: 'healthy' }
    expect(await verdictOf(accepted + read + written, served)).toBeUndefined()
  })
})

describe('a stall that a line tells of', () => {
  const accepted =
    '03:53:57.900 I 1> accepted connection fd=7 peer=127.0.0.1:50002\n03:53:57.950 I 1> sent 44 bytes fd=7\n'
  const late: Told = {
    clientPort: 50_002,
    open: 6,
    pushes: beats(6.5, 1, 8),
    replies: [[17.95, 44]],
    verdict: 'delayed-accept',
  }
  const PAUSE = 'GC(7) Pause Full (Allocation Failure) 508M->507M(512M) 11512.331ms'

  it('is why a connection waited through it to be accepted', async () => {
    const { rootCause } = await storyOf(`${listens}03:53:57.800 I 1> ${PAUSE}\n${accepted}`, late)
    expect(rootCause).toMatchObject({ verdict: 'process-stood-still', confidence: 'likely' })
    expect(rootCause!.claim).toContain('line 2')
  })

  it('is not why one waited that came after it', async () => {
    const log = `${listens}03:53:44.000 I 1> ${PAUSE}\n03:53:50.000 I 1> heap 5 KB\n${accepted}`
    expect((await storyOf(log, late)).rootCause?.verdict).toBe('delayed-accept')
  })

  it('is not why one waits that is not accepted after it', async () => {
    const log = `${listens}03:53:48.000 I 1> GC(7) Pause Full (Allocation Failure) 508M->507M(512M) 2012.331ms\n${goesOn}`
    expect((await storyOf(log, WAITS)).rootCause?.verdict).toBe('never-accepted')
  })

  it('is why an answered connection is no longer answered', async () => {
    const stalled: Told = {
      clientPort: 50_001,
      open: 1,
      pushes: [[1.2, 4], ...beats(6.5, 1, 8)],
      replies: [[1.3, 4]],
      verdict: 'peer-stalled',
    }
    const log = `${listens}03:53:41.010 I 1> accepted connection fd=6 peer=127.0.0.1:50001\n03:53:57.800 I 1> ${PAUSE}\n${goesOn}`
    expect((await storyOf(log, stalled)).rootCause?.verdict).toBe('process-stood-still')
  })
})

describe('a lock for which the thread waits that was told of the connection', () => {
  const story = (waiting: string) =>
    storyOf(
      `03:53:40.500 I main> listening on port 9000, fd 5
03:53:46.003 I io-1> fd 5 readable
03:53:51.003 W watch> ${waiting}
03:53:58.000 I main> heap 5 KB
`,
      WAITS,
    )

  it('is why it is not accepted', async () => {
    const { rootCause } = await story('thread io-1 blocked 5000 ms on mutex g_tableLock (owner: worker-2)')
    expect(rootCause).toMatchObject({ verdict: 'waits-for-lock', confidence: 'likely' })
  })

  it('is not one for which another thread waits', async () => {
    const { rootCause } = await story('thread io-2 blocked 5000 ms on mutex g_tableLock (owner: worker-2)')
    expect(rootCause?.verdict).toBe('accept-held-up')
  })
})

describe('a process that has no descriptor left', () => {
  it('fails to accept in whichever language it says so', async () => {
    const log = `03:53:40.500 I 1> listening on port 9000
03:53:43.000 E 1> Error al aceptar la conexión: Demasiados archivos abiertos
03:53:58.000 I 1> heap 5 KB
`
    const { rootCause } = await storyOf(log, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'descriptors-exhausted', confidence: 'likely' })
    expect(rootCause!.claim).toContain('accept() failed with EMFILE')
  })
})

describe('a limit of workers', () => {
  const log = (...more: readonly string[]) =>
    [
      '03:53:39.500 I 1> ready to handle connections on port 9000',
      '03:53:40.500 W 1> [pool www] server reached pm.max_children setting (5), consider raising it',
      ...more,
      '03:53:58.000 I 1> heap 5 KB\n',
    ].join('\n')
  const SERVED: Told = { clientPort: 50_008, open: 4, pushes: [[4.1, 44]], replies: [[4.2, 4]], verdict: 'healthy' }

  it('holds for one that comes later', async () => {
    expect((await storyOf(log(), WAITS)).rootCause?.verdict).toBe('workers-exhausted')
  })

  it('holds no longer where another is served in between', async () => {
    expect((await storyOf(log(), SERVED, WAITS)).rootCause?.verdict).not.toBe('workers-exhausted')
  })
})

describe('a service that another process listens for', () => {
  const unit = (...lines: readonly string[]) =>
    [
      'Nov 23 03:53:40 host systemd[1]: Listening on gate.socket - Gate (0.0.0.0:9000).',
      ...lines.map((words) => `Nov 23 03:53:46 host systemd[1]: ${words}`),
      'Nov 23 03:53:58 host cron[5]: heap 5 KB\n',
    ].join('\n')

  it('fails, and the connection waits in the queue of a socket that stays open', async () => {
    const exited = 'gate.service: Main process exited, code=exited, status=1/FAILURE'
    for (const words of [exited, 'Failed to start gate.service - The gate.'])
      expect((await storyOf(unit(words), WAITS)).rootCause).toMatchObject({
        verdict: 'activation-failed',
        confidence: 'likely',
      })
  })

  it('is not the one that fails in the same log, and is none that started after all', async () => {
    const backup = await storyOf(unit("backup.service: Failed with result 'exit-code'."), WAITS)
    expect(backup.rootCause?.verdict).not.toBe('activation-failed')
    const again = await storyOf(
      unit("gate.service: Failed with result 'exit-code'.", 'Started gate.service - Gate.'),
      WAITS,
    )
    expect(again.rootCause?.verdict).not.toBe('activation-failed')
  })

  it('is none of a process that listens itself', async () => {
    const log = unit('Failed to start The backup.').replace(
      'systemd[1]: Listening on gate.socket - Gate (0.0.0.0:9000).',
      'gate[7]: listening on port 9000',
    )
    expect((await storyOf(log, WAITS)).rootCause?.verdict).not.toBe('activation-failed')
  })

  it('was passed no socket', async () => {
    const { rootCause } = await storyOf(unit('sd_listen_fds() returned 0'), WAITS)
    expect(rootCause).toMatchObject({ verdict: 'activation-failed', confidence: 'suspected' })
  })
})

describe('a connection that is passed on to another service', () => {
  const LISTENS =
    '03:53:40.500 I 1> listening on port 9000\n03:53:46.010 I 1> accepted connection from 127.0.0.1:50002\n'

  it('is not answered where that service cannot be reached', async () => {
    const failed = '03:53:47.500 W 1> connect to backend 10.0.0.7:8080 timed out\n03:53:58.000 I 1> heap 5 KB\n'
    expect((await storyOf(LISTENS + failed, WAITS)).rootCause).toMatchObject({
      verdict: 'upstream-failed',
      confidence: 'likely',
    })
  })

  it('is not left for what the process connects to for itself, or could not reach before', async () => {
    const metrics = '03:53:47.500 W 1> connect to 10.0.0.7:8125 failed: refused\n03:53:58.000 I 1> heap 5 KB\n'
    expect((await storyOf(LISTENS + metrics, WAITS)).rootCause?.verdict).toBe('accepted-no-reply')
    const before = '03:53:41.500 W 1> connect to backend 10.0.0.7:8080 timed out\n'
    const story = await storyOf(`${before}${LISTENS}03:53:58.000 I 1> heap 5 KB\n`, WAITS)
    expect(story.rootCause?.verdict).toBe('accepted-no-reply')
  })

  it('was reset by Docker’s proxy, which tells of no accept', async () => {
    const log = `03:53:40.500 I 1> docker-proxy started host-ip=0.0.0.0 host-port=9000 container-ip=172.17.0.2 container-port=80
03:53:46.120 W 1> Can't forward traffic to backend tcp/172.17.0.2:80: dial tcp 172.17.0.2:80: connect: connection refused
03:53:58.000 I 1> heap 5 KB
`
    const reset: Told = { ...WAITS, pushes: [[6.1, 44]], serverRst: 6.2, verdict: 'reset-unread-data' }
    const { rootCause, overrides } = await storyOf(log, reset)
    expect(rootCause?.verdict).toBe('upstream-failed')
    expect(overrides.size).toBe(0)
  })
})

describe('a thread that accepts', () => {
  const LISTENS =
    '03:53:40.500 I main> listening on port 9000\n03:53:44.010 I acc> accepted connection fd=6 peer=127.0.0.1:50008\n'
  const FIRST: Told = { clientPort: 50_008, open: 4, pushes: [[4.1, 44]], verdict: 'ack-only' }
  const GOES_ON = '03:53:58.000 I main> heap 5 KB\n'
  const reads = (thread: string) => `03:53:44.110 I ${thread}> recv fd=6 bytes=44\n`

  it('has not come back from a connection that it serves itself', async () => {
    const { rootCause } = await storyOf(LISTENS + reads('acc') + GOES_ON, FIRST, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'accept-thread-busy', confidence: 'suspected' })
    expect(rootCause!.claim).toContain('port 50008')
  })

  it.each([
    ['where another one serves', reads('worker')],
    ['where another one serves as well', `03:53:44.050 I worker> recv fd=6 bytes=4\n${reads('acc')}`],
    ['where its connection was answered', `${reads('acc')}03:53:44.210 I acc> sent fd=6 bytes=9\n`],
  ])('is not held up by it %s', async (where, lines) => {
    const first: Told = where.includes('answered') ? { ...FIRST, replies: [[4.2, 9]], verdict: 'healthy' } : FIRST
    const { rootCause } = await storyOf(LISTENS + lines + GOES_ON, first, WAITS)
    expect(rootCause?.verdict).toBe('accept-stopped')
  })
})
