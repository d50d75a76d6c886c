import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'
import { type Said, spoken } from '../support/spoken-capture.ts'
import { LINUX, Link, Stacks } from '../support/stacks.ts'

const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n'

async function judged(...said: readonly Said[]) {
  const { diagnosis } = await spoken(...said)
  return diagnosis.connection(0)
}

async function listed(...lines: readonly string[]) {
  const { diagnosis } = await analyzed(lines.join('\n'))
  return [...diagnosis.connections()]
}

describe('a relay that takes a connection and closes it before a word was said', () => {
  const closed: readonly Said[] = [
    [0.01, '<', '', 'FA'],
    [0.02, '>'],
    [0.03, '>', REQUEST],
    [0.031, '<', '', 'R'],
  ]

  it('has no full queue: the socket whose end the late request meets had existed', async () => {
    expect(await judged(...closed)).toMatchObject({ verdict: 'server-idle-close', confidence: 'likely' })
  })

  it('did not read what came after its FIN', async () => {
    const { candidates } = await judged(...closed)
    expect(candidates.map(({ verdict }) => verdict)).not.toContain('accepted-no-reply')
  })

  it('is another thing than a server that reads, says nothing and closes', async () => {
    const read: readonly Said[] = [
      [0.01, '>', REQUEST],
      [0.011, '<'],
      [2, '<', '', 'FA'],
      [2.01, '>'],
    ]
    expect((await judged(...read)).verdict).toBe('accepted-no-reply')
  })
})

describe('a request that crosses the server’s idle close', () => {
  const idle: readonly Said[] = [
    [0.1, '>', REQUEST],
    [0.11, '<', RESPONSE],
    [5, '<', '', 'FA'],
    [5.01, '>'],
    [6, '>', REQUEST],
    [6.001, '<', '', 'R'],
  ]

  it('is owed no answer: the connection was closed for being idle', async () => {
    expect(await judged(...idle)).toMatchObject({ verdict: 'server-idle-close', confidence: 'likely' })
  })

  it('is another thing than one that the server left unread when it closed', async () => {
    const unread: readonly Said[] = [...idle.slice(0, 2), [4.9, '>', REQUEST], [4.901, '<'], [5, '<', '', 'RA']]
    expect((await judged(...unread)).verdict).toBe('reset-unread-data')
  })
})

describe('an accept queue that is full for a while', () => {
  const waiting = new Conversation(50_001)
  const early = [waiting.opened(0), waiting.push(0.5), waiting.acked(0.501)]
  const late = new Conversation(50_002)
  const answered = () => [late.push(3.2), late.reply(3.21)]

  it('shows in SYNs that are ignored while others wait, and are answered when those are', async () => {
    const connections = await listed(
      ...early,
      late.syn(1),
      late.syn(2),
      waiting.reply(2.9),
      late.opened(3),
      ...answered(),
    )
    expect(connections[1]).toMatchObject({ verdict: 'backlog-overflow', confidence: 'likely' })
    expect(connections[0]!.verdict).toBe('slow-responder')
  })

  it('does not where nobody waits: there the SYNs were lost', async () => {
    const served = [waiting.opened(0), waiting.push(0.5), waiting.reply(0.51)]
    const connections = await listed(...served, late.syn(1), late.syn(2), late.opened(3), ...answered())
    expect(connections[1]!.verdict).toBe('healthy')
  })
})

describe('a connection that the server’s system resets after its last answer', () => {
  it('is healthy so far as is seen: a request that the capture lacks may have met the end of the process', async () => {
    const connection = await judged([1, '>', REQUEST], [1.01, '<', RESPONSE], [3, '<', '', 'R'])
    expect(connection).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
    expect(connection.candidates.map(({ verdict }) => verdict)).toEqual(['healthy', 'server-died', 'reset-unread-data'])
  })
})

