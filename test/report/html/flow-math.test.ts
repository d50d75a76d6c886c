import { describe, expect, it } from 'vitest'
import { progress } from '../../../src/report/html/views/flow-math.ts'
import { heightOf, layRungs } from '../../../src/report/html/views/ladder-layout.ts'
import { packetQuery } from '../../../src/report/html/views/packet-query.ts'
import { emptyColumns, type PacketSeries } from '../../../src/report/packet-series.ts'
import { silentSeries } from './page-sample.ts'

/** ack, window, payload of what the server sends after its SYN-ACK. */
function answered(...acks: readonly (readonly [ack: number, window: number, payload: number])[]): PacketSeries {
  const columns = emptyColumns()
  const all = [[1, 8192, 0] as const, ...acks]
  all.forEach(([ack, window, payload], index) => {
    const row = {
      frame: index + 1,
      time: index * 1e9,
      side: 1,
      seq: 1,
      ack,
      payload,
      window,
      flags: index === 0 ? 18 : 16,
      length: 40,
      analysis: 0,
    }
    for (const [name, value] of Object.entries(row)) columns[name as keyof typeof columns].push(value)
  })
  return { ...silentSeries(0, 0), columns }
}

describe('unread bytes', () => {
  it('counts all that was acknowledged where the window edge never moves', () => {
    const { notGivenBack, unanswered } = progress(silentSeries(0, 7), 0, 0)
    expect(notGivenBack.at(-1)).toBe(537)
    expect(unanswered.at(-1)).toBe(537)
  })

  it('counts nothing where the edge moves on with every byte, though nobody answers', () => {
    const { notGivenBack, unanswered } = progress(answered([45, 8192, 0], [1001, 8192, 0]), 0, 0)
    expect(notGivenBack).toEqual([0, 0, 0])
    expect(unanswered).toEqual([0, 44, 1000])
  })

  it('starts again once the server has answered', () => {
    const { unanswered } = progress(answered([45, 8192, 0], [45, 8192, 10], [89, 8192, 0]), 0, 0)
    expect(unanswered).toEqual([0, 44, 0, 44])
  })

  it('comes down when the receiver gives the window back', () => {
    const { notGivenBack } = progress(answered([4097, 4096, 0], [4097, 8192, 0]), 0, 0)
    expect(notGivenBack).toEqual([0, 4096, 0])
  })
})

describe('a packet filter', () => {
  const series = silentSeries(3, 7)
  const rows = (query: string): number[] =>
    series.columns.frame.filter((_, row) => packetQuery(query)(series, row, () => '[tcp retransmission] psh'))
  it.each([
    ['frame:4', [4]],
    ['len>138', [8]],
    ['stream=3 from:server len:0 ack>=494', [15, 17]],
    ['retransmission frame<2', [1]],
    ['nowhere', []],
    ['stream:2', []],
  ])('%s', (query, frames) => expect(rows(query)).toEqual(frames))
})

describe('a ladder', () => {
  const packet = (time: number) => ({
    time,
    side: 0 as const,
    frame: 1,
    ref: 'frame-0-1' as const,
    caption: '',
    short: '',
    note: null,
    look: [],
    description: '',
  })
  const rungs = layRungs([packet(0), packet(0), packet(5e9)], [], 10)

  it('goes down with time, and further for a pause', () => {
    const [a, b, c] = rungs.map((rung) => rung.y)
    expect(b! - a!).toBeGreaterThan(0)
    expect(c! - b!).toBeGreaterThan(b! - a!)
  })

  it('puts a time between its neighbours, and never outside', () => {
    expect(heightOf(rungs, 2.5e9)).toBeCloseTo((rungs[1]!.y + rungs[2]!.y) / 2)
    expect(heightOf(rungs, -1)).toBe(rungs[0]!.y)
    expect(heightOf(rungs, 9e9)).toBe(rungs[2]!.y)
  })
})
