import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'
import { type Said, spoken } from '../support/spoken-capture.ts'

async function judged(...lines: readonly string[]) {
  const { diagnosis } = await analyzed(lines.join('\n'))
  return { connections: [...diagnosis.connections()], findings: diagnosis.findings }
}

const bare = (reset: string) => reset.replace('[RST, ACK]', '[RST]')
const byClient = (from: number, reset: string) =>
  reset.replace('10.0.0.2 → 10.0.0.1', '10.0.0.1 → 10.0.0.2').replace(`9000 → ${from}`, `${from} → 9000`)

const served = (c: Conversation) => [c.opened(0), c.push(1), c.reply(1.01)]

describe('a process that ends', () => {
  it('closes with FIN what it had read: what the client says next is reset, and the port refuses', async () => {
    const c = new Conversation(50_001)
    const { connections } = await judged(
      ...served(c),
      c.fin(1.5, false),
      c.push(2),
      bare(c.reset(2.001, 0)),
      new Conversation(50_002).refused(2.5),
    )
    expect(connections[0]).toMatchObject({ verdict: 'server-died', confidence: 'likely' })
  })

  it('is told by the refusal, though a new process serves the port afterwards, and not where an older connection is served on', async () => {
    const verdictBeside = async (opens: number) => {
      const [c, other] = [new Conversation(50_001), new Conversation(50_003)]
      const closed = [...served(c), c.fin(1.5, false), c.push(2), bare(c.reset(2.001, 0))]
      const refused = new Conversation(50_002).refused(2.5)
      const lines = [...closed, refused, other.opened(opens), other.push(4.1), other.reply(4.11)]
      const { connections } = await judged(...lines.flatMap((line) => line.split('\n')).sort())
      return connections[0]!.verdict
    }
    expect(await verdictBeside(4)).toBe('server-died')
    expect(await verdictBeside(1.2)).not.toBe('server-died')
  })

  it('resets at the moment of that FIN what waited in its queue', async () => {
    const c = new Conversation(50_001)
    const waiting = new Conversation(50_002)
    const { connections } = await judged(
      ...served(c),
      waiting.opened(1.1),
      waiting.push(1.2),
      waiting.acked(1.201),
      c.fin(3, false),
      waiting.reset(3.0001),
      c.push(3.5),
      bare(c.reset(3.501, 0)),
    )
    expect(connections.map(({ verdict }) => verdict)).toEqual(['server-died', 'server-died'])
  })

  it('reset one that it had never answered, though it answered another until just before', async () => {
    const waiting = new Conversation(50_001)
    const other = new Conversation(50_002)
    const { connections } = await judged(
      waiting.opened(0),
      waiting.push(0.5),
      waiting.acked(0.501),
      other.opened(1),
      other.push(2.999),
      other.reply(2.9995),
      waiting.reset(3),
    )
    expect(connections[0]).toMatchObject({ verdict: 'server-died', confidence: 'suspected' })
  })

  it('closes with FIN what was idle at the moment of a reset, and another takes its port', async () => {
    const busy = new Conversation(50_001)
    const idle = new Conversation(50_002)
    const lines = (...afterwards: readonly string[]) => [
      ...served(busy),
      idle.opened(1.1),
      idle.push(1.2),
      idle.reply(1.21),
      busy.push(2),
      busy.acked(2.001),
      busy.reset(4),
      ...afterwards,
    ]
    const next = (c: Conversation) => [c.opened(5), c.push(5.1), c.reply(5.11)]
    const ended = await judged(...lines(idle.fin(4.0001, false)), ...next(new Conversation(50_003)))
    expect(ended.connections[0]).toMatchObject({ verdict: 'server-died', confidence: 'likely' })
    expect(ended.connections[1]!.candidates).toContainEqual(expect.objectContaining({ verdict: 'server-died' }))
    expect(ended.findings.find(({ rule }) => rule === 'server-died')!.explanation).toMatch(/A new one answers the port/)
    // One that is served on shows that the process lived.
    const other = new Conversation(50_004)
    const lives = await judged(other.opened(0), ...lines(idle.fin(4.0001, false)), other.push(6), other.reply(6.01))
    expect(lives.connections[1]).toMatchObject({ verdict: 'reset-unread-data' })
  })

  it('is only suspected where the RST knows of no connection, as a firewall’s that begins to reject', async () => {
    const c = new Conversation(50_001)
    const lines = [...served(c), c.push(2), bare(c.reset(2.001, 0)), new Conversation(50_002).refused(3)]
    expect((await judged(...lines)).connections[0]).toMatchObject({ verdict: 'server-died', confidence: 'suspected' })
  })

  it('closes with FIN over a request that it had read', async () => {
    const c = new Conversation(50_001)
    const lines = [...served(c), c.push(2), c.acked(2.001), c.fin(2.5, false)]
    const refused = await judged(...lines, new Conversation(50_002).refused(3))
    expect(refused.connections[0]).toMatchObject({ verdict: 'server-died', confidence: 'likely' })
    const next = new Conversation(50_002)
    const goesOn = await judged(...lines, next.opened(3), next.push(3.1), next.reply(3.11))
    expect(goesOn.connections[0]!.verdict).not.toBe('server-died')
  })

  it('is not what closes one connection while the port serves others', async () => {
    const c = new Conversation(50_001)
    const other = new Conversation(50_002)
    const { connections } = await judged(
      ...served(c),
      c.fin(1.5, false),
      c.push(2),
      bare(c.reset(2.001, 0)),
      other.opened(2.5),
      other.push(3),
      other.reply(3.01),
    )
    expect(connections[0]!.verdict).toBe('healthy')
  })
})

