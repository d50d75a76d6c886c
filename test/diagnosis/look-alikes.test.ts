import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'

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
