import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { type Finding, seen } from '../../src/diagnosis/finding.ts'
import { formatTime } from '../../src/text/time.ts'
import type { TimelineEntry } from '../../src/timeline/entry.ts'
import { inRange, parseMoment, parsePlace } from '../../src/timeline/time-range.ts'
import { timelineOf } from '../../src/timeline/timeline.ts'
import { logOf } from '../support/log-text.ts'
import { beats, captureOf, EPOCH_SECONDS, type Told, wireOf } from '../support/wire.ts'

const UNKNOWN = { zone: null, logDate: null, offsets: new Map<number, number>() }
const QUERIES: Told = {
  clientPort: 50_001,
  open: 1.9,
  pushes: [[2, 44], [2.3, 138], ...beats(4.1, 2.1, 3)],
  refused: [],
}
const LOG = `
  03:53:40.171875 W 00024120> Listening on Socket 500
  03:53:41.890625 W 00024352> readable socket list:500,
  03:53:41.890625 W 00024352> Socket 500 not matched ...
  03:53:48.015625 W 00024228> heap 3 KB
`

const entriesOf = async (told: readonly Told[], text: string, unfolded = false) => {
  const connections = told.map((each, stream) => wireOf({ stream, ...each }))
  const correlation = correlate(connections, captureOf(10), [await logOf(text)], UNKNOWN)
  return timelineOf(correlation, correlation.findings, { unfolded, isReported: () => true })
}
const packets = (entries: readonly TimelineEntry[]) =>
  entries.filter((each) => each.source === 'packet').map((each) => each.text)

describe('the merged timeline', () => {
  it('folds beats into one line with their count and period, and lets the first push stand alone', async () => {
    const entries = await entriesOf([QUERIES], LOG)
    expect(packets(entries)).toEqual([
      '50001 → 9000 SYN',
      '9000 → 50001 SYN-ACK',
      '50001 → 9000 ACK: established',
      '50001 → 9000 push, 44 bytes',
      '50001 → 9000 push, 138 bytes',
      '50001 → 9000 3 pushes, 44 bytes each, every 2.1 s',
    ])
    expect(entries.find((each) => each.kind === 'beats')).toMatchObject({ count: 3, until: 8.3e9 })
  })

  it('tells a push of one byte as one', async () => {
    expect(packets(await entriesOf([{ ...QUERIES, pushes: [[2, 1]] }], LOG)).at(-1)).toBe('50001 → 9000 push, 1 byte')
  })

  it('shows each push where nothing is to be folded', async () => {
    expect(packets(await entriesOf([QUERIES], LOG, true))).toHaveLength(8)
  })

  it('puts lines among packets in order of time, and says where the order is open', async () => {
    const entries = await entriesOf([QUERIES], LOG)
    const at = entries.findIndex((each) => each.text.includes('readable'))
    expect(entries[at]).toMatchObject({ source: 'log', line: 2, time: 1.890625e9 })
    const syn = entries.find((each) => each.kind === 'SYN')!
    expect(entries.indexOf(syn)).toBeGreaterThan(at)
    expect(syn.orderOpen).toBe(true)
    expect(entries.find((each) => each.kind === 'beats')?.orderOpen).toBe(false)
    expect(entries.every((each, index) => index === 0 || each.time! >= entries[index - 1]!.time!)).toBe(true)
  })

  it('puts a finding where the last of its evidence was seen', async () => {
    const found = (await entriesOf([QUERIES], LOG)).find((each) => each.kind === 'readable-not-matched')
    expect(found).toMatchObject({ source: 'finding', time: 1.90002e9, stream: 0 })
  })

  it('puts a finding where its last packet was seen, also where that packet is folded with others', async () => {
    const wire = wireOf({ stream: 0, ...QUERIES })
    const correlation = correlate([wire], captureOf(10), [await logOf(LOG)], UNKNOWN)
    const last = wire.clientPushes.at(-1)!
    const rests: Finding = {
      ...correlation.findings[0]!,
      log: null,
      evidence: [seen('the handshake', last.capture, [1, 2, 3]), seen('the last push', last.capture, [last.frame])],
    }
    const found = timelineOf(correlation, [rests], { unfolded: false, isReported: () => true })
    expect(found.find((each) => each.source === 'finding')).toMatchObject({
      time: last.time,
      frame: 1,
      lastFrame: last.frame,
    })
  })

  it('keeps the lines of a log of another run, at the end and without a time', async () => {
    const entries = await entriesOf([QUERIES], '01:47:01.796875 Socket 968 created\n')
    expect(entries.filter((each) => each.source === 'log')).toMatchObject([{ time: null, line: 1 }])
    expect(entries.slice(-2).every((each) => each.time === null)).toBe(true)
  })
})

