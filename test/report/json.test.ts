import { describe, expect, it } from 'vitest'
import { json } from '../../src/report/json.ts'
import { ndjson } from '../../src/report/ndjson.ts'
import {
  capture,
  correlated,
  HOSTILE,
  hostileReport,
  listener,
  plain,
  report,
  silentConnection,
} from '../support/report.ts'

const text = (of = report()) => [...json(of, plain)].join('')
const lines = (of = report()) =>
  [...ndjson(of, plain)]
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the JSON report', () => {
  it('tells the connection field by field', () => {
    expect(JSON.parse(text()).connections).toEqual([
      {
        stream: 0,
        capture: 0,
        client: { address: '127.0.0.1', port: 61169 },
        server: { address: '127.0.0.1', port: 9000 },
        verdict: 'ack-only',
        confidence: 'likely',
        candidates: silentConnection().candidates,
        state: 'S1',
        history: 'ShADa',
        firstFrame: 1,
        lastFrame: 17,
        start: '2011-08-02T02:12:58.077133Z',
        end: '2011-08-02T02:13:06.497133Z',
        clientToServer: { packets: 9, bytes: 909, payloadBytes: 537, retransmissions: 0 },
        serverToClient: { packets: 8, bytes: 332, payloadBytes: 0, retransmissions: 0 },
        heartbeat: { payloadBytes: 44, count: 5, periodMs: 2102.25, jitterMs: 1.3, answered: 0 },
        findings: [0],
      },
    ])
  })

  it('has each part of the document at its place', () => {
    const document = JSON.parse(text(correlated()))
    expect(document).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'noaccept', version: '0.1.0' },
      complete: true,
      captures: [
        {
          path: 'client.pcap',
          format: 'pcap',
          linkTypes: ['RAW'],
          packets: 17,
          tcpPackets: 17,
          bytes: 1241,
          firstTime: '2011-08-02T02:12:58.077133Z',
          lastTime: '2011-08-02T02:13:06.497133Z',
          complete: true,
          warnings: [],
        },
      ],
      logs: [
        {
          path: 'server.log',
          lines: 250,
          events: 12,
          unparsed: 3,
          clock: { offsetMs: 1500, uncertaintyMs: 15.625, method: 'matched pairs', pairs: 4 },
        },
      ],
      listeners: [{ address: '127.0.0.1', port: 9000, connections: 1, served: 0, lastServedTime: null, findings: [0] }],
      chain: [{ step: 'a', standing: 'observed' }, { step: 'b' }, { step: 'c', standing: 'missing' }],
      rootCause: { verdict: 'slot-race', confidence: 'likely' },
    })
    expect(Object.keys(document.findings[0])).toEqual(
      'rule severity confidence title explanation stream listener log evidence nextSteps filter ladder'.split(' '),
    )
    expect(document.findings[0].evidence[3]).toEqual({
      text: 'socket 932 is readable and no slot is found for it',
      capture: 0,
      frames: [3],
      log: 0,
      lines: [250],
      quote: '03:22:17.671875 W 00168450> readable socket list:932,',
      apart: { ms: 3.2, uncertaintyMs: 15.625 },
    })
  })

  it('gives nanoseconds where the capture has them, and a masked port as printed', () => {
    const nano = report({
      captures: [capture({ timeDigits: 9, firstTime: 123_456_789, lastTime: null })],
      listeners: [listener({ port: 'xx', lastServedTime: 1 })],
    })
    const document = JSON.parse(text(nano))
    expect(document.captures[0]).toMatchObject({ firstTime: '2011-08-02T02:12:57.123456789Z', lastTime: null })
    expect(document.connections[0].start).toBe('2011-08-02T02:12:58.077133000Z')
    expect(document.listeners[0]).toMatchObject({ port: 'xx', lastServedTime: '2011-08-02T02:12:57.000000001Z' })
  })

  it('says where a damaged capture ended', () => {
    const damage = {
      frame: 18,
      offset: 1241,
      expected: 'a record of at most 262144 bytes',
      found: 'a length of 4294967295',
    }
    const document = JSON.parse(text(report({ captures: [capture({ damage })], complete: false })))
    const warnings = [
      'damaged at frame 18, byte 1241: expected a record of at most 262144 bytes, found a length of 4294967295',
    ]
    expect(document).toMatchObject({ complete: false, captures: [{ complete: false, damage, warnings }] })
  })

  it('is the same bytes each time, a line for each connection', () => {
    const many = report({ list: Array.from({ length: 500 }, (_, stream) => silentConnection({ stream })) })
    expect(text(many)).toBe(text(many))
    expect(text(many).match(/^ {4}\{"stream":/gm)).toHaveLength(500)
    expect(text(many).endsWith('}\n')).toBe(true)
  })

  it('is valid without a connection, a finding or a capture', () => {
    const empty = report({ captures: [], listeners: [], list: [], findings: [] })
    expect(JSON.parse(text(empty))).toMatchObject({ captures: [], connections: [], findings: [], rootCause: null })
  })

  it.each(Object.entries(HOSTILE))(
    'carries a hostile %s as text that no terminal obeys and that reads back the same',
    (_, hostile) => {
      const written = text(hostileReport(hostile))
      expect(written).toMatch(/^[\n -~]*$/)
      expect(JSON.parse(written).findings[0].title).toBe(hostile)
      for (const line of lines(hostileReport(hostile))) expect(line['type']).toBeTypeOf('string')
    },
  )
})

describe('the NDJSON report', () => {
  it('names the type of each line and carries the fields of the JSON report', () => {
    const document = JSON.parse(text(correlated()))
    const found = lines(correlated())
    expect(found.map((line) => line['type'])).toEqual(
      'report capture log listener connection finding chain chain chain rootCause'.split(' '),
    )
    expect(found.find((line) => line['type'] === 'connection')).toEqual({
      type: 'connection',
      ...document.connections[0],
    })
  })
})
