import { describe, expect, it } from 'vitest'
import { seen } from '../../src/diagnosis/finding.ts'
import type { Report } from '../../src/report/report.ts'
import type { ReportOptions } from '../../src/report/reporter.ts'
import { terminal } from '../../src/report/terminal.ts'
import { displayWidth } from '../../src/text/width.ts'
import {
  capture,
  correlated,
  HOSTILE,
  hostileReport,
  listener,
  log,
  manifest,
  plain,
  report,
  silentConnection,
  silentFinding,
} from '../support/report.ts'

const shown = (of: Report = report(), change: Partial<ReportOptions> = {}) =>
  [...terminal(of, { ...plain, ...change })].join('')

const many = (count: number) =>
  report({
    list: Array.from({ length: count }, (_, stream) => silentConnection({ stream, findings: [stream] })),
    findings: Array.from({ length: count }, (_, stream) => silentFinding({ stream })),
    listeners: Array.from({ length: count }, (_, port) =>
      listener({ port, verdict: port === count - 1 ? 'never-accepted' : 'healthy' }),
    ),
  })

const STORY = `\
root cause[slot-race]: two threads stored into one slot of the socket table
(likely)

How it came about
  a  ● observed      the listener was opened
                       server.log:96: Listening on Socket 932
  b  ◐ inferred      its slot was overwritten
                       server.log:250: readable socket list:932,
  c  ○ missing       accept() was called
                       server.log:250: no accept line after line 250

error[no-accept-signature]: The server’s kernel acks everything on port 9000,
and its process never reads a byte (certain)
  ──▶ client.pcap: stream 0, 127.0.0.1:61169 → 127.0.0.1:9000, frames 1–17
   │
   │  The handshake completed and 537 bytes were acked, but the receive window
   │  shows that none was taken out of the socket.
   │
   │  frame   seconds  client                            server
   │      1  0.000000  │── SYN ──────────────────────────────▶│
   │      2  0.000000  │◀──────────── SYN, ACK, window 8192 ──│
   │      3  0.000000  │── ACK ──────────────────────────────▶│
   │                     the kernel completes the handshake
   │      4  0.011000  │── push 44 ──────────────────────────▶│
   │      5  0.011000  │◀────────────── ack 45, window 7936 ──│
   │                     acked, and not read
   │      6  1.359000  ⋮  10 more alike                       ⋮
   │     16  8.420000  │── push 44 ──────────────────────────▶│
   │     17  8.420000  │◀───────────── ack 538, window 7424 ──│
   │                     still not a byte from the server
   │
   │  frames 1–3                handshake completed
   │  frames 4, 10, 12, 14, 16  5 pushes of 44 bytes every 2102 ms, none
   │                            answered
   │  frames 5, 7, 9, 11, 13,   538 sequence numbers acked by 7 pure ACKs; 5 of
   │  15 and 1 more             7 tell that nothing was read
   │  frame 3; server.log:250   socket 932 is readable and no slot is found for
   │                            it
   │                            “03:22:17.671875 W 00168450> readable socket
   │                            list:932,”
   │                            the log line 3.2 ms after the frame (± 15.63 ms)
   │
   = supported: never-accepted: 5 of 7 ACKs show that no byte was read
   = possible: accepted-never-read: packets look the same in both cases
   = ruled out: accepted-no-reply: the window edge never moves
   = help: noaccept correlate client.pcap --log server.log
   = wireshark: tcp.stream eq 0
   = rule: noaccept explain no-accept-signature

Listeners (1)
  listener        connections  served  verdict         last served
  127.0.0.1:9000            1       0  never-accepted  never

Connections (1)
  stream  client           server          verdict         sent  received
       0  127.0.0.1:61169  127.0.0.1:9000  never-accepted   537         0

Read
  client.pcap: pcap, RAW, 17 packets, 17 of them TCP,
    2011-08-02T02:12:58.077133Z to 2011-08-02T02:13:06.497133Z (8.42 s)
  server.log: time-only, 250 lines, 12 events, 3 lines not understood; clock
    +1.5 s ± 15.63 ms (matched pairs, 4 pairs)

1 error in 1 connection.
`

