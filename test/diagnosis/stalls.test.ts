import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'
import { judgedAt, type Said, spoken } from '../support/spoken-capture.ts'

const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n'
const HELLO = '\x16\x03\x01\x00\x04hell'

/** Another client's SYN: the capture goes on. */
const goesOn = (at: number) => new Conversation(60_000, {}, 1).refused(at)

async function judged(lines: readonly string[]) {
  const { diagnosis } = await analyzed(lines.join('\n'))
  return diagnosis.connection(0)
}

describe('one request without an answer', () => {
  const asked: readonly Said[] = [
    [1, '>', REQUEST],
    [1.01, '<', RESPONSE],
    [3, '>', REQUEST],
    [3.001, '<'],
  ]

  it('is missed after one answer where the protocol owes each an answer', async () => {
    expect(await judgedAt(asked, 12)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('is missed where its client gave up, and no process closed the other end', async () => {
    const c = new Conversation(50_001)
    const asked = [c.opened(0), c.push(1), c.reply(1.1), c.push(2), c.acked(2.01)]
    const abandoned = [c.fin(8, true), c.acked(8.04), goesOn(20)]
    expect(await judged([...asked, ...abandoned])).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('may have been no request where its client went at once, or the other end closed with it', async () => {
    const c = new Conversation(50_001)
    const said = [c.opened(0), c.push(1), c.reply(1.1), c.push(2), c.acked(2.01)]
    expect((await judged([...said, c.fin(2.5, true), c.acked(2.54), goesOn(20)])).verdict).toBe('healthy')
    const d = new Conversation(50_001)
    const read = [d.opened(0), d.push(1), d.reply(1.1), d.push(2), d.acked(2.01), d.fin(8, true), d.fin(8.001, false)]
    expect((await judged([...read, goesOn(20)])).verdict).toBe('healthy')
  })

  it('is not missed while the answer may still be under way, and nothing is certain then', async () => {
    expect(await judgedAt(asked, 3.5)).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
  })

  it('is missed after a command of a dialogue, and in the middle of a TLS handshake', async () => {
    const mail: readonly Said[] = [
      [0.1, '<', '220 mail\r\n'],
      [0.2, '>', 'EHLO a\r\n'],
      [0.21, '<', '250 ok\r\n'],
      [0.22, '>', 'MAIL FROM:<a@b>\r\n'],
    ]
    expect((await judgedAt(mail, 9)).verdict).toBe('peer-stalled')
    const handshake: readonly Said[] = [
      [0.1, '>', HELLO],
      [0.11, '<', `${HELLO}server`],
      [0.12, '>', HELLO],
      [0.13, '>', HELLO],
    ]
    expect((await judgedAt(handshake, 9)).verdict).toBe('peer-stalled')
  })

  it.each<[string, readonly Said[]]>([
    [
      'a command of Redis',
      [
        [0.1, '>', '*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n'],
        [0.11, '<', '+OK\r\n'],
        [0.5, '>', '*2\r\n$3\r\nGET\r\n$1\r\nk\r\n'],
      ],
    ],
    [
      'the start of a session of PostgreSQL, whose server would not encrypt',
      [
        [0.1, '>', '\x00\x00\x00\x08\x04\xd2\x16\x2f'],
        [0.11, '<', 'N'],
        [0.12, '>', '\x00\x00\x00\x13\x00\x03\x00\x00user\x00app\x00\x00'],
      ],
    ],
    [
      'a query of MySQL',
      [
        [0.1, '<', '\x4a\x00\x00\x00\x0a8.0.32\x00'],
        [0.2, '>', '\x10\x00\x00\x01login'],
        [0.21, '<', '\x07\x00\x00\x02ok'],
        [0.5, '>', '\x09\x00\x00\x00\x03SELECT 1'],
      ],
    ],
  ])('is missed where it is %s', async (_name, said) => {
    expect(await judgedAt(said, 9)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
    expect((await judgedAt(said, 1)).verdict).toBe('healthy')
  })

  it('is none where MySQL’s client closes a statement, and is idle then', async () => {
    const queries = [1, 2, 3].flatMap((at): Said[] => [
      [at, '>', '\x09\x00\x00\x00\x03SELECT 1'],
      [at + 0.01, '<', '\x07\x00\x00\x01ok'],
    ])
    const greeting: Said = [0.1, '<', '\x4a\x00\x00\x00\x0a8.0.32\x00']
    const close: Said = [3.02, '>', '\x05\x00\x00\x00\x19\x01\x00\x00\x00']
    expect((await judgedAt([greeting, ...queries, close], 60)).verdict).toBe('healthy')
  })

  it('is none where the client answers a ping of the server', async () => {
    const pong: readonly Said[] = [
      [1, '>', REQUEST],
      [1.01, '<', UPGRADED],
      [5, '<', '\x89\x01a'],
      [5.001, '>', '\x8a\x81abcda'],
    ]
    expect((await judgedAt(pong, 20)).verdict).toBe('healthy')
  })

  it('may still be answered: a slow answer stays among the causes', async () => {
    const { candidates } = await judgedAt(asked, 12)
    expect(candidates.find(({ verdict }) => verdict === 'slow-responder')?.standing).toBe('possible')
  })
})

describe('HTTP requests that are sent without waiting', () => {
  const UNMEASURED = 'HTTP/1.1 200 OK\r\nServer: a\r\n\r\n'
  const asked: readonly Said[] = [0, 1, 2, 3].map((turn) => [1 + turn / 1000, '>', REQUEST] as const)
  const answeredBy = (...answers: readonly string[]): readonly Said[] => [
    ...asked,
    ...answers.map((answer, turn) => [1.02 + turn / 100, '<', answer] as const),
  ]

  it('are owed an answer each: half of them, and then silence, is a stall', async () => {
    const { verdict, confidence, candidates } = await judgedAt(answeredBy(UNMEASURED, UNMEASURED), 20)
    expect({ verdict, confidence }).toEqual({ verdict: 'peer-stalled', confidence: 'suspected' })
    expect(candidates.find((cause) => cause.verdict === 'healthy')?.standing).toBe('possible')
  })

  it('are answered where one segment holds several answers, as far as that is seen', async () => {
    const { verdict, confidence, candidates } = await judgedAt(answeredBy(UNMEASURED, UNMEASURED.repeat(3)), 20)
    expect({ verdict, confidence }).toEqual({ verdict: 'healthy', confidence: 'likely' })
    expect(candidates.find((cause) => cause.verdict === 'peer-stalled')?.standing).toBe('possible')
  })

  it('are counted where each answer tells how long it is', async () => {
    expect(await judgedAt(answeredBy(RESPONSE, RESPONSE.repeat(3)), 20)).toMatchObject({
      verdict: 'healthy',
      confidence: 'certain',
    })
    const { candidates } = await judgedAt(answeredBy(RESPONSE, RESPONSE), 20)
    expect(candidates[0]!.reasons).toEqual(['2 requests without an answer, by the headers of both ends'])
  })

  it('are not missed while the answers may still be under way, nor where the server closes', async () => {
    expect((await judgedAt(answeredBy(UNMEASURED, UNMEASURED), 1.5)).verdict).toBe('healthy')
    const closed: readonly Said[] = [...answeredBy(UNMEASURED, UNMEASURED), [1.1, '<', '', 'FA']]
    expect((await judgedAt(closed, 20)).verdict).toBe('healthy')
  })

  it('are told from one request in pieces, which are of sizes of their own', async () => {
    const pieces: readonly Said[] = [
      [1, '>', `POST /${REQUEST.slice(5)}`],
      ...[1, 2, 3].map((turn) => [1 + turn / 1000, '>', 'x'.repeat(200)] as const),
      [1.02, '<', UNMEASURED],
    ]
    expect((await judgedAt(pieces, 20)).verdict).toBe('healthy')
  })
})

describe('an upload under way', () => {
  const upload = (until: number): Said[] => {
    const said: Said[] = [
      [1, '>', REQUEST],
      [1.01, '<', RESPONSE],
      [2, '>', `POST /${REQUEST.slice(5)}`],
    ]
    for (let at = 2.05; at < until; at += 0.06) said.push([at, '>', 'x'.repeat(1460)], [at + 0.001, '<'])
    // One pause beyond what pieces have between them.
    said.push([until + 0.3, '>', 'x'.repeat(1460)])
    return said
  }

  it('is owed no answer yet', async () => {
    expect((await judgedAt(upload(8), 8.4)).verdict).toBe('healthy')
  })

  it('is owed one when it is over', async () => {
    expect((await judgedAt(upload(8), 20)).verdict).toBe('peer-stalled')
  })
})

describe('a beat too quick to tell a message from a piece of one', () => {
  it('is told by its having been answered before', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 100; turn++) {
      const at = 1 + turn * 0.05
      lines.push(c.push(at, 64), turn < 30 ? c.reply(at + 0.001) : c.acked(at + 0.001))
    }
    expect(await judged(lines)).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
  })
})

describe('a client whose window closes again and again', () => {
  const reads = (turns: number): string[] => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0), c.push(1.9)]
    for (let turn = 0; turn < turns; turn++) {
      const at = 2 + turn
      lines.push(c.reply(at, 1000), c.told(at + 0.04, 0), turn < turns - 1 ? c.told(at + 0.9, 1000) : '')
    }
    return lines
  }

  it('reads slowly: that it is closed once more at the end is no stall', async () => {
    expect((await judged([...reads(20), goesOn(21.5)])).verdict).toBe('healthy')
  })

  it('stopped reading where it stays closed for most of the time', async () => {
    expect((await judged([...reads(20), goesOn(90)])).verdict).toBe('zero-window-stall')
  })
})

describe('bytes that came neither to the capture nor to the other end', () => {
  const lines = (server: boolean) => [
    new Conversation(50_001).opened(0),
    '10:00:01.000000 10.0.0.1 → 10.0.0.2 TCP 66 50001 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=65536 Len=44',
    '10:00:01.010000 10.0.0.2 → 10.0.0.1 TCP 66 9000 → 50001 [PSH, ACK] Seq=1 Ack=45 Win=64128 Len=60',
    ...(server
      ? [
          '10:00:02.000000 10.0.0.1 → 10.0.0.2 TCP 66 50001 → 9000 [PSH, ACK] Seq=45 Ack=61 Win=65536 Len=44',
          '10:00:02.010000 10.0.0.2 → 10.0.0.1 TCP 66 9000 → 50001 [PSH, ACK] Seq=4441 Ack=89 Win=64128 Len=60',
          '10:00:02.010100 10.0.0.1 → 10.0.0.2 TCP 66 50001 → 9000 [ACK] Seq=89 Ack=61 Win=65536 Len=0',
        ]
      : [
          '10:00:02.000000 10.0.0.1 → 10.0.0.2 TCP 66 50001 → 9000 [PSH, ACK] Seq=4425 Ack=61 Win=65536 Len=44',
          '10:00:02.000100 10.0.0.2 → 10.0.0.1 TCP 66 9000 → 50001 [ACK] Seq=61 Ack=45 Win=64128 Len=0',
        ]),
  ]

  it.each([
    ['replies-unacknowledged', true],
    ['data-unacknowledged', false],
  ])('are lost on the way: %s', async (rule, server) => {
    const { diagnosis } = await analyzed([...lines(server), goesOn(8)].join('\n'))
    expect(diagnosis.findings.map((found) => found.rule)).toContain(rule)
    expect(diagnosis.connection(0).verdict).toBe('insufficient')
  })

  it.each([true, false])('may still be repeated where the capture ends at once', async (server) => {
    expect((await judged(lines(server))).verdict).toBe('healthy')
  })
})

describe('connections that are reset when all was answered', () => {
  const closed = (at: number, next: string): string[] => {
    const all = [50_001, 50_002, 50_003].map((port) => new Conversation(port))
    return [
      ...all.flatMap((c) => [c.opened(at), c.push(at + 0.1), c.reply(at + 0.11)]),
      ...all.map((c, index) => c.reset(at + 0.2 + index / 1000)),
      next,
    ]
  }

  it('are closed so on purpose where the port lives on', async () => {
    expect((await judged(closed(1, new Conversation(50_009).opened(3)))).verdict).toBe('healthy')
  })

  it('may be those of a process that ended, and are where the port refuses afterwards', async () => {
    expect(await judged(closed(1, ''))).toMatchObject({ verdict: 'server-died', confidence: 'suspected' })
    const refused = await judged(closed(1, new Conversation(50_009).refused(3)))
    expect(refused).toMatchObject({ verdict: 'server-died', confidence: 'likely' })
  })
})

describe('connections that are reset together, unanswered', () => {
  const reset = (): string[] => {
    const [served, ...waiting] = [50_001, 50_002, 50_003].map((port) => new Conversation(port))
    return [
      served!.opened(1),
      served!.push(1.1),
      served!.reply(1.11),
      ...waiting.flatMap((c) => [c.opened(2), c.push(2.1)]),
      ...waiting.map((c, index) => c.reset(4 + index / 1000)),
      new Conversation(60_000).opened(9),
    ]
  }

  it('lost their listener, not the process, where one that was served stays open', async () => {
    const { diagnosis } = await analyzed(reset().join('\n'))
    const { confidence, candidates } = diagnosis.connection(1)
    expect(confidence).toBe('suspected')
    expect(candidates.find(({ verdict }) => verdict === 'never-accepted')!.standing).toBe('supported')
  })
})

describe('late answers', () => {
  const answered = (...words: readonly string[]) => {
    const said: Said[] = []
    for (let turn = 0; turn < 3; turn++) {
      const at = 1 + turn * 3
      said.push([at, '>', REQUEST], [at + 0.001, '<'])
      for (const [piece, word] of words.entries()) said.push([at + 2 + piece / 100, '<', word])
    }
    return spoken(...said)
  }

  it('are certain where each request and each answer is one segment', async () => {
    const { diagnosis } = await answered(RESPONSE)
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'slow-responder', confidence: 'certain' })
  })

  it('are only likely where some of them may be words of the server’s own', async () => {
    const { diagnosis } = await answered(UPGRADED, 'event')
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'slow-responder', confidence: 'likely' })
    expect(diagnosis.findings.map(({ confidence }) => confidence)).toEqual(['likely'])
  })
})

