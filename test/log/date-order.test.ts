import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { formatLogTime } from '../../src/log/stamps/log-time.ts'
import { logOf, readText } from '../support/log-text.ts'
import { captureOf, wireOf } from '../support/wire.ts'

const UNKNOWN = { zone: null, logDate: null, offsets: new Map<number, number>() }

const read = (...stamps: readonly string[]) => readText(stamps.map((stamp) => `${stamp} Socket 7 created\n`).join(''))
const times = async (...stamps: readonly string[]) => {
  const file = await read(...stamps)
  return file.events.map((event) => formatLogTime(file, event.time!))
}

describe('the order of day and month in a date with slashes', () => {
  it('is told by a number that is no month, also for the lines before it', async () => {
    expect(await times('12/11/2026 23:59:59', '13/11/2026 00:00:01')).toEqual([
      '2026-11-12T23:59:59',
      '2026-11-13T00:00:01',
    ])
    expect(await times('11/12/2026 23:59:59', '11/13/2026 00:00:01')).toEqual([
      '2026-11-12T23:59:59',
      '2026-11-13T00:00:01',
    ])
  })

  it('is told by lines that follow one another by days and not by months', async () => {
    expect(await times('05/11/2026 23:59:59', '06/11/2026 00:00:01', '06/11/2026 00:00:02')).toEqual([
      '2026-11-05T23:59:59',
      '2026-11-06T00:00:01',
      '2026-11-06T00:00:02',
    ])
    expect(await times('05/05/2026 23:59:59', '06/05/2026 00:00:01')).toEqual([
      '2026-05-05T23:59:59',
      '2026-05-06T00:00:01',
    ])
    expect(await times('11/05/2026 23:59:59', '11/06/2026 00:00:01')).toEqual([
      '2026-11-05T23:59:59',
      '2026-11-06T00:00:01',
    ])
  })

  it('stays open where all dates are one that may be read either way', async () => {
    expect((await read('05/11/2026 12:00:00', '05/11/2026 12:00:01')).otherBase).toBe(Date.UTC(2026, 10, 5, 12) / 1000)
    expect((await read('05/05/2026 12:00:00')).otherBase).toBeNull()
    expect((await read('25/11/2026 12:00:00')).otherBase).toBeNull()
  })

  it.each(['05/11/2026', '11/05/2026'])('is the one that puts a log into the time of the capture: %s', async (date) => {
    const log = await logOf(`
      ${date} 03:53:39 listening fd=5 addr=127.0.0.1:9000
      ${date} 03:53:49 watchdog fed
    `)
    const capture = { ...captureOf(10), epochSeconds: Date.UTC(2026, 10, 5, 3, 53, 40) / 1000 }
    const wire = wireOf({ stream: 0, clientPort: 50_001, open: 2, pushes: [[3, 44]] })
    const { scene, overrides } = correlate([wire], capture, [log], UNKNOWN)
    expect(scene.processes[0]!.clock).toMatchObject({ offset: 0 })
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
    const other = { ...capture, epochSeconds: Date.UTC(2026, 7, 17) / 1000 }
    expect(correlate([wire], other, [log], UNKNOWN).scene.processes[0]!.clock).toBeNull()
  })
})
