import { describe, expect, it } from 'vitest'
import { Segments } from '../../src/compare/segments.ts'
import { vantagePoints } from '../../src/compare/vantage-points.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { Flows } from '../../src/flow/flows.ts'
import { Segments as Source, scene, type Told } from '../support/segments.ts'

/** What a point sees of the traffic: each segment as late as `delay` says, in milliseconds. */
function seenAt(told: readonly Told[], delay: (segment: Told) => number, epochSeconds = 1000) {
  const source = new Source()
  const segments = new Segments()
  const arrived = told.map((segment) => ({ ...segment, at: segment.at! + delay(segment) }))
  for (const segment of arrived.sort((x, y) => x.at - y.at)) segments.visit(source.next(segment))
  const flows = new Flows(startEngine())
  flows.table.count = 1
  return { segments, flows, epochSeconds }
}

const TRAFFIC = scene(`
  > S  seq 500100 at 0
  < SA seq 900700 ack 500101 at 10
  > A  seq 500101 ack 900701 at 20
  > PA seq 500101 ack 900701 length 44 at 100
  < PA seq 900701 ack 500145 length 32 at 110
  > PA seq 500145 ack 900733 length 44 at 200
  < PA seq 900733 ack 500189 length 32 at 210`)

describe('two points of one traffic', () => {
  it('bounds the clock offset by what travels there and back', () => {
    const near = seenAt(TRAFFIC, ({ way }) => (way === '>' ? 1 : 4))
    const far = seenAt(TRAFFIC, ({ way }) => (way === '>' ? 3 : 2), 1005)
    const points = vantagePoints(near, far)!
    expect(points).toMatchObject({ matched: 7, nearerClient: 'a', onlyA: { count: 0 }, onlyB: { count: 0 } })
    expect(points.clock).toEqual({ known: true, offset: 5e9, uncertainty: 2e6, pairs: 7 })
    expect(vantagePoints(far, near)!).toMatchObject({ nearerClient: 'b', clock: { offset: -5e9, uncertainty: 2e6 } })
  })

  it('tells what was lost between', () => {
    const whole = seenAt(TRAFFIC, () => 0)
    const lossy = seenAt(
      TRAFFIC.filter((_, at) => at !== 4),
      () => 0,
    )
    expect(vantagePoints(whole, lossy)!).toMatchObject({
      matched: 6,
      onlyA: { count: 1, fromClient: 0, frames: [5] },
      onlyB: { count: 0 },
    })
  })

  it('counts all that was lost between, and names the first twenty frames of it', () => {
    const stream = Array.from(
      { length: 100 },
      (_, at): Told => ({
        ...{ way: '>', flags: 'A', seq: 500_101 + 1000 * at, ack: 900_701, length: 1000 },
        at: 20 + at,
      }),
    )
    const whole = seenAt([...TRAFFIC.slice(0, 3), ...stream], () => 0)
    const lossy = seenAt([...TRAFFIC.slice(0, 3), ...stream.filter((_, at) => at < 10 || at >= 40)], () => 0)
    const { onlyA } = vantagePoints(whole, lossy)!
    expect(onlyA.count).toBe(30)
    expect(onlyA.frames).toEqual(Array.from({ length: 20 }, (_, at) => 14 + at))
  })

  it('refuses to tell the offset of clocks that drift', () => {
    const steady = seenAt(TRAFFIC, () => 0)
    const drifting = seenAt(TRAFFIC, ({ at }) => at! / 10)
    const { clock } = vantagePoints(steady, drifting)!
    expect(clock).toMatchObject({ known: false, reason: expect.stringContaining('drifts') })
  })

  it('refuses to tell the offset from one direction alone', () => {
    const client = TRAFFIC.filter(({ way }) => way === '>')
    const { clock } = vantagePoints(
      seenAt(client, () => 0),
      seenAt(client, () => 3),
    )!
    expect(clock).toMatchObject({ known: false, reason: expect.stringContaining('one direction') })
  })

  it('does not take other traffic for the same, nor relative sequence numbers for real ones', () => {
    const here = seenAt(TRAFFIC, () => 0)
    const other = TRAFFIC.map((segment) => ({ ...segment, seq: segment.seq! + 7_000_000 }))
    expect(
      vantagePoints(
        here,
        seenAt(other, () => 0),
      ),
    ).toBeNull()
    const relative = scene(`
      > S  seq 0 at 0
      < SA seq 0 ack 1 at 1
      > PA seq 1 ack 1 length 44 at 2`)
    const counted = () => seenAt(relative, () => 0)
    expect(vantagePoints(counted(), counted())).toBeNull()
  })

  it('matches thousands of equal segments in order, and in time', () => {
    const beats = Array.from({ length: 20_000 }, (_, at) => ({
      ...{ way: '>' as const, flags: 'A', seq: 1_900_000_000, ack: 5 },
      at,
    }))
    const began = performance.now()
    const points = vantagePoints(
      seenAt(beats, () => 0),
      seenAt(beats, () => 1),
    )!
    expect(points.matched).toBeGreaterThan(10_000)
    expect(performance.now() - began).toBeLessThan(5000)
  })
})