describe('an opening that is answered, and after which only the client speaks', () => {
  const told = (...words: readonly string[]): Said[] =>
    words.flatMap((word, at): Said[] => [
      [1 + at * 0.7, '>', word],
      [1.04 + at * 0.7, '<'],
    ])

  it('is no stall in HTTP, whose client would wait for each answer: it has changed over to another protocol', async () => {
    const opening: readonly Said[] = [
      [0.1, '>', REQUEST],
      [0.11, '<', UPGRADED],
    ]
    const events = told('event 1', 'event 2', 'event 3', 'event 4')
    expect(await judged(...opening, ...events)).toMatchObject({ verdict: 'healthy', confidence: 'suspected' })
  })

  const opening: readonly Said[] = [
    [0.1, '>', 'CONNECT\n\n'],
    [0.11, '<', 'CONNECTED\n\n'],
  ]

  it('delivers where its messages have every size', async () => {
    const events = told('a', 'some words', 'more words than before', 'words', 'the last words')
    expect((await judged(...opening, ...events)).verdict).toBe('healthy')
  })

  it('may as well ask where it repeats itself', async () => {
    const events = told('status', 'status', 'status', 'status', 'status')
    expect(await judged(...opening, ...events)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('was read to its end where the server closes with the client', async () => {
    const closed: readonly Said[] = [
      [6, '>', '', 'FA'],
      [6.001, '<', '', 'FA'],
      [6.002, '>'],
    ]
    const events = told('status', 'status', 'status', 'status', 'status')
    expect((await judged(...opening, ...events, ...closed)).verdict).toBe('healthy')
  })
})

describe('a connection whose first words come late from a server', () => {
  const mail = (greeted: number, greeting = '220 mail.example ESMTP\r\n'): Said[] => [
    [greeted, '<', greeting],
    [greeted + 0.01, '>', 'EHLO a\r\n'],
    [greeted + 0.02, '<', '250 ok\r\n'],
  ]

  it('may have been accepted late where it greets, and answers promptly then', async () => {
    const { verdict, confidence, candidates } = await judged(...mail(5))
    expect([verdict, confidence]).toEqual(['delayed-accept', 'suspected'])
    expect(candidates.map((cause) => cause.verdict)).toEqual(['delayed-accept', 'peer-stalled', 'slow-responder'])
    expect((await judged(...mail(0.5))).verdict).toBe('healthy')
  })

  it('was not where what it says unasked is no known greeting, or was sent again', async () => {
    expect((await judged(...mail(5, 'news\r\n'))).verdict).toBe('healthy')
    const again: Said = [0.3, '<', '', 'SA']
    expect((await judged(again, ...mail(5))).verdict).not.toBe('delayed-accept')
  })

  it.each(['\x16\x03\x01\x00\x04hell', 'SSH-2.0-a\r\n'])(
    'may have been where its library answers %j',
    async (hello) => {
      const opened = (late: number): Said[] => [
        [0.1, '>', hello],
        [late, '<', hello],
        [late + 0.01, '>', hello],
        [late + 0.02, '<', hello],
      ]
      expect(await judged(...opened(4))).toMatchObject({ verdict: 'delayed-accept', confidence: 'suspected' })
      expect((await judged(...opened(0.2))).verdict).toBe('healthy')
    },
  )
})

describe('a late first answer', () => {
  const first: readonly Said[] = [
    [0.1, '>', REQUEST],
    [0.101, '<'],
    [3, '<', RESPONSE],
  ]

  it('may be of a connection that waited to be accepted: that is not certain', async () => {
    const connection = await judged(...first)
    expect(connection).toMatchObject({ verdict: 'slow-responder', confidence: 'likely' })
    expect(connection.candidates.find(({ verdict }) => verdict === 'delayed-accept')?.standing).toBe('possible')
  })

  it('is the process’s own habit where the next one is late, too', async () => {
    const connection = await judged(...first, [4, '>', REQUEST], [4.001, '<'], [7, '<', RESPONSE])
    expect(connection).toMatchObject({ verdict: 'slow-responder', confidence: 'certain' })
    expect(connection.candidates.map(({ verdict }) => verdict)).not.toContain('delayed-accept')
  })
})

describe('an upload whose full segments vanish on a link with a smaller MTU', () => {
  const segment = (at: number, seq: number) =>
    `10:00:${at.toFixed(6).padStart(9, '0')} 10.0.0.1 → 10.0.0.2 TCP 1500 50001 → 9000 [ACK] Seq=${seq} Ack=61 Win=65536 Len=1448`

  it('is not acknowledged any more, however many of them are sent again at first', async () => {
    const client = new Conversation(50_001)
    const asked = [client.opened(0), client.push(0.1), client.reply(0.11)]
    const upload = [45, 1493, 2941, 4389, 5837, 7285]
    const once = upload.map((seq, at) => segment(0.2 + at / 1e5, seq))
    const again = upload.map((seq, at) => segment(0.25 + at / 1e5, seq))
    const timeouts = [0.5, 0.9, 1.7, 3.3].map((at) => segment(at, 45))
    const [connection] = await listed(...asked, ...once, ...again, ...timeouts)
    expect(connection!.verdict).toBe('insufficient')
    expect(connection!.findings).toHaveLength(1)
  })
})

describe('a connection that is older than the capture, both of whose ports a client may have', () => {
  const line = (at: number, way: string, flags: string, rest: string) =>
    `10:00:${at.toFixed(6).padStart(9, '0')} ${way === '>' ? '10.0.0.1' : '10.0.0.2'} → ${way === '>' ? '10.0.0.2' : '10.0.0.1'} TCP 66 ${way === '>' ? '40055 → 42674' : '42674 → 40055'} [${flags}] ${rest}`
  const ticks = [1, 2, 3, 4].flatMap((at) => [
    line(at, '>', 'PSH, ACK', `Seq=${at * 8 - 7} Ack=1 Win=501 Len=8`),
    line(at + 0.0001, '<', 'ACK', `Seq=1 Ack=${at * 8 + 1} Win=501 Len=0`),
  ])

  it('may be one on which the server pushes: who is silent is a guess', async () => {
    const [connection] = await listed(...ticks)
    expect(connection).toMatchObject({ verdict: 'ack-only', confidence: 'suspected' })
    expect(connection!.candidates.map(({ verdict }) => verdict)).toContain('healthy-server-push')
  })
})

describe('a server that sends events and closes', () => {
  const events = (end: number): Said[] => [
    [0.1, '>', REQUEST],
    ...[0, 1, 2, 3, 4].map((event): Said => [0.11 + event * 1.2, '<', `data: ${event}\n\n`]),
    [end, '<', '', 'FA'],
  ]

  it('closes no idle connection after a pause such as those between its events', async () => {
    expect((await judged(...events(6.11))).verdict).toBe('healthy')
  })

  it('closes one that has been idle for longer', async () => {
    expect((await judged(...events(20))).verdict).toBe('server-idle-close')
  })
})

describe('a client that closes, and whose close no process returns', () => {
  /** Another client of the port, in whose time the capture goes on. */
  const meanwhile = (capture: Stacks) => new Link(capture, 50_009, LINUX).opened(4)
  const closed = (link: Link, at: number) => {
    link.say(at, '>', 'FA')
    link.say(at + 0.041, '<', 'A')
  }
  const standingOf = async (capture: Stacks, verdict: string) =>
    (await capture.judged()).connections[0]!.candidates.find((candidate) => candidate.verdict === verdict)?.standing

  it('may never have been accepted, where it had said nothing', async () => {
    const capture = new Stacks()
    closed(new Link(capture, 50_001, LINUX).opened(0), 2)
    meanwhile(capture)
    expect((await capture.judged()).findings.map(({ rule }) => rule)).toEqual(['close-unreturned'])
    expect(await standingOf(capture, 'never-accepted')).toBe('supported')
  })

  it('is no client of a protocol in which the server only reads: that would have met the end', async () => {
    const capture = new Stacks()
    closed(new Link(capture, 50_001, LINUX).opened(0).pushed(0.1), 2)
    meanwhile(capture)
    const { connections, findings } = await capture.judged()
    expect(connections[0]!.verdict).toBe('ack-only')
    expect(findings[0]!.explanation).toContain('has closed its side, and for 2 s no process closed the other')
    expect(await standingOf(capture, 'healthy-one-way')).toBe('contradicted')
  })

  it('is not told where the capture ends before a process had the time to', async () => {
    const capture = new Stacks()
    closed(new Link(capture, 50_001, LINUX).opened(0), 3.5)
    meanwhile(capture)
    expect((await capture.judged()).findings).toEqual([])
    expect(await standingOf(capture, 'never-accepted')).toBe('possible')
  })

  it('had been accepted where the server closes, too', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    link.say(2, '>', 'FA')
    link.say(2.001, '<', 'FA')
    link.say(2.002, '>', 'A')
    expect(await standingOf(capture, 'never-accepted')).toBe('contradicted')
  })

  it('fills a full queue where SYNs are ignored while it waits', async () => {
    const capture = new Stacks()
    new Link(capture, 50_001, LINUX).opened(0)
    const ignored = new Link(capture, 50_002, LINUX)
    for (const at of [1, 2, 3]) ignored.syn(at)
    expect(await standingOf(capture, 'never-accepted')).toBe('supported')
  })
})

describe('a SYN-ACK that is repeated and never acknowledged', () => {
  const repeated = async (syns: readonly number[]) => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX)
    for (const at of syns) link.syn(at)
    for (const at of [0.001, 1.01, 3.03]) link.say(at, '<', 'SA', { seq: 0 })
    const { connections, findings } = await capture.judged()
    return { ...connections[0]!, severity: findings[0]!.severity }
  }

  it('is lost where its client sends the SYN again, too', async () => {
    expect(await repeated([0, 1, 3])).toMatchObject({ verdict: 'synack-lost', confidence: 'likely', severity: 'error' })
  })

  it('may be for a client that there is not, as in a SYN flood, where the SYN came once', async () => {
    const connection = await repeated([0])
    expect(connection).toMatchObject({ verdict: 'synack-lost', confidence: 'suspected', severity: 'warning' })
    expect(connection.candidates).toContainEqual(expect.objectContaining({ verdict: 'insufficient' }))
  })
})

