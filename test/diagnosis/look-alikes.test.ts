import { describe, expect, it } from 'vitest'
import type { Connection } from '../../src/diagnosis/connection.ts'
import { analyzed, Conversation } from '../support/scene-capture.ts'
import { type Said, spoken } from '../support/spoken-capture.ts'

async function verdictsOf(...lines: readonly string[]) {
  const { diagnosis } = await analyzed(lines.join('\n'))
  const rules = diagnosis.findings.map(({ rule, severity }) => `${severity} ${rule}`)
  return { verdicts: [...diagnosis.connections()].map(({ verdict }) => verdict), rules, diagnosis }
}

/** Another client's SYN much later: the capture goes on. */
const goesOn = (at: number) => new Conversation(60_000, {}, 1).refused(at)

describe('what looks like a slow or silent server', () => {
  it('is a client that beats on its own clock and is answered now and then', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 30; turn++) {
      lines.push(c.push(1 + turn * 0.3), c.acked(1.0001 + turn * 0.3))
      if (turn % 10 === 9) lines.push(c.reply(1.001 + turn * 0.3))
    }
    expect((await verdictsOf(...lines)).verdicts).toEqual(['healthy'])
  })

  it('is a WebSocket on which the server pings by its clock, and the client answers at once', async () => {
    const upgrade: Said[] = [
      [0.1, '>', 'GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'],
      [0.11, '<', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ]
    const pings = [1, 2, 3, 4, 5].flatMap((turn): Said[] => [
      [turn * 1.5, '<', '\x89\x04ping'],
      [turn * 1.5 + 0.001, '>', '\x8a\x84abcdping'],
    ])
    const { diagnosis } = await spoken(...upgrade, ...pings)
    expect(diagnosis.connection(0).verdict).toBe('healthy')
    expect(diagnosis.findings).toEqual([])
  })

  it('may be a client that only reacts to what the server says by its clock', async () => {
    const beats = [0, 1, 2, 3, 4, 5].flatMap((turn): Said[] => [
      [0.1 + turn * 2, '<', `\x01beat${turn}`],
      [0.101 + turn * 2, '>', '\x02ok'],
    ])
    const { diagnosis } = await spoken(...beats)
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'slow-responder', confidence: 'suspected' })
  })

  it('is late for certain only if it still is without its longest answer', async () => {
    const answered = async (delays: readonly number[]) => {
      const c = new Conversation(50_001)
      const lines = delays.flatMap((delay, turn) => {
        const at = 1 + turn * 10
        return [c.push(at), c.acked(at + 0.001), c.reply(at + delay)]
      })
      return (await verdictsOf(c.opened(0), ...lines)).diagnosis.connection(0)
    }
    expect(await answered([2, 3, 2, 3])).toMatchObject({ verdict: 'slow-responder', confidence: 'certain' })
    // As where the capturing system's clock was set meanwhile.
    expect(await answered([0.1, 0.1, 0.1, 9])).toMatchObject({ verdict: 'slow-responder', confidence: 'likely' })
  })

  it('is a client that reports at uneven times and is answered now and then', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 30; turn++) {
      const at = 1 + turn * 0.4 + (turn % 3) * 0.12
      lines.push(c.push(at), c.acked(at + 0.0001))
      if (turn % 6 === 5) lines.push(c.reply(at + 0.001))
    }
    expect((await verdictsOf(...lines)).verdicts).toEqual(['healthy'])
  })

  it('is a client that sends records of every size, and is told after each fifth how far they came', async () => {
    const told = async (behind: number) => {
      const c = new Conversation(50_001)
      const lines = [c.opened(0)]
      for (let turn = 0; turn < 25; turn++) {
        const at = 1 + turn * 0.4
        lines.push(c.push(at, 20 + turn), c.acked(at + 0.0001))
        if (turn % 5 === 4) lines.push(c.reply(at + behind))
      }
      return (await verdictsOf(...lines)).verdicts
    }
    expect(await told(0.001)).toEqual(['healthy'])
    // What comes at another time than the client’s records is late.
    expect(await told(0.2)).toEqual(['slow-responder'])
  })

  it('is a network so far that the SYN was repeated before its answer came', async () => {
    const c = new Conversation(50_001)
    const far = (syns: readonly number[], answers: readonly number[]) => {
      const [syn, answer, ack] = c.opened(0).split('\n') as [string, string, string]
      const at = (line: string, seconds: number) => line.replace(/^\S+/, `10:00:${seconds.toFixed(6).padStart(9, '0')}`)
      const lines = [...syns.map((when) => at(syn, when)), at(answer, answers[0]!), at(ack, 1.1001)]
      lines.push(...answers.slice(1).map((when) => at(answer, when)))
      for (let turn = 0; turn < 4; turn++) lines.push(c.push(3 + turn * 1.3), c.reply(4.1 + turn * 1.3))
      return lines
    }
    expect((await verdictsOf(...far([0, 1], [1.1, 2.1]))).verdicts).toEqual(['healthy'])
    // One answer alone: the first SYN was lost, the network is near, and the server takes its time.
    expect((await verdictsOf(...far([0, 1], [1.1]))).verdicts).toEqual(['slow-responder'])
  })

  it('is a path that loses requests, which are repeated and answered soon after', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 4; turn++) {
      const at = 1 + turn * 4
      const request = c.push(at)
      const again = [0.2, 0.6, 1.4].map((later) =>
        request.replace(/^\S+/, `10:00:${(at + later).toFixed(6).padStart(9, '0')}`),
      )
      lines.push(request, ...again, c.reply(at + 1.42))
    }
    expect((await verdictsOf(...lines)).verdicts).toEqual(['healthy'])
  })

  it('is no path that loses requests where the server takes its time after the last repetition', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 4; turn++) {
      const at = 1 + turn * 4
      const request = c.push(at)
      const again = request.replace(/^\S+/, `10:00:${(at + 0.2).toFixed(6).padStart(9, '0')}`)
      lines.push(request, again, c.acked(at + 0.21), c.reply(at + 2))
    }
    const { diagnosis } = await verdictsOf(...lines)
    const { verdict, confidence, candidates } = diagnosis.connection(0)
    // The answers may have been lost, too: their sender would have repeated them unseen.
    expect({ verdict, confidence }).toEqual({ verdict: 'slow-responder', confidence: 'suspected' })
    expect(candidates[1]!.reasons[0]).toContain('the path loses packets')
  })

  it('is a path that loses answers, which are the first to acknowledge the repeated requests', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 4; turn++) {
      const at = 1 + turn * 4
      const request = c.push(at)
      lines.push(request, request.replace(/^\S+/, `10:00:${(at + 0.2).toFixed(6).padStart(9, '0')}`), c.reply(at + 2))
    }
    expect((await verdictsOf(...lines)).verdicts).toEqual(['healthy'])
  })

  it('is no path that loses packets because of one request that was sent again', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 0; turn < 4; turn++) {
      const at = 1 + turn * 4
      const request = c.push(at)
      const again = request.replace(/^\S+/, `10:00:${(at + 0.2).toFixed(6).padStart(9, '0')}`)
      lines.push(request, ...(turn === 0 ? [again] : []), c.acked(at + 0.21), c.reply(at + 2 + turn * 0.1))
    }
    const { diagnosis } = await verdictsOf(...lines)
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'slow-responder', confidence: 'likely' })
  })

  it('is a path that was cut when the first requests were sent, and took them in the end', async () => {
    const c = new Conversation(50_001)
    const [first, second, third] = [c.push(1), c.push(1.5), c.push(2)]
    const again = [1.2, 1.7, 2.7].map((at) => first.replace(/^\S+/, `10:00:${at.toFixed(6).padStart(9, '0')}`))
    const lines = [c.opened(0), first, again[0]!, second, again[1]!, third, again[2]!, c.reply(2.72)]
    for (let turn = 0; turn < 4; turn++) lines.push(c.push(3 + turn), c.reply(3.02 + turn))
    expect((await verdictsOf(...lines)).verdicts).toEqual(['healthy'])
  })

  it('is an upload in full segments that is answered when it is complete', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let piece = 0; piece < 20; piece++) lines.push(c.push(1 + piece * 0.15, 1460), c.acked(1.05 + piece * 0.15))
    const { verdicts } = await verdictsOf(...lines, c.reply(3.9))
    expect(verdicts).toEqual(['healthy'])
  })

  it('is a mute server to which two segments were sent at once, if the capture goes on', async () => {
    const c = new Conversation(50_001)
    const once = [c.opened(0), c.push(1, 200), c.push(1.001, 60), c.acked(1.0012)]
    expect((await verdictsOf(...once)).verdicts).toEqual(['insufficient'])
    expect((await verdictsOf(...once, goesOn(20))).verdicts[0]).toBe('ack-only')
  })
})