describe('one late answer', () => {
  const prompt: readonly Said[] = [
    [1, '>', 'ask'],
    [1.001, '<', 'answer'],
    [2, '>', 'ask'],
  ]

  it('is none where nothing acknowledged the request meanwhile, nor sent it again: the clock was set', async () => {
    const found = await judgedAt([...prompt, [12, '<', 'answer']], 13)
    expect(found).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
    expect(found.candidates[1]!.verdict).toBe('slow-responder')
    expect(found.candidates[1]!.reasons[0]).toContain('the clock was set')
  })

  it('is likely where the kernel acknowledged it at once', async () => {
    const found = await judgedAt([...prompt, [2.04, '<'], [12, '<', 'answer']], 13)
    expect(found).toMatchObject({ verdict: 'slow-responder', confidence: 'likely' })
  })
})

describe('an answer to a client that is gone', () => {
  it('is no half-close: the client resets it', async () => {
    const said: readonly Said[] = [
      [1, '>', REQUEST],
      [1.001, '<'],
      [3, '>', '', 'FA'],
      [3.04, '<'],
      [6, '<', RESPONSE],
      [6.001, '>', '', 'R'],
    ]
    expect((await spoken(...said)).diagnosis.connection(0).verdict).toBe('slow-responder')
  })

  it('came late, too, where the client beat before it gave up', async () => {
    const said: readonly Said[] = [
      [1, '>', 'beat'],
      [1.7, '>', 'beat'],
      [2.4, '>', 'beat'],
      [3, '>', '', 'FA'],
      [6, '<', 'answer'],
      [6.001, '>', '', 'R'],
    ]
    expect((await spoken(...said)).diagnosis.connection(0).verdict).toBe('slow-responder')
  })
})

