import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventMatcher } from '../../src/log/event-matcher.ts'
import { LineScanner, SLACK } from '../../src/log/lines/line-scanner.ts'
import { PATTERNS } from '../../src/log/patterns.ts'

const matcher = new EventMatcher(PATTERNS)
const KEYWORDS = [...new Set(PATTERNS.flatMap((pattern) => pattern.keywords.map((word) => word.toLowerCase())))]

/** The lines with keywords, each with its number and those, found with the filter or by searching every line. */
function linesWithKeywords(text: Buffer, filtered: boolean): string[] {
  const found: string[] = []
  const scanner = new LineScanner(
    filtered ? matcher : { keywords: KEYWORDS, automaton: matcher.automaton, filter: null },
    0x0a,
    {
      line: (bytes, start, end) => {
        const keywords = [...new Set(scanner.keywords(bytes, start, end))].sort((a, b) => a - b)
        if (keywords.length > 0) found.push(`${scanner.lines}: ${keywords.map((each) => KEYWORDS[each]).join('|')}`)
      },
    },
  )
  const bytes = Buffer.from(new Uint8Array(text.length + SLACK + 4).buffer)
  text.copy(bytes)
  scanner.scan(bytes, new Int32Array(bytes.buffer, 0, bytes.length >> 2), 0, text.length)
  return found
}

const piece = fc.oneof(
  fc.constantFrom(...KEYWORDS),
  fc.constantFrom(...KEYWORDS).map((word) => word.toUpperCase()),
  fc.string({ maxLength: 7 }),
)
const line = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('').replaceAll('\n', ' '))

describe('the keyword filter', () => {
  it('finds in each line the keywords that a search of every byte finds, wherever they stand', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const text = Buffer.from(lines.map((each) => `${each}\n`).join(''))
        expect(linesWithKeywords(text, true)).toEqual(linesWithKeywords(text, false))
      }),
      { numRuns: 300 },
    )
  })

  it('finds every keyword by itself', () => {
    for (const keyword of KEYWORDS)
      for (const before of ['', ' '])
        expect(linesWithKeywords(Buffer.from(`${before}${keyword}\n`), true)).toEqual(
          linesWithKeywords(Buffer.from(`${before}${keyword}\n`), false),
        )
  })

  it('spares most lines that hold none', () => {
    const text = Buffer.from('the weather in the mountains was fine for a walk yesterday\n'.repeat(100))
    expect(linesWithKeywords(text, false)).toEqual([])
  })
})
