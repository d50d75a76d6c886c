import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { segment } from '../fixtures/capture/make.mjs'
import { analyze, reportOf } from '../src/analyze.ts'
import { FlowStatistics } from '../src/flow/flow-statistics.ts'
import { FlowView } from '../src/flow/flow-view.ts'
import { MOST_SIGNALS } from '../src/flow/signal-log.ts'
import { TcpAnalysis } from '../src/flow/tcp-analysis.ts'
import { FLOW_FORMATS, type FlowFormatName } from '../src/listing/flow-listing.ts'
import { readLog } from '../src/log/read-log.ts'
import { json } from '../src/report/json.ts'
import { scan } from '../src/scan.ts'

const HEADER = Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex')
const RECORD = 16
const HEADERS = 40
/** What the snap length left of each segment is its headers; the IP header still tells its length. */
const WIRE_BYTES = 65_535
const PAYLOAD = WIRE_BYTES - HEADERS
const OPTIONS = { width: 200, color: 0, ascii: false, verbose: true, terminalColumns: null } as const

/** A bulk transfer of so many full segments, cut by the snap length to its headers. */
function* bulk(segments: number): Generator<Buffer> {
  yield HEADER
  const header = Buffer.from(segment(0)).subarray(0, HEADERS)
  header.writeUInt16BE(WIRE_BYTES, 2)
  for (let at = 0; at < segments; at += 1000) {
    const count = Math.min(1000, segments - at)
    const piece = Buffer.alloc(count * (RECORD + HEADERS))
    for (let index = 0; index < count; index++) {
      const start = index * (RECORD + HEADERS)
      piece.writeUInt32LE(1_700_000_000 + Math.floor((at + index) / 1000), start)
      piece.writeUInt32LE(((at + index) % 1000) * 1000, start + 4)
      piece.writeUInt32LE(HEADERS, start + 8)
      piece.writeUInt32LE(WIRE_BYTES, start + 12)
      header.copy(piece, start + RECORD)
      piece.writeUInt32BE((1 + (at + index) * PAYLOAD) >>> 0, start + RECORD + 24)
    }
    yield piece
  }
}

describe('a transfer of more than four gigabytes', () => {
  const SEGMENTS = 70_000
  const exact = { packets: SEGMENTS, bytes: SEGMENTS * WIRE_BYTES, payloadBytes: SEGMENTS * PAYLOAD }

  it('is told to the byte: in the JSON, and in each form of the conversation table', async () => {
    expect(exact.payloadBytes).toBeGreaterThan(2 ** 32)
    const segments = new TcpAnalysis()
    const statistics = new FlowStatistics(segments)
    const analysis = await analyze(['-'], {
      stdin: Readable.from(bulk(SEGMENTS)),
      visitors: [segments, statistics],
    })
    const report = reportOf(analysis)
    const told = JSON.parse([...json(report, OPTIONS)].join(''))
    expect(told.captures[0]).toMatchObject({ packets: SEGMENTS })
    expect(told.connections).toHaveLength(1)
    const [{ clientToServer, serverToClient }] = told.connections
    const way = clientToServer.packets > 0 ? clientToServer : serverToClient
    expect(way).toMatchObject({ ...exact, retransmissions: 0 })
    const rows = () => {
      const view = new FlowView(analysis.scan.flows)
      return [...report.connections()].map((connection) => {
        const { client, server } = view.at(connection.stream)
        return { connection, client: statistics.of(0, client), server: statistics.of(0, server) }
      })
    }
    const shown = (format: FlowFormatName) =>
      Array.from(FLOW_FORMATS[format](report, rows(), OPTIONS), (piece) => Buffer.from(piece).toString()).join('')
    for (const format of ['csv', 'ndjson', 'json', 'terminal', 'markdown'] as const)
      expect(shown(format), format).toContain(String(exact.bytes))
  })
})

