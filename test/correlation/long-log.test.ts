import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Correlated, correlatedReport, correlateFiles } from '../../src/correlate.ts'
import { NOT_KEPT } from '../../src/log/gap-event.ts'
import { timelineOf } from '../../src/timeline/timeline.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-long-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Lines of other sockets between two times of the day, in seconds: more events than are kept of a log's two ends. */
function busyHours(from: number, to: number, lines: number): string {
  let text = ''
  for (let n = 0; n < lines; n++) {
    const at = new Date((from + ((to - from) * n) / lines) * 1000).toISOString().slice(11, 23)
    const socket = 900 + (Math.floor(n / 4) % 50)
    const what = ['created', 'recv 24 bytes', 'send 24 bytes', 'closed'][n % 4]
    text += `${at}000 W 0009${socket}> Socket ${socket} ${what}\n`
  }
  return text
}

const HOUR = 3600
const MORNING = busyHours(6 * HOUR, 21 * HOUR, 230_000)
const NIGHT = busyHours(22 * HOUR, 23 * HOUR, 70_000)

async function inLongLog(story: string): Promise<Correlated> {
  const own = readFileSync(`fixtures/stories/${story}/network.log`, 'utf8')
  const path = join(folder, `${story}.log`)
  writeFileSync(path, MORNING + own + NIGHT)
  return correlateFiles([`fixtures/stories/${story}/${story}.pcap`], [path])
}

const inShortLog = (story: string) =>
  correlateFiles([`fixtures/stories/${story}/${story}.pcap`], [`fixtures/stories/${story}/network.log`])

const told = (correlated: Correlated) => {
  const { connections, rootCause } = correlatedReport(correlated)
  return { verdicts: [...connections()].map(({ stream, verdict }) => [stream, verdict]), verdict: rootCause?.verdict }
}

describe('a log of a whole day beside a capture of some seconds', () => {
  it.each(['slot-race', 'accepted-never-read', 'late-accept', 'repaired'])(
    'tells of %s what the lines of these seconds tell',
    async (story) => {
      const correlated = await inLongLog(story)
      expect(told(correlated)).toEqual(told(await inShortLog(story)))
      const gaps = correlated.logs[0]!.events.filter(({ pattern }) => pattern === NOT_KEPT)
      expect(gaps.length).toBeGreaterThan(0)
    },
    60_000,
  )

  it('is told line by line in a time line, with a mark where events are not kept', async () => {
    const { correlation } = await inLongLog('repaired')
    const entries = timelineOf(correlation, correlation.findings, { isReported: () => true, unfolded: true })
    expect(entries.filter(({ source }) => source === 'log').length).toBeGreaterThan(200_000)
    expect(entries.some(({ text }) => /^\(\d+ events up to this line are counted and not kept\)$/.test(text))).toBe(
      true,
    )
  }, 60_000)

  it('may tell of listening more often than a call takes arguments', async () => {
    const path = join(folder, 'restarts.log')
    const at = (n: number) => new Date(n * 250).toISOString().slice(11, 23)
    writeFileSync(path, Array.from({ length: 150_000 }, (_, n) => `${at(n)} server started, now listening\n`).join(''))
    const correlated = await correlateFiles(['fixtures/stories/repaired/repaired.pcap'], [path])
    expect(correlated.correlation.scene.processes[0]!.table.listeners.length).toBe(150_000)
  }, 60_000)

  it('has the findings of a rule counted that are not listed', async () => {
    const path = join(folder, 'unmatched.log')
    const text = Array.from({ length: 1100 }, (_, n) => `21:27:48.900 Socket ${n} not matched ...\n`).join('')
    writeFileSync(path, text)
    const report = correlatedReport(await correlateFiles(['fixtures/stories/repaired/repaired.pcap'], [path]))
    expect(report.findings.filter(({ rule }) => rule === 'readable-not-matched')).toHaveLength(1000)
    expect(report.omitted).toEqual([{ rule: 'readable-not-matched', count: 100 }])
  })
})
