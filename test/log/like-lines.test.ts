import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/log/formats.ts'
import type { EventPattern } from '../../src/log/pattern.ts'
import { PATTERNS } from '../../src/log/patterns.ts'
import { readText } from './text-of.ts'

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
    fc.array(fc.array(number), { minLength: 6, maxLength: 9 }),
  )
  .map(([frame, message, numbers]) =>
    numbers.map((own) => {
      let n = 0
      return frame.line.replace(frame.message, () => message.replace(/\d+/g, (old) => own[n++] ?? old))
    }),
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