describe('requests of HTTP that are sent ahead', () => {
  const answer = (bytes: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n${'b'.repeat(bytes)}`
  const ahead: readonly Said[] = [
    [1, '>', REQUEST],
    [1.01, '>', REQUEST.replace('/', '/other')],
  ]

  it('are counted, in one segment, too, and may wait for ever', async () => {
    for (const said of [ahead, [[1, '>', REQUEST.repeat(2)]] as const]) {
      const found = await judgedAt([...said, [1.1, '<', answer(5)]], 9)
      expect(found).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
      expect(found.candidates[0]!.reasons).toEqual(['1 request without an answer, by the headers of both ends'])
    }
  })

  it.each([
    ['one after the other', [answer(5), answer(7)]],
    ['together', [answer(5) + answer(7)]],
    ['in segments that end within another one', [answer(5) + answer(7).slice(0, -3), 'bbb']],
    ['without a body', [`${answer(5)}HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n`]],
  ])('are all answered, %s', async (_, answers) => {
    const said = answers.map((words, at): Said => [1.1 + at / 100, '<', words])
    expect(await judgedAt([...ahead, ...said], 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it('are one where a batch carries them as its parts', async () => {
    const part = `--b\r\nContent-Type: application/http\r\n\r\n${REQUEST}`
    const batch = `POST /batch HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part}${part}--b--`
    const said: readonly Said[] = [
      [1, '>', batch],
      [1.1, '<', answer(5)],
    ]
    expect(await judgedAt(said, 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it('are not counted where an answer ends with the connection, or another protocol follows', async () => {
    for (const first of ['HTTP/1.1 200 OK\r\n\r\nall', UPGRADED])
      expect((await judgedAt([...ahead, [1.1, '<', first]], 9)).verdict).toBe('healthy')
  })
})

describe('HTTP/2 in plain text', () => {
  const frame = (type: number, flags: number, stream: number, body: string) =>
    `\0\0${String.fromCharCode(body.length, type, flags)}\0\0\0${String.fromCharCode(stream)}${body}`
  const PREFACE = `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${frame(4, 0, 0, '')}`
  const request = (stream: number) => frame(1, 5, stream, 'headers')
  const opened: readonly Said[] = [
    [1, '>', PREFACE],
    [1.01, '<', frame(4, 0, 0, '') + frame(4, 1, 0, '')],
    [1.02, '>', frame(4, 1, 0, '')],
  ]
  const pinged: readonly Said[] = [2, 3, 4, 5, 6].flatMap((at): readonly Said[] => [
    [at, '>', frame(6, 0, 0, '12345678')],
    [at + 0.01, '<', frame(6, 1, 0, '12345678')],
  ])

  it('has a request without an answer, though its library answers pings', async () => {
    const found = await judgedAt([...opened, [1.1, '>', request(1)], ...pinged], 9)
    expect(found).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('has one, too, where only the settings were agreed on', async () => {
    const said: readonly Said[] = [
      [1, '>', PREFACE + request(1)],
      [1.01, '<', frame(4, 0, 0, '') + frame(4, 1, 0, '')],
      [1.02, '>', frame(4, 1, 0, '') + frame(8, 0, 0, '1234')],
    ]
    expect(await judgedAt(said, 9)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('has several without an answer, each of which is owed one', async () => {
    const asked = [1.1, 1.4, 1.7].map((at, index): Said => [at, '>', request(2 * index + 1)])
    const found = await judgedAt([...opened, ...asked, ...pinged], 9)
    expect(found).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('is healthy where a stream was answered, and pings since', async () => {
    const said: readonly Said[] = [...opened, [1.1, '>', request(1)], [1.2, '<', request(1)], ...pinged]
    expect(await judgedAt(said, 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
    expect((await judgedAt(opened, 9)).verdict).toBe('healthy')
  })

  const both: readonly Said[] = [...opened, [1.1, '>', request(1) + request(3)]]
  const begins = (stream: number) => frame(1, 4, stream, 'headers')
  const ends = (stream: number) => frame(0, 1, stream, 'data')

  it('has a stream without an answer where fewer begin or end than were asked for', async () => {
    for (const answer of [request(1), begins(1) + ends(1)]) {
      const found = await judgedAt([...both, [1.2, '<', answer]], 9)
      expect(found).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
      expect(found.candidates[0]!.reasons).toEqual(['1 request without an answer, by the frames of both ends'])
    }
    const healthy = { verdict: 'healthy', confidence: 'certain' }
    expect(await judgedAt([...both, [1.2, '<', request(3) + begins(1) + ends(1)]], 9)).toMatchObject(healthy)
  })

  it('is healthy where a stream goes on, or was given up', async () => {
    const healthy = { verdict: 'healthy', confidence: 'certain' }
    const watch: Said = [1.2, '<', begins(1) + frame(0, 0, 1, 'event') + begins(3) + request(3)]
    expect(await judgedAt([...both, watch], 9)).toMatchObject(healthy)
    const given: readonly Said[] = [
      [1.2, '>', frame(3, 0, 1, 'code')],
      [1.3, '<', request(3)],
    ]
    expect(await judgedAt([...both, ...given], 9)).toMatchObject(healthy)
  })

  it('is likely healthy where the frames of an answer do not end with their segment', async () => {
    const said: readonly Said[] = [...opened, [1.1, '>', request(1)], [1.15, '>', request(3)]]
    const answer: Said = [1.2, '<', begins(1) + ends(1).slice(0, -1)]
    expect(await judgedAt([...said, answer], 9)).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
  })
})

describe('a server that has closed its side', () => {
  it('owes nothing to what the client goes on to say', async () => {
    const said = [1.1, 1.7, 2.3, 2.9].map((at, index): Said => [at, '>', 'more data '.repeat(index + 1)])
    const { verdict } = await judgedAt(
      [[1, '>', 'hi'], [1.01, '<', 'all I say'], ...said, [1.2, '<', '', 'FA']].sort(
        (a, b) => Number(a[0]) - Number(b[0]),
      ) as Said[],
      9,
    )
    expect(verdict).toBe('healthy')
  })
})

describe('messages of a size that was never answered, after others that were', () => {
  it('may be what the client has to tell, as after the pings of MQTT', async () => {
    const pings = [1, 2, 3, 4, 5].flatMap((at): Said[] => [
      [at, '>', '\xc0\x00'],
      [at + 0.01, '<', '\xd0\x00'],
    ])
    const told = [6, 7, 8].flatMap((at): Said[] => [
      [at, '>', 'a measured value'],
      [at + 0.01, '<'],
    ])
    expect(await judgedAt([...pings, ...told], 10)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
    const asked = told.map(([at, way, words]): Said => [at, way, words === undefined ? '' : '\xc0\x00'])
    expect(await judgedAt([...pings, ...asked], 10)).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
  })
})

describe('a client that gives up on a server that has answered before', () => {
  const givenUp = (word: number): readonly Said[] => [
    [1, '>', REQUEST],
    [1.01, '<', RESPONSE],
    [2, '>', REQUEST],
    [2.001, '<'],
    [5, '>', '', 'FA'],
    [word, '<', '\x15\x03\x03\x00\x02\x01\x00'],
    [word + 0.001, '>', '', 'R'],
  ]

  it('is not answered by what the server says to its close, as TLS does by an alert', async () => {
    const { diagnosis } = await spoken(...givenUp(5.002))
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
    expect(diagnosis.findings[0]!.title).toContain('no answer for 3 s, after 1 answer; then the client gave up')
  })

  it('is answered late where the answer comes some time after it closed', async () => {
    const { diagnosis } = await spoken(...givenUp(6))
    expect(diagnosis.connection(0).verdict).toBe('slow-responder')
  })
})