describe('a server of HTTP that speaks without having been asked', () => {
  const gaveUp = (at: number): readonly Said[] => [
    [at, '<', 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'],
    [at + 0.0001, '<', '', 'FA'],
    [at + 0.001, '>', '', 'FA'],
  ]

  it('has waited for a request long enough, and closes', async () => {
    expect(await judged(...gaveUp(10))).toMatchObject({ verdict: 'server-idle-close', confidence: 'likely' })
  })

  it('has another reason where it does so at once', async () => {
    expect((await judged(...gaveUp(0.01))).verdict).toBe('healthy-server-push')
  })
})

describe('clients that break off a request for which they waited a short time', () => {
  const judgedAfter = async (wait: number, clients: number) => {
    const capture = new Stacks()
    for (let client = 0; client < clients; client++) {
      const link = new Link(capture, 50_001 + client, LINUX).opened(client).pushed(client + 0.01)
      link.say(client + 0.01 + wait, '>', 'RA')
    }
    const { connections } = await capture.judged()
    return connections.map(({ verdict, confidence }) => `${verdict} ${confidence}`)
  }

  it('show together that the port answers nobody', async () => {
    expect(await judgedAfter(0.3, 3)).toEqual(Array(3).fill('ack-only likely'))
  })

  it('show nothing where there are few of them, or where they hardly waited', async () => {
    expect(await judgedAfter(0.3, 2)).toEqual(Array(2).fill('insufficient certain'))
    expect(await judgedAfter(0.1, 3)).toEqual(Array(3).fill('insufficient certain'))
  })
})

describe('a request of HTTP that nothing answers', () => {
  const signatureOf = async (...said: readonly Said[]) => {
    const acked = said.map(([at]): Said => [at + 0.0001, '<'])
    const { diagnosis } = await spoken(...said.flatMap((one, index) => [one, acked[index]!]))
    return diagnosis.findings.find(({ rule }) => rule === 'no-accept-signature')
  }
  const beats = (words: string): Said[] => [1, 2, 3, 4, 5].map((at) => [at, '>', words])

  it('may not be finished, where its client adds to it piece by piece', async () => {
    const started: Said = [0.1, '>', 'GET / HTTP/1.1\r\nHost: a\r\n']
    expect(await signatureOf(started, ...beats('X-a: 1\r\n'))).toMatchObject({ confidence: 'suspected' })
  })

  it('is asked again by a client that beats', async () => {
    expect(await signatureOf(...beats(REQUEST))).toMatchObject({ confidence: 'likely' })
  })
})

describe('words of the client that the capture lacks, and the server’s system acknowledged', () => {
  const unseen: readonly Said[] = [
    [0.1, '>', REQUEST, 'missing'],
    [0.101, '<'],
  ]

  it('leave no idle connection, whatever comes of it', async () => {
    expect((await judged(...unseen, [60, '>', '', 'FA'], [60.04, '<'])).verdict).toBe('insufficient')
    expect((await judged(...unseen, [60, '<', '', 'FA'], [60.04, '>'])).verdict).toBe('insufficient')
  })

  it('acknowledged what the server had said before, though the capture does not show it', async () => {
    const events = [1, 2, 3].flatMap((at): Said[] => [
      [at, '<', 'event', at === 1 ? 'missing' : 'PA'],
      [at + 0.001, '>', 'ok', at === 3 ? 'missing' : 'PA'],
      [at + 0.002, '<'],
    ])
    expect((await judged(...events, [9, '<'])).verdict).not.toBe('insufficient')
  })
})
