import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'
import { LINUX, Link, type Stack, Stacks, WINDOWS } from '../support/stacks.ts'

/** Clients of the port whom nobody serves: connected from 0 s on, heard again at 20 s. */
function waiting(capture: Stacks, clients: number, stack: Stack): Link[] {
  return Array.from({ length: clients }, (_, index) =>
    new Link(capture, 50_001 + index, stack)
      .opened(index / 10)
      .pushed(1 + index / 10)
      .pushed(20 + index / 10),
  )
}

describe('a full queue of Windows', () => {
  it('refuses a client three times while others wait for somebody to accept them', async () => {
    const capture = new Stacks()
    waiting(capture, 3, WINDOWS)
    const late = new Link(capture, 50_100, WINDOWS)
    for (const again of [0, 1, 2]) late.refused(5 + again / 2)
    const { connections, findings } = await capture.judged()
    expect(connections[3]).toMatchObject({ verdict: 'backlog-overflow', confidence: 'likely' })
    expect(connections[3]!.candidates).toContainEqual(
      expect.objectContaining({ verdict: 'refused', standing: 'possible' }),
    )
    expect(findings.find(({ rule }) => rule === 'backlog-overflow')!.explanation).toContain('3 other connections')
  })

  it('has what to run named for each system, as a refused SYN does not tell which one it met', async () => {
    const capture = new Stacks()
    waiting(capture, 3, WINDOWS)
    new Link(capture, 50_100, WINDOWS).refused(5)
    const steps = (await capture.judged()).findings.find(({ rule }) => rule === 'backlog-overflow')!.nextSteps
    const systems = ['Linux:', 'macOS, FreeBSD:', 'Windows:']
    for (const system of systems) expect(steps.some((step) => step.startsWith(system))).toBe(true)
    expect(steps.join()).toContain('Get-NetTCPConnection -LocalPort 9000')
  })

  it('is not what refuses beside a single silent client, whose process may want no other', async () => {
    const capture = new Stacks()
    waiting(capture, 1, WINDOWS)
    new Link(capture, 50_100, WINDOWS).refused(5)
    const { connections } = await capture.judged()
    expect(connections[1]).toMatchObject({ verdict: 'refused', confidence: 'certain' })
  })

  it('holds connections whose data may yet be acknowledged', async () => {
    const capture = new Stacks()
    for (const client of [0, 1, 2])
      new Link(capture, 50_001 + client, WINDOWS).opened(client / 10).say(5.0001, '>', 'PA', { bytes: 44 })
    new Link(capture, 50_100, WINDOWS).refused(5)
    expect((await capture.judged()).connections[3]!.verdict).toBe('backlog-overflow')
  })

  it('is not full of clients that were answered at once and had nothing to say since', async () => {
    const capture = new Stacks()
    for (const client of [0, 1, 2]) new Link(capture, 50_001 + client, WINDOWS).opened(client / 10).answered(1)
    new Link(capture, 50_100, WINDOWS).refused(5)
    expect((await capture.judged()).connections[3]!.verdict).toBe('refused')
  })

  it('does not hold connections whose data never reached the system', async () => {
    const capture = new Stacks()
    for (const client of [0, 1, 2]) {
      const link = new Link(capture, 50_001 + client, WINDOWS).opened(client / 10)
      const lost = link.sent['>']
      link.say(1, '>', 'PA', { bytes: 44 })
      for (const again of [1.3, 1.9, 3.1, 5.5, 10.3]) link.say(again, '>', 'PA', { bytes: 44, seq: lost })
    }
    new Link(capture, 50_100, WINDOWS).refused(7)
    expect((await capture.judged()).connections[3]!.verdict).toBe('refused')
  })

  it('is not what refuses on Linux, which drops SYNs in silence', async () => {
    const capture = new Stacks()
    waiting(capture, 3, LINUX)
    new Link(capture, 50_100, LINUX).refused(5)
    expect((await capture.judged()).connections[3]!.verdict).toBe('refused')
  })

  it('is not what refuses once the listener is closed, and all that waited was reset with it', async () => {
    const capture = new Stacks()
    for (const client of [0, 1, 2]) {
      const link = new Link(capture, 50_001 + client, WINDOWS).opened(client / 10).pushed(1 + client / 10)
      link.reset(3 + client / 10_000)
    }
    new Link(capture, 50_100, WINDOWS).refused(5)
    const verdicts = (await capture.judged()).connections.map(({ verdict }) => verdict)
    expect(verdicts).toEqual(['server-died', 'server-died', 'server-died', 'refused'])
  })
})

describe('a queue of clients', () => {
  it('holds clients that are answered late, until they are', async () => {
    const unansweredAt = async (at: number) => {
      const capture = new Stacks()
      for (const client of [0, 1, 2]) {
        const link = new Link(capture, 50_001 + client, LINUX).opened(client / 10).pushed(1 + client / 10)
        link.say(10 + client / 10, '<', 'PA', { bytes: 44 })
        link.say(10.04 + client / 10, '>', 'A')
      }
      const late = new Link(capture, 50_100, LINUX)
      for (const again of [0, 1, 3]) late.syn(at + again)
      return (await capture.judged()).connections.find(({ client }) => client.port === 50_100)!.verdict
    }
    expect(await unansweredAt(5)).toBe('backlog-overflow')
    expect(await unansweredAt(15)).toBe('syn-unanswered')
  })

  it('is counted from their handshakes on, also where a SYN-ACK was recorded after what completes it', async () => {
    const capture = new Stacks()
    for (const port of [50_001, 50_002]) {
      const link = new Link(capture, port, LINUX)
      link.syn(0)
      link.sent['<'] = 1
      link.say(0, '>', 'A')
      link.sent['<'] = 0
      link.say(0, '<', 'SA')
      link.pushed(5).pushed(9)
    }
    const late = new Link(capture, 50_100, LINUX)
    for (const at of [1, 2, 4]) late.syn(at)
    expect((await capture.judged()).connections[2]!.verdict).toBe('backlog-overflow')
  })
})

