import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { correlated } from '../support/correlated.ts'
import { logOf } from '../support/log-text.ts'
import { beats, captureOf, type Told, wireOf } from '../support/wire.ts'

const judge = (told: readonly Told[], ...texts: readonly string[]) => correlated(told, texts, 10)

const LISTENING = '2026-11-23T03:53:39.000Z INFO network[1:1] listening fd=5 addr=127.0.0.1:9000 backlog=16\n'
const ALIVE = '2026-11-23T03:53:49.900Z INFO network[1:2] watchdog fed, lap 2\n'
const accepts = (time: string, port: number, fd = 6) =>
  `2026-11-23T03:53:${time}Z INFO network[1:1] accepted connection fd=${fd} peer=127.0.0.1:${port}\n`
const receives = (time: string, bytes: number, fd = 6) =>
  `2026-11-23T03:53:${time}Z DEBUG network[1:3] recv fd=${fd} bytes=${bytes}\n`
const MUTE: Told = { clientPort: 50_001, open: 2, pushes: beats(2.5, 1, 7) }

describe('a connection judged with the log of the process that listens', () => {
  it('was never accepted where the log, which shows sockets and goes on, shows no accept', async () => {
    const { overrides, findings } = await judge([MUTE], LISTENING + ALIVE)
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'likely' })
    expect(findings.map((finding) => finding.rule)).toEqual(['accept-missing'])
  })

  it('is only suspected not to be accepted where the log ends with a line of that moment', async () => {
    const ends = LISTENING + ALIVE.replace('49.900', '42.000')
    const { overrides } = await judge([MUTE], ends)
    expect(overrides.get(0)?.confidence).toBe('suspected')
  })

  it.each([
    ['fails with the error that it names', 'accept4: EBADF on fd 6'],
    ['gives no socket', 'FreeRTOS_accept returned NULL, out of sockets'],
    ['is not outstanding any more', 'sessions 0, outstanding accepts 0'],
  ])('was not accepted where accept() %s', async (_, words) => {
    const { overrides } = await judge(
      [MUTE],
      `${LISTENING}2026-11-23T03:53:42.010Z WARN network[1:1] ${words}\n${ALIVE}`,
    )
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('is told to be without an answer where it was accepted, and the packets alone speak for that it was not read', async () => {
    const unread: Told = { ...MUTE, candidates: ['accepted-never-read'] }
    const { overrides, findings, rootCause } = await judge(
      [unread],
      `${LISTENING}${accepts('42.002', 50_001)}2026-11-23T03:53:42.003Z DEBUG network[1:3] fd 6: waiting for session lock held by thread 2\n${ALIVE}`,
    )
    expect(overrides.get(0)).toMatchObject({ verdict: 'accepted-never-read', confidence: 'suspected' })
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([['answer-missing', 'suspected']])
    expect(rootCause?.verdict).toBe('waits-for-lock')
  })

  it('is left as the packets have it where a log that shows no accepts stores a socket from nowhere after the handshake', async () => {
    const stored = (time: string) => `2026-11-23T03:53:${time}Z INFO network[1:1] Attach: i=1\n`
    const listener = `2026-11-23T03:53:39.000Z INFO network[1:1] Socket 5 created\n${LISTENING}2026-11-23T03:53:39.100Z INFO network[1:1] Attach: i=0\n`
    expect((await judge([MUTE], listener + stored('42.010') + ALIVE)).overrides.size).toBe(0)
    const { overrides } = await judge([MUTE], listener + stored('45.010') + ALIVE)
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('is only suspected not to be accepted where the log says no more than which port it serves', async () => {
    const banner = '2026-11-23T03:53:39.000Z INFO Uvicorn running on http://127.0.0.1:9000 (Press CTRL+C to quit)\n'
    const { overrides, rootCause } = await judge([MUTE], banner + ALIVE)
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'suspected' })
    expect(rootCause?.confidence).toBe('suspected')
  })

  it('was never accepted where a log that names no socket tells of bind()', async () => {
    const bound = '2026-11-23T03:53:38.000Z INFO bound to 127.0.0.1:9000\n'
    const { overrides } = await judge([MUTE], bound + LISTENING.replace('fd=5 ', '') + ALIVE)
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'likely' })
  })

  it('was never accepted, too, where the line that tells of listening is written after it was made', async () => {
    const served: Told = {
      clientPort: 50_002,
      open: 2.1,
      pushes: [[2.2, 44]],
      replies: [[2.3, 44]],
      verdict: 'healthy',
    }
    const begins = ALIVE.replace('03:53:49.900', '03:53:39.000')
    const late = LISTENING.replace('03:53:39.000', '03:53:43.500')
    const { overrides, scene } = await judge([MUTE, served], begins + accepts('42.101', 50_002) + late + ALIVE)
    expect(scene.processes[0]!.clock).toMatchObject({ offset: 0 })
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('is left as the packets have it where nothing else shows that a log which listens late is of this run', async () => {
    const late = LISTENING.replace('03:53:39.000', '03:53:43.500')
    expect((await judge([MUTE], late + ALIVE)).overrides.size).toBe(0)
  })

  it('is not put under an accept of hours ago from the same port by whichever zone moves that behind it', async () => {
    const hourAgo = '2026-11-23 02:53:40.000 INFO accepted connection fd=7 peer=127.0.0.1:50001\n'
    const begin = '2026-11-23 01:53:40.000 INFO listening fd=5 addr=127.0.0.1:9000\n'
    const { overrides, scene } = await judge([MUTE], `${begin}${hourAgo}2026-11-23 03:53:49.000 INFO watchdog fed\n`)
    expect(scene.processes[0]!.clock).toBeNull()
    expect(overrides.size).toBe(0)
  })

  it('is not said to be never read for a window that closed for a moment', async () => {
    const { overrides, chain } = await judge(
      [{ ...MUTE, zeroWindow: 3 }],
      LISTENING + accepts('42.001', 50_001) + ALIVE,
    )
    expect(JSON.stringify([...overrides.values(), chain])).not.toContain('window close')
    const closed = await judge(
      [{ ...MUTE, zeroWindow: 3, verdict: 'zero-window-stall' }],
      LISTENING + accepts('42.001', 50_001) + ALIVE,
    )
    expect(closed.overrides.get(0)?.verdict).toBe('accepted-never-read')
  })

  it('is only suspected not to be accepted where the log ends before it was made', async () => {
    const { overrides } = await judge([MUTE], LISTENING)
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted', confidence: 'suspected' })
    expect(overrides.get(0)!.candidates[0]!.reasons).toContain('the log’s last line is older than this connection')
  })

  it('is left as the packets have it where the log is of another port', async () => {
    const { overrides, chain } = await judge([MUTE], LISTENING.replace('9000', '9001') + ALIVE)
    expect(overrides.size).toBe(0)
    expect(chain.map((step) => step.claim).join()).not.toContain('accept()')
  })

  it('is left as the packets have it where the listener serves others without ever writing an accept', async () => {
    const served: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 9]] }
    const { overrides } = await judge([served, MUTE], LISTENING + ALIVE)
    expect(overrides.size).toBe(0)
  })

  it('does not wait for a poll where the listener serves others without ever writing an accept', async () => {
    const served: Told = { clientPort: 50_002, open: 0.5, pushes: [[0.6, 44]], replies: [[0.7, 9]] }
    const polled = '2026-11-23T03:53:40.515Z INFO network[1:1] readable socket list:5,\n'
    const { findings } = await judge([served, MUTE], LISTENING + polled + ALIVE)
    expect(findings.map(({ rule }) => rule)).not.toContain('listener-not-polled')
  })

  it('is left as the packets have it where the process serves another port without ever writing an accept', async () => {
    const served: Told = { clientPort: 50_002, serverPort: 9001, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 9]] }
    const { overrides } = await judge([served, MUTE], LISTENING + LISTENING.replace('9000', '9001') + ALIVE)
    expect(overrides.size).toBe(0)
  })

  it('may be the one that was accepted under another address, as behind a NAT', async () => {
    const text = LISTENING + accepts('42.001', 61_000).replace('peer=127.0.0.1', 'peer=172.17.0.1') + ALIVE
    expect((await judge([MUTE], text)).overrides.size).toBe(0)
  })

  it('was not the one from elsewhere that was accepted, where the log names clients as the capture does', async () => {
    const served: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 9]] }
    const elsewhere = accepts('42.001', 61_000, 7).replace('peer=127.0.0.1', 'peer=172.17.0.1')
    const { overrides } = await judge([served, MUTE], LISTENING + accepts('41.001', 50_002) + elsewhere + ALIVE)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
  })

  it('was never accepted where a client from elsewhere was accepted at another time', async () => {
    const text = LISTENING + accepts('45.001', 61_000).replace('peer=127.0.0.1', 'peer=172.17.0.1') + ALIVE
    expect((await judge([MUTE], text)).overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('is the one of an accept without a peer, where the other accept names another client', async () => {
    const served: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 9]] }
    const nameless = '2026-11-23T03:53:42.001Z INFO network[1:1] accepted connection fd=7\n'
    const { scene } = await judge([served, MUTE], LISTENING + accepts('41.001', 50_002) + nameless + ALIVE)
    expect(scene.facts.map(({ accepted }) => accepted?.handle)).toEqual(['6', '7'])
  })

  it('is told from others by the listening port that an accept without a peer names', async () => {
    const other: Told = { clientPort: 50_002, serverPort: 9001, open: 1, pushes: beats(1.5, 1, 8) }
    const accepted = '2026-11-23T03:53:41.001Z INFO network[1:1] accepted connection on port 9001\n'
    const { overrides } = await judge([other, MUTE], LISTENING + LISTENING.replace('9000', '9001') + accepted + ALIVE)
    expect(overrides.get(0)?.verdict).toBe('accepted-no-reply')
    expect(overrides.get(1)?.verdict).toBe('never-accepted')
  })

  it('shows an onset where earlier connections were accepted', async () => {
    const early: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 9]], serverFin: 1.5 }
    const { overrides } = await judge([early, MUTE], LISTENING + accepts('41.001', 50_002) + ALIVE)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(overrides.get(1)?.candidates.find((each) => each.verdict === 'never-accepted')?.standing).toBe(
      'contradicted',
    )
  })

  it('is taken to be accepted, unseen, where others that came later are: a queue is first in, first out', async () => {
    const served: Told = { clientPort: 50_002, open: 3, pushes: [[3.1, 44]], replies: [[3.2, 44]], verdict: 'healthy' }
    const last: Told = { ...MUTE, clientPort: 50_003, open: 4, pushes: beats(4.5, 1, 5) }
    const { overrides } = await judge([MUTE, served, last], LISTENING + accepts('43.001', 50_002) + ALIVE)
    expect([overrides.get(0)?.verdict, overrides.get(2)?.verdict]).toEqual([undefined, 'accept-stopped'])
  })

  it('is no onset where later connections are accepted: the listener did not stop', async () => {
    const early: Told = { clientPort: 50_002, open: 1, replies: [[1.2, 9]], serverFin: 1.5 }
    const late: Told = { clientPort: 50_003, open: 4, replies: [[4.2, 9]] }
    const text = LISTENING + accepts('41.001', 50_002) + accepts('44.001', 50_003, 7) + ALIVE
    expect((await judge([early, MUTE, late], text)).overrides.get(1)).toBeUndefined()
  })

  it('shows the process standing still where a connection that it was answering falls silent too', async () => {
    const stalled: Told = {
      clientPort: 50_002,
      open: 0.2,
      pushes: beats(0.5, 0.5, 18),
      replies: beats(0.51, 0.5, 3),
      verdict: 'peer-stalled',
    }
    const { overrides, rootCause } = await judge([stalled, { ...MUTE, open: 3 }], LISTENING + accepts('40.201', 50_002))
    expect(overrides.get(1)?.verdict).toBe('peer-stalled')
    expect(rootCause?.verdict).toBe('process-stood-still')
  })

  it('was accepted and not read where the log shows the reads of others', async () => {
    const other: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 20]], replies: [[1.2, 9]] }
    const text = LISTENING + accepts('41.001', 50_002) + receives('41.101', 20) + accepts('42.001', 50_001, 7) + ALIVE
    const { overrides } = await judge([other, MUTE], text)
    expect(overrides.get(1)?.verdict).toBe('accepted-never-read')
  })

  it('was read and not answered where the client repeats its request', async () => {
    const text = LISTENING + accepts('42.001', 50_001) + receives('42.501', 44) + receives('43.501', 44) + ALIVE
    expect((await judge([MUTE], text)).overrides.get(0)?.verdict).toBe('accepted-no-reply')
  })

  it('is only suspected to be owed an answer where one message was read and the client keeps silent', async () => {
    const once: Told = { ...MUTE, pushes: [[2.5, 44]] }
    const text = LISTENING + accepts('42.001', 50_001) + receives('42.501', 44) + ALIVE
    const { overrides } = await judge([once], text)
    expect(overrides.get(0)).toMatchObject({ verdict: 'accepted-no-reply', confidence: 'suspected' })
  })

  it('is owed an answer, whatever it sends, where the listener answers others', async () => {
    const other: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 20]], replies: [[1.2, 9]] }
    const mixed: Told = {
      ...MUTE,
      pushes: [
        [2.5, 180],
        [3, 366],
        [4, 255],
      ],
    }
    const text =
      LISTENING + accepts('41.001', 50_002) + accepts('42.001', 50_001, 7) + receives('42.501', 180, 7) + ALIVE
    const { overrides } = await judge([other, mixed], text)
    expect(overrides.get(1)).toMatchObject({ verdict: 'accepted-no-reply', confidence: 'likely' })
  })

  it('is healthy one way where it was read and no two of its messages are alike', async () => {
    const stream: Told = {
      clientPort: 50_001,
      open: 2,
      pushes: [
        [2.5, 180],
        [3, 366],
        [4, 255],
        [5, 252],
      ],
    }
    const text = LISTENING + accepts('42.001', 50_001) + receives('42.501', 180) + receives('43.001', 366) + ALIVE
    expect((await judge([stream], text)).overrides.get(0)?.verdict).toBe('healthy-one-way')
  })

  it('was not read where its window closed, though the log shows no reads at all', async () => {
    const told: Told = { ...MUTE, zeroWindow: 5, verdict: 'zero-window-stall' }
    expect((await judge([told], LISTENING + accepts('42.001', 50_001) + ALIVE)).overrides.get(0)?.verdict).toBe(
      'accepted-never-read',
    )
  })

  it('was accepted late where accept line and first answer come seconds after the handshake', async () => {
    const told: Told = { ...MUTE, replies: beats(6.5, 0.001, 5, 96), verdict: 'slow-responder' }
    const { overrides } = await judge([told], LISTENING + accepts('46.490', 50_001))
    expect(overrides.get(0)?.verdict).toBe('delayed-accept')
  })

  it.each([
    '2026-11-23T03:53:42.502Z DEBUG network[1:3] recv 44 bytes from 127.0.0.1:50001\n',
    '2026-11-23T03:53:42.502Z DEBUG network[1:3] sent 44 bytes to 127.0.0.1:50001\n',
    '2026-11-23T03:53:46.502Z INFO network[1:3] closed connection from 127.0.0.1:50001\n',
  ])(
    'was accepted, in words that are not known, where a line tells what was done with its socket: %s',
    async (line) => {
      const { overrides } = await judge([MUTE], LISTENING + accepts('41.001', 50_009) + line + ALIVE)
      expect(overrides.get(0)?.verdict).not.toBe('never-accepted')
    },
  )

  it('was not accepted where lines of an hour before name an earlier connection from its port', async () => {
    const earlier = '2026-11-23T02:53:42.502Z DEBUG network[1:3] recv 44 bytes from 127.0.0.1:50001\n'
    const listening = LISTENING.replace('T03', 'T02')
    const { overrides } = await judge([MUTE], listening + earlier + accepts('41.001', 50_009) + ALIVE)
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })

  it('was not accepted late where the system handed it over with the client’s first word', async () => {
    const told: Told = { ...MUTE, pushes: beats(5, 0.5, 5), replies: beats(5.01, 0.5, 5), verdict: 'healthy' }
    const { overrides, findings } = await judge([told], LISTENING + accepts('45.001', 50_001) + ALIVE)
    expect(overrides.size).toBe(0)
    expect(findings).toEqual([])
  })

  it('was accepted late where it had spoken seconds before', async () => {
    const told: Told = { ...MUTE, pushes: beats(2.1, 0.5, 9), replies: beats(5.01, 0.1, 5), verdict: 'healthy' }
    const { overrides } = await judge([told], LISTENING + accepts('45.001', 50_001) + ALIVE)
    expect(overrides.get(0)?.verdict).toBe('delayed-accept')
  })

  it('was not accepted late where the server’s system still repeated its SYN-ACK', async () => {
    const told: Told = {
      ...MUTE,
      synAckAgain: [5],
      pushes: beats(6, 0.5, 5),
      replies: beats(6.01, 0.5, 5),
      verdict: 'healthy',
    }
    const { findings } = await judge([told], LISTENING + accepts('45.001', 50_001) + ALIVE)
    expect(findings).toEqual([])
  })

  it('met a full queue where its SYNs were ignored while others stood in the queue, by the log', async () => {
    const waits: Told = { ...MUTE, open: 1, pushes: [[1.1, 44]], replies: [[5.2, 9]], verdict: 'slow-responder' }
    const late: Told = { clientPort: 50_002, syns: [2, 3], open: 5.1, replies: [[5.3, 9]], verdict: 'slow-responder' }
    const text = LISTENING + accepts('45.100', 50_001) + accepts('45.102', 50_002, 7) + ALIVE
    const { overrides } = await judge([waits, late], text)
    expect(overrides.get(1)).toMatchObject({ verdict: 'backlog-overflow', confidence: 'likely' })
    expect(overrides.get(1)!.candidates[0]!.reasons.join()).toContain(
      '2 SYNs were ignored for 3.1 s while 1 connection to the same port stood in the accept queue',
    )
  })

  it('met no full queue where its SYN was repeated after the answer had been sent: the two crossed', async () => {
    const waits: Told = { ...MUTE, open: 1, pushes: [[1.1, 44]], replies: [[5.2, 9]], verdict: 'slow-responder' }
    const late: Told = { clientPort: 50_002, syns: [2, 3], open: 2, replies: [[5.3, 9]], verdict: 'slow-responder' }
    const text = LISTENING + accepts('45.100', 50_001) + accepts('45.102', 50_002, 7) + ALIVE
    expect((await judge([waits, late], text)).overrides.get(1)?.verdict).not.toBe('backlog-overflow')
  })

  it('leaves open what was answered where the log shows an answer that no packet shows', async () => {
    const sends = '2026-11-23T03:53:42.503Z DEBUG network[1:3] send fd=6 bytes=44\n'
    const text = LISTENING + accepts('42.001', 50_001) + receives('42.501', 44) + sends + ALIVE
    const { overrides, findings } = await judge([MUTE], text)
    expect(overrides.get(0)?.verdict).toBe('insufficient')
    expect(findings.map(({ rule }) => rule)).toEqual(['answer-unseen'])
    expect(overrides.get(0)?.candidates.find((each) => each.verdict === 'accepted-no-reply')?.standing).toBe(
      'contradicted',
    )
  })

  it('leaves open what was answered where the path loses what the client sends', async () => {
    const lost: Told = { ...MUTE, verdict: 'insufficient', candidates: ['insufficient'] }
    const other: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 20]], replies: [[1.2, 9]] }
    const text = LISTENING + accepts('41.001', 50_002) + receives('41.101', 20) + accepts('42.001', 50_001, 7) + ALIVE
    const { overrides, findings } = await judge([other, lost], text)
    expect(overrides.size).toBe(0)
    expect(findings).toEqual([])
  })

  it('reached another program where the process could not bind', async () => {
    const text =
      '2026-11-23T03:53:39.000Z ERROR network[1:1] bind failed addr=127.0.0.1:9000 errno=98 error="Address already in use"\n'
    const { overrides, rootCause } = await judge([MUTE], text)
    expect(overrides.get(0)?.verdict).toBe('wrong-service')
    expect(rootCause?.verdict).toBe('bind-failed')
  })

  it('tells a bind that failed at first as a note where the process got the port later', async () => {
    const log = `03:53:38.000 E 1> bind 127.0.0.1:9000: Address already in use, trying again
03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:46.001 I 1> accepted connection fd=6 peer=127.0.0.1:50000
`
    const told = wireOf({ open: 6, pushes: [[6.1, 44]], replies: [[6.2, 4]], serverPort: 9000 })
    const { findings } = correlate([told], captureOf(20), [await logOf(log)], {
      zone: 0,
      logDate: null,
      offsets: new Map(),
    })
    expect(findings.find(({ rule }) => rule === 'bind-failed')).toMatchObject({
      severity: 'note',
      title: 'The process could not bind port 9000 (EADDRINUSE), and got it later',
    })
  })

  it.each([
    ['that names no socket', 'listening addr=127.0.0.1:9100'],
    ['of a socket that was given the number of the first', 'listening fd=5 addr=127.0.0.1:9100'],
  ])('reached another program also where the process listens on another port, by a line %s', async (_, listens) => {
    const text = `2026-11-23T03:53:39.000Z ERROR network[1:1] bind failed fd=5 addr=127.0.0.1:9000 errno=98 error="Address already in use"
2026-11-23T03:53:39.100Z INFO network[1:1] ${listens}
`
    const { overrides, rootCause, findings } = await judge([MUTE], text)
    expect(overrides.get(0)?.verdict).toBe('wrong-service')
    expect(rootCause?.verdict).toBe('bind-failed')
    expect(findings.find(({ rule }) => rule === 'bind-failed')?.title).not.toContain('got it later')
    const nameless = await judge([MUTE], text.replaceAll('fd=5 ', ''))
    expect(nameless.overrides.get(0)?.verdict).toBe('wrong-service')
  })

  it.each(['listening fd=5', 'listening', 'listening addr=127.0.0.1:9000', 'listening fd=7 addr=127.0.0.1:9000'])(
    'did not where a line tells later, of the port or of the socket or of neither: “%s”',
    async (listens) => {
      const text = `2026-11-23T03:53:39.000Z ERROR network[1:1] bind failed fd=5 addr=127.0.0.1:9000 errno=98 error="Address already in use"
2026-11-23T03:53:39.100Z INFO network[1:1] ${listens}
`
      const { overrides } = await judge([{ ...MUTE, replies: [[2.6, 9]] }], text)
      expect(overrides.size).toBe(0)
    },
  )

  it('did not reach another program where the process listens already, and cannot bind the other version’s addresses', async () => {
    const listens = '2026-11-23T03:53:38.900Z INFO network[1:1] listening fd=5 addr=0.0.0.0:9000\n'
    const failed = (address: string): string =>
      `2026-11-23T03:53:39.000Z ERROR network[1:1] bind failed fd=6 addr=${address}:9000 errno=98 error="Address already in use"\n`
    expect((await judge([MUTE], listens + failed('[::]') + ALIVE)).overrides.get(0)?.verdict).not.toBe('wrong-service')
    // A second try at the same addresses is another process's, or this one's after it was started anew.
    expect((await judge([MUTE], listens + failed('0.0.0.0') + ALIVE)).overrides.get(0)?.verdict).toBe('wrong-service')
    const closed = '2026-11-23T03:53:38.950Z INFO network[1:1] closing socket fd=5\n'
    const { overrides } = await judge([MUTE], listens + closed + failed('[::]') + ALIVE)
    expect(overrides.get(0)?.verdict).toBe('wrong-service')
  })

  it('did not reach another program where a later try to bind worked', async () => {
    const failed =
      '2026-11-23T03:53:38.000Z ERROR network[1:1] bind failed addr=127.0.0.1:9000 errno=98 error="Address already in use"\n'
    const { overrides } = await judge([{ ...MUTE, replies: [[2.6, 9]] }], failed + LISTENING)
    expect(overrides.size).toBe(0)
  })

  it('stays refused where nothing listened yet', async () => {
    const refused: Told = { clientPort: 50_009, refused: [0.2], verdict: 'refused' }
    const text = LISTENING.replace('53:39', '53:41') + ALIVE
    const { overrides, chain } = await judge([refused, MUTE], text)
    expect([...overrides.keys()]).toEqual([1])
    expect(chain.map((step) => step.claim).join()).toContain('after 1 refused attempt')
  })

  it('ties accepts without a peer to handshakes in the order of the queue', async () => {
    const first: Told = { clientPort: 50_002, open: 1, pushes: [[1.1, 44]], verdict: 'ack-only' }
    const text =
      '03:53:39.000 Listening on Socket 5\n03:53:41.001 Accept: Socket 6\n03:53:41.101 Socket 6 recv 44 bytes\n03:53:49.900 heap 3 KB\n'
    const { overrides } = await judge([first, MUTE], text)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(overrides.get(0)?.verdict).not.toBe('never-accepted')
  })
})
