import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'

async function told(rule: string, ...lines: readonly string[]) {
  const { diagnosis } = await analyzed(lines.join('\n'))
  return diagnosis.findings.filter((finding) => finding.rule === rule)
}

async function reasonsOf(stream: number, ...lines: readonly string[]) {
  const { diagnosis } = await analyzed(lines.join('\n'))
  return diagnosis.connection(stream)!
}

/** Another client's SYN much later: the capture goes on. */
const goesOn = (at: number) => new Conversation(60_000, {}, 1).refused(at)

/** A line, sent again at another second. */
const again = (line: string, at: number) => line.replace(/^\S+/, `10:00:${at.toFixed(6).padStart(9, '0')}`)

const served = (port: number, at: number) => {
  const one = new Conversation(port)
  return [one.opened(at), one.push(at + 0.1), one.reply(at + 0.2)]
}

describe('what is told of a server that never sends', () => {
  it('is that all was read where it closed with FIN, though its window had shown all unread before', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0, { window: 8192, scale: 0 })]
    for (let turn = 1; turn <= 4; turn++) lines.push(c.push(turn), c.acked(turn + 0.001, 8192 - turn * 44))
    lines.push(c.fin(9, false), c.told(9.1, 65_536))
    const { verdict, candidates } = await reasonsOf(0, ...lines)
    expect(verdict).toBe('accepted-no-reply')
    expect(candidates.find((one) => one.verdict === verdict)!.standing).toBe('supported')
    expect(candidates.flatMap(({ reasons }) => reasons).join()).not.toContain('no byte was read')
  })

  it('is that it read and did not answer, where it acknowledged each push at once after the quick ones', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let at = 1; at < 3; at += 0.1) lines.push(c.push(at), c.acked(at + 0.00004))
    const { candidates } = await reasonsOf(0, ...lines, goesOn(9))
    const standings = Object.fromEntries(candidates.map(({ verdict, standing }) => [verdict, standing]))
    expect(standings).toMatchObject({ 'never-accepted': 'contradicted', 'accepted-no-reply': 'supported' })
  })

  it('is that it stopped reading where Linux took in more than its buffer holds for one that never reads', async () => {
    const full = (bytes: number) => {
      const c = new Conversation(50_001)
      const lines = [c.opened(0)]
      for (let sent = 0; sent < bytes; sent += 50_000) lines.push(c.push(1 + sent / 1e6, 50_000))
      return reasonsOf(0, ...lines, c.acked(2, 0), goesOn(9))
    }
    const standings = async (bytes: number) =>
      Object.fromEntries((await full(bytes)).candidates.map(({ verdict, standing }) => [verdict, standing]))
    expect(await standings(100_000)).toMatchObject({ 'never-accepted': 'supported' })
    expect(await standings(100_000)).not.toHaveProperty('peer-stalled')
    expect(await standings(400_000)).toMatchObject({ 'never-accepted': 'possible', 'peer-stalled': 'supported' })
  })

  it('is shown packet by packet, in the order of time, each from its end', async () => {
    const c = new Conversation(50_001)
    const [opened, first, ack, second] = [c.opened(0), c.push(1), c.acked(1.001), c.push(2)]
    const [finding] = await told('no-accept-signature', opened, first, second, ack, c.acked(2.001), goesOn(9))
    const rows = finding!.ladder!.map(({ time, direction }) => [Math.round(time / 1e6), direction])
    expect(rows).toEqual([
      [0, 'to-server'],
      [0, 'to-client'],
      [0, 'to-server'],
      [1000, 'to-server'],
      [1001, 'to-client'],
      [2000, 'to-server'],
      [2001, 'to-client'],
    ])
  })

  it('counts one earlier connection as one', async () => {
    const c = new Conversation(50_002)
    const mute = [c.opened(1), c.push(2), c.acked(2.001), c.push(4), c.acked(4.001)]
    const { candidates } = await reasonsOf(1, ...served(50_001, 0), ...mute)
    expect(candidates.flatMap(({ reasons }) => reasons)).toContain('1 earlier connection to the port was served')
  })

  it('is that its queue had moved on where a connection that came later was served, and not before', async () => {
    const c = new Conversation(50_001)
    const mute = [c.opened(0), c.push(1), c.acked(1.001), c.push(4), c.acked(4.001)]
    const reasonsBeside = async (at: number) => {
      const lines = [...mute, ...served(50_002, at)].sort((a, b) => (a.slice(0, 15) < b.slice(0, 15) ? -1 : 1))
      const { candidates } = await reasonsOf(0, ...lines, goesOn(9))
      return candidates.find(({ verdict }) => verdict === 'never-accepted')!.reasons.join()
    }
    expect(await reasonsBeside(5)).toContain('a queue is first in, first out')
    expect(await reasonsBeside(0.5)).not.toContain('first in, first out')
  })

  it('counts one push as one', async () => {
    const c = new Conversation(50_001)
    const [finding] = await told('no-accept-signature', c.opened(0), c.push(1), c.acked(1.001), goesOn(9))
    expect(finding!.evidence.map(({ text }) => text)).toContain('1 push without an answer')
  })
})

