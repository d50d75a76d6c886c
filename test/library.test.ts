import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  analyze,
  correlate,
  Failure,
  type PacketVisitor,
  PLAIN,
  type Progress,
  REPORTERS,
  RULES,
  reportOf,
  reportOfCorrelated,
  TcpAnalysis,
} from '../src/index.ts'

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url))

describe('the library', () => {
  it('judges the connections of a capture', async () => {
    const { diagnosis } = await analyze([fixture('incident/listing-1.pcap')], { ports: [9000] })
    expect([...diagnosis.connections()].map(({ client, verdict }) => [client.port, verdict])).toEqual([
      [61_169, 'ack-only'],
    ])
  })

  it('names a finding about a connection at its listener, too', async () => {
    const report = reportOf(await analyze([fixture('incident/listing-1.pcap')]))
    expect(report.findings.map(({ rule }) => rule)).toEqual(['no-accept-signature'])
    expect(report.listeners.map(({ port, findings }) => [port, findings])).toEqual([[9000, [0]]])
  })

  it('passes no listener in a test run whose connection is not answered', async () => {
    const tap = await REPORTERS.tap()
    const report = reportOf(await analyze([fixture('incident/listing-1.pcap')]))
    const text = [...tap(report, PLAIN)].join('')
    expect(text).toContain('not ok 1 - no-accept-signature in stream 0')
    expect(text).not.toMatch(/^ok/m)
  })

  it('finds the cause in the logs', async () => {
    const story = (name: string) => fixture(`stories/slot-race/${name}`)
    const report = reportOfCorrelated(
      await correlate([story('slot-race.pcap')], [story('network.log'), story('app.log')]),
    )
    expect(report.rootCause?.verdict).toBe('slot-race')
    const known = RULES.map(({ id }) => id)
    for (const { rule } of report.findings) expect(known).toContain(rule)
  })

  it('tells of the rules on packets and of those on logs', () => {
    expect(RULES.find(({ id }) => id === 'no-accept-signature')?.reads).toBe('packets')
    expect(RULES.find(({ id }) => id === 'log-of-another-run')?.reads).toBe('logs')
  })

  it('makes the reports that the command line makes', async () => {
    const report = reportOf(await analyze([fixture('incident/listing-2.pcap')]))
    const json = await REPORTERS.json()
    const text = [...json(report, PLAIN)].join('')
    expect(JSON.parse(text).connections).toHaveLength(2)
  })

  it('shows each packet to a visitor, with what Wireshark says of it', async () => {
    const analysis = new TcpAnalysis()
    const told: string[] = []
    const visitor: PacketVisitor = {
      visit: ({ frame, packet }) => void told.push(`${frame.number}: ${packet.payloadLength} bytes at ${analysis.seq}`),
    }
    await analyze([fixture('incident/listing-1.pcap')], { analysis, visitors: [visitor] })
    expect(told).toHaveLength(17)
    expect(told[5]).toBe('6: 138 bytes at 45')
  })

  it('says what a user can mend as a Failure with a hint', async () => {
    const failure = await analyze([fixture('no-such.pcap')]).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect((failure as Failure).hint).toBeTruthy()
  })

  it('tells how far it has come, up to the last packet', async () => {
    const told: Progress[] = []
    await analyze([fixture('incident/listing-1.pcap')], { onProgress: (progress) => told.push(progress) })
    const size = statSync(fixture('incident/listing-1.pcap')).size
    expect(told.at(-1)).toMatchObject({ bytes: size, packets: 17, storedBytes: size, storedSize: size })
  })

  it('stops where it is told to, and says that it is not complete', async () => {
    const report = reportOf(await analyze([fixture('incident/listing-1.pcap')], { signal: AbortSignal.abort() }))
    expect(report.captures[0]!.interrupted).toBe(true)
    expect(report.complete).toBe(false)
  })
})
