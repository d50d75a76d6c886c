import { describe, expect, it } from 'vitest'
import { judgedAt, type Said, spoken } from '../support/spoken-capture.ts'

const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

describe('an answer in chunks', () => {
  const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
  const asked = (...pieces: readonly string[]): readonly Said[] => [
    [1, '>', REQUEST],
    ...pieces.map((piece, at): Said => [1.01 + at / 100, '<', piece]),
  ]

  it.each([
    ['with the last one', [`${CHUNKED}3\r\nabc\r\n`, '0\r\n\r\n']],
    ['with the last one in the same segment', [`${CHUNKED}3\r\nabc\r\n0\r\n\r\n`]],
    ['with a trailer', [`${CHUNKED}3\r\nabc\r\n`, '0\r\nETag: a\r\n\r\n']],
    ['with chunks that span segments', [`${CHUNKED}00000A\r\nabc`, 'defghij\r\n3;a=b\r\n', 'abc\r\n0\r\n\r\n']],
    ['with a chunk’s size in two segments', [`${CHUNKED}3\r\nabc\r\n1`, '0\r\n0123456789abcdef\r\n0\r\n\r\n']],
    ['that is torn in the last bytes', [`${CHUNKED}3\r\nabc\r\n0\r\n`, '\r\n']],
  ])('is whole %s', async (_, pieces) => {
    expect(await judgedAt(asked(...pieces), 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it.each([
    ['after a chunk', [`${CHUNKED}3\r\nabc\r\n`]],
    ['after its header', [CHUNKED]],
    ['after a chunk’s bytes', [CHUNKED, '2\r\nab']],
    ['after the size of one that came in pieces', [`${CHUNKED}3\r\nabc\r\n1`, '0\r\nabc']],
  ])('may have stopped before its end %s, or is a stream', async (_, pieces) => {
    const { verdict, confidence, candidates } = await judgedAt(asked(...pieces), 9)
    expect([verdict, confidence]).toEqual(['peer-stalled', 'suspected'])
    expect(candidates.map(({ verdict }) => verdict)).toContain('healthy')
  })

  it.each([
    ['in one segment', [`${CHUNKED}3\r\nabc\r\n1F\r\nabc`]],
    ['in another', [CHUNKED, '1f\r\na', 'bc']],
  ])('has stopped where it ends within a chunk, whose size it told %s', async (_, pieces) => {
    const { verdict, confidence, candidates } = await judgedAt([...asked(...pieces), [9, '>', '', 'FA']], 9.1)
    expect([verdict, confidence]).toEqual(['peer-stalled', 'likely'])
    expect(candidates[0]!.reasons).toEqual(['an answer that stops 28 bytes before the end of a chunk'])
    expect(candidates.map((cause) => cause.verdict)).not.toContain('healthy')
  })

  it('may be followed by others that were asked for ahead', async () => {
    const ahead = (...answers: readonly string[]): readonly Said[] => [
      [1, '>', REQUEST.repeat(2)],
      ...answers.map((answer): Said => [1.01, '<', answer]),
    ]
    const chunked = `${CHUNKED}3\r\nabc\r\n0\r\n\r\n`
    expect(await judgedAt(ahead(chunked + RESPONSE), 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
    expect((await judgedAt(ahead(chunked), 9)).verdict).toBe('peer-stalled')
  })

  it('is a stream where it tells events, or is still at its pace', async () => {
    const events = CHUNKED.replace('Transfer', 'Content-Type: text/event-stream\r\nTransfer')
    expect((await judgedAt(asked(`${events}3\r\nabc\r\n`), 9)).verdict).toBe('healthy')
    const paced: readonly Said[] = [...asked(`${CHUNKED}3\r\nabc\r\n`), [4, '<', '3\r\nabc\r\n']]
    expect(await judgedAt(paced, 9)).toMatchObject({ verdict: 'healthy', confidence: 'likely' })
  })

  it('has no body where only its header was asked for', async () => {
    const asked: readonly Said[] = [
      [1, '>', REQUEST.replace('GET', 'HEAD')],
      [1.01, '<', CHUNKED],
    ]
    expect(await judgedAt(asked, 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })
})

describe('an answer that tells how long it is', () => {
  const ok = (length: string, body: number) => `HTTP/1.1 200 OK\r\n${length}\r\n\r\n${'b'.repeat(body)}`
  const download = (header: string, came: number): readonly Said[] => [
    [1, '>', REQUEST],
    [1.01, '<', ok(header, came)],
    [1.05, '<', 'b'.repeat(100)],
  ]

  it('has stopped before its end where less of it came, and nothing more', async () => {
    const found = await judgedAt(download('Content-Length: 1000', 400), 9)
    expect(found).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
    expect(found.candidates[0]!.reasons).toEqual(['541 bytes of an answer of 1041'])
  })

  it('is whole where it has come to its end, and may be where nobody knows of its end', async () => {
    for (const header of [
      'Content-Length: 500',
      'Content-Type: text/event-stream\r\nContent-Length: 1000',
      'Server: a',
    ])
      expect(await judgedAt(download(header, 400), 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it('may be all that a request for its header gets, and is none of what another request gets', async () => {
    const header = (method: string): readonly Said[] => [
      [1, '>', REQUEST.replace('GET', method)],
      [1.01, '<', ok('Content-Length: 1000', 0)],
    ]
    expect(await judgedAt(header('HEAD'), 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
    expect((await judgedAt(header('GET'), 9)).verdict).toBe('peer-stalled')
  })

  it('is told of later answers, too, each by its own header', async () => {
    const again: readonly Said[] = [...download('Content-Length: 500', 400), [2, '>', REQUEST]]
    const whole: readonly Said[] = [...again, [2.01, '<', ok('Content-Length: 100', 100)]]
    expect(await judgedAt(whole, 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
    const cut = await judgedAt([...again, [2.01, '<', ok('Content-Length: 100', 40)], [9, '>', '', 'FA']], 9)
    expect(cut).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
    expect(cut.candidates[0]!.reasons).toEqual(['an answer that lacks 60 bytes'])
  })

  it('is known after one that was only announced (100 Continue)', async () => {
    const posted: readonly Said[] = [
      [1, '>', `POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n`],
      [1.01, '<', 'HTTP/1.1 100 Continue\r\n\r\n'],
      [1.02, '>', 'body'],
      [1.03, '<', ok('Content-Length: 100', 40)],
    ]
    expect((await judgedAt(posted, 9)).verdict).toBe('peer-stalled')
  })

  it('has not told it where its header stops', async () => {
    const begun: readonly Said[] = [
      [1, '>', REQUEST],
      [1.01, '<', ok('Content-Length: 1000', 0).slice(0, 30)],
    ]
    const found = await judgedAt(begun, 9)
    expect(found).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
    expect(found.candidates[0]!.reasons).toEqual(['an answer that stops within its header'])
  })

  it('has not told it where its header stops in a later segment, or is told by each of several', async () => {
    const [status, , ...rest] = ok('Content-Length: 1000', 0).split(/(?<=\n)/)
    const inPieces = (...pieces: readonly string[]): readonly Said[] => [
      [1, '>', REQUEST],
      ...pieces.map((piece, at): Said => [1.01 + at / 100, '<', piece]),
    ]
    const length = 'Content-Length: 1000\r\n'
    expect((await judgedAt(inPieces(status!, 'Server: a\r\n'), 9)).candidates[0]!.reasons).toEqual([
      'an answer that stops within its header',
    ])
    const cut = await judgedAt(inPieces(status! + length, rest.join(''), 'b'.repeat(400)), 9)
    expect(cut.candidates[0]!.reasons).toEqual(['441 bytes of an answer of 1041'])
    const whole = await judgedAt(inPieces(status!, length + rest.join(''), 'b'.repeat(1000)), 9)
    expect(whole).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
    const chunked = await judgedAt(inPieces(status!, 'Transfer-Encoding: chunked\r\n\r\n', 'f\r\nb'), 9)
    expect(chunked.candidates[0]!.reasons).toEqual(['an answer that stops 14 bytes before the end of a chunk'])
  })

  it('is none where the status says so, be the header in several segments', async () => {
    const cached: readonly Said[] = [
      [1, '>', REQUEST],
      [1.01, '<', 'HTTP/1.1 304 Not Modified\r\n'],
      [1.02, '<', 'Content-Length: 1000\r\n\r\n'],
    ]
    expect(await judgedAt(cached, 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it('is not known any more where a line of its header comes in pieces', async () => {
    const holed: readonly Said[] = [
      [1, '>', REQUEST],
      [1.01, '<', ok('Content-Length: 1000', 0).slice(0, 30)],
      [1.02, '<', ok('Content-Length: 1000', 0).slice(30)],
    ]
    expect(await judgedAt(holed, 9)).toMatchObject({ verdict: 'healthy', confidence: 'certain' })
  })

  it('is none of 304 Not Modified, which tells the length of what it does not send', async () => {
    const cached: readonly Said[] = [
      [1, '>', REQUEST],
      [1.01, '<', ok('Content-Length: 1000', 0).replace('200 OK', '304 Not Modified')],
      [1.02, '<', 'HTTP'],
    ]
    expect((await judgedAt(cached, 9)).verdict).toBe('healthy')
  })

  it('may be on its way, or slow, as long as the silence is no longer than it had been coming', async () => {
    const slow: readonly Said[] = [...download('Content-Length: 9000', 400), [4, '<', 'bbb']]
    expect((await judgedAt(slow, 4.5)).verdict).toBe('healthy')
    expect(await judgedAt(slow, 7)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
    expect(await judgedAt(slow, 20)).toMatchObject({ verdict: 'peer-stalled', confidence: 'likely' })
  })

  it('is cut by the capture where its last bytes are neither acknowledged nor sent again', async () => {
    const { diagnosis } = await spoken(...download('Content-Length: 1000', 400), [9, '<', '', 'A'])
    expect(diagnosis.connection(0).verdict).toBe('healthy')
  })

  it('was given up by its client, and stopped by nobody, where that closes at once', async () => {
    const left: readonly Said[] = [...download('Content-Length: 1000', 400), [1.5, '>', '', 'FA'], [1.51, '<']]
    expect((await judgedAt(left, 9)).verdict).toBe('healthy')
  })

  it('was broken off by a server that closes before its end', async () => {
    const broken: readonly Said[] = [
      ...download('Content-Length: 1000', 400),
      [1.06, '<', '', 'FA'],
      [1.07, '>', '', 'FA'],
    ]
    const { diagnosis } = await spoken(...broken)
    expect(diagnosis.findings.map(({ rule, title }) => [rule, title.split(': ')[1]])).toEqual([
      ['answer-cut', '541 bytes of an answer of 1041, then the server ended the connection'],
    ])
    expect(diagnosis.connection(0)).toMatchObject({ verdict: 'peer-stalled', confidence: 'suspected' })
  })
})
