import { describe, expect, it } from 'vitest'
import { timeOnly } from '../../src/log/formats/time-only.ts'
import { NOT_KEPT } from '../../src/log/gap-event.ts'
import type { EventPattern } from '../../src/log/pattern.ts'
import { Stamp } from '../../src/log/stamps/stamp.ts'
import { EventStore } from '../../src/log/store/event-store.ts'

const pattern: EventPattern = { id: 'any', kind: 'recv', keywords: [], pattern: /./, samples: [] }

function add(store: EventStore, line: number, text: string, isNear = false): void {
  const start = 7 + (line % 5)
  const end = start + Buffer.byteLength(text)
  const bytes = Buffer.from(new ArrayBuffer((end + 4) & -4))
  bytes.write(text, start)
  const stamp = new Stamp()
  const format = timeOnly.stamp(bytes, start, end, stamp) ? timeOnly : null
  store.add(
    { telling: { pattern, format, encoding: 'utf8', alike: null }, line, time: format ? line : Number.NaN },
    isNear,
    bytes,
    start,
    end,
    stamp,
  )
}

const filled = (count: number, textOf: (line: number) => string, isNear = (_line: number) => false) => {
  const store = new EventStore({ first: 5, near: 2, last: 3 })
  for (let line = 1; line <= count; line++) add(store, line, textOf(line), isNear(line))
  return store
}

const allOf = (store: EventStore) => [...store.events(0, (_line, time) => time)]
/** Those that a line tells. */
const eventsOf = (store: EventStore) => allOf(store).filter(({ pattern }) => pattern !== NOT_KEPT)

const KEPT = [
  [5, [1, 2, 3, 4, 5], null],
  [7, [1, 2, 3, 4, 5, 6, 7], null],
  [8, [1, 2, 3, 4, 5, 6, 7, 8], null],
  [9, [1, 2, 3, 4, 5, 7, 8, 9], '1 of 9 events, between lines 5 and 7,'],
  [13, [1, 2, 3, 4, 5, 11, 12, 13], '5 of 13 events, between lines 5 and 11,'],
] as const

describe('the events of a log', () => {
  it.each(KEPT)('%i of them are kept from the beginning and from the end', (count, lines, dropped) => {
    const store = filled(count, (line) => `message ${line}`)
    expect(eventsOf(store).map((each) => each.line)).toEqual(lines)
    if (dropped === null) expect(store.dropped()).toBeNull()
    else expect(store.dropped()).toContain(dropped)
  })

  it.each(KEPT)('%i of them are kept as they were where every other line is too long', (count, lines, dropped) => {
    const textOf = (line: number) => (line % 2 === 0 ? `${line} ${'x'.repeat(5000)}` : `${line}`)
    const store = filled(count, textOf)
    expect(eventsOf(store).map(({ text }) => text)).toEqual(lines.map((line) => textOf(line).slice(0, 500)))
    if (dropped !== null) expect(store.dropped()).toContain(dropped)
  })

  it('are marked where some between them are not kept', () => {
    const store = filled(13, (line) => `14:07:31.250 W 00070412> message ${line}`)
    const told = allOf(store).map(({ kind, line, time, text }) => (kind === 'recv' ? line : { line, time, text }))
    const gap = { line: 10, time: 11, text: '(5 events up to this line are counted and not kept)' }
    expect(told).toEqual([1, 2, 3, 4, 5, gap, 11, 12, 13])
  })

  it.each([
    ['before', 7, [1, 2, 3, 4, 5, 'up to 6', 7, 'up to 17', 18, 19, 20], '11 of 20 events, between lines 5 and 18'],
    ['among the last', 19, [1, 2, 3, 4, 5, 'up to 16', 17, 18, 19, 20], '11 of 20 events, between lines 5 and 17'],
  ])('are kept at a time that is asked about, %s', (_, near, lines, dropped) => {
    const store = filled(20, String, (line) => line === near)
    const told = allOf(store).map(({ pattern, line }) => (pattern === NOT_KEPT ? `up to ${line}` : line))
    expect(told).toEqual(lines)
    expect(store.dropped()).toContain(`${dropped} and at other times than the capture’s`)
  })

  it('are taken apart as they were when they were seen', () => {
    const store = filled(2, (line) => (line === 1 ? '14:07:31.250 W 00070412> Sockel 7 für alle' : 'no time'))
    const told = eventsOf(store).map(({ line, time, level, thread, text }) => ({ line, time, level, thread, text }))
    expect(told).toEqual([
      { line: 1, time: 1, level: 'W', thread: '00070412', text: 'Sockel 7 für alle' },
      { line: 2, time: null, level: null, thread: null, text: 'no time' },
    ])
  })

  it('are kept whole while the last ones go round in the same memory', () => {
    const textOf = (line: number) => `${line} ${'x'.repeat(line % 2000)}`
    const store = new EventStore({ first: 50, near: 0, last: 300 })
    for (let line = 1; line <= 5000; line++) add(store, line, textOf(line))
    const lines = [...Array(50).keys(), ...Array.from({ length: 300 }, (_, n) => 4700 + n)].map((n) => n + 1)
    expect(eventsOf(store).map(({ text }) => text)).toEqual(lines.map((line) => textOf(line).slice(0, 500)))
  })
})
