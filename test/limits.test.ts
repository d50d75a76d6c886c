import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { block, describe as description, enhanced, section, segment } from '../fixtures/capture/make.mjs'
import { analyze, reportOf } from '../src/analyze.ts'
import { MOST_FRAMES } from '../src/flow/frame-ids.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-limits-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A refused connection whose frames have these numbers, as a packet list prints them. */
function refusedAt(first: number): string {
  const path = join(folder, `${first}.txt`)
  writeFileSync(
    path,
    `${first}\t0.000000\t127.0.0.1\t127.0.0.1\tTCP\t52\t50000 → 9000 [SYN] Seq=0 Win=8192 Len=0 MSS=65495\n` +
      `${first + 1}\t0.000010\t127.0.0.1\t127.0.0.1\tTCP\t40\t9000 → 50000 [RST, ACK] Seq=1 Ack=1 Win=0 Len=0\n`,
  )
  return path
}

describe('a frame number', () => {
  it.each([2 ** 31 - 1, 2 ** 31, MOST_FRAMES - 2])('of %i is told as it is', async (first) => {
    const report = reportOf(await analyze([refusedAt(first)]))
    const [connection] = [...report.connections()]
    expect(connection).toMatchObject({ firstFrame: first, lastFrame: first + 1, verdict: 'refused' })
    expect(report.findings.flatMap(({ evidence }) => evidence.flatMap(({ frames }) => frames))).toContain(first + 1)
    expect(report.complete).toBe(true)
  })

  it('beyond what can be counted ends the run, and that is told', async () => {
    const report = reportOf(await analyze([refusedAt(2 ** 33), refusedAt(1)]))
    expect(report.complete).toBe(false)
    expect(report.captures).toHaveLength(1)
    expect(report.captures[0]!.damage).toMatchObject({
      frame: 3,
      expected: `frame numbers up to ${MOST_FRAMES} in one run`,
    })
  })
})

describe('a time', () => {
  const nanoseconds = Buffer.from([9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0])
  const face = () => {
    const plain = description()
    const made = block(1, Buffer.concat([plain.subarray(8, 16), nanoseconds]))
    return made
  }
  const spanOf = async (days: number) => {
    const start = 1_700_000_000n * 10n ** 9n
    const end = start + BigInt(days) * 86_400n * 10n ** 9n + 1n
    const bytes = Buffer.concat([section(), face(), enhanced(0, start, segment(0)), enhanced(0, end, segment(1))])
    const report = reportOf(await analyze(['-'], { stdin: Readable.from([bytes]) }))
    return report.captures[0]!
  }

  it('is exact to the nanosecond within 104 days', async () => {
    const { firstTime, lastTime, warnings } = await spanOf(104)
    expect(lastTime! - firstTime!).toBe(104 * 86_400 * 1e9 + 1)
    expect(warnings).toEqual([])
  })

  it('that is farther away is told with the step that it has', async () => {
    expect((await spanOf(200)).warnings).toEqual([
      'its times reach beyond 104 days from the first packet: there they are exact to 2 ns alone',
    ])
  })
})