describe('what is told of a first answer that came late', () => {
  it('is nothing of later answers where there are none', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0), c.push(1), c.acked(1.001), c.push(2), c.acked(2.001), c.reply(6), c.reply(6.001)]
    const [finding] = await told('delayed-accept', ...lines)
    expect(finding!.explanation).toBe('The kernel acknowledged them meanwhile.')
    const { candidates } = await reasonsOf(0, ...lines)
    expect(candidates.flatMap(({ reasons }) => reasons)).not.toContain('later answers came faster')
  })

  it('is not that it was accepted late, where the request was lost and sent again until just before', async () => {
    const c = new Conversation(50_001)
    const [opened, first, second] = [c.opened(20), c.push(21), c.push(21.1)]
    const lines = [...served(50_002, 0), opened, first, second]
    const lost = [again(first, 21.3), again(first, 21.9), again(first, 23.1), again(second, 23.1001)]
    const { verdict } = await reasonsOf(1, ...lines, ...lost, c.reply(23.2), c.reply(23.3))
    expect(verdict).toBe('healthy')
  })
})

describe('what is told of a listener', () => {
  it('counts no connection among the silent ones that it had answered before its window closed', async () => {
    const c = new Conversation(50_002)
    const stalled = [c.opened(1), c.push(1.1), c.reply(1.2), c.push(1.3, 1000), c.acked(1.301, 0)]
    const mute = (port: number, at: number) => {
      const one = new Conversation(port)
      return [one.opened(at), one.push(at + 0.5), one.acked(at + 0.501), one.push(at + 3), one.acked(at + 3.001)]
    }
    const one = [...served(50_001, 0), ...stalled, ...mute(50_003, 3)]
    expect(await told('accept-stopped', ...one, goesOn(20))).toEqual([])
    const [finding] = await told('accept-stopped', ...one, ...mute(50_004, 10), goesOn(20))
    expect(finding!.title).toContain('served 2 connections, and none of the 2 since')
  })

  it('is one other connection where one was reset with it', async () => {
    const mute = (port: number) => {
      const one = new Conversation(port)
      return [one.opened(0), one.push(1), one.acked(1.001), one.reset(5)]
    }
    const [finding] = await told('server-died', ...mute(50_001), ...mute(50_002), goesOn(20))
    expect(finding!.title).toContain('as was 1 other at the same moment')
  })
})

