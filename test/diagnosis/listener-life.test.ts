import { describe, expect, it } from 'vitest'
import type { Analysis } from '../../src/analyze.ts'
import { analyzed, Conversation } from '../support/scene-capture.ts'

const verdicts = ({ diagnosis }: Analysis) => [...diagnosis.connections()].map(({ verdict }) => verdict)
const rules = ({ diagnosis }: Analysis) => diagnosis.findings.map(({ rule, severity }) => `${severity} ${rule}`)

/** A connection that the server answers at once. */
function served(port: number, at: number): string {
  const one = new Conversation(port)
  return [one.opened(at), one.push(at + 0.1), one.reply(at + 0.11), one.push(at + 0.2), one.reply(at + 0.21)].join('\n')
}

/** A connection that is acknowledged and never answered. */
function silent(port: number, at: number): string {
  const one = new Conversation(port)
  const beats = [1, 2, 3].map((beat) => `${one.push(at + beat)}\n${one.acked(at + beat + 0.001)}`)
  return [one.opened(at), ...beats].join('\n')
}

describe('the life of a listener', () => {
  it('has an onset where earlier connections were served and later ones were not', async () => {
    const scene = [served(50001, 0), served(50002, 1), silent(50003, 2), silent(50004, 6)].join('\n')
    const found = await analyzed(scene)
    expect(rules(found)).toContain('error accept-stopped')
    const [listener] = found.diagnosis.listeners
    expect(listener).toMatchObject({ verdict: 'accept-stopped', connections: 4, served: 2 })
  })

  it('has none where one connection alone is silent, or where the silent ones came first', async () => {
    expect(rules(await analyzed([served(50001, 0), silent(50002, 2)].join('\n')))).not.toContain('error accept-stopped')
    const first = [silent(50001, 0), silent(50002, 4), served(50003, 8)].join('\n')
    expect(rules(await analyzed(first))).not.toContain('error accept-stopped')
  })

  it('takes a SYN that is ignored beside connections that wait for a full accept queue', async () => {
    const late = new Conversation(50009)
    const scene = [silent(50001, 0), silent(50002, 4), late.syn(8), late.syn(9), late.syn(10)].join('\n')
    const found = await analyzed(scene)
    expect(verdicts(found).at(-1)).toBe('backlog-overflow')
  })

  it('takes it for lost where the others were closed by the server: health checks wait in no queue', async () => {
    const check = (port: number, at: number) => {
      const one = new Conversation(port)
      return [one.opened(at), one.fin(at + 0.1, true), one.fin(at + 0.101, false)].join('\n')
    }
    const late = new Conversation(50009)
    const scene = [check(50001, 0), check(50002, 1), late.syn(8), late.syn(9), late.syn(11)].join('\n')
    expect(verdicts(await analyzed(scene)).at(-1)).toBe('syn-unanswered')
  })

  it('tells apart what refused when: not yet listening, and gone', async () => {
    const early = new Conversation(50001)
    const gone = new Conversation(50003)
    const reasons = async (scene: string, at: number) =>
      [...(await analyzed(scene)).diagnosis.connections()].at(at)!.candidates[0]!.reasons[0]
    expect(await reasons([early.refused(0), served(50002, 10)].join('\n'), 0)).toMatch(/^nothing listened yet/)
    expect(await reasons([served(50002, 0), gone.refused(10)].join('\n'), 1)).toMatch(/the listener is gone$/)
  })

  it('calls a refusal a note where the port answers at the other address of the name at once', async () => {
    const ends = { client: '::1', server: '::1' }
    const local = { client: '127.0.0.1', server: '127.0.0.1' }
    const six = new Conversation(50001, ends)
    const four = new Conversation(50002, local)
    const scene = [six.refused(0), four.opened(0.001), four.push(0.1), four.reply(0.11)].join('\n')
    expect(rules(await analyzed(scene))).toEqual(['note refused'])
    const elsewhere = new Conversation(50002, local, 9001)
    const other = [six.refused(0), elsewhere.opened(0.001), elsewhere.push(0.1), elsewhere.reply(0.11)].join('\n')
    expect(rules(await analyzed(other))).toEqual(['error refused'])
  })

  it('sees the process end where all its connections are reset at one moment', async () => {
    const [one, two] = [new Conversation(50001), new Conversation(50002)]
    const scene = [one.opened(0), two.opened(1), one.push(2), one.acked(2.001), two.push(3), two.acked(3.001)]
    const died = await analyzed([...scene, one.reset(9), two.reset(9.0003)].join('\n'))
    expect(verdicts(died)).toEqual(['server-died', 'server-died'])
  })

  it('takes a SYN-ACK that comes twice within milliseconds for no loss: no timer runs so short', async () => {
    const one = new Conversation(50001)
    const [syn, synAck] = one.opened(0).split('\n')
    const again = (at: string) => synAck!.replace('10:00:00.000100', at)
    const twice = await analyzed([syn, synAck, again('10:00:00.002600')].join('\n'))
    expect(verdicts(twice)).toEqual(['insufficient'])
    const lost = await analyzed([syn, synAck, again('10:00:01.010000'), again('10:00:03.020000')].join('\n'))
    expect(verdicts(lost)).toEqual(['synack-lost'])
  })
})

