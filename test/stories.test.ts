import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ConnectionTruth } from '../fixtures/lab/truth.ts'
import { analyze, reportOf } from '../src/analyze.ts'
import { correlatedReport, correlateFiles } from '../src/correlate.ts'
import type { Report } from '../src/report/report.ts'

const STORIES = readdirSync('fixtures/stories')
const path = (story: string, file: string) => `fixtures/stories/${story}/${file}`
const capture = (story: string) => path(story, `${story}.pcap`)

interface Truth {
  readonly networkPort: number
  readonly listenerSlot: number
  readonly connections: readonly ConnectionTruth[]
}

const truthOf = (story: string) => JSON.parse(readFileSync(path(story, 'truth.json'), 'utf8')) as Truth

/** What may be said of a connection besides what it is: a link that Server closed when idle is healthy as well. */
const WITH_LOGS: Readonly<Record<string, readonly string[]>> = { healthy: ['healthy', 'server-idle-close'] }

/** Packets alone cannot tell these causes apart: the symptom is what an honest expert would name. */
const ALONE: Readonly<Record<string, readonly string[]>> = {
  ...WITH_LOGS,
  'never-accepted': ['ack-only'],
  'accepted-never-read': ['ack-only'],
  'accepted-no-reply': ['ack-only', 'accepted-no-reply'],
}

/** By client port: App and Network bind no port twice within a story. */
const verdicts = (report: Report) =>
  new Map([...report.connections()].map((one) => [`${one.client.port}>${one.server.port}`, one.verdict]))

function expectTruth(story: string, report: Report, allowed: Readonly<Record<string, readonly string[]>>): void {
  const found = verdicts(report)
  for (const { clientPort, serverPort, label } of truthOf(story).connections) {
    if (clientPort === null) continue
    const verdict = found.get(`${clientPort}>${serverPort}`)
    expect(allowed[label] ?? [label], `${clientPort} to ${serverPort}`).toContain(verdict)
  }
}

const withLogs = async (story: string): Promise<Report> => {
  const clocks = () => ({ zone: null, logDate: null, offsets: new Map<number, number>() })
  const logs = [path(story, 'network.log'), path(story, 'app.log')]
  return correlatedReport(await correlateFiles([capture(story)], logs, { clocks }))
}

describe.each(STORIES)('what the laboratory made: %s', (story) => {
  it('is told as its processes tell it, from packets and logs', async () => {
    expectTruth(story, await withLogs(story), WITH_LOGS)
  })

  it('is told no bolder than packets allow', async () => {
    expectTruth(story, reportOf(await analyze([capture(story)])), ALONE)
  })
})

describe('the incident, made again', () => {
  it('is led back to the race, step by step', async () => {
    expect(truthOf('slot-race').listenerSlot).toBe(-1)
    const { rootCause, chain, logs } = await withLogs('slot-race')
    expect(rootCause?.verdict).toBe('slot-race')
    expect(chain.map((step) => step.step).join('')).toBe('abcdefghi')
    for (const { standing, evidence } of chain) {
      expect(['observed', 'inferred']).toContain(standing)
      if (standing === 'observed')
        expect(evidence.some(({ frames, lines }) => frames.length + lines.length > 0)).toBe(true)
    }
    // The laboratory's logs and packets are stamped by one clock.
    for (const log of logs) expect(Math.abs(log.clock!.offset)).toBeLessThan(50e6)
  })

  it('leaves nothing to find once it is repaired', async () => {
    const { findings, rootCause } = await withLogs('repaired')
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(rootCause).toBeNull()
  })

  it('gives the race and the accept blocked on purpose one symptom, and two causes', async () => {
    const [race, blocked] = [await withLogs('slot-race'), await withLogs('blocked-accept')]
    const alone = async (story: string) => reportOf(await analyze([capture(story)], { ports: [9000] }))
    const symptoms = [await alone('slot-race'), await alone('blocked-accept')]
    expect(symptoms.map((report) => [...verdicts(report).values()])).toEqual([['ack-only'], ['ack-only']])
    expect([race.rootCause?.verdict, blocked.rootCause?.verdict]).toEqual(['slot-race', 'accept-held-up'])
  })
})