describe('a part of the timeline', () => {
  const axis = {
    epochSeconds: EPOCH_SECONDS,
    from: 0,
    logPaths: ['logs/log-0.txt'],
    timeOfFrame: (number: number) => (number === 1 ? 1.9e9 : null),
    timeOfLine: (_: number, line: number) => (line === 3 ? 1.890625e9 : null),
  }
  const nothing = { since: null, until: null, around: null, within: 1e9 }

  it.each([
    ['+2.2s', '+3s', ['push']],
    ['03:53:42.2', '03:53:43', ['push']],
    ['2026-11-23T03:53:42.2Z', '2026-11-23T04:53:43+01:00', ['push']],
    ['+6s', null, ['beats']],
  ])('is what falls between %s and %s', async (since, until, kinds) => {
    const range = { ...nothing, since: parseMoment(since), until: until === null ? null : parseMoment(until) }
    const entries = inRange(await entriesOf([QUERIES], LOG), range, axis)
    expect(entries.filter((each) => each.source !== 'finding').map((each) => each.kind)).toEqual(kinds)
  })

  it('is exact to the digits that packets have', async () => {
    const entries = await entriesOf([{ ...QUERIES, pushes: [[2.000_083, 44]] }], LOG)
    const push = entries.find((each) => each.kind === 'push')
    const at = parseMoment(formatTime(EPOCH_SECONDS, push!.time!, 6))
    expect(inRange(entries, { ...nothing, since: at, until: at }, axis)).toContainEqual(push)
  })

  it('is what lies around a line or a frame', async () => {
    const entries = await entriesOf([QUERIES], LOG)
    const near = inRange(entries, { ...nothing, around: parsePlace('log-0.txt:3'), within: 20e6 }, axis)
    expect(near.map((each) => each.source)).toContain('packet')
    expect(near.some((each) => each.kind === 'beats')).toBe(false)
    const first = inRange(entries, { ...nothing, around: parsePlace('1'), within: 20e6 }, axis)
    expect(first.some((each) => each.line === 2)).toBe(true)
  })

  it.each([
    [{ ...nothing, since: parseMoment('+3s'), until: parseMoment('+2s') }, /after that of --until/],
    [{ ...nothing, around: parsePlace('4711') }, /there is no frame 4711/],
    [{ ...nothing, around: parsePlace('log-0.txt:4711') }, /no event on the capture’s clock is in line 4711 of log-0/],
    [{ ...nothing, around: parsePlace('other.txt:2') }, /other\.txt, which is none of the logs/],
  ])('is refused with a reason where %j names nothing', async (request, reason) => {
    const entries = await entriesOf([QUERIES], LOG)
    expect(() => inRange(entries, request, axis)).toThrow(reason)
  })

  it('is refused where it is neither a time nor a place', () => {
    for (const text of ['yesterday', '+', '25', '3:4', '2026-13-45', '2026-02-30', '2026-04-31T10:00:00Z'])
      expect(() => parseMoment(text), text).toThrow(/is not a time/)
    for (const text of ['foo', 'frame 3', 'a.log:', '-1', '\x1b[2J'])
      expect(() => parsePlace(text), text).toThrow(/is not a place in a timeline$/)
  })
})