describe('a listener that is closed while a connection from before is served on', () => {
  it('resets what waited to be accepted, and is no process that ended', async () => {
    const served = new Conversation(50_001)
    const waiting = [new Conversation(50_002), new Conversation(50_003)]
    const { connections, findings } = await judged(
      served.opened(0),
      served.push(0.1),
      served.reply(0.11),
      ...waiting.flatMap((c) => [c.opened(1), c.push(1.5), c.acked(1.501)]),
      ...waiting.map((c) => c.reset(4)),
      served.push(5),
      served.reply(5.01),
    )
    expect(connections[1]).toMatchObject({ verdict: 'server-died', confidence: 'suspected' })
    expect(connections[1]!.candidates.find(({ verdict }) => verdict === 'never-accepted')?.standing).toBe('supported')
    expect(findings.find(({ rule }) => rule === 'server-died')?.explanation).toContain('not the process ended')
  })
})

describe('a client that closes both sides before the answer comes', () => {
  it('got none of it, and did not shut one side only', async () => {
    const c = new Conversation(50_001)
    const { connections } = await judged(
      c.opened(0),
      c.push(1),
      c.reply(1.01),
      c.push(2),
      c.fin(2.5, true),
      c.reply(2.6),
      byClient(50_001, bare(c.reset(2.6001, 0))),
    )
    expect(connections[0]!.verdict).toBe('healthy')
  })
})

describe('SYNs that the path loses while others connect', () => {
  it('met no full queue: the others were served meanwhile', async () => {
    const other = new Conversation(50_001)
    const late = new Conversation(50_002)
    const { connections } = await judged(
      late.syn(0.01),
      other.syn(0.011),
      other.opened(1),
      late.syn(1.01),
      other.push(1.02),
      late.syn(2.01),
      other.reply(2.1),
      late.opened(4.01),
      late.push(4.1),
      late.reply(4.11),
    )
    expect(connections.map(({ verdict }) => verdict)).not.toContain('backlog-overflow')
  })
})

