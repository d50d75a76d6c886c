import { describe, expect, it } from 'vitest'
import { formatOf } from '../../src/log/detect-format.ts'
import { readHead } from '../../src/log/format-line.ts'
import { FORMATS } from '../../src/log/formats.ts'
import { Stamp, StampDate } from '../../src/log/stamps/stamp.ts'

/** A stamp as samples write it: what it does not name is left out. */
function printed(stamp: Stamp): string {
  const iso = new Date(stamp.seconds * 1000).toISOString().slice(0, 19)
  const skipped = stamp.date === StampDate.FULL ? 0 : stamp.date === StampDate.YEARLESS ? 4 : 10
  return `${iso.slice(skipped)}.${String(stamp.nanoseconds).padStart(9, '0')}`
}

const samples = FORMATS.flatMap((format) => format.samples.map((sample) => ({ format, sample, line: sample.line })))

describe('a log format', () => {
  it.each(samples)('$format.id claims, and reads, its own sample: $line', ({ format, sample }) => {
    const stamp = new Stamp()
    const bytes = Buffer.from(sample.line)
    expect(formatOf(FORMATS, bytes, 0, bytes.length, stamp)?.id).toBe(format.id)
    expect(printed(stamp)).toBe(sample.time)
    expect(readHead(format, bytes, 0, bytes.length, stamp)).toEqual({
      level: sample.level ?? null,
      thread: sample.thread ?? null,
      process: sample.process ?? null,
      message: sample.message,
    })
  })
})
