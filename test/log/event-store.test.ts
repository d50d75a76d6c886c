import { describe, expect, it } from 'vitest'
import { EventStore } from '../../src/log/event-store.ts'

const filled = (count: number) => {
  const store = new EventStore<{ line: number }>(5, 3)
  for (let line = 1; line <= count; line++) store.add({ line })
  return store
}

describe('the events of a log', () => {
  it.each([
    [5, [1, 2, 3, 4, 5], null],
    [7, [1, 2, 3, 4, 5, 6, 7], null],
    [8, [1, 2, 3, 4, 5, 6, 7, 8], null],
    [9, [1, 2, 3, 4, 5, 7, 8, 9], '1 of 9 events, between lines 5 and 7,'],
    [13, [1, 2, 3, 4, 5, 11, 12, 13], '5 of 13 events, between lines 5 and 11,'],
  ])('%i of them are kept from the beginning and from the end', (count, lines, dropped) => {
    const store = filled(count)
    expect(store.kept().map((each) => each.line)).toEqual(lines)
    expect(store.count).toBe(count)
    if (dropped === null) expect(store.dropped()).toBeNull()
    else expect(store.dropped()).toContain(dropped)
  })
})
