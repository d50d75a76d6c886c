import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Said, spoken } from '../support/spoken-capture.ts'

const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

/** Bodies look like what frames them. */
const body = fc
  .array(fc.constantFrom('\r\n', '0\r\n\r\n', '1f\r\n', 'HTTP/1.1 200 OK\r\n', 'a', 'bc', '\n', '\r'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))

const fields = fc.constantFrom('', 'Server: a\r\n', 'Content-Type: text/html\r\nConnection: keep-alive\r\n')

const measured = fc
  .tuple(fields, body, fc.boolean())
  .map(([more, text, isLast]) =>
    isLast
      ? `HTTP/1.1 200 OK\r\n${more}Content-Length: ${text.length}\r\n\r\n${text}`
      : `HTTP/1.1 404 Not Found\r\ncontent-length:${text.length}\r\n${more}\r\n${text}`,
  )

const chunk = fc
  .tuple(fc.constantFrom('', '000'), fc.constantFrom('', ';a=b'), body)
  .map(([zeros, extension, text]) => `${zeros}${(text.length + 1).toString(16)}${extension}\r\n${text}.\r\n`)

const chunked = fc
  .tuple(fields, fc.array(chunk, { maxLength: 5 }), fc.constantFrom('', 'ETag: a\r\n'))
  .map(
    ([more, chunks, trailer]) =>
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n${more}\r\n${chunks.join('')}0\r\n${trailer}\r\n`,
  )

const interim = fc.constantFrom('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')
const bare = fields.map((more) => `HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n${more}\r\n`)
const answer = fc.tuple(interim, fc.oneof(measured, chunked, bare)).map((parts) => parts.join(''))

/** The answers in segments that end anywhere. */
function segments(answers: string, ends: readonly number[]): string[] {
  const at = [0, ...ends.map((end) => end % (answers.length + 1)), answers.length].sort((a, b) => a - b)
  return at
    .slice(1)
    .map((end, index) => answers.slice(at[index], end))
    .filter((text) => text !== '')
}

const exchange = fc.tuple(fc.array(answer, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(5000), { maxLength: 6 }))

describe('answers of HTTP that came to their end', () => {
  it('are never missed, wherever the segments end, asked for one by one or ahead', async () => {
    await fc.assert(
      fc.asyncProperty(exchange, fc.boolean(), async ([answers, ends], isAhead) => {
        const turns = isAhead ? [answers.join('')] : answers
        const said = turns.flatMap((text, turn): Said[] => [
          [turn + 1, '>', isAhead ? REQUEST.repeat(answers.length) : REQUEST],
          ...segments(text, ends).map((piece, index): Said => [turn + 1.01 + index / 1000, '<', piece]),
        ])
        const { diagnosis } = await spoken(...said, [30, '>', '', 'A'])
        expect(diagnosis.connection(0).verdict).toBe('healthy')
      }),
      { numRuns: 400 },
    )
  })
})
