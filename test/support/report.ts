import type { RootCause } from '../../src/correlation/chain.ts'
import type { Connection } from '../../src/diagnosis/connection.ts'
import { type Finding, logged, seen } from '../../src/diagnosis/finding.ts'
import type { Listener } from '../../src/diagnosis/listeners/listener.ts'
import type { Manifest } from '../../src/report/manifest.ts'
import type { LogSummary, Report } from '../../src/report/report.ts'
import { PLAIN } from '../../src/report/reporter.ts'

type CaptureOfReport = Report['captures'][number]

/** 2 August 2011, 02:12:57 UTC. */
const EPOCH = 1_312_251_177

const MS = 1e6

/** Options of a reader at a plain terminal of 80 columns. */
export const plain = PLAIN

export const capture = (change: Partial<CaptureOfReport> = {}): CaptureOfReport => ({
  path: 'client.pcap',
  format: 'pcap',
  compression: null,
  byteOrder: 'big',
  timeDigits: 6,
  shownDigits: [],
  dated: true,
  absoluteSequence: true,
  linkTypes: ['RAW'],
  interfaces: [{ linkType: 101, snapLength: 65535, name: null, dropped: null }],
  interrupted: false,
  packets: 17,
  tcpPackets: 17,
  bytes: 1537,
  wireBytes: 1241,
  storedBytes: 1537,
  storedSize: 1537,
  firstTime: 1077.133 * MS,
  lastTime: 9497.133 * MS,
  backwardSteps: 0,
  cutFrames: 0,
  damage: null,
  warnings: [],
  comments: [],
  portLabels: new Map(),
  ...change,
})

/** A heartbeat of 44 bytes every 2.1 s to a server that acks and says nothing. */
export const silentConnection = (change: Partial<Connection> = {}): Connection => ({
  stream: 0,
  capture: 0,
  client: { address: '127.0.0.1', port: 61169 },
  server: { address: '127.0.0.1', port: 9000 },
  verdict: 'ack-only',
  confidence: 'likely',
  candidates: [
    { verdict: 'never-accepted', standing: 'supported', reasons: ['5 of 7 ACKs show that no byte was read'] },
    { verdict: 'accepted-never-read', standing: 'possible', reasons: ['packets look the same in both cases'] },
    { verdict: 'accepted-no-reply', standing: 'contradicted', reasons: ['the window edge never moves'] },
  ],
  state: 'S1',
  history: 'ShADa',
  firstFrame: 1,
  lastFrame: 17,
  start: 1077.133 * MS,
  end: 9497.133 * MS,
  clientToServer: { packets: 9, bytes: 909, payloadBytes: 537, retransmissions: 0 },
  serverToClient: { packets: 8, bytes: 332, payloadBytes: 0, retransmissions: 0 },
  heartbeat: { payloadBytes: 44, count: 5, periodMs: 2102.25, jitterMs: 1.3, answered: 0 },
  findings: [0],
  ...change,
})

export const silentFinding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'no-accept-signature',
  severity: 'error',
  confidence: 'likely',
  title: 'The server’s kernel acks everything on port 9000, and its process never reads a byte',
  explanation:
    'The handshake completed and 537 bytes were acked, but the receive window shows that none was taken out of the socket.',
  stream: 0,
  listener: null,
  log: null,
  evidence: [
    seen('handshake completed', 0, [1, 2, 3]),
    seen('5 pushes of 44 bytes every 2102 ms, none answered', 0, [4, 10, 12, 14, 16]),
    seen('538 sequence numbers acked by 7 pure ACKs; 5 of 7 tell that nothing was read', 0, [5, 7, 9, 11, 13, 15, 17]),
  ],
  nextSteps: ['noaccept correlate client.pcap --log server.log'],
  filter: 'tcp.stream eq 0',
  ladder: [
    { frame: 1, time: 1077.133 * MS, direction: 'to-server', text: 'SYN', note: null },
    { frame: 2, time: 1077.133 * MS, direction: 'to-client', text: 'SYN, ACK, window 8192', note: null },
    { frame: 3, time: 1077.133 * MS, direction: 'to-server', text: 'ACK', note: 'the kernel completes the handshake' },
    { frame: 4, time: 1088.133 * MS, direction: 'to-server', text: 'push 44', note: null },
    { frame: 5, time: 1088.133 * MS, direction: 'to-client', text: 'ack 45, window 7936', note: 'acked, and not read' },
    { frame: 6, time: 2436.133 * MS, direction: null, text: '10 more alike', note: null },
    { frame: 16, time: 9497.133 * MS, direction: 'to-server', text: 'push 44', note: null },
    {
      frame: 17,
      time: 9497.133 * MS,
      direction: 'to-client',
      text: 'ack 538, window 7424',
      note: 'still not a byte from the server',
    },
  ],
  ...change,
})