describe('the terminal report', () => {
  it('tells the story first: what, where, proof, what else it could be, what to do', () => {
    expect(shown(correlated())).toBe(STORY)
  })

  it.each([
    { name: 'a silent connection', of: report() },
    { name: 'the same with logs', of: correlated() },
    { name: 'many of them', of: many(300) },
    ...Object.entries(HOSTILE).map(([name, text]) => ({ name: `a hostile ${name}`, of: hostileReport(text) })),
    { name: 'a line of 1 MB', of: hostileReport('大'.repeat(1_000_000)) },
  ])('keeps within 40, 60, 80 and 120 columns for $name', ({ of }) => {
    for (const width of [40, 60, 80, 120])
      for (const ascii of [false, true]) {
        const lines = shown(of, { width, ascii })
          .split('\n')
          .filter((line) => !/^ {3}= (wireshark|help: noaccept|rule)/.test(line))
        for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width)
      }
  })

  it.each(Object.entries(HOSTILE))('lets a hostile %s drive nothing', (_, hostile) => {
    const written = shown(hostileReport(hostile), { verbose: true })
    expect(written).not.toMatch(/\p{Bidi_Control}|[\x00-\x09\x0b-\x1f\x7f-\x9f]|\p{Zl}|\p{Cs}/u)
    expect(written).not.toMatch(/^::error/m)
  })

  it('stays short however long a text from outside is', () => {
    expect(shown(hostileReport('A'.repeat(1_000_000))).length).toBeLessThan(30_000)
  })

  it('says once what speaks for several causes', () => {
    const reason = 'the right edge of the window did not move'
    const candidates = [
      { verdict: 'never-accepted', standing: 'supported', reasons: [reason, 'no byte came back'] },
      { verdict: 'refused', standing: 'contradicted', reasons: [] },
      { verdict: 'accepted-never-read', standing: 'supported', reasons: [reason] },
    ] as const
    expect(shown(report({ list: [silentConnection({ candidates })] }))).toContain(
      `   = supported: never-accepted, accepted-never-read: the right edge of the
                  window did not move
                never-accepted: no byte came back
   = ruled out: refused
`,
    )
  })

  it('shows commands with the captures of the run, quoted so that no name of one runs anything', () => {
    const captures = [capture({ path: '$(touch owned).pcap' }), capture({ path: 'b.pcap' })]
    const step = 'noaccept correlate CAPTURE --log SERVER.log'
    expect(shown(report({ captures, findings: [silentFinding({ nextSteps: [step] })] }))).toContain(
      "   = help: noaccept correlate '$(touch owned).pcap' b.pcap --log SERVER.log\n",
    )
  })

  it('breaks no command and no filter that is there to be copied', () => {
    const filter = `tcp.stream eq 0 && frame.number in {${Array.from({ length: 40 }, (_, at) => at).join(', ')}}`
    const command = `noaccept correlate ${'long/'.repeat(30)}client.pcap --log server.log`
    const lines = shown(report({ findings: [silentFinding({ filter, nextSteps: [command] })] }), { width: 60 }).split(
      '\n',
    )
    expect(lines).toContain(`   = wireshark: ${filter}`)
    expect(lines).toContain(`   = help: ${command}`)
  })

  it('draws with ASCII alone when asked to', () => {
    expect(shown(correlated(), { ascii: true })).toMatch(/^[\n -~]*$/)
    expect(shown(correlated(), { ascii: true })).toMatch(/\|<-+ SYN, ACK, window 8192 --\|/)
  })

  it('calls an input by its file name beside facts, and by its path where two have that name', () => {
    const first = log({ path: '/var/log/a/server.log' })
    const told = correlated()
    expect(shown({ ...told, logs: [first] })).toContain(' server.log:96: Listening on Socket 932')
    expect(shown({ ...told, logs: [first] })).toContain('  /var/log/a/server.log: ')
    const twice = shown({ ...told, logs: [first, log({ path: '/var/log/b/server.log' })] }, { width: 120 })
    expect(twice).toContain('/var/log/a/server.log:96: Listening on Socket 932')
  })

  it('says in colour nothing that it does not say without', () => {
    const colored = shown(correlated(), { color: 3 })
    expect(colored).toContain('\x1b[')
    expect(colored.replaceAll(/\x1b\[\d+m/g, '')).toBe(shown(correlated()))
    expect(shown(correlated())).not.toContain('\x1b')
  })

  it('puts the note of a deciding packet beside it where there is room', () => {
    expect(shown(report(), { width: 120 })).toMatch(/│── ACK ─+▶│ {2}the kernel completes the handshake$/m)
  })

  it('names the one frame of a connection as one', () => {
    const story = shown(report({ list: [silentConnection({ firstFrame: 7, lastFrame: 7 })] }), { width: 120 })
    expect(story).toContain(', frame 7\n')
    expect(story).toMatch(/lasted +frames +state +history\n.* 7 +S1 /)
  })

  it('leaves the lanes of packets what their texts need, however many columns there are', () => {
    const widest = silentFinding().ladder!.map(({ text }) => text)
    for (let width = 72; width <= 140; width++) {
      const told = shown(report(), { width })
      for (const text of widest) expect(told).toContain(text)
    }
  })

  it('tells packets in a list and rows in words on a terminal of 40 columns', () => {
    const story = shown(correlated(), { width: 40 })
    expect(story).toContain('\n  a  ● observed\n     the listener was opened\n')
    expect(story).toMatch(/^ {3}│ +4 {2}\d\.\d{6} {2}─▶ \S/m)
    expect(story).toMatch(/^ {3}│ +\d+ {2}\d\.\d{6} {2}◀─ \S/m)
    expect(story.replace(/\n {4}/g, ' ')).toMatch(/^ {2}stream 0, client \S+, server \S+, verdict never-accepted$/m)
  })

  it('folds long lists, says how much it folded, and unfolds them when asked to', () => {
    const folded = shown(many(300))
    expect(folded.split('\n').length).toBeLessThan(300)
    expect(folded).toContain('276 more findings: --verbose tells them all')
    expect(folded).toContain('280 more: --verbose shows them')
    const unfolded = shown(many(300), { verbose: true })
    expect(unfolded.match(/^error\[/gm)).toHaveLength(300)
    expect(unfolded).toMatch(/^ +299 +127\.0\.0\.1:61169/m)
  })

  it('tells of each input of a manifest its sum, its size and when it was modified, and of a changed one that it was', () => {
    const [input] = manifest.inputs
    const inputs = [
      { ...input!, unchanged: false },
      { ...input!, path: '-', bytes: 1, sha256: null, modified: null },
    ]
    expect(shown(report({ manifest: { ...manifest, inputs } }))).toContain(`\
Manifest
  client.pcap
    SHA-256 ${'ab'.repeat(32)}
    1537 bytes
    modified 2026-11-23T10:00:00.123456789Z
    it was changed while it was analysed
  -
    no SHA-256: it can be read only once, or could not be read
    1 byte
  made by noaccept `)
  })

  it('says of one that is folded that it is one', () => {
    const evidence = Array.from({ length: 9 }, (_, at) => seen(`push ${at}`, 0, [at + 1]))
    expect(shown(report({ findings: [silentFinding({ evidence })] }))).toContain(
      'and 1 more fact: --verbose shows it\n',
    )
    expect(shown(many(25))).toContain('1 more finding: --verbose tells it\n')
    expect(shown(many(5))).toContain('1 finding in one line: --verbose tells it in full\n')
  })

  it('says how to read in full what it tells in a line each', () => {
    expect(shown(many(24))).toContain('20 findings in one line: --verbose tells each in full\n')
    expect(shown(many(4))).not.toContain('in one line')
  })

  it('shows the listener in trouble where it shows not all', () => {
    expect(shown(many(300))).toMatch(/127\.0\.0\.1:299 .*never-accepted/)
  })

  it('shows the connection that a finding is about although it is the last of many', () => {
    const list = Array.from({ length: 300 }, (_, stream) =>
      silentConnection({ stream, verdict: 'healthy', findings: [] }),
    )
    const last = silentConnection({ stream: 300 })
    const of = report({ list: [...list, last], findings: [silentFinding({ stream: 300 })] })
    expect(shown(of)).toMatch(/^ +300 .*ack-only/m)
    const direct: Report = { ...of, connectionOf: (stream) => (stream === 300 ? last : null) }
    expect(shown(direct)).toBe(shown(of))
  })

  it('makes no connection beyond those it shows when it can ask for one', () => {
    let made = 0
    const endless: Report = {
      ...report({ connectionCount: 1_000_000 }),
      connections: function* () {
        for (let stream = 0; ; stream++) {
          made++
          yield silentConnection({ stream })
        }
      },
      connectionOf: (stream) => silentConnection({ stream }),
    }
    expect(shown(endless)).toContain('999980 more')
    expect(made).toBeLessThan(50)
  })

  it('says what it could not read and what it did not look into', () => {
    const written = shown(
      report({
        complete: false,
        captures: [
          capture({
            damage: { frame: 18, offset: 1241, expected: 'a record header', found: '3 bytes' },
            interfaces: [{ linkType: 1, snapLength: 96, name: 'eth0', dropped: 7 }],
            cutFrames: 5,
          }),
        ],
        coverage: [{ reason: 'ARP', frames: 3 }],
        logs: [log({ clock: null, warnings: ['stamps have no date'] })],
      }),
      { width: 160 },
    )
    expect(written).toContain('damaged at frame 18, byte 1241: expected a record header, found 3 bytes')
    expect(written).toContain('7 packets were dropped while capturing on eth0')
    expect(written).toContain('5 frames were cut by the snap length')
    expect(written).toContain('not looked into: 3 × ARP')
    expect(written).toContain('not on the capture’s clock')
    expect(written).toContain('Part of the input was not read: the result is partial.')
  })

  it('shows the time of day alone where the capture has no date', () => {
    const undated = report({ captures: [capture({ dated: false })] })
    expect(shown(undated, { width: 120 })).toContain('02:12:58.077133 to 02:13:06.497133')
    expect(shown(undated)).not.toContain('2011-08-02')
  })

  it('says that nothing was found, over how many connections', () => {
    expect(shown(report({ findings: [] }))).toMatch(/\nNothing found in 1 connection\.\n$/)
  })

  it('names the first of many captures where a finding is about all of them', () => {
    const captures = Array.from({ length: 40 }, (_, at) => capture({ path: `ring-${at}.pcapng` }))
    const written = shown(report({ captures, findings: [silentFinding({ stream: null })] }))
    expect(written).toContain('──▶ ring-0.pcapng, ring-1.pcapng, ring-2.pcapng and 37 more\n')
  })

  it('counts the findings that are not listed', () => {
    expect(shown(report({ omitted: [{ rule: 'no-accept-signature', count: 12 }] }))).toContain(
      '12 more of no-accept-signature are counted, not listed',
    )
    expect(shown(report({ omitted: [{ rule: 'x', count: 12 }] }))).toMatch(/\n1 error, 12 more in 1 connection\.\n$/)
  })
})

describe('a ladder of packets in several captures', () => {
  it('names the capture in which they go on, and the one that they come back to', () => {
    const ladder = silentFinding().ladder!.map((row) => (row.frame === 5 ? { ...row, capture: 1 } : row))
    const captures = [capture(), capture({ path: 'later.pcap' })]
    const text = shown(report({ captures, findings: [silentFinding({ ladder })] }))
    expect(text).toMatch(
      /push 44.*\n.*in later\.pcap\n.*ack 45, window 7936.*\n.*not read\n.*in client\.pcap\n.*10 more alike/,
    )
  })
})

describe('the conversation table', () => {
  it('streams every connection in a line of its own', () => {
    const lines = [...terminal(many(300), { ...plain, verbose: true })]
    expect(lines.filter((line) => /^ +\d+ +127/.test(line))).toHaveLength(300)
  })
})
