import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LogFile } from '../../src/log/event.ts'
import { EventMatcher } from '../../src/log/event-matcher.ts'
import { FORMATS } from '../../src/log/formats.ts'
import type { EventPattern } from '../../src/log/pattern.ts'
import { PATTERNS } from '../../src/log/patterns.ts'
import { readText } from '../support/log-text.ts'

/** A pattern without keywords makes every line be read by itself. */
const never: EventPattern = { id: 'never', kind: 'error', keywords: [], pattern: /(?!)/, samples: [] }

const messages = PATTERNS.flatMap(({ samples }) => samples.map(({ message }) => message))
const frames = FORMATS.flatMap(({ samples }) =>
  samples.filter(({ line, message }) => message !== '' && line.includes(message)),
)
const number = fc.oneof(
  fc.nat({ max: 99_999 }).map(String),
  fc.constantFrom(
    '0',
    '7',
    '24',
    '104',
    '111',
    '113',
    '300',
    '10061',
    '65536',
    '0x3a4',
    '0x0',
    '5x1',
    '1.2.3.4',
    '::1',
  ),
)

/** Lines of one form with other numbers each, as often as it takes to know them and then some. */
const alike = fc
  .tuple(
    fc.constantFrom(...frames),
    fc.constantFrom(...messages),
    fc.array(fc.array(number), { minLength: 6, maxLength: 16 }),
  )
  .map(([frame, message, numbers]) =>
    numbers.map((own) => {
      let n = 0
      return frame.line.replace(frame.message, () => message.replace(/\d+/g, (old) => own[n++] ?? old))
    }),
  )

/** Lines of one form whose numbers are as long as the sample's: as many as it takes to learn where their facts stand. */
const asLong = fc
  .tuple(fc.constantFrom(...frames), fc.constantFrom(...messages), fc.infiniteStream(fc.nat({ max: 9 })))
  .map(([frame, message, digits]) =>
    Array.from({ length: 40 }, () =>
      frame.line.replace(frame.message, () => message.replace(/\d(?!x)/g, () => String(digits.next().value))),
    ),
  )

/** Values of an object's fields as programs write them, also such as are written anew when they are read. */
const value = fc.oneof(
  fc.constantFrom(
    '0',
    '7',
    '-5',
    '-0',
    '17',
    '1.5',
    '1.50',
    '0.25',
    '-0.5',
    '0.0000005',
    '0.0000012345',
    '0.00123456789',
    '0.123456789',
    '1e5',
    '2E-3',
  ),
  fc.constantFrom('12345678901234567890', '123456789.1234567', '1749046051.250817', 'true', 'null', '"11 of 20"'),
  fc.constantFrom('"10.1.2.3:50022"', '"\\u0041ccept 5"', '"\\u00e9 7"', '{"fd":12,"port":50022}', '[1,20]'),
  fc.constantFrom(...messages.slice(0, 400)).map((message) => JSON.stringify(message)),
)
const key = fc.constantFrom('fd', 'port', 'socket', 'bytes', 'a1', 'a2', '1', '10', '2', 'err', 'errno', 'peer', 'n_3')

/** An object as a line, or behind what a container's runtime or a console writes before it. */
const object = fc
  .tuple(
    fc.constantFrom(...messages),
    fc.array(fc.tuple(key, value), { maxLength: 4 }),
    fc.constantFrom(
      '{"level":30,"time":1749046051250,"msg":@}',
      '{"level":"info","ts":1749046051.250817,"msg":@}',
      '{"msg":@,"timestamp":"2025-06-04T14:07:31.250Z"}',
      '2025-06-04T14:07:31.250817123Z stdout F {"msg":@}',
      'Jun  4 14:07:31 edge3 gated[512]: {"msg":@}',
      '2025-06-04T14:07:31.250Z gated[512]: {"msg":@}',
      '2025-06-04T14:07:31.250Z INFO {"msg":@}',
      'gate-1  | {"time":"2025-06-04T14:07:31.250Z","msg":@}',
      '2025-06-04T14:07:31.250Z\tINFO\tgate/gate.go:81\tready\t{"msg":@}',
    ),
  )
  .map(([message, fields, line]) =>
    line.replace('@', () => [JSON.stringify(message), ...fields.map(([name, own]) => `"${name}":${own}`)].join(',')),
  )