export const listener = (change: Partial<Listener> = {}): Listener => ({
  address: '127.0.0.1',
  port: 9000,
  connections: 1,
  served: 0,
  verdict: 'ack-only',
  lastServedTime: null,
  findings: [0],
  streams: [0],
  ...change,
})

export const log = (change: Partial<LogSummary> = {}): LogSummary => ({
  path: 'server.log',
  format: 'time-only',
  lines: 250,
  events: 12,
  unparsed: 3,
  clock: { offset: 1500 * MS, uncertainty: 15.625 * MS, method: 'matched pairs', pairs: 4 },
  warnings: [],
  ...change,
})

/** One silent connection, as `analyze` tells it. */
export const report = (change: Partial<Report> & { readonly list?: readonly Connection[] } = {}): Report => {
  const { list = [silentConnection()], ...rest } = change
  return {
    tool: { name: 'noaccept', version: '0.1.0' },
    epochSeconds: EPOCH,
    captures: [capture()],
    coverage: [],
    logs: [],
    listeners: [listener()],
    connectionCount: list.length,
    connections: () => list,
    findings: [silentFinding()],
    omitted: [],
    chain: [],
    rootCause: null,
    complete: true,
    ...rest,
  }
}

/** The same connection with the server's log, as `correlate` tells it. */
export const correlated = (): Report =>
  report({
    logs: [log()],
    list: [silentConnection({ verdict: 'never-accepted', confidence: 'certain' })],
    listeners: [listener({ verdict: 'never-accepted' })],
    findings: [
      silentFinding({
        confidence: 'certain',
        evidence: [
          ...silentFinding().evidence,
          {
            text: 'socket 932 is readable and no slot is found for it',
            capture: 0,
            frames: [3],
            log: 0,
            lines: [250],
            quote: '03:22:17.671875 W 00168450> readable socket list:932,',
            apart: { ms: 3.2, uncertaintyMs: 15.625 },
          },
        ],
      }),
    ],
    chain: [
      {
        step: 'a',
        claim: 'the listener was opened',
        standing: 'observed',
        evidence: [logged('Listening on Socket 932', 0, [96])],
      },
      {
        step: 'b',
        claim: 'its slot was overwritten',
        standing: 'inferred',
        evidence: [logged('readable socket list:932,', 0, [250])],
      },
      {
        step: 'c',
        claim: 'accept() was called',
        standing: 'missing',
        evidence: [logged('no accept line after line 250', 0, [250])],
      },
    ],
    rootCause: {
      verdict: 'slot-race',
      claim: 'two threads stored into one slot of the socket table',
      confidence: 'likely',
    },
  })

/** Everything that an attacker may have put into a payload, a log line or a file name. */
export const HOSTILE = {
  script: '<script>alert(1)</script>',
  escape: '\x1b]0;owned\x07\x1b[2J\x9b31m',
  bidi: 'exe.\u202egpj\u2066',
  command: '\r\n::error file=x::forged',
  xml: ']]></failure><x/>&\x00\x0b\ufffe\ud800',
  formula: '=HYPERLINK("http://evil","x")',
  markdown: '](http://evil) `code` | <img src=x> </details> @everyone\n# heading',
  json: '","verdict":"healthy","x":"\u2028',
} as const

/** Hostile text in each place that comes from outside. */
export function hostileReport(text: string): Report {
  return report({
    captures: [
      capture({ path: text, warnings: [text], interfaces: [{ linkType: 1, snapLength: 0, name: text, dropped: 0 }] }),
    ],
    coverage: [{ reason: text, frames: 1 }],
    logs: [log({ path: text, format: text, warnings: [text] })],
    list: [
      silentConnection({
        client: { address: text, port: text },
        server: { address: text, port: text },
        candidates: [{ verdict: 'ack-only', standing: 'possible', reasons: [text] }],
      }),
    ],
    listeners: [listener({ address: text, port: text })],
    findings: [
      silentFinding({
        title: text,
        explanation: text,
        evidence: [{ text, capture: 0, frames: [1], log: 0, lines: [2] }],
        nextSteps: [text],
        filter: text,
        log: 0,
      }),
    ],
    chain: [{ step: 'a', claim: text, standing: 'observed', evidence: [logged(text, 0, [1])] }],
    rootCause: { verdict: text as RootCause['verdict'], claim: text, confidence: 'suspected' },
  })
}

/** What ties the silent connection's report to its capture. */
export const manifest: Manifest = {
  program: { name: 'noaccept', version: '0.1.0', node: '22.0.0' },
  inputs: [
    {
      path: 'client.pcap',
      bytes: 1537,
      modified: '2026-11-23T10:00:00.123456789Z',
      sha256: 'ab'.repeat(32),
      unchanged: true,
    },
  ],
  options: { failOn: 'error', port: [9000] },
  rules: ['no-accept-signature', 'refused'],
}
