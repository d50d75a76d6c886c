import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { lookAgain } from '../../src/details/second-look.ts'
import { drainSeries } from '../../src/report/json/drain-series.ts'

async function incident(listing: number) {
  const path = `fixtures/incident/listing-${listing}.pcap`
  const report = reportOf(await analyze([path], { ports: [9000] }))
  const finding = report.findings.find(({ drain }) => drain !== undefined)!
  const { series } = await lookAgain(report, [path])
  return {
    drain: finding.drain!,
    points: drainSeries(series.find(({ stream }) => stream === finding.stream)!, finding.drain!),
  }
}

describe('the receive window of the incident', () => {
  it('never opens again, so that the unread bytes are known to one unit of 256', async () => {
    const { drain, points } = await incident(1)
    expect(drain).toMatchObject({ system: 'windows', model: 'free-buffer', bufferBytes: 8192, unitBytes: 256 })
    expect(points.map(({ acked }) => acked)).toEqual([44, 182, 361, 405, 449, 493, 537])
    expect(points.at(-1)).toMatchObject({ window: 7424, rightEdge: 7961, unread: { least: 513, most: 537 } })
    for (const { window, ifUnread, unread, acked } of points) {
      expect(window).toBe(ifUnread)
      expect(unread.most).toBe(acked)
    }
  })

  it('tells reading from not reading in as many points as the finding counts', async () => {
    for (const listing of [1, 2]) {
      const { drain, points } = await incident(listing)
      expect(points).toHaveLength(drain.acknowledgments)
      expect(points.filter(({ ifUnread, ifRead }) => ifUnread !== ifRead)).toHaveLength(drain.discriminating)
    }
  })
})

describe('a window that hides what is unread', () => {
  it('leaves everything possible until it closes', () => {
    const drain = {
      system: 'linux',
      model: 'masked',
      bufferBytes: 65_483,
      unitBytes: 128,
      acknowledgments: 2,
      discriminating: 0,
      unread: 0,
      read: 0,
    } as const
    const row = (window: number, ack: number) => ({ window, ack })
    const acks = [row(65_536, 45), row(0, 119_809)]
    const columns = {
      frame: [5, 7],
      time: [0, 1],
      side: [1, 1],
      seq: [1, 1],
      ack: acks.map(({ ack }) => ack),
      payload: [0, 0],
      window: acks.map(({ window }) => window),
      flags: [16, 16],
      length: [54, 54],
      analysis: [0, 0],
    }
    const end = { address: '127.0.0.1', port: 1 }
    const points = drainSeries(
      { stream: 0, capture: 0, client: end, server: end, packets: 2, gapAt: -1, columns },
      drain,
    )
    expect(points.map(({ unread }) => unread)).toEqual([
      { least: 0, most: 44 },
      { least: 65_483, most: 119_808 },
    ])
  })
})