describe('another program on the port', () => {
  const verdictOf = async (...said: readonly Said[]) => (await spoken(...said)).diagnosis.connection(0).verdict
  const greeting: Said = [0.1, '<', 'SSH-2.0-OpenSSH_9.2\r\n']
  const keys: Said = [0.12, '>', '\x00\x00\x05\x0c\x0a\x14']

  it('is what greets as SSH a client that speaks another protocol', async () => {
    expect(await verdictOf(greeting, keys)).toBe('wrong-service')
  })

  const asked: Said = [0.1, '>', 'GET / HTTP/1.1\r\n\r\n']

  it('may be what sends a request of HTTP back', async () => {
    const { diagnosis } = await spoken(asked, [0.11, '<', asked[2]!])
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'wrong-service', confidence: 'suspected' })
  })

  it.each(['-ERR unknown command\r\n', 'E\x00\x00\x00\x0cSFATAL\x00\x00'])(
    'is possible where what answers a request of HTTP is of no known kind: %j',
    async (answer) => {
      const { diagnosis } = await spoken(asked, [0.11, '<', answer])
      const { verdict, confidence, candidates } = diagnosis.connection(0)
      expect([verdict, confidence]).toEqual(['healthy', 'likely'])
      expect(candidates.map((cause) => cause.verdict)).toContain('wrong-service')
      const certain = { verdict: 'healthy', confidence: 'certain' }
      const lineProtocol = await spoken([0.1, '>', 'GET key\r\n'], [0.11, '<', answer])
      expect(lineProtocol.diagnosis.connection(0)).toMatchObject(certain)
      const again = await spoken(asked, [0.11, '<', answer], [0.2, '>', asked[2]!], [0.21, '<', answer])
      expect(again.diagnosis.connection(0)).toMatchObject(certain)
      const torn = await spoken(asked, [0.11, '<', 'H'], [0.12, '<', 'TTP/1.1 200 OK\r\n\r\n'])
      expect(torn.diagnosis.connection(0)).toMatchObject(certain)
    },
  )

  it('is not seen where the capture lacks what the client said first', async () => {
    expect(await verdictOf(greeting, [0.11, '>', 'SSH-2.0-client\r\n', 'missing'], keys)).not.toBe('wrong-service')
  })

  it('is not seen in the middle of an answer of which the capture lacks the beginning', async () => {
    const asked: Said = [0.1, '>', 'GET / HTTP/1.1\r\n\r\n']
    const begun: Said = [0.11, '<', 'HTTP/1.1 200 OK\r\n\r\n', 'missing']
    const rest: Said = [0.12, '<', '220 apples\r\n']
    expect(await verdictOf(asked, begun, rest)).toBe('healthy')
  })
})

