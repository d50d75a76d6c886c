import { describe, expect, it } from 'vitest'
import { EventMatcher, factsIn } from '../../src/log/event-matcher.ts'
import { LineScanner } from '../../src/log/lines/line-scanner.ts'
import { PATTERNS } from '../../src/log/patterns.ts'

const matcher = new EventMatcher(PATTERNS)

/** What the whole way from bytes to event makes of one message. */
function understand(message: string) {
  let understood: ReturnType<EventMatcher['match']> = null
  const scanner = new LineScanner(matcher, 0x0a, {
    line: (bytes, start, end) => {
      understood = matcher.match(bytes.toString('utf8', start, end), scanner.keywords(bytes, start, end))
    },
  })
  const bytes = Buffer.from(message)
  scanner.scanRest(bytes, 0, bytes.length)
  return understood as ReturnType<EventMatcher['match']>
}

const samples = PATTERNS.flatMap((pattern) => pattern.samples.map((sample) => ({ id: pattern.id, pattern, ...sample })))

describe('the keywords of all patterns', () => {
  it('are long enough to pass over nearly all bytes of a log that tells of nothing', () => {
    expect(matcher.triesAll).toBe(false)
    expect(matcher.filter, matcher.keywords.filter((word) => Buffer.byteLength(word) < 4).join(', ')).not.toBeNull()
  })
})

describe('an event pattern', () => {
  it.each(samples.filter((sample) => sample.facts !== null))('$id understands: $message', ({ id, message, facts }) => {
    const understood = understand(message)
    expect(understood?.id).toBe(id)
    expect(factsIn(understood!, message)).toMatchObject(facts!)
  })

  it.each(samples.filter((sample) => sample.facts === null))('$id leaves alone: $message', ({ id, message }) => {
    expect(understand(message)?.id).not.toBe(id)
  })
})
