import { describe, expect, it } from 'vitest'
import { big, join } from '../support/headers.ts'
import { DEVICE, LINUX, Link, type Stack, Stacks, WINDOWS } from '../support/stacks.ts'

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

describe('a reset that a server’s system would not send', () => {
  const asked = (capture: Stacks, server: Stack) => {
    const link = new Link(capture, 50_001, server).opened(0)
    link.say(0.1, '>', 'PA', { bytes: 200 })
    return link
  }
  const rules = async (capture: Stacks) => (await capture.judged()).findings.map(({ rule }) => rule)

  it('is another device’s where a server on Linux acknowledges and tells a window of zero, however far it came', async () => {
    const capture = new Stacks()
    asked(capture, LINUX).reset(0.11)
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    expect(findings[0]).toMatchObject({ rule: 'foreign-reset' })
    expect(findings[0]!.title).toContain('its system sends no such RST')
  })

  it('is the server’s own where it tells the window, acknowledges nothing, or is of Windows', async () => {
    const open = new Stacks()
    asked(open, LINUX).reset(0.11, { window: 502 })
    expect(await rules(open)).not.toContain('foreign-reset')
    const unknown = new Stacks()
    asked(unknown, LINUX).say(0.11, '<', 'R')
    expect(await rules(unknown)).not.toContain('foreign-reset')
    const windows = new Stacks()
    asked(windows, WINDOWS).reset(0.11)
    expect(await rules(windows)).not.toContain('foreign-reset')
  })

  it('may be the server’s own where what is on its way fills the window', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    link.say(0.1, '<', 'A', { window: 100 })
    link.say(0.2, '>', 'PA', { bytes: 12_780 })
    link.reset(0.21)
    expect(await rules(capture)).not.toContain('foreign-reset')
  })
})

describe('a device that keeps a server’s answers back and lets its acknowledgments through', () => {
  const opened = (capture: Stacks) => {
    const link = new Link(capture, 50_001, LINUX).opened(0).pushed(0.1)
    // What the server answered does not come; the acknowledgments that follow begin behind it.
    link.sent['<'] += 44
    return link
  }

  it('is no mute server: the number of a bare acknowledgment tells that it answered', async () => {
    const capture = new Stacks()
    const link = opened(capture)
    for (const beat of [1, 2, 3]) {
      const push = 0.1 + beat * 0.8
      link.say(push, '>', 'PA', { bytes: 44, ack: 1 })
      link.say(push + 0.0002, '<', 'A')
    }
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    expect(standings(connections[0]!.candidates)).toMatchObject({ 'never-accepted': 'contradicted' })
    expect(findings.map(({ rule }) => rule)).toEqual(['replies-unacknowledged'])
    expect(findings[0]!.evidence[0]).toMatchObject({ frames: [7] })
  })

  it('is no server that closes without a byte: the number of its FIN tells that it answered', async () => {
    const capture = new Stacks()
    const link = opened(capture)
    link.say(0.2, '<', 'FA')
    link.say(0.2001, '>', 'A', { ack: 1 })
    new Link(capture, 50_009, LINUX).opened(4)
    const { connections, findings } = await capture.judged()
    expect(connections[0]!.verdict).toBe('insufficient')
    expect(findings.map(({ rule }) => rule)).toEqual(['replies-unacknowledged'])
  })

  it('may yet let the answer through where the capture ends at once', async () => {
    const capture = new Stacks()
    opened(capture).say(0.2, '<', 'FA')
    expect((await capture.judged()).connections[0]).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
  })

  it('is a capture’s hole where the client has the answer', async () => {
    const capture = new Stacks()
    const link = opened(capture)
    link.say(0.9, '>', 'PA', { bytes: 44, ack: 1 })
    link.say(0.9002, '<', 'A')
    link.say(0.9003, '>', 'A')
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
    expect(findings.map(({ rule }) => rule)).toEqual(['capture-holes'])
  })

  it('is not told by a number beyond the client’s window, which is another connection’s', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).pushed(0.1)
    link.say(0.2, '<', 'A', { seq: 2 ** 28 })
    link.pushed(1.5)
    expect((await capture.judged()).connections[0]).toMatchObject({ verdict: 'ack-only' })
  })
})

