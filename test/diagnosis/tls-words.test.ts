import { describe, expect, it } from 'vitest'
import { judgedAt, type Said } from '../support/spoken-capture.ts'

const HELLO = '\x16\x03\x01\x00\x04hell'

describe('a server’s part of a TLS handshake', () => {
  const record = (bytes: string, length = bytes.length) =>
    `\x16\x03\x03${String.fromCharCode(length >> 8, length & 255)}${bytes}`
  const serverHello = (random: string) => `\x02\x00\x00\x26\x03\x03${random}${'s'.repeat(32)}`
  const said = (...flight: readonly string[]): readonly Said[] => [
    [0.1, '>', HELLO],
    ...flight.map((bytes, index): Said => [0.11 + index / 100, '<', bytes]),
  ]

  it('has stopped in the middle of a record, and after a ServerHello, which is never all', async () => {
    for (const flight of [record(serverHello('rand')) + record('certificate', 3000), record(serverHello('rand'))])
      expect(await judgedAt(said(flight), 9)).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
  })

  it('is whole where records end with it, also in two segments, and where it asks for another ClientHello', async () => {
    const flight = record(serverHello('rand')) + record('certificate')
    for (const segments of [
      [flight],
      [flight.slice(0, 50), flight.slice(50)],
      [record(serverHello('\xcf\x21\xad\x74'))],
    ])
      expect((await judgedAt(said(...segments), 9)).verdict).toBe('healthy')
  })

  it('may be over with the client’s last words: TLS 1.3 owes them nothing', async () => {
    const { candidates } = await judgedAt([...said(record(serverHello('rand')) + record('done')), [0.2, '>', HELLO]], 9)
    expect(candidates.find(({ verdict }) => verdict === 'healthy')!.reasons.join()).toContain('TLS 1.3')
    expect(candidates.flatMap(({ reasons }) => reasons).join()).not.toContain('MQTT')
  })
})

describe('a message after a TLS handshake', () => {
  const record = (length: number) =>
    `\x17\x03\x03${String.fromCharCode(length >> 8, length & 255)}${'e'.repeat(length)}`
  const finished: readonly Said[] = [
    [0.1, '>', HELLO],
    [0.11, '<', `\x16\x03\x03\x00\x05hello`],
    [0.12, '>', `\x14\x03\x03\x00\x01\x01${record(53)}`],
  ]
  const tickets = (at: number): Said => [at, '<', record(250)]
  const asked = (at: number, length = 80): Said => [at, '>', record(length)]

  it('is missed where a library’s words alone came, unless it is as short as what controls HTTP/2', async () => {
    const stalled = await judgedAt([...finished, tickets(0.13), asked(0.14)], 9)
    expect(stalled).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
    expect((await judgedAt([...finished, tickets(0.13), asked(0.14, 34)], 9)).verdict).toBe('healthy')
  })

  it('may be missed where the last words of the server may be session tickets', async () => {
    const { verdict, confidence, candidates } = await judgedAt([...finished, asked(0.125), tickets(0.13)], 9)
    expect([verdict, confidence]).toEqual(['healthy', 'likely'])
    expect(candidates.map((cause) => cause.verdict)).toContain('peer-stalled')
    const answered = [tickets(0.13), tickets(0.14), [0.15, '<', record(400)] as const]
    expect(await judgedAt([...finished, asked(0.125), ...answered], 9)).toMatchObject({ confidence: 'certain' })
  })

  it('is missed where all that came are records of one length, as session tickets are', async () => {
    const both: Said = [0.13, '<', record(250) + record(250)]
    const missed = { verdict: 'peer-stalled', confidence: 'suspected' }
    expect(await judgedAt([...finished, asked(0.125), both], 9)).toMatchObject(missed)
    expect(await judgedAt([...finished, asked(0.125), tickets(0.13), tickets(0.14)], 9)).toMatchObject(missed)
    // The client ends its handshake and asks in one segment.
    const inOne: Said = [0.12, '>', `\x14\x03\x03\x00\x01\x01${record(53)}${record(80)}`]
    expect(await judgedAt([...finished.slice(0, 2), inOne, both], 9)).toMatchObject(missed)
    // It has given up, and the server’s library takes note of it.
    const given: readonly Said[] = [
      [5, '>', record(19)],
      [5.001, '<', record(19)],
      [5.002, '>', '', 'FA'],
    ]
    expect(await judgedAt([...finished, asked(0.125), both, ...given], 9)).toMatchObject(missed)
  })

  it('is not where it was answered, or nothing was asked', async () => {
    const both: Said = [0.13, '<', record(250) + record(250)]
    const { verdict } = await judgedAt([...finished, asked(0.125), both, [0.131, '<', record(400)]], 9)
    expect(verdict).toBe('healthy')
    expect((await judgedAt([...finished, asked(0.125), [0.13, '<', record(250) + record(400)]], 9)).verdict).toBe(
      'healthy',
    )
    expect((await judgedAt([...finished, both], 9)).verdict).toBe('healthy')
    const alike = [asked(0.13), tickets(0.14), asked(0.15), tickets(0.16)]
    expect((await judgedAt([...finished, ...alike], 9)).verdict).toBe('healthy')
    expect((await judgedAt([...finished, both, [5, '>', record(19)]], 9)).verdict).toBe('healthy')
  })

  it('is no part of a run because the first one followed the handshake at once', async () => {
    const turns = [1, 2, 3].flatMap((at): Said[] => [asked(at), [at + 0.01, '<', record(400)]])
    const said = [...finished, asked(0.125), tickets(0.13), ...turns, asked(4)]
    expect(await judgedAt(said, 12)).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
  })
})