describe('a listener that resets its connections one by one', () => {
  it('closes each with data unread, the last one too', async () => {
    const lines: string[] = []
    for (const [index, port] of [50_001, 50_002, 50_003].entries()) {
      const c = new Conversation(port)
      const at = index * 5
      lines.push(c.opened(at), c.push(at + 1), c.acked(at + 1.0001), c.push(at + 1.5), c.reset(at + 2))
    }
    expect((await verdictsOf(...lines)).verdicts).toEqual(Array(3).fill('reset-unread-data'))
  })
})

describe('a reset on which nothing was unread', () => {
  it('supports that the connection was still in the accept queue', async () => {
    const lines = [50_001, 50_002].map((port) => {
      const c = new Conversation(port)
      return { opened: c.opened((port - 50_000) / 10), reset: c.reset(5 + (port - 50_000) / 10_000) }
    })
    const { diagnosis, verdicts } = await verdictsOf(
      ...lines.map(({ opened }) => opened),
      ...lines.map(({ reset }) => reset),
    )
    expect(verdicts).toEqual(['server-died', 'server-died'])
    const cause = diagnosis.connection(0).candidates.find(({ verdict }) => verdict === 'never-accepted')
    expect(cause?.standing).toBe('supported')
  })
})

describe('a SYN without an answer', () => {
  it('is a warning where its client did not repeat it, an error where it did', async () => {
    const syn = new Conversation(50_001).syn(0)
    expect((await verdictsOf(syn, goesOn(10))).rules).toContain('warning syn-unanswered')
    const again = new Conversation(50_001).syn(1)
    expect((await verdictsOf(syn, again, goesOn(10))).rules).toContain('error syn-unanswered')
  })
})

