import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogFile } from '../../src/log/event.ts'
import { FORMATS } from '../../src/log/formats.ts'
import type { EventPattern } from '../../src/log/pattern.ts'
import { PATTERNS } from '../../src/log/patterns.ts'
import { readText } from '../support/log-text.ts'

/** A pattern without keywords makes every line be read by itself. */
const never: EventPattern = { id: 'never', kind: 'error', keywords: [], pattern: /(?!)/, samples: [] }

const messages = PATTERNS.flatMap(({ samples }) => samples.map(({ message }) => message))
const frames = FORMATS.flatMap(({ samples }) => samples.filter(({ line, message }) => line.includes(message)))
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

const log = fc.array(alike, { minLength: 1, maxLength: 4 }).chain((groups) => fc.shuffledSubarray(groups.flat()))

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

  it('are told apart by letters that are not ASCII', async () => {
    const lines = ['é', 'é', 'é', 'è', '\xff'].map((name, n) => `2025-06-04T14:07:3${n}Z recv ${name}: 4${n} bytes`)
    const { events } = await readText(`${lines.join('\n')}\n`)
    expect(events.map(({ text }) => text)).toEqual(lines.map((line) => line.slice(21)))
  })
})
