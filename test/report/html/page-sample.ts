import type { Details, TimelineRow } from '../../../src/report/details.ts'
import { emptyColumns, type PacketSeries } from '../../../src/report/packet-series.ts'
import type { Report } from '../../../src/report/report.ts'
import { capture, correlated, listener, silentConnection } from '../../support/report.ts'

const MS = 1e6
const ANALYSIS = ['retransmission', 'zero_window']

const line = (number: number, time: number, kind: string, text: string, stream: number | null = null): TimelineRow => ({
  time: time * MS,
  uncertainty: 15.625 * MS,
  source: 'log',
  kind,
  text,
  capture: null,
  frame: null,
  log: 0,
  line: number,
  stream,
})

const packetRow = (frame: number, time: number, kind: string, text: string, stream: number): TimelineRow => ({
  time: time * MS,
  uncertainty: 0,
  source: 'packet',
  kind,
  text,
  capture: 0,
  frame,
  log: null,
  line: null,
  stream,
})

/** A client that pushes `pushes` times to a server whose kernel acks and whose window takes every byte for good. */
export function silentSeries(stream: number, pushes: number, firstFrame = 1): PacketSeries {
  const columns = emptyColumns()
  let frame = firstFrame
  let time = 1077.133 * MS
  const add = (
    side: number,
    seq: number,
    ack: number,
    payload: number,
    window: number,
    flags: number,
    analysis = 0,
  ): void => {
    const row = { frame: frame++, time, side, seq, ack, payload, window, flags, length: 40 + payload, analysis }
    for (const [name, value] of Object.entries(row)) columns[name as keyof typeof columns].push(value)
  }
  add(0, 0, 0, 0, 8192, 2)
  add(1, 0, 1, 0, 8192, 18)
  add(0, 1, 1, 0, 8192, 16)
  let seq = 1
  for (let push = 0; push < pushes; push++) {
    time += (push < 3 ? 500 : 2103) * MS
    const payload = push === 1 ? 138 : push === 2 ? 179 : 44
    add(0, seq, 1, payload, 8192, 24, push === 4 ? 1 : 0)
    seq += payload
    add(1, 1, seq, 0, Math.max(0, 8192 - Math.ceil((seq - 1) / 256) * 256), 16)
  }
  const server = { address: '127.0.0.1', port: 9000 }
  return {
    stream,
    capture: 0,
    client: { address: '127.0.0.1', port: 61169 },
    server,
    packets: frame - firstFrame,
    gapAt: -1,
    columns,
  }
}

const details = (): Details => ({
  series: [silentSeries(0, 7)],
  analysisNames: ANALYSIS,
  timeline: [
    line(90, -8200, 'socket-created', 'Socket 932 created'),
    line(96, -8100, 'listening', 'Listening on Socket 932'),
    packetRow(1, 1077.133, 'SYN', '61169 → 9000 [SYN]', 0),
    packetRow(2, 1077.133, 'SYN, ACK', '9000 → 61169 [SYN, ACK]', 0),
    line(250, 1080, 'readable', 'readable socket list:932,', 0),
    line(251, 1081, 'not-matched', 'Socket 932 not matched ...', 0),
    packetRow(4, 1577.133, 'first payload', '44 bytes from the client', 0),
    line(300, 6000, 'status', 'status: idle'),
  ],
  slots: [
    { slot: 0, label: 'socket 968', from: -9000 * MS, to: -8500 * MS, overwritten: true, log: 0, lines: [90] },
    { slot: 0, label: 'socket 952', from: -8500 * MS, to: null, overwritten: false, log: 0, lines: [96] },
    { slot: 1, label: 'socket 932', from: -8200 * MS, to: 6000 * MS, overwritten: false, log: 0, lines: [250] },
  ],
  leftOut: [],
})

/** The silent server with its log, with everything that the page can draw. */
export function sampleReport(change: Partial<Report> = {}): Report {
  const served = (stream: number, at: number) =>
    silentConnection({
      stream,
      verdict: 'healthy',
      start: at * MS,
      end: (at + 900) * MS,
      findings: [],
      serverToClient: { packets: 4, bytes: 400, payloadBytes: 120, retransmissions: 0 },
    })
  const list = [
    silentConnection(),
    served(1, -9000),
    served(2, -7000),
    silentConnection({ stream: 3, start: 2500 * MS, end: 9000 * MS }),
  ]
  return {
    ...correlated(),
    captures: [capture({ firstTime: -9000 * MS })],
    connections: () => list,
    connectionCount: list.length,
    listeners: [
      listener({
        connections: 4,
        served: 2,
        verdict: 'accept-stopped',
        lastServedTime: -6100 * MS,
        streams: [0, 1, 2, 3],
      }),
    ],
    details: details(),
    ...change,
  }
}
