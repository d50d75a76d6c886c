import { describe, expect, it } from 'vitest'
import { EventMatcher, factsIn } from '../../src/log/event-matcher.ts'
import { shapeOf } from '../../src/log/facts/shapes.ts'
import { readHead, readStamp } from '../../src/log/format-line.ts'
import { FORMATS } from '../../src/log/formats.ts'
import { PATTERNS } from '../../src/log/patterns.ts'
import { Stamp } from '../../src/log/stamps/stamp.ts'

const LENGTH = 100_000
/** Far above what linear time takes on a busy machine (under 5 ms), far below what backtracking takes (minutes). */
const LIMIT_MS = 250
/** A thousand characters in quadratic time take 2 ms, in cubic time a second. */
const SHORT_LIMIT_MS = 100

const fill = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH)
const FILLERS = [
  'a',
  ' ',
  '0',
  '1.',
  ':',
  '[',
  '"',
  '\\',
  '\t',
  'a ',
  'a=',
  '="',
  'fd ',
  '::1:',
  '1.1.1.1:',
  'not ',
  '<',
]

/** The shortest time of three, where the first one is long: it may have been disturbed. */
function timeOf(work: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3 && best > 10; i++) {
    const begin = performance.now()
    work()
    best = Math.min(best, performance.now() - begin)
  }
  return best
}

function understand(matcher: EventMatcher, line: string): void {
  const pattern = matcher.match(line, [])
  if (pattern !== null) factsIn(pattern, line)
}

describe('a line of 100 kB made to be slow', () => {
  it.each(PATTERNS.map((pattern) => ({ id: pattern.id, pattern })))('takes bounded time in $id', ({ pattern }) => {
    const matcher = new EventMatcher([{ ...pattern, keywords: [] }])
    const words = pattern.keywords.flatMap((keyword) => [keyword, `${keyword} `])
    for (const unit of [...FILLERS, ...words]) {
      const lines = [fill(unit), `${pattern.keywords[0]} ${fill(unit)}`, `${fill(unit)} ${pattern.keywords[0]}`]
      for (const line of lines) expect(timeOf(() => understand(matcher, line))).toBeLessThan(LIMIT_MS)
    }
  })

  it.each(PATTERNS.map((pattern) => ({ id: pattern.id, pattern })))(
    'takes bounded time in $id with blanks anywhere in what it knows',
    ({ pattern }) => {
      const matcher = new EventMatcher([{ ...pattern, keywords: [] }])
      for (const { message } of pattern.samples)
        for (let at = 0; at <= message.length; at++)
          for (const tail of [message.slice(at), 'x']) {
            const line = message.slice(0, at) + ' \t'.repeat(470) + tail
            expect(
              timeOf(() => understand(matcher, line)),
              line,
            ).toBeLessThan(SHORT_LIMIT_MS)
          }
    },
  )

  it.each(FORMATS.map((format) => ({ id: format.id, format })))('takes bounded time in $id', ({ format }) => {
    for (const { line } of format.samples)
      for (const unit of FILLERS)
        for (const keep of [line.length, 40, 20, 8]) {
          const bytes = Buffer.from(line.slice(0, keep) + fill(unit))
          const stamp = new Stamp()
          const elapsed = timeOf(() => {
            if (readStamp(format, bytes, 0, bytes.length, stamp)) readHead(format, bytes, 0, bytes.length, stamp)
          })
          expect(elapsed).toBeLessThan(LIMIT_MS)
        }
  })

  it('takes bounded time to fold to a shape', () => {
    for (const unit of FILLERS) expect(timeOf(() => shapeOf(fill(unit)))).toBeLessThan(LIMIT_MS)
  })
})