describe('two ends that send and do not read', () => {
  it('are told as such: each window is closed', async () => {
    const c = new Conversation(50_001)
    const { findings } = await judged(
      c.opened(0),
      c.push(1, 1000),
      c.reply(1.01, 1000),
      c.told(1.02, 0),
      c.acked(1.03, 0),
      new Conversation(60_000, {}, 1).refused(9),
    )
    const stall = findings.find(({ rule }) => rule === 'zero-window-stall')
    expect(stall?.explanation).toContain('neither reads')
  })
})

describe('a transfer that the server ends with a reply code', () => {
  it('is no greeting of another service: that comes when a connection is accepted', async () => {
    const binary = String.fromCharCode(1, 2, 200, 3).repeat(8)
    const { diagnosis } = await spoken(
      [1, '>', binary],
      [2, '>', `${binary}x`],
      [3, '>', `${binary}xy`],
      [3.1, '>', '', 'FA'],
      [3.2, '<', '226 done\r\n'],
      [3.201, '>'],
    )
    expect(diagnosis.connection(0).verdict).toBe('half-close')
  })

  it('is one where it comes at once', async () => {
    const binary = String.fromCharCode(1, 2, 200, 3).repeat(8)
    const { diagnosis } = await spoken([1, '>', binary], [1.001, '<', '220 mail.example ESMTP\r\n'], [1.002, '>'])
    expect(diagnosis.connection(0).verdict).toBe('wrong-service')
  })
})

describe('a client that beats and gets one answer in all', () => {
  it('may have waited to be accepted: that it is well is not certain', async () => {
    const c = new Conversation(50_001)
    const beats = [1, 1.5, 2, 2.5, 3, 3.5, 4].map((at) => c.push(at))
    const { connections } = await judged(c.opened(0), ...beats, c.reply(4.1), c.told(4.101, 65_536))
    expect(connections[0]).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
    expect(connections[0]!.candidates.map(({ verdict }) => verdict)).toContain('delayed-accept')
  })
})

describe('a request of HTTP on which both ends close without an answer', () => {
  const ended = (first: '<' | '>') =>
    spoken(
      [1, '>', 'GET / HTTP/1.1\r\n\r\n'],
      [1.001, '<'],
      [2, first, '', 'FA'],
      [2.01, first === '<' ? '>' : '<', '', 'FA'],
      [2.02, first],
    )

  it.each(['<', '>'] as const)('was read and owed an answer, whichever end closes first: %s', async (first) => {
    expect((await ended(first)).diagnosis.connection(0).verdict).toBe('accepted-no-reply')
  })
})

describe('a greeting that the client replies to', () => {
  const silent: Said = [9, '>', '', 'FA']

  it('opens a dialogue, which stops where the reply has no answer', async () => {
    const greeting = '\n8.0.30\0salt'
    const { diagnosis } = await spoken([0.1, '<', greeting], [0.11, '>', 'login'], [0.15, '<'], silent)
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
    expect(diagnosis.findings[0]?.title).toContain('after its greeting')
  })

  it('is followed by a key exchange of either end in SSH', async () => {
    const said: readonly Said[] = [
      [0.1, '<', 'SSH-2.0-a\r\n'],
      [0.11, '>', 'SSH-2.0-b\r\n'],
      [0.12, '>', 'kexinit'],
      [0.15, '<'],
      silent,
    ]
    expect((await spoken(...said)).diagnosis.connection(0).verdict).toBe('peer-stalled')
  })
})

describe('a process that ends with nothing unread', () => {
  it('closes with FIN what is idle and what it had been asked: that the port refuses then is said', async () => {
    const idle = new Conversation(50_001)
    const asked = new Conversation(50_002)
    const { connections, findings } = await judged(
      ...served(idle),
      asked.opened(2),
      asked.push(2.1),
      asked.acked(2.101),
      asked.fin(4, false),
      idle.fin(4.001, false),
      asked.fin(4.1, true),
      idle.fin(4.101, true),
      new Conversation(50_003).refused(5),
    )
    expect(connections.map(({ verdict }) => verdict)).toEqual(['server-idle-close', 'accepted-no-reply', 'refused'])
    for (const { rule, explanation } of findings)
      if (rule !== 'refused') expect(explanation).toContain('The port refused SYNs afterwards')
    expect(connections[0]!.candidates.map(({ verdict }) => verdict)).toContain('server-died')
  })
})

