import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { readLogs } from '../../src/log/read-logs.ts'
import { timeOfLine } from '../../src/timeline/timeline.ts'
import { beats, captureOf, wireOf } from '../support/wire.ts'

/** The race in the oldest part, the poll in the middle one, and in the newest the process goes on. */
const PARTS = [
  `03:53:40.100 W 00000011> Socket 704 created
03:53:40.100 W 00000011> Attach: i=0.
03:53:40.100 W 00000012> Socket 708 created
03:53:40.100 W 00000012> Attach: i=0.
03:53:40.200 W 00000011> Listening on Socket 704
`,
  `03:53:41.001 W 00000013> readable socket list:704,
03:53:41.001 W 00000013> Socket 704 not matched ...
`,
  `03:53:44.000 W 00000014> heap 512 KB
03:53:49.000 W 00000014> heap 640 KB
`,
]
const WAITS = wireOf({ clientPort: 50_001, open: 1, pushes: beats(1.5, 2, 4) })

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'noaccept-'))
  const dated = PARTS.map((part) => part.replace(/^/gm, '2026-11-23 ').replace(/2026-11-23 $/, ''))
  for (const [stem, [oldest, middle, newest]] of Object.entries({ net: PARTS, dated })) {
    writeFileSync(join(directory, `${stem}.log.2.gz`), gzipSync(oldest!))
    writeFileSync(join(directory, `${stem}.log.1`), middle!)
    writeFileSync(join(directory, `${stem}.log`), newest!)
  }
})
afterAll(() => rmSync(directory, { recursive: true }))

const correlated = async (stem = 'net') => {
  const logs = await readLogs(['.log', '.log.1', '.log.2.gz'].map((end) => join(directory, `${stem}${end}`)))
  return correlate([WAITS], captureOf(10), logs, { zone: null, logDate: null, offsets: new Map() })
}

describe('a log that was cut into parts', () => {
  it('is the history of one process: a socket made in one part is polled in the next', async () => {
    const { scene, rootCause } = await correlated()
    expect(scene.processes).toHaveLength(1)
    expect(scene.processes[0]!.table.lives.map(({ handle }) => handle)).toEqual(['704', '708'])
    expect(rootCause?.verdict).toBe('slot-race')
  })

  it('has one time, from whichever day or second its parts count', async () => {
    const { scene, rootCause } = await correlated('dated')
    const { file, table } = scene.processes[0]!
    expect((file.lastTime! - file.firstTime!) / 1e9).toBeCloseTo(8.9)
    const polled = table.lives[0]!.readable[0]!
    expect((polled.time! - file.firstTime!) / 1e9).toBeCloseTo(0.901)
    expect(rootCause?.verdict).toBe('slot-race')
  })

  it('is cited by the part that holds the line', async () => {
    const { findings } = await correlated()
    const placeOf = (rule: string) => {
      const evidence = findings.find((finding) => finding.rule === rule)!.evidence[0]!
      return { log: evidence.log, lines: evidence.lines }
    }
    expect(placeOf('listener-overwritten')).toEqual({ log: 0, lines: [2] })
    expect(placeOf('readable-not-matched')).toEqual({ log: 1, lines: [2] })
  })

  it('has each line at the time of its own part', async () => {
    const found = await correlated()
    const [oldest, middle] = [timeOfLine(found, 0, 1), timeOfLine(found, 1, 1)]
    expect((middle! - oldest!) / 1e9).toBeCloseTo(0.901)
    expect(timeOfLine(found, 1, 3)).toBeNull()
  })

  it('names the part in each sentence that names a line, since each part has a line of that number', async () => {
    const { rootCause, overrides } = await correlated()
    expect(rootCause?.claim).toContain('(lines 2 and 4 of net.log.2.gz)')
    expect(rootCause?.claim).toContain('(line 2 of net.log.1)')
    const reasons = overrides.get(0)!.candidates.flatMap((candidate) => candidate.reasons)
    expect(reasons.join('\n')).toContain('line 2 of net.log.1: the listening socket matched no entry')
  })

  it('is looked through in all its parts for what it lacks', async () => {
    const { findings } = await correlated()
    const missing = findings.find((finding) => finding.rule === 'accept-missing')!
    expect(missing.evidence.map(({ text }) => text).join('\n')).toContain('all 9 lines of its 3 parts')
  })
})
