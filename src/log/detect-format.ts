import type { LogFormat } from './format.ts'
import { readHead, readStamp } from './format-line.ts'
import { endOfWords } from './lines/line-end.ts'
import { Stamp } from './stamps/stamp.ts'

/** Lines that a format is chosen by. */
const SAMPLE_LINES = 400

/** The formats found in a log's first lines, the most frequent first; empty where no line has a stamp. */
export function detectFormats(formats: readonly LogFormat[], head: Buffer, terminator: number): readonly LogFormat[] {
  const counts = new Map<LogFormat, number>()
  const stamp = new Stamp()
  let start = 0
  for (let line = 0; line < SAMPLE_LINES && start < head.length; line++) {
    const found = head.indexOf(terminator, start)
    const end = found < 0 ? head.length : found
    const format = formatOf(formats, head, start, endOfWords(head, start, end), stamp)
    if (format !== null) counts.set(format, (counts.get(format) ?? 0) + 1)
    start = end + 1
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([format]) => format)
}

/** The first format that reads a line whole, its stamp left in `stamp`; null where none does. */
export function formatOf(
  formats: readonly LogFormat[],
  bytes: Buffer,
  start: number,
  end: number,
  stamp: Stamp,
): LogFormat | null {
  for (const format of formats)
    if (readStamp(format, bytes, start, end, stamp) && readHead(format, bytes, start, end, stamp) !== null)
      return format
  return null
}