describe('what is told of a handshake', () => {
  it('counts SYNs beyond those that are kept', async () => {
    const c = new Conversation(50_001)
    const syns = Array.from({ length: 11 }, (_, turn) => again(c.syn(0), turn))
    const [finding] = await told('syn-unanswered', ...syns)
    expect(finding!.title).toContain('11 SYNs and no answer')
    expect(finding!.explanation).toContain('1 s, …')
  })

  it('names only SYN-ACKs that were sent after the client had acknowledged', async () => {
    const c = new Conversation(50_001, { client: '127.0.0.1', server: '127.0.0.1' })
    const [syn, synAck, ack] = c.opened(0).split('\n') as [string, string, string]
    const push = c.push(1)
    const lines = [syn, synAck, ack, push, again(synAck, 1.2), again(push, 1.4), again(synAck, 3.2), again(push, 3.4)]
    const [finding] = await told('backlog-overflow', ...lines)
    expect(finding!.title).toContain('the final ACK is ignored')
    expect(finding!.evidence[0]!.frames).toEqual([5, 7])
  })

  it('does not say of a client that sent one SYN that it repeated itself', async () => {
    const c = new Conversation(50_001)
    const [syn, synAck] = c.opened(0).split('\n') as [string, string, string]
    const [finding] = await told('synack-lost', syn, synAck, again(synAck, 1), again(synAck, 3))
    expect(finding!.explanation).not.toContain('Both ends')
  })
})

describe('what is told of data that nothing acknowledges any more', () => {
  const lost = (c: Conversation, from: number) => {
    const push = c.push(from)
    return [push, ...[0.3, 0.9, 2.1, 4.5].map((after) => again(push, from + after))]
  }

  it('is that the process may never have accepted it, where it never answered', async () => {
    const c = new Conversation(50_001)
    const { candidates } = await reasonsOf(0, c.opened(0), ...lost(c, 1), goesOn(30))
    expect(candidates.find(({ verdict }) => verdict === 'never-accepted')?.standing).toBe('possible')
  })

  it('is that it was accepted, where it had answered before', async () => {
    const c = new Conversation(50_001)
    const { candidates } = await reasonsOf(0, c.opened(0), c.push(1), c.reply(1.01), ...lost(c, 2), goesOn(30))
    expect(candidates.find(({ verdict }) => verdict === 'never-accepted')?.standing).toBe('contradicted')
  })
})

describe('what is told of a request without an answer', () => {
  it('is that it was not acknowledged, where it was not', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0)]
    for (let turn = 1; turn <= 4; turn++) lines.push(c.push(turn), c.reply(turn + 0.01))
    const [finding] = await told('peer-stalled', ...lines, c.push(6), goesOn(30))
    expect(finding!.explanation).toContain('not all acknowledged')
  })

  it('is nothing where the server had closed its side before', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0), c.push(1), c.reply(1.1), c.fin(9, false), c.told(9.001, 65_536)]
    for (const at of [10, 12]) lines.push(c.push(at, 30), c.acked(at + 0.001))
    expect(await told('peer-stalled', ...lines)).toEqual([])
    const [finding] = await told('server-idle-close', ...lines)
    expect(finding!.explanation).toContain('was owed no answer')
  })
})

describe('what is told of a refusal', () => {
  it('is one attempt of one client, not of two that happen to have the same port', async () => {
    const one = new Conversation(50_001)
    const other = new Conversation(50_001, { client: '10.0.0.9' })
    for (const { title } of await told('refused', one.refused(1), other.refused(2)))
      expect(title).not.toContain('one attempt')
  })

  it('leaves a full queue possible where connections wait', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0), c.push(1), c.acked(1.001), new Conversation(50_002).refused(5)]
    const [finding] = await told('refused', ...lines)
    expect(finding!.evidence.map(({ text }) => text).join()).not.toContain('found no listener')
    const { candidates } = await reasonsOf(1, ...lines)
    expect(candidates.flatMap(({ reasons }) => reasons).join()).toContain('or its queue is full')
    expect(candidates.flatMap(({ reasons }) => reasons).join()).toContain('1 connection to the port was open')
  })
})

describe('what is told of a window that is closed', () => {
  it('is nothing of probes where none was sent', async () => {
    const c = new Conversation(50_001)
    const [finding] = await told('zero-window-stall', c.opened(0), c.push(1, 1000), c.acked(1.001, 0), goesOn(9))
    expect(finding!.explanation).toContain('After 1000 bytes the receive buffer was full')
    expect(finding!.explanation).not.toContain('probe')
    expect(finding!.title).toContain('the server’s window has been closed for 7.999 s')
  })
})
