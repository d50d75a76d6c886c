import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { withFrameOffsets } from '../../src/details/frame-offsets.ts'
import { capture, report } from '../support/report.ts'

const path = fileURLToPath(new URL('../../fixtures/incident/listing-1.pcap', import.meta.url))
const signal = new AbortController().signal

/** Where each record of a big-endian pcap begins, by its own lengths. */
function recordStarts(): number[] {
  const file = readFileSync(path)
  const starts: number[] = []
  for (let at = 24; at < file.length; at += 16 + file.readUInt32BE(at + 8)) starts.push(at)
  return starts
}

describe('the byte offsets of frames', () => {
  it('are where the records of the cited frames begin in the file', async () => {
    const found = await withFrameOffsets(reportOf(await analyze([path])), [path], signal)
    const cited = [...new Set(found.findings[0]!.evidence.flatMap((fact) => fact.frames))]
    const starts = recordStarts()
    expect(cited.length).toBeGreaterThan(5)
    for (const frame of cited) expect(found.frameOffset!(0, frame), `frame ${frame}`).toBe(starts[frame - 1])
    expect(found.frameOffset!(0, 4711)).toBeNull()
  })

  it('are not known of what came by a pipe', async () => {
    const piped = report({ captures: [capture({ path: '-', storedSize: null })] })
    expect(await withFrameOffsets(piped, ['-'], signal)).toBe(piped)
  })
})
