import { describe, expect, it } from 'vitest'
import { lookAgain } from '../../src/details/second-look.ts'
import { seen } from '../../src/diagnosis/finding.ts'
import { capture, report, silentConnection, silentFinding } from '../support/report.ts'

const INCIDENT = new URL('../../fixtures/incident/listing-1.pcap', import.meta.url).pathname

describe('a second look at the captures', () => {
  it('brings the packets of the flow that a finding is about, with relative numbers and scaled windows', async () => {
    const { series, leftOut } = await lookAgain(report(), [INCIDENT])
    expect(leftOut).toEqual([])
    expect(series).toHaveLength(1)
    const { columns, packets, client } = series[0]!
    expect(client.port).toBe(61169)
    expect(packets).toBe(17)
    expect(columns.side).toEqual([0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    expect(columns.seq.at(-2)).toBe(494)
    expect(columns.ack.at(-1)).toBe(538)
    expect(columns.window.at(-1)).toBe(7424)
    expect(columns.payload.reduce((sum, bytes) => sum + bytes)).toBe(537)
  })

  it('keeps the first, the last and the deciding packets of a long flow, and says so', async () => {
    const finding = silentFinding({ evidence: [seen('a push', 0, [9])] })
    const limits = { flows: 1, packetsPerFlow: 4, packets: 100 }
    const { series, leftOut } = await lookAgain(report({ findings: [finding] }), [INCIDENT], { limits })
    expect(series[0]!.columns.frame).toEqual([1, 2, 9, 16, 17])
    expect(series[0]!.columns.time).toHaveLength(5)
    expect(series[0]!.gapAt).toBe(2)
    expect(leftOut.join()).toContain('12 of the 17 packets')
  })

  it('says that more flows have findings than it shows', async () => {
    const list = [0, 1, 2].map((stream) => silentConnection({ stream }))
    const findings = [0, 1, 2].map((stream) => silentFinding({ stream }))
    const limits = { flows: 1, packetsPerFlow: 100, packets: 100 }
    const { leftOut } = await lookAgain(report({ list, findings }), [INCIDENT], { limits })
    expect(leftOut.join()).toContain('2 more flows')
  })

  it('does not read a pipe twice, and says so', async () => {
    const { series, leftOut } = await lookAgain(report({ captures: [capture({ path: '-', storedSize: null })] }), ['-'])
    expect(series).toEqual([])
    expect(leftOut.join()).toContain('pipe')
  })
})
