import { describe, expect, it } from 'vitest'
import { numbersOf, readingText } from '../../src/compare/numbers.ts'
import type { Story } from '../../src/compare/story.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { Flows } from '../../src/flow/flows.ts'
import { scene } from '../support/segments.ts'
import { conversation, HANDSHAKE, type Said, told } from './told-story.ts'

/** What is measured of the stories, by its name. */
function measured(...stories: Story[]) {
  const flows = new Flows(startEngine())
  flows.table.count = 1
  const role = { port: 9000, stories }
  return Object.fromEntries(numbersOf(role, flows, role, flows).map(({ name, a }) => [name, a]))
}
const query = (times: number, size = 44): Said[] =>
  Array.from({ length: times }, (): Said[] => [
    ['>', size, 1000],
    ['<', 0, 1],
  ]).flat()

describe('the numbers of a service', () => {
  it('have a period where the client speaks three times alike, and none where it does twice', () => {
    expect(measured(conversation(query(3)))['period']).toBe('1.001 s ± 0 ns')
    expect(measured(conversation(query(2)))['period']).toBe('–')
  })

  it('have no period where only the server speaks', () => {
    const pushed = Array.from({ length: 4 }, (): Said[] => [
      ['<', 99, 1000],
      ['>', 0, 1],
    ]).flat()
    expect(measured(conversation(pushed))).toMatchObject({
      period: '–',
      'server pushes': '99 ×4',
      'client pushes': 'none',
    })
  })

  it('list the most frequent sizes first, of as many the smallest, and count the others', () => {
    const story = conversation([
      ...query(2, 500),
      ...query(1, 9),
      ...query(1, 8),
      ...[1, 2, 3, 4].flatMap((n) => query(1, n)),
    ])
    expect(measured(story)['client pushes']).toBe('500 ×2, 1 ×1, 2 ×1, 3 ×1, 4 ×1, 2 more sizes')
  })

  it('count what either end sent again', () => {
    const both = told(
      scene(`${HANDSHAKE}
      > PA seq 101 ack 701 length 44 at 10
      > PA seq 101 ack 701 length 44 at 300
      < PA seq 701 ack 145 length 32 at 301
      < PA seq 701 ack 145 length 32 at 600
      < PA seq 701 ack 145 length 32 at 1200
      > A  seq 145 ack 733 at 1201`),
    )
    expect(measured(both)['retransmissions']).toBe('3')
  })

  it('know the smallest window that was told, and the last one', () => {
    const shrunk = told(
      scene(`${HANDSHAKE}
      > PA seq 101 ack 701 length 44 at 10
      < A  seq 701 ack 145 window 300 at 11
      < A  seq 701 ack 145 window 900 at 12`),
    )
    expect(shrunk.flow.ends[1]).toMatchObject({ leastWindow: 300, lastWindow: 900 })
  })

  it('pool the times of all connections, from the shortest to the longest', () => {
    const waits = (milliseconds: number) =>
      conversation([
        ['>', 44],
        ['<', 32, milliseconds],
      ])
    expect(measured(waits(20), waits(10), waits(60))['push to answer']).toBe('30 ms (10 ms to 60 ms)')
    expect(measured(waits(20))['push to answer']).toBe('20 ms')
  })
})

describe('what windows say of reading', () => {
  it.each([
    [{ acks: 4, discriminating: 0, unread: 0, read: 0 }, /^cannot tell .*: 0 of its 4 acknowledgments/],
    [{ acks: 7, discriminating: 5, unread: 5, read: 0 }, /^shows that nothing was read: 5 of its 7/],
    [{ acks: 7, discriminating: 5, unread: 0, read: 5 }, /^shows no unread byte in 5 of its 7/],
    [{ acks: 7, discriminating: 5, unread: 3, read: 2 }, /two minds.* 3 say unread and 2 say read$/],
  ])('is told of %j', (reading, sentence) => {
    expect(readingText(reading)).toMatch(sentence)
  })
})
