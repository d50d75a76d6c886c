import { describe, expect, it } from 'vitest'
import { analyzed, Conversation } from '../support/scene-capture.ts'

/** A connection by itself, with another client's SYN long after it. */
async function judged(...lines: readonly string[]) {
  const later = new Conversation(60_000, {}, 1).refused(50)
  const { diagnosis } = await analyzed([...lines, later].join('\n'))
  return diagnosis.connection(0)
}

/** What is said when, in order: `say` makes the line. */
const inOrder = (...said: readonly (readonly [at: number, say: (at: number) => string])[]): string[] =>
  [...said].sort(([a], [b]) => a - b).map(([at, say]) => say(at))

const beats = (from: number, period: number, count: number, say: (at: number) => string) =>
  Array.from({ length: count }, (_, turn) => [from + turn * period, say] as const)

describe('two ends of which each tells by its own clock that it is there', () => {
  it('do not answer each other late, though the one always speaks as long after the other', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    const lines = inOrder(...beats(1, 5, 6, (at) => c.push(at, 19)), ...beats(3, 5, 6, (at) => c.reply(at, 19)))
    const connection = await judged(opened, ...lines)
    expect(connection).toMatchObject({ verdict: 'slow-responder', confidence: 'suspected' })
    expect(connection.candidates[1]!.reasons.join()).toMatch(/a clock of its own/)
  })

  it('are told from requests and late answers by sizes that differ', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    const lines = inOrder(...beats(1, 5, 6, (at) => c.push(at, 19)), ...beats(3, 5, 6, (at) => c.reply(at, 60)))
    expect(await judged(opened, ...lines)).toMatchObject({ verdict: 'slow-responder', confidence: 'certain' })
  })

  it('wait for each other where the client speaks as soon as it was answered', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    const lines = inOrder(...beats(1, 2, 6, (at) => c.push(at, 19)), ...beats(2.99, 2, 6, (at) => c.reply(at, 19)))
    expect(await judged(opened, ...lines)).toMatchObject({ verdict: 'slow-responder', confidence: 'certain' })
  })

  it('are healthy where the server says less than it was ever owed', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    const lines = inOrder(...beats(1, 3, 15, (at) => c.push(at, 8)), ...beats(3.5, 4.3, 10, (at) => c.reply(at, 8)))
    expect((await judged(opened, ...lines)).verdict).toBe('healthy')
  })
})

describe('a client that confirms what the server tells it unasked', () => {
  const receipts = (c: Conversation, pause: number) =>
    Array.from({ length: 6 }, (_, turn) => [c.reply(0.1 + turn * pause, 100), c.push(0.1005 + turn * pause, 4)]).flat()

  it('is owed nothing when there is no more to tell', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    expect((await judged(opened, ...receipts(c, 0.6))).verdict).toBe('healthy')
  })

  it('may be asking again and again, where it is told more within the time that an answer takes', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    const connection = await judged(opened, ...receipts(c, 0.05))
    expect(connection).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })

  it('waits in vain where it goes on speaking', async () => {
    const c = new Conversation(50_001)
    const opened = c.opened(0)
    const told = receipts(c, 0.6)
    const more = [10, 12, 14, 16].map((at) => c.push(at, 4))
    expect((await judged(opened, ...told, ...more)).verdict).toBe('peer-stalled')
  })
})

describe('a server that tells what its client subscribed to, unasked', () => {
  const events = (c: Conversation, ...times: readonly number[]) => times.map((at) => c.reply(at, 40))

  it('is not late with the first of it, which comes after a pause such as the later ones', async () => {
    const c = new Conversation(50_001)
    const lines = [c.opened(0), c.push(1, 20), ...events(c, 4, 6.5, 11)]
    const found = await judged(...lines)
    expect(found).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
    expect(found.candidates.map(({ verdict }) => verdict)).toEqual(['healthy', 'slow-responder'])
  })

  it('may be late with it where it then says the rest at once, or no more', async () => {
    const c = new Conversation(50_001)
    expect((await judged(c.opened(0), c.push(1, 20), ...events(c, 4, 4.1, 4.2))).verdict).toBe('slow-responder')
    const d = new Conversation(50_002)
    expect((await judged(d.opened(0), d.push(1, 20), ...events(d, 4))).verdict).toBe('slow-responder')
  })
})
