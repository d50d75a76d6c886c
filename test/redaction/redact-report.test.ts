import { describe, expect, it } from 'vitest'
import { AddressMap } from '../../src/redaction/address-map.ts'
import { redactReport } from '../../src/redaction/redact-report.ts'
import { TextRedaction } from '../../src/redaction/redact-text.ts'
import { REPORTERS } from '../../src/report/reporters.ts'
import {
  capture,
  correlated,
  listener,
  log,
  plain,
  report,
  silentConnection,
  silentFinding,
} from '../support/report.ts'

const addresses = new AddressMap('key')
const texts = new TextRedaction(addresses, ['/home/alice/case 7/lo.pcap'])
const CLIENT = addresses.of('203.0.113.7')

describe('a quoted log line', () => {
  it.each([
    ['03:22:17.671875 W 00168450> readable socket list:932,', '03:22:17.671875 W ########> readable socket list:###,'],
    [
      '2026-11-23 03:22:17 login user=alice from 203.0.113.7:5000',
      `2026-11-23 03:22:17 login user=… from ${CLIENT}:####`,
    ],
    ['cannot open "/srv/secret.txt" for bob@example.org', 'cannot open "…" for …'],
    ['resolved db.internal.example to 2001:db8::5', `resolved … to ${addresses.of('2001:db8::5')}`],
    ['token 9f8e7d6c-aa session-12', 'token ########-## #######-##'],
    ["said 'hello there' id=0x7f", "said '…' id=…"],
  ])('%s', (line, redacted) => {
    expect(texts.quote(line)).toBe(redacted)
  })
})

describe('a sentence of the program', () => {
  it('names a file by its own name where another path begins like it', () => {
    const both = new TextRedaction(addresses, ['/srv/a.log', '/srv/a.log.d/alice/b.log'])
    expect(both.text('/srv/a.log and /srv/a.log.d/alice/b.log')).toBe('a.log and b.log')
  })

  it('keeps its numbers, and maps addresses and paths', () => {
    const text = "noaccept correlate '/home/alice/case 7/lo.pcap' shows 203.0.113.7:9000 at 12:34:56.789, 5 of 7"
    expect(texts.text(text)).toBe(`noaccept correlate 'lo.pcap' shows ${CLIENT}:9000 at 12:34:56.789, 5 of 7`)
  })
})

describe('a redacted report', () => {
  const path = '/home/alice/secret/x.pcap'
  const secret = '203.0.113.7'
  const inputs = {
    captures: [
      capture({
        path,
        comments: [{ frame: 1, text: 'alice said so' }],
        interfaces: [{ linkType: 1, snapLength: 0, name: 'alice-vpn', dropped: 0 }],
        warnings: [`${path} is odd`],
      }),
    ],
    logs: [log({ path: '/home/alice/server.log', warnings: [] })],
  }
  const original = report({
    ...inputs,
    list: [silentConnection({ client: { address: secret, port: 5000 } })],
    findings: [
      silentFinding({
        title: `${secret} is silent`,
        filter: `ip.addr == ${secret}`,
        nextSteps: [`noaccept correlate ${path} --log server.log`],
        ladder: [
          { frame: 1, time: 0, direction: 'to-server', text: `push of ${secret}`, note: `${secret} is not read` },
        ],
        evidence: [{ text: 'the accept', capture: 0, frames: [1], log: 0, lines: [2], quote: `user=alice ${secret}` }],
      }),
    ],
    listeners: [listener({ address: secret })],
    rootCause: { verdict: 'slot-race', claim: `${secret} did it`, confidence: 'likely' },
  })

  it.each(Object.entries(REPORTERS).filter(([format]) => format !== 'html'))(
    'tells in %s neither address nor path nor value',
    async (_format, load) => {
      const text = [...(await load())(redactReport(original, 'key'), { ...plain, verbose: true })].join('')
      expect(text).not.toMatch(/alice|203\.0\.113\.7|secret/)
    },
  )

  it('calls a host the same in packets, findings and logs', () => {
    const [finding] = redactReport(original, 'key').findings
    expect(finding).toMatchObject({
      title: `${CLIENT} is silent`,
      filter: `ip.addr == ${CLIENT}`,
      evidence: [{ quote: `user=… ${CLIENT}` }],
    })
    expect([...redactReport(original, 'key').connections()][0]!.client.address).toBe(CLIENT)
  })

  it('leaves verdicts, frames, times and loopback as they are', () => {
    const before = correlated()
    const after = redactReport(before, 'key')
    expect([...after.connections()]).toEqual([...before.connections()])
    expect(after.findings[0]!.evidence.slice(0, 3)).toEqual(before.findings[0]!.evidence.slice(0, 3))
  })
})