describe('a stopped listener', () => {
  it('is told by what became of the connections that it had served', async () => {
    const served = new Conversation(50_001)
    const lines = [served.opened(0)]
    for (let turn = 0; turn < 4; turn++) lines.push(served.push(1 + turn), served.reply(1.01 + turn))
    const silent = [50_002, 50_003].map((port) => new Conversation(port))
    for (const [index, c] of silent.entries()) lines.push(c.opened(5 + index / 10))
    for (let turn = 0; turn < 5; turn++)
      for (const [index, c] of [served, ...silent].entries())
        lines.push(c.push(6 + turn + index / 10), c.acked(6.0001 + turn + index / 10))
    const { diagnosis } = await verdictsOf(...lines)
    const found = diagnosis.findings.find(({ rule }) => rule === 'accept-stopped')
    expect(found?.explanation).toContain('1 connection that it had served fell silent too')
  })
})

describe('a FIN that was recorded after its acknowledgment', () => {
  it('is no payload of a server that never sent any', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 1; turn < 6; turn++) lines.push(c.push(turn), c.acked(turn + 0.0001))
    const fin = c.fin(6.5, false)
    const answered = c.fin(6.5, true)
    expect((await verdictsOf(...lines, fin, answered)).verdicts).toEqual(['accepted-no-reply'])
    expect((await verdictsOf(...lines, answered, fin)).verdicts).toEqual(['accepted-no-reply'])
  })
})

describe('a server that stopped answering, in a capture that lacks packets', () => {
  it('is seen by three segments in a row without an answer, each of which would have acknowledged a lost one', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 1; turn < 6; turn++) {
      lines.push(c.push(turn), turn === 3 ? '' : c.reply(turn + 0.01))
      if (turn === 3) c.reply(turn + 0.01)
    }
    for (let turn = 6; turn < 12; turn++) lines.push(c.push(turn), c.acked(turn + 0.0001))
    expect((await verdictsOf(...lines)).verdicts).toEqual(['peer-stalled'])
  })
})

describe('a client that goes on by itself after one answer', () => {
  it('is only suspected to be left alone, and may be well', async () => {
    const told = async (answers: number, bytes = 23) => {
      const c = new Conversation(50_001)
      const lines = [c.opened(0)]
      for (let turn = 0; turn < answers; turn++) lines.push(c.push(1 + turn, 28), c.reply(1.001 + turn, 4))
      for (let turn = 0; turn < 10; turn++) lines.push(c.push(6 + turn, bytes), c.acked(6.0001 + turn))
      const { diagnosis } = await verdictsOf(...lines)
      const [{ verdict, confidence, candidates }] = [...diagnosis.connections()] as [Connection]
      return { verdict, confidence, well: candidates.some((one) => one.verdict === 'healthy') }
    }
    expect(await told(1)).toEqual({ verdict: 'peer-stalled', confidence: 'suspected', well: true })
    // An opening of some messages, after which the client publishes others for longer than that took.
    expect(await told(4)).toEqual({ verdict: 'peer-stalled', confidence: 'suspected', well: true })
    expect(await told(4, 28)).toEqual({ verdict: 'peer-stalled', confidence: 'likely', well: false })
  })
})

describe('connections whose data nothing acknowledges', () => {
  const dead = (port: number) => {
    const c = new Conversation(port)
    const lines = [c.opened(port - 50_000), c.push(port - 50_000 + 0.5)]
    const push = lines[1]!
    const again = [0.7, 1.1, 1.9, 3.5].map((after) => {
      const seconds = port - 50_000 + 0.5 + after
      return push.replace(/^\S+/, `10:00:${seconds.toFixed(6).padStart(9, '0')}`)
    })
    return [...lines, ...again]
  }

  it('show no full queue to each other: none of them waits in it', async () => {
    const { verdicts } = await verdictsOf(...dead(50_001), ...dead(50_002), ...dead(50_003))
    expect(verdicts).toEqual(Array(3).fill('insufficient'))
  })

  it('may be in front of a full queue where another one waits, whose data was taken', async () => {
    const c = new Conversation(50_009)
    const waits = [c.opened(0), c.push(0.2), c.acked(0.2001)]
    const { verdicts, diagnosis } = await verdictsOf(...waits, ...dead(50_001))
    expect(verdicts[1]).toBe('backlog-overflow')
    expect(diagnosis.findings.find(({ rule }) => rule === 'backlog-overflow')?.explanation).toContain(
      '1 other connection ',
    )
  })
})

