import { describe, expect, it } from 'vitest'
import { csv } from '../../src/report/csv.ts'
import { markdown } from '../../src/report/markdown.ts'
import {
  capture,
  correlated,
  HOSTILE,
  hostileReport,
  manifest,
  plain,
  report,
  silentConnection,
  silentFinding,
} from '../support/report.ts'

const ticket = (of = report()) => [...markdown(of, plain)].join('')
const rows = (of = report()) => [...csv(of, plain)].map((line) => cells(line.replace(/\r\n$/, '')))

/** A line of RFC 4180 without line breaks in its cells. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? bare! : quoted.replaceAll('""', '"'),
  )

/** Markdown without what its code spans and blocks hold. */
const outsideCode = (text: string): string =>
  text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '').replaceAll(/(?<!\\)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')

describe('the Markdown report', () => {
  it('tells the finding, its packets and what to do, with the evidence folded', () => {
    const text = ticket(correlated())
    expect(text).toMatch(/^## How it came about\n\nRoot cause: `slot-race` \(likely\)/)
    expect(text).toMatch(/^## error: The server’s kernel acks everything/m)
    expect(text).toContain('   17   8.420000  ◀──────── ack 538, window 7424 ──  still not a byte from the server\n')
    expect(text).toContain('- Wireshark: `tcp.stream eq 0`')
    expect(text).toContain('<details><summary>Evidence</summary>\n\n| where | what |\n|---|---|\n| `frames 1–3` |')
    expect(text.split('\n').length).toBeLessThan(60)
  })

  it('shows the windows that prove it, however wide the kernel’s answer is told', () => {
    const rows = silentFinding().ladder!
    const ladder = rows.map((row) => (row.frame === 17 ? { ...row, text: 'ACK by the kernel, window 7424' } : row))
    const text = ticket(report({ findings: [silentFinding({ ladder })] }))
    expect(text).toContain('◀──── ACK by the kernel, window 7424 ──  still')
    const block = text
      .split('````')[1]!
      .split('\n')
      .filter((line) => /[▶◀]/.test(line))
    expect(new Set(block.map((line) => line.search(/(▶| ──(?=$| {2}))/))).size).toBeLessThan(3)
  })

  it('names the capture in which a connection’s packets go on', () => {
    const ladder = silentFinding().ladder!.map((row) => (row.frame < 16 ? row : { ...row, capture: 1 }))
    const captures = [capture(), capture({ path: 'later.pcap' })]
    const text = ticket(report({ captures, findings: [silentFinding({ ladder })] }))
    expect(text).toMatch(/10 more alike\nin later\.pcap\n +16 .*push 44/)
    expect(text).not.toContain('in client.pcap')
  })

  it('says why there is nothing to tell of, where no connection is there', () => {
    const of = report({ list: [], findings: [], listeners: [] })
    expect(ticket(of)).toContain('Nothing to analyse: none of the 17 TCP packets matches the port or filter')
  })

  it('says how much a baseline let pass, and which bytes it is about', () => {
    const suppressed = [{ rule: 'refused', fingerprint: 'f', count: 2, reason: null }]
    const text = ticket(report({ findings: [], suppressed, manifest }))
    expect(text).toContain('Nothing found in 1 connection.\n\n2 findings suppressed by the baseline.\n')
    expect(text).toContain(`| \`client.pcap\` | 1537 | 2026-11-23T10:00:00.123456789Z | \`${'ab'.repeat(32)}\` |`)
  })

  it('sets of what to do next only the commands as code', () => {
    const nextSteps = [
      'Linux: ss -tanpe "sport = :9000": is a process named?',
      'Look in the server’s log for <accept>.',
      'noaccept correlate CAPTURE --log SERVER.log',
    ]
    const text = ticket(report({ findings: [silentFinding({ nextSteps })] }))
    expect(text).toContain('- next: Linux: `ss -tanpe "sport = :9000"`: is a process named?\n')
    expect(text).toContain('- next: Look in the server’s log for &lt;accept&gt;.\n')
    expect(text).toContain('- next: `noaccept correlate client.pcap --log SERVER.log`\n')
  })

  it('keeps the bars of a filter where no table ends at them', () => {
    const text = ticket(report({ findings: [silentFinding({ filter: 'tcp.stream eq 0 || tcp.stream eq 1' })] }))
    expect(text).toContain('- Wireshark: `tcp.stream eq 0 || tcp.stream eq 1`')
  })

  it.each(Object.entries(HOSTILE))('lets a hostile %s mark up, mention and link nothing', (_, hostile) => {
    const written = ticket(hostileReport(hostile))
    expect(written).not.toMatch(/\p{Bidi_Control}|[\x00-\x09\x0b-\x1f\x7f-\x9f]/u)
    const text = outsideCode(written)
    expect(text.replaceAll(/<!-- -->|<\/?(details|summary)>/g, '')).not.toMatch(/[<>]/)
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
    expect(text).not.toMatch(/(?<!\\)\]\(|@\w|:\/\/\w/)
    for (const line of text.split('\n')) expect(line).not.toMatch(/^# /)
  })

  it('keeps each table row at its number of cells whatever it holds', () => {
    const text = ticket(hostileReport('a | b `c | d` \\| e'))
    const [, evidence] = text.split('<summary>Evidence</summary>')
    const table = evidence!.split('\n').filter((line) => line.startsWith('| '))
    for (const line of table.slice(0, 2)) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(4)
  })

  it('stays short enough for a ticket', () => {
    expect(ticket(hostileReport('A'.repeat(1_000_000))).length).toBeLessThan(30_000)
    const many = report({ findings: Array.from({ length: 500 }, () => silentFinding()) })
    expect(ticket(many)).toContain('490 more findings in 1 connection.')
    expect(ticket(many).length).toBeLessThan(65_536)
  })

  it('says that it is partial', () => {
    expect(ticket(report({ complete: false }))).toContain('**Part of the input was not read: the result is partial.**')
  })
})

describe('the CSV report', () => {
  it('is a header and a line for each connection, all of the same number of cells', () => {
    const [header, first] = rows()
    expect(Object.fromEntries(header!.map((name, at) => [name, first![at]]))).toMatchObject({
      stream: '0',
      capture: 'client.pcap',
      client_address: '127.0.0.1',
      client_port: '61169',
      verdict: 'ack-only',
      start: '2011-08-02T02:12:58.077133Z',
      duration_ms: '8420',
      heartbeat_period_ms: '2102.25',
      rules: 'no-accept-signature',
    })
    expect(first).toHaveLength(header!.length)
  })

  it('leaves the cells of no heartbeat empty', () => {
    const [header, first] = rows(report({ list: [silentConnection({ heartbeat: null, findings: [] })] }))
    expect(first!.filter((cell) => cell === '')).toHaveLength(6)
    expect(first).toHaveLength(header!.length)
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://evil","x")'])(
    'gives a spreadsheet no formula of %j',
    (hostile) => {
      for (const cell of rows(hostileReport(hostile))[1]!) expect(cell).not.toMatch(/^[=+@＝\t\r]|^-(?!\d+$)/)
    },
  )

  it.each(Object.entries(HOSTILE))('is one line a connection with a hostile %s', (_, hostile) => {
    const text = [...csv(hostileReport(hostile), plain)].join('')
    expect(text.split('\r\n')).toHaveLength(3)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]|\p{Bidi_Control}/u)
    expect(rows(hostileReport(hostile))[1]).toHaveLength(rows()[0]!.length)
  })
})
