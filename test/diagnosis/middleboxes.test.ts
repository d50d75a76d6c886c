import { describe, expect, it } from 'vitest'
import { big, join } from '../support/headers.ts'
import { DEVICE, LINUX, Link, Stacks, WINDOWS } from '../support/stacks.ts'

const standings = (candidates: readonly { verdict: string; standing: string }[]) =>
  Object.fromEntries(candidates.map(({ verdict, standing }) => [verdict, standing]))

describe('what stands before a server', () => {
  it('resets without a word what it cannot hand on, and is not idle', async () => {
    const capture = new Stacks()
    for (const client of [0, 1, 2]) new Link(capture, 50_001 + client, LINUX).opened(client).reset(client + 0.003)
    const { connections, findings } = await capture.judged()
    for (const connection of connections)
      expect(connection).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    expect(findings[0]).toMatchObject({ rule: 'reset-unspoken', severity: 'warning' })
  })

  it('closes with FIN after seconds what it could not hand on: no transfer ends so', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).pushed(0.1, 200)
    link.say(3, '<', 'FA')
    link.say(3.001, '>', 'FA')
    link.say(3.002, '<', 'A')
    expect((await capture.judged()).connections[0]).toMatchObject({ verdict: 'accepted-no-reply' })
  })

  it('is not what closes right after the last bytes of a transfer', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).pushed(0.1, 200)
    link.say(0.12, '<', 'FA')
    link.say(0.121, '>', 'FA')
    link.say(0.122, '<', 'A')
    expect((await capture.judged()).connections[0]).toMatchObject({ verdict: 'healthy-one-way' })
  })

  it('rejects a SYN by ICMP, which no full queue does', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX)
    for (const at of [0, 1, 3]) {
      const syn = link.syn(at)
      const unreachable = join(big(0x030d, 2), big(0, 6), syn.subarray(0, 28))
      capture.add(at + 0.001, 63, [0x0a0000fe, 0x0a000001], unreachable, undefined, 1)
    }
    const [connection] = (await capture.judged()).connections
    expect(connection!.verdict).toBe('syn-unanswered')
    expect(standings(connection!.candidates)).toMatchObject({ 'backlog-overflow': 'contradicted' })
  })
})

describe('a system that forgot a connection', () => {
  it('resets without a number what comes for it, and takes the next connection', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, DEVICE, WINDOWS).opened(0).answered(1).answered(2)
    link.say(30, '>', 'PA', { bytes: 12 })
    link.say(30.001, '<', 'R')
    new Link(capture, 50_002, DEVICE, WINDOWS).opened(31).answered(32)
    const [connection] = (await capture.judged()).connections
    expect(connection).toMatchObject({ verdict: 'server-died', confidence: 'suspected' })
    expect(standings(connection!.candidates)).toMatchObject({
      'reset-unread-data': 'possible',
      insufficient: 'possible',
    })
  })

  it('is not what serves on a connection from before', async () => {
    const capture = new Stacks()
    new Link(capture, 50_001, DEVICE, WINDOWS).opened(0).answered(1).answered(40)
    const link = new Link(capture, 50_002, DEVICE, WINDOWS).opened(2).answered(3)
    link.say(30, '>', 'PA', { bytes: 12 })
    link.say(30.001, '<', 'R')
    expect((await capture.judged()).connections[1]!.verdict).not.toBe('server-died')
  })
})

describe('a device that takes one client at a time', () => {
  it('refuses the next while it serves the first: its listener need not be gone', async () => {
    const capture = new Stacks()
    new Link(capture, 50_001, DEVICE, WINDOWS).opened(0).answered(1).answered(8)
    new Link(capture, 50_002, DEVICE, WINDOWS).refused(4)
    const { verdict, candidates } = (await capture.judged()).connections[1]!
    expect(verdict).toBe('refused')
    expect(standings(candidates)).toMatchObject({ 'backlog-overflow': 'possible' })
    expect(candidates[0]!.reasons[0]).toContain('one client at a time')
  })
})

describe('keep-alives', () => {
  /** `bytes` of garbage as Windows sends it, none as others do. */
  const asked = (link: Link, at: number, bytes = 0) => link.say(at, '>', 'A', { seq: link.sent['>'] - 1, bytes })
  const answered = (link: Link, at: number) => {
    asked(link, at)
    link.say(at + 0.001, '<', 'A')
  }

  it('that nothing answers after many that were tell of a system that is gone', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).answered(1)
    for (let minute = 1; minute <= 6; minute++) answered(link, 60 * minute)
    for (let again = 0; again < 9; again++) asked(link, 420 + 10 * again)
    link.say(510, '>', 'RA')
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    expect(findings[0]).toMatchObject({ rule: 'peer-gone' })
    expect(findings[0]!.title).toContain('for 90 s')
  })

  it('of Windows, with a byte, that nothing answers on a connection without a word are no idle connection', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, WINDOWS).opened(0)
    for (let again = 0; again < 5; again++) asked(link, 60 + again, 1)
    expect((await capture.judged()).findings[0]!.rule).toBe('peer-gone')
  })

  it('of which the last is lost are answered', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).answered(1)
    for (let minute = 1; minute <= 6; minute++) answered(link, 60 * minute)
    asked(link, 420)
    answered(link, 430)
    expect((await capture.judged()).connections[0]).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it('without an answer after beats that were acknowledged leave the silence before them what it was', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    for (let beat = 0; beat < 6; beat++) link.pushed(1 + 2.1 * beat)
    for (let again = 0; again < 5; again++) asked(link, 60 + 10 * again)
    expect((await capture.judged()).connections[0]!.verdict).toBe('ack-only')
  })
})