describe('a SYN proxy whose server does not answer', () => {
  /** What it sends: a SYN-ACK with a window of zero. */
  const proxied = (capture: Stacks, port: number, at: number) => {
    const link = new Link(capture, port, LINUX)
    link.syn(at)
    link.say(at + 0.0001, '<', 'SA', { window: 0 })
    link.say(at + 0.0002, '>', 'A')
    return link
  }

  it('leaves the client with a window that never opens: its probes are no keep-alives of a system that is gone', async () => {
    const capture = new Stacks()
    const link = proxied(capture, 50_001, 0)
    for (const at of [0.2, 0.6, 1.4, 3]) link.say(at, '>', 'A', { seq: link.sent['>'] - 1 })
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'zero-window-stall', confidence: 'certain' })
    expect(standings(connections[0]!.candidates)).toMatchObject({
      'never-accepted': 'possible',
      'syn-unanswered': 'possible',
    })
    expect(findings.map(({ rule }) => rule)).toEqual(['window-unopened'])
  })

  it('is told by three probes in vain, whatever a clock that was set back makes of their times', async () => {
    const capture = new Stacks()
    const link = proxied(capture, 50_001, 0)
    for (const at of [0.2, 0.4, 0.8]) link.say(at, '>', 'A', { seq: link.sent['>'] - 1 })
    expect((await capture.judged()).connections[0]!.verdict).toBe('zero-window-stall')
  })

  it('leaves a client that has said nothing yet no idle connection, as it could say nothing', async () => {
    const capture = new Stacks()
    proxied(capture, 50_001, 0)
    new Link(capture, 50_002, LINUX).refused(9)
    const [connection] = (await capture.judged()).connections
    expect(connection).toMatchObject({ verdict: 'zero-window-stall', confidence: 'likely' })
  })

  it('ends by the server’s reset what was never open: no process died', async () => {
    const capture = new Stacks()
    proxied(capture, 50_001, 0).reset(0.01, { ttl: 63 })
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    expect(findings.map(({ rule }) => rule)).toEqual(['reset-unspoken'])
  })

  it('is what answered the SYN where a reset comes from farther away, which is the server’s', async () => {
    const capture = new Stacks()
    const link = proxied(capture, 50_001, 0)
    link.say(0.01, '<', 'A', { ttl: 63 })
    for (const at of [1, 2, 3]) {
      link.say(at, '>', 'PA', { bytes: 44 })
      link.say(at + 0.01, '<', 'A', { ttl: 63 })
    }
    link.reset(4, { ttl: 63, window: 500 })
    expect((await capture.judged()).findings.map(({ rule }) => rule)).not.toContain('foreign-reset')
  })

  it('shows the server’s answers twice, with two sets of numbers, to a capture on itself: none of them is lost', async () => {
    const capture = new Stacks()
    const link = proxied(capture, 50_001, 0)
    const toServer = 500_000
    link.say(0.0003, '>', 'S', { seq: 0 })
    link.say(0.0005, '<', 'SA', { seq: toServer, ack: 1, ttl: 63 })
    link.say(0.0006, '<', 'A')
    for (const at of [1, 2, 3]) {
      const said = link.sent['<'] - 1
      link.say(at, '>', 'PA', { bytes: 44 })
      link.say(at + 0.01, '<', 'PA', { bytes: 60, seq: toServer + 1 + said, ttl: 63 })
      link.say(at + 0.0101, '<', 'PA', { bytes: 60 })
      link.say(at + 0.02, '>', 'A')
    }
    new Link(capture, 50_002, LINUX).refused(9)
    const { connections, findings } = await capture.judged()
    expect(connections[0]!.verdict).toBe('healthy')
    expect(findings.map(({ rule }) => rule)).not.toContain('replies-unacknowledged')
  })

  it('shows nothing of a server that never answers either, whichever of its two sets of numbers is higher', async () => {
    for (const toServer of [500_000, -500_000]) {
      const capture = new Stacks()
      const link = proxied(capture, 50_001, 0)
      link.say(0.0003, '>', 'S', { seq: 0 })
      link.say(0.0005, '<', 'SA', { seq: toServer, ack: 1, ttl: 63 })
      link.say(0.0006, '>', 'A', { ack: toServer + 1, ttl: 63 })
      link.say(0.0007, '<', 'A')
      for (const at of [1, 2, 3]) {
        link.say(at, '>', 'PA', { bytes: 44 })
        link.say(at + 0.001, '<', 'A', { seq: toServer + 1, ttl: 63 })
        link.say(at + 0.0011, '<', 'A')
        link.say(at + 0.002, '>', 'A', { ack: toServer + 1, ttl: 63 })
      }
      new Link(capture, 50_002, LINUX).refused(9)
      const { connections, findings } = await capture.judged()
      expect(connections[0]!.verdict).toBe('ack-only')
      expect(findings.map(({ rule }) => rule)).toContain('no-accept-signature')
    }
  })

  it('holds no client in an accept queue that could be full', async () => {
    const capture = new Stacks()
    proxied(capture, 50_001, 0)
    const next = new Link(capture, 50_002, LINUX)
    for (const at of [5, 6, 8]) next.syn(at)
    expect((await capture.judged()).connections[1]!.verdict).toBe('syn-unanswered')
  })

  it('is not seen where the window opens once the server has answered', async () => {
    const capture = new Stacks()
    const link = proxied(capture, 50_001, 0)
    link.say(0.001, '<', 'A')
    new Link(capture, 50_002, LINUX).refused(9)
    expect((await capture.judged()).connections[0]).toMatchObject({ verdict: 'idle' })
    expect((await capture.judged()).findings.map(({ rule }) => rule)).not.toContain('window-unopened')
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

describe('a connection that waits while another is refused', () => {
  const besideRefusal = async (server: Stack) => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, server).opened(0)
    for (let beat = 0; beat < 8; beat++) link.pushed(1 + beat)
    new Link(capture, 50_002, server).refused(4.5)
    return (await capture.judged()).connections
  }

  it('had been accepted, for all that Linux shows: with its listener goes what waits in the queue', async () => {
    const [waits, refused] = await besideRefusal(LINUX)
    expect(waits!.verdict).toBe('ack-only')
    expect(standings(waits!.candidates)).toMatchObject({
      'never-accepted': 'possible',
      'accepted-never-read': 'supported',
      'accepted-no-reply': 'supported',
    })
    expect(refused).toMatchObject({ verdict: 'refused', confidence: 'certain' })
    expect(refused!.candidates[1]!.reasons[0]).toContain('a UNIX system, which drops the SYN in silence')
  })

  it('may as well stand in the full queue of a Windows system', async () => {
    const [waits, refused] = await besideRefusal(WINDOWS)
    expect(waits!.candidates[0]!.reasons.join()).toContain('its queue was full')
    expect(standings(refused!.candidates)).toMatchObject({ 'backlog-overflow': 'possible' })
  })

  it('tells nothing where it was over before the refusal', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    for (let beat = 0; beat < 4; beat++) link.pushed(1 + beat)
    new Link(capture, 50_002, LINUX).refused(9)
    const [waits] = (await capture.judged()).connections
    expect(standings(waits!.candidates)).toMatchObject({ 'accepted-never-read': 'possible' })
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

describe('a path that loses requests, and then answers', () => {
  it('is what keeps the answer back, however often the request was repeated before', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    link.say(1, '>', 'PA', { bytes: 44 })
    for (let again = 1; again <= 9; again++) link.say(1 + again, '>', 'PA', { bytes: 44, seq: 1 })
    link.say(10.1, '<', 'PA', { bytes: 60 })
    for (const at of [10.4, 11, 12.2]) link.say(at, '<', 'PA', { bytes: 60, seq: 1 })
    const { connections, findings } = await capture.judged()
    expect(connections[0]!.verdict).toBe('insufficient')
    expect(findings.map(({ rule }) => rule)).toEqual(['replies-unacknowledged'])
  })
})

describe('a link that loses large segments', () => {
  /** The answer's last, small segment arrives alone; the client waits, asks again by another way, and gives up. */
  const answeredInPart = (capture: Stacks) => {
    const link = new Link(capture, 50_001, LINUX).opened(0)
    link.say(1, '>', 'PA', { bytes: 44 })
    link.say(1.04, '<', 'A')
    link.sent['<'] += 4344
    link.say(1.041, '<', 'PA', { bytes: 696 })
    link.say(1.042, '>', 'A', { ack: 1 })
    return link
  }

  it('is what keeps the answer back, also where both ends have closed in the end', async () => {
    const capture = new Stacks()
    const link = answeredInPart(capture)
    link.say(30, '>', 'PA', { bytes: 44, ack: 1 })
    link.say(61, '>', 'FA', { ack: 1 })
    link.say(61.05, '<', 'FPA', { bytes: 696 })
    link.say(61.051, '>', 'R')
    const { connections, findings } = await capture.judged()
    expect(connections[0]).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    expect(findings[0]).toMatchObject({ rule: 'replies-unacknowledged' })
    expect(findings[0]!.title).toContain('for 60.01 s')
  })

  it('is not seen where the rest comes a little later', async () => {
    const capture = new Stacks()
    const link = answeredInPart(capture)
    link.sent['<'] -= 5040
    link.say(1.2, '<', 'PA', { bytes: 4344 })
    link.sent['<'] += 696
    link.say(1.201, '>', 'A')
    link.say(5, '>', 'FA')
    link.say(5.05, '<', 'FA')
    const [connection] = (await capture.judged()).connections
    expect(connection!.verdict).toBe('healthy')
  })
})

describe('a capture that lacks packets', () => {
  const [REQUEST, ANSWER] = [44, 60]
  const isOf = (bytes: Uint8Array, payload: number) => bytes.length === 40 + payload

  it('shows no push of the server where its system acknowledged a request that is missing', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    link.say(1, '>', 'PA', { bytes: REQUEST })
    link.say(1.01, '<', 'PA', { bytes: ANSWER })
    const [connection] = (await capture.judged((bytes) => !isOf(bytes, REQUEST))).connections
    expect(connection).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
  })

  it('leaves nothing certain of how all requests were answered', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).answered(1).answered(2)
    link.say(3, '>', 'PA', { bytes: REQUEST })
    link.say(3.01, '<', 'PA', { bytes: ANSWER })
    link.answered(4)
    const [connection] = (await capture.judged((bytes) => !isOf(bytes, ANSWER))).connections
    expect(connection).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
    expect(standings(connection!.candidates)).toMatchObject({ insufficient: 'possible' })
  })

  it('of its beginning alone tells no end of a process where the client had given up before the reset', async () => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0)
    for (let beat = 0; beat < 6; beat++) link.pushed(1 + beat)
    link.say(8, '>', 'FA')
    link.say(8.04, '<', 'A')
    link.reset(20)
    const isSyn = (bytes: Uint8Array) => (bytes[33]! & 2) !== 0
    expect((await capture.judged()).connections[0]!.verdict).toBe('ack-only')
    expect((await capture.judged((bytes) => !isSyn(bytes))).connections[0]!.verdict).toBe('ack-only')
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