describe('a connection that waits while SYNs are ignored', () => {
  const standingOf = async (late: (capture: Stacks) => void) => {
    const capture = new Stacks()
    new Link(capture, 50_001, LINUX).opened(0).pushed(1).pushed(9)
    late(capture)
    const [waiting] = (await capture.judged()).connections
    return waiting!.candidates.find(({ verdict }) => verdict === 'never-accepted')!.standing
  }

  it('is one of those that fill the queue', async () => {
    const standing = await standingOf((capture) => {
      const ignored = new Link(capture, 50_100, LINUX)
      for (const at of [2, 3, 5]) ignored.syn(at)
    })
    expect(standing).toBe('supported')
  })

  it('is not for a lone SYN, nor where a later client was served', async () => {
    expect(await standingOf((capture) => new Link(capture, 50_100, LINUX).syn(2))).toBe('possible')
    const served = await standingOf((capture) => {
      const ignored = new Link(capture, 50_100, LINUX)
      for (const at of [2, 3, 5]) ignored.syn(at)
      const next = new Link(capture, 50_101, LINUX).opened(6).pushed(6.1)
      next.say(6.2, '<', 'PA', { bytes: 60 })
    })
    expect(served).toBe('possible')
  })
})

describe('a queue whose system is set to reset what it cannot take', () => {
  const late = (capture: Stacks) => {
    const link = new Link(capture, 50_100, LINUX).opened(5)
    return { link, speaks: (at: number) => link.say(at, '>', 'PA', { bytes: 44 }) }
  }

  it('answers the first data of a finished handshake by a RST that knows of no connection', async () => {
    const capture = new Stacks()
    waiting(capture, 3, LINUX)
    const { link, speaks } = late(capture)
    speaks(5.01)
    link.say(5.0101, '<', 'R')
    const { connections } = await capture.judged()
    expect(connections[3]).toMatchObject({ verdict: 'backlog-overflow', confidence: 'likely' })
  })

  it('is not what resets so once the server has closed its side: there had been a socket', async () => {
    const capture = new Stacks()
    waiting(capture, 3, LINUX)
    const { link, speaks } = late(capture)
    link.say(5.005, '<', 'FA')
    speaks(5.01)
    link.say(5.0101, '<', 'R')
    expect((await capture.judged()).connections[3]!.verdict).not.toBe('backlog-overflow')
  })
})

describe('a window that closes', () => {
  const closedFor = async (seconds: number) => {
    const capture = new Stacks()
    const link = new Link(capture, 50_001, LINUX).opened(0).answered(1).pushed(2, 1000)
    link.say(2.1, '<', 'A', { window: 0 })
    link.say(2.1 + seconds, '<', 'A')
    for (let at = 10; at < 20; at++) link.answered(at)
    return (await capture.judged()).connections[0]!.verdict
  }

  it('for a moment of a long life makes nobody wait', async () => expect(await closedFor(0.01)).toBe('healthy'))

  it('until the client would ask after it is that of a slow reader', async () =>
    expect(await closedFor(5)).toBe('slow-reader'))
})

describe('a client that is connected and reset at once', () => {
  it('found a queue full while others wait on', async () => {
    const capture = new Stacks()
    waiting(capture, 3, WINDOWS)
    for (const client of [0, 1]) new Link(capture, 50_100 + client, WINDOWS).opened(5 + client).reset(5.001 + client)
    const { connections } = await capture.judged()
    expect(connections.slice(3).map(({ verdict }) => verdict)).toEqual(['backlog-overflow', 'backlog-overflow'])
  })

  it('met no full queue where the port serves others', async () => {
    const capture = new Stacks()
    new Link(capture, 50_001, WINDOWS).opened(0).answered(1).answered(8)
    new Link(capture, 50_100, WINDOWS).opened(5).reset(5.001)
    new Link(capture, 50_101, WINDOWS).opened(6).reset(6.001)
    const { connections } = await capture.judged()
    expect(connections.slice(1).map(({ verdict }) => verdict)).not.toContain('backlog-overflow')
  })
})

describe('data that nothing takes after a finished handshake on one host', () => {
  const HOST = { client: '127.0.0.1', server: '127.0.0.1' }
  const dropped = async (...before: readonly string[]) => {
    const c = new Conversation(50_100, HOST)
    const [opened, data] = [c.opened(3), c.push(3.1)]
    const again = [3.3, 3.7, 4.5, 6.1].map((at) => data.replace(/^\S+/, `10:00:0${at.toFixed(6)}`))
    const { diagnosis } = await analyzed([...before, opened, data, ...again].join('\n'))
    return [...diagnosis.connections()].at(-1)!
  }

  it('may be dropped by a firewall: no queue is full in which nobody waits', async () => {
    const connection = await dropped()
    expect(connection).toMatchObject({ verdict: 'insufficient', confidence: 'likely' })
    const full = { verdict: 'backlog-overflow', standing: 'possible' }
    expect(connection.candidates).toContainEqual(expect.objectContaining(full))
  })

  it('finds the queue full where another waits in it', async () => {
    const waits = new Conversation(50_001, HOST)
    const before = [waits.opened(0), waits.push(1), waits.acked(1.001)]
    expect(await dropped(...before)).toMatchObject({ verdict: 'backlog-overflow', confidence: 'likely' })
  })
})