describe('bytes that the capture lacks', () => {
  it('are a hole of the capture only where the other end has them', async () => {
    const answered = (ack: number) => [
      new Conversation(50_001).opened(0),
      '10:00:01.000000 10.0.0.1 → 10.0.0.2 TCP 66 50001 → 9000 [PSH, ACK] Seq=1 Ack=1 Win=65536 Len=44',
      '10:00:01.010000 10.0.0.2 → 10.0.0.1 TCP 66 9000 → 50001 [PSH, ACK] Seq=5001 Ack=45 Win=64128 Len=60',
      `10:00:03.000000 10.0.0.1 → 10.0.0.2 TCP 66 50001 → 9000 [PSH, ACK] Seq=45 Ack=${ack} Win=65536 Len=44`,
    ]
    expect((await verdictsOf(...answered(5061))).rules).toContain('note capture-holes')
    const { rules } = await verdictsOf(...answered(1))
    expect(rules).not.toContain('note capture-holes')
    expect(rules).toContain('error replies-unacknowledged')
  })
})

describe('a connection that is reset while an answer is due', () => {
  const served = (c: Conversation) => [c.push(1), c.reply(1.01), c.push(2), c.reply(2.01), c.push(3)]

  it('may have been closed unread, which nothing shows where no other connection does', async () => {
    const c = new Conversation(50_001)
    const { diagnosis } = await verdictsOf(c.opened(0), ...served(c), c.reset(3.001), goesOn(9))
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'reset-unread-data', confidence: 'suspected' })
    expect(diagnosis.findings.map(({ explanation }) => explanation).join()).not.toContain('the port went on answering')
  })

  it('was closed unread by a process that lives on where the port answers a later SYN', async () => {
    const c = new Conversation(50_001)
    const later = new Conversation(50_002)
    const { diagnosis } = await verdictsOf(c.opened(0), ...served(c), c.reset(3.001), later.opened(5), goesOn(9))
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'reset-unread-data', confidence: 'likely' })
  })

  it('was closed unread where others are answered afterwards', async () => {
    const c = new Conversation(50_001)
    const other = new Conversation(50_002)
    const lines = [
      other.opened(0),
      c.opened(0.1),
      c.push(1),
      c.acked(1.001),
      other.push(2),
      other.reply(2.01),
      c.reset(3),
    ]
    const { diagnosis } = await verdictsOf(...lines, other.push(4), other.reply(4.01), goesOn(9))
    expect(diagnosis.connection(1)).toMatchObject({ verdict: 'reset-unread-data', confidence: 'likely' })
  })

  it('may have waited in the queue of a listener that was opened again, where it was never answered', async () => {
    const c = new Conversation(50_001)
    const later = new Conversation(50_002)
    const { diagnosis } = await verdictsOf(
      c.opened(0),
      c.push(1),
      c.acked(1.001),
      c.reset(3),
      later.opened(3.5),
      goesOn(9),
    )
    const { verdict, confidence, candidates } = diagnosis.connection(0)
    expect({ verdict, confidence }).toEqual({ verdict: 'reset-unread-data', confidence: 'suspected' })
    expect(candidates.map((each) => each.verdict)).toContain('never-accepted')
  })

  it('is one that the system no longer knows where the RST acknowledges nothing', async () => {
    const c = new Conversation(50_001)
    const bare = () => c.reset(3.001, 0).replace('[RST, ACK]', '[RST]')
    const { diagnosis } = await verdictsOf(c.opened(0), ...served(c), bare(), goesOn(9))
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'server-died', confidence: 'suspected' })
  })

  it('lost its server where the port refuses afterwards, also on a connection older than the capture', async () => {
    const c = new Conversation(50_001)
    const later = new Conversation(50_002)
    c.opened(0)
    const { diagnosis } = await verdictsOf(...served(c), c.reset(3.001), later.refused(4))
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'server-died', confidence: 'likely' })
  })
})

describe('a SYN that nothing answers', () => {
  it('may have been refused where it was not repeated: a client that waits does that', async () => {
    const c = new Conversation(50_001)
    const { diagnosis } = await verdictsOf(c.syn(0), goesOn(20))
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'syn-unanswered', confidence: 'suspected' })
    expect(diagnosis.connection(0).candidates.map(({ verdict }) => verdict)).toContain('refused')
    const repeated = await verdictsOf(c.syn(0), c.syn(1), goesOn(20))
    expect(repeated.diagnosis.connection(0)).toMatchObject({ verdict: 'syn-unanswered', confidence: 'certain' })
  })
})