describe('late answers of a listener', () => {
  /** A client that asks at a moment, once it was answered at once or not, and is answered at another. */
  const waited = (port: number, asked: number, answered: number, isKnown = false) => {
    const one = new Conversation(port)
    const before = isKnown ? [one.push(asked - 0.5), one.reply(asked - 0.49)] : []
    return [one.opened(asked - 1), ...before, one.push(asked), one.acked(asked + 0.001), one.reply(answered)].join('\n')
  }
  const told = async (...scene: readonly string[]) =>
    (await analyzed(scene.join('\n'))).diagnosis.findings.find(({ rule }) => rule === 'answered-together')
  const late: readonly [asked: number, answered: number][] = [
    [2, 6],
    [3, 6.01],
    [4, 6.02],
  ]

  it('that came at one moment had waited for one thing: a late accept, it may be', async () => {
    const finding = await told(...late.map(([asked, answered], client) => waited(50_001 + client, asked, answered)))
    expect(finding).toMatchObject({ confidence: 'suspected', severity: 'warning' })
    expect(finding!.title).toContain('3 connections that waited, one of them 4 s')
    expect(finding!.explanation).toContain('a process that accepts late fits')
  })

  it('were not held up by accept alone where one of the clients had been answered before', async () => {
    const scene = late.map(([asked, answered], client) => waited(50_001 + client, asked, answered, client === 1))
    const found = await analyzed(scene.join('\n'))
    const finding = found.diagnosis.findings.find(({ rule }) => rule === 'answered-together')
    expect(finding!.explanation).toContain('not accept() alone was late')
    expect(found.diagnosis.listeners[0]!.verdict).not.toBe('accept-stopped')
  })

  it('to clients that had asked together tell of no more than that their requests are slow', async () => {
    expect(await told(...[2, 2.05, 2.1].map((asked, client) => waited(50_001 + client, asked, 6)))).toBeUndefined()
  })

  it('of two alone are by chance, unless they ended closer together than chance has it, and the clock can tell', async () => {
    const second = (answered: number) => told(waited(50_001, 2, 6), waited(50_002, 3, answered))
    expect((await second(6.002))!.title).toContain('2 connections that waited, one of them 4 s')
    expect(await second(6.01)).toBeUndefined()
    expect(await second(6)).toBeUndefined()
  })

  it('end together by chance where another one still waits', async () => {
    const others = late.map(([asked, answered], client) => waited(50_001 + client, asked, answered))
    expect(await told(...others, waited(50_009, 5, 8))).toBeUndefined()
  })
})
