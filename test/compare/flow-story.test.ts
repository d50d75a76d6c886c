import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storyText } from '../../src/compare/wording.ts'
import { scene } from '../support/segments.ts'
import { HANDSHAKE, told } from './told-story.ts'

describe('the story of a connection', () => {
  it('folds queries that are only ever acknowledged into one round, with their period', () => {
    const story = told(
      scene(`${HANDSHAKE}
      > PA seq 101 ack 701 length 44 at 10
      < A  seq 701 ack 145 at 11
      > PA seq 145 ack 701 length 44 at 2110
      < A  seq 701 ack 189 at 2111
      > PA seq 189 ack 701 length 44 at 4212
      < A  seq 701 ack 233 at 4213`),
    )
    expect(storyText(story)).toBe('SYN, SYN-ACK, ACK, (push 44, ack) ×3 every 2.101 s ± 1.414 ms, open at the end')
  })

  it('tells no acknowledgment of its own where the answer brings it, early or late', () => {
    const eager = `
      > PA seq 101 ack 701 length 44 at 10
      < A  seq 701 ack 145 at 11
      < PA seq 701 ack 145 length 32 at 20
      > A  seq 145 ack 733 at 21`
    const lazy = `
      > PA seq 101 ack 701 length 44 at 10
      < PA seq 701 ack 145 length 32 at 20
      > A  seq 145 ack 733 at 60`
    const end = `
      > PA seq 145 ack 733 length 44 at 100
      < PA seq 733 ack 189 length 32 at 120
      > FA seq 189 ack 765 at 130
      < FA seq 765 ack 190 at 131`
    const text = 'SYN, SYN-ACK, ACK, (push 44, push 32) ×2 every 90 ms ± 0 ns, FIN, FIN'
    expect(storyText(told(scene(HANDSHAKE + eager + end)))).toBe(text)
    expect(storyText(told(scene(HANDSHAKE + lazy + end)))).toBe(text)
  })

  it('takes segments up to PSH for one message, and neither retransmissions nor keep-alives for steps', () => {
    const story = told(
      scene(`${HANDSHAKE}
      > A  seq 101 ack 701 length 1000 at 10
      > PA seq 1101 ack 701 length 500 at 11
      > PA seq 1101 ack 701 length 500 at 300
      < A  seq 701 ack 1601 at 301
      > A  seq 1600 ack 701 at 5000
      > A  seq 1600 ack 701 length 1 at 6000
      < A  seq 701 ack 1601 at 6001`),
    )
    expect(storyText(story)).toBe('SYN, SYN-ACK, ACK, push 1500, ack, open at the end')
    expect(story.flow.ends[0]).toMatchObject({ retransmissions: 1, keepAlives: 2, payload: 1500 })
  })

  it('leaves unacknowledged pushes without an acknowledgment', () => {
    const story = told(
      scene(`${HANDSHAKE}
      > PA seq 101 ack 701 length 44 at 10
      > PA seq 145 ack 701 length 44 at 20`),
    )
    expect(storyText(story)).toBe('SYN, SYN-ACK, ACK, push 44 ×2 every 10 ms ± 0 ns, open at the end')
  })

  it('puts a capture in order that holds replies before their causes', () => {
    const story = told(
      scene(`
      < SA seq 700 ack 101 at 0
      > S  seq 100 at 0
      > A  seq 101 ack 701 at 0
      < A  seq 701 ack 145 at 10
      > PA seq 101 ack 701 length 44 at 10`),
    )
    expect(storyText(story)).toBe('SYN, SYN-ACK, ACK, push 44, ack, open at the end')
  })

  it('says that a capture began in mid-stream', () => {
    const story = told(
      scene(`
      > PA seq 101 ack 701 length 44 at 10
      < PA seq 701 ack 145 length 32 at 20`),
    )
    expect(storyText(story)).toMatch(/^… \(the capture begins later\), push 44, push 32/)
  })

  it('stays short, whatever the segments', () => {
    const segment = fc.record({
      way: fc.constantFrom('>' as const, '<' as const),
      flags: fc.constantFrom('S', 'SA', 'A', 'PA', 'FA', 'R', 'RA', 'FPA', ''),
      seq: fc.integer(),
      ack: fc.integer(),
      length: fc.integer({ min: 0, max: 1460 }),
    })
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 600 }), (segments) => {
        const story = told(segments)
        expect(story.rounds.length).toBeLessThanOrEqual(128)
        expect(storyText(story).length).toBeLessThan(5000)
      }),
      { numRuns: 50 },
    )
  })
})