/** Pairs, likewise, and lines that no format reads. */
const others = fc
  .tuple(fc.constantFrom(...messages), key, fc.constantFrom('time=2025-06-04T14:07:31.250Z msg=@ ', '@ ', '  @ ', ''))
  .map(([message, name, line]) => `${line.replace('@', () => JSON.stringify(message))}${name}=17 took=1.50 ${message}`)

/** A line again and again, some of its digits others each time. */
const again = fc.tuple(fc.oneof(object, others), fc.infiniteStream(fc.nat({ max: 19 }))).map(([line, digits]) =>
  Array.from({ length: 14 }, () =>
    line.replace(/\d/g, (old) => {
      const digit = digits.next().value
      return digit < 10 ? String(digit) : old
    }),
  ),
)

const log = fc.array(alike, { minLength: 1, maxLength: 4 }).chain((groups) => fc.shuffledSubarray(groups.flat()))

afterEach(() => vi.restoreAllMocks())

describe('lines that differ from others in digits only', () => {
  it('are told as they are where each is read by itself', async () => {
    await fc.assert(
      fc.asyncProperty(log, async (lines) => {
        const text = `${lines.join('\n')}\n`
        const read = await readText(text, { shapes: true })
        expect(read).toEqual(await readText(text, { shapes: true, patterns: [never] }))
      }),
      { numRuns: 400 },
    )
  })

  it('are told as they are where their words come from an object, from pairs, or without a stamp', async () => {
    await fc.assert(
      fc.asyncProperty(again, async (lines) => {
        const text = `${lines.join('\n')}\n`
        const read = await readText(text, { shapes: true })
        expect(read).toEqual(await readText(text, { shapes: true, patterns: [never] }))
      }),
      { numRuns: 400 },
    )
  })

  it('tell the same events where it is known where their facts stand', async () => {
    await fc.assert(
      fc.asyncProperty(asLong, async (lines) => {
        const text = `${lines.join('\n')}\n`
        const { events } = await readText(text)
        expect(events).toEqual((await readText(text, { patterns: [never] })).events)
      }),
      { numRuns: 150 },
    )
  })

  it('are told as they are in between lines that are like no others', async () => {
    const letters = (n: number) => n.toString(2).replaceAll('0', 'recv ').replaceAll('1', 'read ')
    const unlike = Array.from({ length: 45_000 }, (_, n) => `2025-06-04T14:07:31Z ${letters(n)} of socket ${n}`)
    const alike = Array.from({ length: 30_000 }, (_, n) => `2025-06-04T14:07:31Z recv socket ${n % 500}: 44 bytes`)
    const text = [...unlike, ...alike, ...unlike, ...alike].map((line) => `${line}\n`).join('')
    const read = await readText(text)
    const byItself = await readText(text, { patterns: [never] })
    expect({ ...read, events: null }).toEqual({ ...byItself, events: null })
    const told = ({ events }: LogFile) =>
      events.map(({ line, handle, bytes }) => `${line} ${handle} ${bytes}`).join('\n')
    expect(told(read)).toBe(told(byItself))
  })

  it('are told as they are by one log after another', async () => {
    const lines = Array.from({ length: 50 }, (_, n) => `2025-06-04T14:07:31Z recv socket ${n + 100}: 44 bytes`)
    const first = await readText(`${lines.join('\n')}\n`)
    const other = await readText(`${lines.map((line) => `${line.replace('T', ' ')}`).join('\n')}\n`)
    const again = await readText(`${lines.join('\n')}\n`, { patterns: [never] })
    expect(other.events).toEqual(first.events)
    expect(again.events).toEqual(first.events)
  })

  it('have no address and no port that cannot be one', async () => {
    const ends = ['10.1.2.30:50123', '10.1.2.31:50124', '10.1.2.32:50125', '10.1.2.33:50126', '10.1.2.34:50127']
    const odd = ['10.1.2.35:70000', '10.1.9.99:50128', '10.1.2.05:50129', '99.9.9.99:65535', '99.9.9.99:65536']
    const lines = [...ends, ...ends, ...odd].map(
      (end, n) => `2025-06-04T14:07:31Z accepted ${end} on socket ${100 + n}`,
    )
    const { events } = await readText(`${lines.join('\n')}\n`)
    expect(events.slice(-5).map(({ peerAddress, peerPort }) => [peerAddress, peerPort])).toEqual([
      ['10.1.2.35', null],
      ['10.1.9.99', 50_128],
      [null, null],
      ['99.9.9.99', 65_535],
      ['99.9.9.99', null],
    ])
  })

  it('are told apart where a digit makes the difference', async () => {
    const codes = [999, 111, 998, 113, 997, 111, 996, 995, 113]
    const lines = codes.map((code, n) => `2025-06-04T14:07:3${n}Z connect to peer: error ${code}`)
    const { events } = await readText(`${lines.join('\n')}\n`)
    const failed = events.filter(({ kind }) => kind === 'connect-failed').map(({ line }) => line)
    expect(failed).toEqual([2, 4, 6, 9])
  })

  it('are told apart where a digit makes a keyword', async () => {
    const lines = [7, 7, 7, 7, 1, 7, 2].map(
      (n) => `2025-06-04T14:07:31Z from 10.1.2.3 "GET /a HTTP/${n}.1" 200 512 "-"`,
    )
    const { events } = await readText(`${lines.join('\n')}\n`)
    expect(events.map(({ line }) => line)).toEqual([5, 7])
  })

  /** Formats whose lines are read by themselves: calls that end later. */
  const byThemselves = ['strace']
  const samples = frames.map(({ line, message }) => ({ line: line.replace(message, 'recv socket @: 44 bytes') }))

  it.each([
    ...samples,
    { line: 'recv socket @: 44 bytes' },
    { line: '2025-06-04T14:07:31.250Z Gerät Tür recv socket @: 44 bytes' },
    { line: 'time=2025-06-04T14:07:31.250Z msg="recv socket @: 44 bytes"' },
  ])('are not searched for words again and again: $line', async ({ line }) => {
    const matched = vi.spyOn(EventMatcher.prototype, 'match')
    const lines = Array.from({ length: 3000 }, (_, n) => line.replace('@', String(1000 + n)))
    const { events } = await readText(`${lines.join('\n')}\n`)
    expect(events.filter(({ kind }) => kind === 'recv')).toHaveLength(lines.length)
    expect(matched.mock.calls.length).toBeLessThan(10)
    matched.mockRestore()
  })

  it('is true of all formats but those', () => {
    expect(
      FORMATS.filter(({ isDigitBlind }) => isDigitBlind !== true)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(byThemselves.toSorted())
  })

  it('may have a stamp where the first ones have digits that are no time', async () => {
    const line = (second: string) => `25:00:${second}.250 accepted connection 7`
    const stamped = ['12:00:31.250 accepted connection 7', '12:00:32.250 accepted connection 8']
    const lines = [...Array.from({ length: 9 }, (_, n) => line(String(61 + n))), ...stamped]
    const { events } = await readText(`${lines.join('\n')}\n`)
    expect(events.map(({ time }) => time).slice(-3)).toEqual([null, expect.any(Number), expect.any(Number)])
  })

  it('are told apart by letters that are not ASCII', async () => {
    const lines = ['é', 'é', 'é', 'è', '\xff'].map((name, n) => `2025-06-04T14:07:3${n}Z recv ${name}: 4${n} bytes`)
    const { events } = await readText(`${lines.join('\n')}\n`)
    expect(events.map(({ text }) => text)).toEqual(lines.map((line) => line.slice(21)))
  })
})
