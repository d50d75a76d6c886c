import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { callbacksDuring } from '../support/counted-callbacks.ts'
import { type Reads, withCountedReads } from '../support/counted-reads.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, EPOCH_SECONDS, type Told, wireOf } from '../support/wire.ts'

const UNKNOWN = { zone: null, logDate: null, offsets: new Map<number, number>() }
/** More than lines are voted with, so that the vote is bounded in both. */
const FEW = 1000
const TIMES = 4
/** Work that grows as its input times its logarithm is within it, and work that grows as its square is not: that takes 16 times. */
const MOST_TIMES = 6

const stamp = (seconds: number): string => new Date(EPOCH_SECONDS * 1000 + Math.round(seconds * 1000)).toISOString()
const line = (seconds: number, words: string): string => `${stamp(seconds)} INFO ${words}\n`
const accept = (index: number, by = 0): string =>
  line(index + 0.001 + by, `accepted connection fd=7 peer=127.0.0.1:${10_000 + index}`)

/** One a second; each third one waits, the others are answered. */
const connectionAt = (index: number): Told => ({
  stream: index,
  clientPort: 10_000 + index,
  open: index,
  pushes: [[index + 0.1, 44]],
  ...(index % 3 === 2 ? {} : { replies: [[index + 0.2, 4]] as const, verdict: 'healthy' as const }),
})
const isAccepted = (index: number): boolean => index % 3 !== 2

type Lines = (index: number, all: number) => string

const LOGS: readonly (readonly [string, Lines])[] = [
  ['counts its connections', (index) => accept(index) + line(index + 0.5, `active connections: ${index % 7}`)],
  ['counts them and tells no accept', (index) => line(index + 0.5, `active connections: ${index % 7}`)],
  [
    'changes its level all the time',
    (index) => accept(index) + line(index + 0.5, `log level set to ${index % 2 === 0 ? 'WARN' : 'INFO'}`),
  ],
  [
    'changes the level of one logger all the time',
    (index) => accept(index) + line(index + 0.5, 'log level of logger com.acme.db set to WARN'),
  ],
  ['leaves lines out all the time', (index) => accept(index) + line(index + 0.5, 'Suppressed 15 messages from gated')],
  [
    'repeats lines all the time',
    (index) => accept(index) + line(index + 0.5, 'message repeated 2 times: [accepted connection from 10.9.9.9]'),
  ],
  ['has a clock that was set', (index, all) => accept(index, index * 2 > all ? 90 : 0)],
  ['has a clock that was set ten times', (index, all) => accept(index, Math.floor((index * 10) / all) * 45)],
  ['finds no descriptor all the time', (index) => accept(index) + line(index + 0.5, 'accept: Too many open files')],
  ['lacks accepts of others', (index) => (index % 5 === 0 ? accept(index) : line(index, 'queue length 4'))],
  ['tells no client', (index) => line(index + 0.001, 'accepted connection')],
]

/** Lines that come again and again, of what is told of elsewhere than with connections. */
const CROWDED: readonly (readonly [string, Lines])[] = [
  [
    'takes one slot again and again',
    (index) => accept(index) + line(index + 0.5, `Socket ${index % 50} created`) + line(index + 0.6, 'Attach: i=1.'),
  ],
  [
    'takes and leaves one slot',
    (index) =>
      line(index + 0.5, `Socket ${index % 50} created`) +
      line(index + 0.6, 'Attach: i=1.') +
      line(index + 0.7, 'Detach: i=1.'),
  ],
  ['takes one slot for nobody', (index) => accept(index) + line(index + 0.6, 'Attach: i=1.')],
  [
    'tries to bind all the time',
    (index) => accept(index) + line(index + 0.5, 'bind to 127.0.0.1 port 9000 failed: Address already in use'),
  ],
  [
    'tries to bind other ports',
    (index) =>
      accept(index) + line(index + 0.5, `bind to 127.0.0.1 port ${20_000 + index} failed: Address already in use`),
  ],
  [
    'listens on its port again and again',
    (index) => accept(index) + line(index + 0.5, 'listening addr=127.0.0.1:9000'),
  ],
  ['listens on no port that it tells', (index) => accept(index) + line(index + 0.5, 'server started, now listening')],
  [
    'polls all the time',
    (index) => line(index + 0.05, 'readable socket list:43,') + line(index + 0.06, 'Socket 43 not matched ...'),
  ],
]

const workFor = async (lines: Lines, connections: number) => {
  const told = Array.from({ length: connections }, (_, index) => wireOf(connectionAt(index)))
  const text = told.map((_, index) => (isAccepted(index) ? lines(index, connections) : '')).join('')
  const file = await logOf(line(-1, 'listening addr=127.0.0.1:9000') + text + line(connections + 500, 'stopped'))
  const reads: Reads = { count: 0 }
  const counted = [withCountedReads(file, reads)]
  const callbacks = callbacksDuring(() => correlate(told, captureOf(connections), counted, UNKNOWN))
  return { reads: reads.count, callbacks }
}

describe('the work over the events of a log and over what is made of them', () => {
  it.each([...LOGS, ...CROWDED])('grows no faster than they do where it %s', async (_, lines) => {
    const few = await workFor(lines, FEW)
    const many = await workFor(lines, FEW * TIMES)
    expect(few.reads).toBeGreaterThan(FEW)
    expect(many.reads).toBeLessThan(few.reads * MOST_TIMES)
    expect(many.callbacks).toBeLessThan(few.callbacks * MOST_TIMES)
  })
})

describe('what is kept of a connection', () => {
  it('are no lists of its own, in whichever way logs tell of it', async () => {
    for (const [, lines] of LOGS) {
      const told = Array.from({ length: 300 }, (_, index) => wireOf(connectionAt(index)))
      const text = told.map((_, index) => (isAccepted(index) ? lines(index, 300) : '')).join('')
      const file = await logOf(line(-1, 'listening addr=127.0.0.1:9000') + text + line(800, 'stopped'))
      const { scene } = correlate(told, captureOf(300), [file], UNKNOWN)
      const lists = new Set<unknown>()
      for (const { wire: _wire, process: _process, link: _link, accepted, ...facts } of scene.facts) {
        for (const value of Object.values(facts)) addLists(value, lists)
        // What it was accepted by is its own; what it lacks it shares with all others.
        if (accepted)
          for (const [name, value] of Object.entries(accepted)) if (name !== 'toldBy') addLists(value, lists)
      }
      expect(lists.size).toBeLessThan(10)
    }
  })
})

function addLists(value: unknown, lists: Set<unknown>): void {
  if (Array.isArray(value)) lists.add(value)
  else if (value !== null && typeof value === 'object' && 'sameKind' in value)
    for (const each of Object.values(value)) addLists(each, lists)
}