describe('connections that the server closes as soon as they come', () => {
  it('are no process that ended because the client’s late words to the one before were reset then', async () => {
    const lines = [0, 1, 2].flatMap((turn) => {
      const c = new Conversation(50_001 + turn)
      const at = turn * 0.2
      return [c.opened(at), c.fin(at + 0.0005, false), c.push(at + 0.1998), bare(c.reset(at + 0.1999, 0))]
    })
    const { connections, findings } = await judged(...lines)
    expect(connections.map(({ verdict }) => verdict)).toEqual(Array(3).fill('server-idle-close'))
    expect(findings[0]!.nextSteps.join()).not.toContain('Compare the server’s idle time-out')
  })
})

describe('clients that close and are told nothing', () => {
  const left = (port: number, at: number) => {
    const c = new Conversation(port)
    return { c, lines: [c.opened(at), c.fin(at + 0.001, true), c.acked(at + 0.04)] }
  }

  it('were never taken where they are reset with one that waits: their listener, or its process, is gone', async () => {
    const [first, second] = [left(50_001, 0), left(50_002, 1)]
    const waiting = new Conversation(50_003)
    const { connections } = await judged(
      ...first.lines,
      ...second.lines,
      waiting.opened(2),
      waiting.push(2.1),
      waiting.acked(2.101),
      first.c.reset(5),
      second.c.reset(5.0001),
      waiting.reset(5.0002),
    )
    for (const { verdict, candidates } of connections) {
      expect(verdict).toBe('server-died')
      expect(candidates.map((one) => one.verdict)).toContain('never-accepted')
    }
  })

  it('are told to have closed where one of them alone is reset', async () => {
    const { c, lines } = left(50_001, 0)
    const { connections, findings } = await judged(...lines, c.reset(5), new Conversation(50_002).opened(6))
    expect(connections[0]!.verdict).toBe('insufficient')
    expect(findings[0]!.explanation).toContain('The client had closed its side 4.999 s before')
  })
})

describe('a connection of which the capture lacks a segment', () => {
  const mute = (c: Conversation) => [c.opened(0), ...[1, 2, 3].flatMap((at) => [c.push(at), c.acked(at + 0.001)])]

  it('was not refused where its SYN-ACK alone is missing: its data was taken', async () => {
    const c = new Conversation(50_001)
    const lines = mute(c).flatMap((line) => line.split('\n'))
    const lacking = lines.filter((line) => !line.includes('[SYN, ACK]'))
    expect((await judged(...lacking)).connections[0]!.verdict).toBe('ack-only')
    const reset = (await judged(...lacking, c.reset(4))).connections[0]!
    expect(reset.verdict).not.toBe('refused')
    expect(reset.candidates.map(({ verdict }) => verdict)).toContain('never-accepted')
    const answered = lines.map((line) =>
      line.replace('9000 → 50001 [ACK]', '9000 → 50001 [PSH, ACK]').replace('64128 Len=0', '64128 Len=9'),
    )
    const unseen = answered.filter((line) => !line.includes('[SYN, ACK]'))
    expect((await judged(...unseen, c.reset(4))).connections[0]!.verdict).not.toBe('refused')
  })

  it('was not answered where the server’s FIN is missing, which the client acknowledges when it has closed', async () => {
    const c = new Conversation(50_001)
    const lines = [...mute(c), c.fin(4, true)]
    c.fin(4.001, false)
    const { connections } = await judged(...lines, c.told(4.002, 65_536))
    expect(connections[0]!.verdict).toBe('ack-only')
  })
})