describe('ports that are used again', () => {
  it('meet a connection that the server still holds: it answers the SYN by a bare acknowledgment', async () => {
    const capture = new Stacks()
    const old = new Link(capture, 50_001, LINUX).opened(0).answered(1)
    const next = new Link(capture, 50_001, LINUX, LINUX, 900_000_000)
    for (const at of [30, 31, 33]) {
      next.syn(at)
      old.say(at + 0.001, '<', 'A')
    }
    const { connections, findings } = await capture.judged()
    expect(connections.map(({ verdict }) => verdict)).toEqual(['healthy', 'insufficient'])
    expect(findings[0]).toMatchObject({ rule: 'syn-challenged', stream: 1 })
  })

  it('work once the client has reset the older connection', async () => {
    const capture = new Stacks()
    const old = new Link(capture, 50_001, LINUX).opened(0).answered(1)
    const next = new Link(capture, 50_001, LINUX, LINUX, 900_000_000)
    next.syn(30)
    old.say(30.001, '<', 'A')
    old.say(30.002, '>', 'R')
    next.opened(31).answered(32)
    const { connections, findings } = await capture.judged()
    expect(connections.map(({ verdict }) => verdict)).toEqual(['healthy', 'healthy'])
    expect(findings).toEqual([])
  })
})

describe('a reset from another distance than the SYN-ACK', () => {
  const answering = (capture: Stacks, ttl: number) => {
    const link = new Link(capture, 50_001, LINUX).opened(0)
    link.say(1, '>', 'PA', { bytes: 44 })
    link.say(1.02, '<', 'PA', { bytes: 60, ttl })
    link.say(1.03, '>', 'PA', { bytes: 44 })
    return link
  }

  it('is the server’s own where its answers come from there, and a SYN proxy stands before it', async () => {
    const capture = new Stacks()
    answering(capture, 52).reset(6, { ttl: 52, window: 500 })
    const { findings } = await capture.judged()
    expect(findings.map(({ rule }) => rule)).not.toContain('foreign-reset')
  })

  it('is another device’s where its answers come from as far as the SYN-ACK', async () => {
    const capture = new Stacks()
    answering(capture, 64).reset(6, { ttl: 52, window: 500 })
    expect((await capture.judged()).findings[0]!.rule).toBe('foreign-reset')
  })

  it('may have hidden that the server left data unread, only where the client waited for an answer', async () => {
    const causesOf = async (waits: boolean) => {
      const capture = new Stacks()
      const link = new Link(capture, 50_001, LINUX).opened(0).answered(1)
      if (waits) link.pushed(5)
      link.reset(6, { ttl: 240, window: 500 })
      return (await capture.judged()).connections[0]!.candidates.map(({ verdict }) => verdict)
    }
    expect(await causesOf(true)).toEqual(['insufficient', 'server-died', 'reset-unread-data'])
    expect(await causesOf(false)).toEqual(['insufficient', 'server-died'])
  })
})

describe('a capture of one direction', () => {
  const CLIENT_BYTE = 1
  const from = (last: number) => (bytes: Uint8Array) => bytes[15] === last

  it('of the client alone tells by its acknowledgments that the server spoke', async () => {
    const capture = new Stacks()
    new Link(capture, 50_001, LINUX).opened(0).answered(1).answered(3).answered(5)
    const { connections, findings } = await capture.judged(from(CLIENT_BYTE))
    expect(connections[0]!.verdict).toBe('insufficient')
    expect(standings(connections[0]!.candidates)).toEqual({ healthy: 'supported' })
    expect(findings[0]!.explanation).toContain('the server sent 132 bytes')
  })

  it.each([
    ['client', 1],
    ['server', 2],
  ])('of the %s alone tells by its numbers that the server did not', async (_, last) => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    for (let beat = 1; beat < 6; beat++) link.pushed(2 * beat)
    const { connections, findings } = await capture.judged(from(last))
    expect(connections[0]!.verdict).toBe('insufficient')
    expect(standings(connections[0]!.candidates)).toMatchObject({ 'never-accepted': 'possible' })
    expect(standings(connections[0]!.candidates)).not.toHaveProperty('healthy')
    expect(findings.find(({ rule }) => rule === 'one-direction')!.explanation).toContain('no byte of the server came')
  })
})

describe('answers that the capture lost', () => {
  it('came before what the client says next, which acknowledges them: nothing waited to be accepted', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    for (const at of [1, 3.1, 5.2]) link.answered(at)
    for (const at of [7.3, 9.4, 11.5]) link.answered(at)
    let packets = 0
    // Of the first three turns the requests alone, and the third answer.
    const { connections } = await capture.judged(() => [0, 1, 2, 3, 6, 9, 10].includes(packets++) || packets > 12)
    expect(connections[0]!.verdict).toBe('healthy')
  })
})