describe('more connections than there is room for what they did', () => {
  /** RSTs that a connection is told by, and how many connections have all of theirs kept. */
  const RSTS = 8
  const FULL = Math.floor((MOST_SIGNALS - 1) / RSTS)
  const MORE = 1000
  /** Of each connection its RSTs, one after the other. */
  function* resets(): Generator<Buffer> {
    yield HEADER
    const piece = Buffer.alloc(MORE * RSTS * (RECORD + HEADERS))
    for (let start = 0; start < piece.length; start += RECORD + HEADERS) {
      piece.writeUInt32LE(HEADERS, start + 8)
      piece.writeUInt32LE(HEADERS, start + 12)
      Buffer.from(segment(0)).copy(piece, start + RECORD, 0, HEADERS)
      piece.writeUInt16BE(HEADERS, start + RECORD + 2)
      piece[start + RECORD + 33] = 0x04
    }
    for (let first = 0; first < FULL + MORE; first += MORE) {
      const count = Math.min(MORE, FULL + MORE - first)
      for (let index = 0; index < count * RSTS; index++) {
        const start = index * (RECORD + HEADERS) + RECORD
        piece.writeUInt32BE(0x0a000000 + first + Math.floor(index / RSTS), start + 12)
        // Equal packets at one time would be second recordings.
        piece.writeUInt16BE(index + 1, start + 4)
      }
      yield Buffer.from(piece.subarray(0, count * RSTS * (RECORD + HEADERS)))
    }
  }

  it('is told as what a verdict may lack', async () => {
    const { coverage, flows } = await scan(['-'], { stdin: Readable.from(resets()) })
    expect(flows.table.count).toBe(FULL + MORE)
    const lacking = (FULL + MORE) * RSTS - (MOST_SIGNALS - 1)
    expect(coverage).toContainEqual({ reason: expect.stringContaining('a verdict may lack it'), frames: lacking })
  })
})

describe('a place beyond four gigabytes of a capture', () => {
  /** Frames of nothing, as large as one may be, then a record that lies about its length. */
  const FRAME = 262_144
  const FRAMES = 2 ** 32 / FRAME + 2
  function* endless(): Generator<Buffer> {
    yield HEADER
    const record = Buffer.alloc(RECORD + FRAME)
    record.writeUInt32LE(1_700_000_000)
    record.writeUInt32LE(FRAME, 8)
    record.writeUInt32LE(FRAME, 12)
    for (let at = 0; at < FRAMES; at++) yield record
    yield Buffer.from('0000000000000000ffffffffffffffff', 'hex')
  }

  it('is told to the byte where it is damaged', async () => {
    const { captures } = await scan(['-'], { stdin: Readable.from(endless()) })
    const before = HEADER.length + FRAMES * (RECORD + FRAME)
    expect(before).toBeGreaterThan(2 ** 32)
    expect(captures[0]).toMatchObject({ packets: FRAMES, damage: { frame: FRAMES + 1, offset: before } })
  })
})

describe('a week of log', () => {
  const LINES = 300_000
  const DAYS = 7
  const DAY_MS = 86_400_000
  const timeOf = (line: number) => Math.floor((line * (DAYS * DAY_MS - 1)) / (LINES - 1))
  const START = Date.UTC(2026, 1, 25)

  function* week(stamp: (milliseconds: number) => string): Generator<Buffer> {
    for (let at = 0; at < LINES; at += 1000) {
      const lines = Array.from({ length: Math.min(1000, LINES - at) }, (_, index) => at + index)
      yield Buffer.from(lines.map((line) => `${stamp(timeOf(line))} I 1> accept fd=${line % 5000}\n`).join(''))
    }
  }

  it.each([
    ['with dates, across the end of a month', (time: number) => new Date(START + time).toISOString()],
    [
      'without them: each midnight shows in the time of day alone',
      (time: number) => new Date(time).toISOString().slice(11, 23),
    ],
  ])('has the time of its last line to the millisecond, %s', async (_, stamp) => {
    const log = await readLog('-', 0, { stdin: Readable.from(week(stamp)) })
    expect(log.lines).toBe(LINES)
    expect(log.lastTime! - log.firstTime!).toBe((DAYS * DAY_MS - 1) * 1e6)
    for (const event of [log.events[0]!, log.events[100_000]!, log.events.at(-1)!])
      expect(event.time! - log.firstTime!, `line ${event.line}`).toBe(timeOf(event.line - 1) * 1e6)
  })
})
