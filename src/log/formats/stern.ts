import type { LogFormat } from '../format.ts'
import { headOfInner } from '../inner-line.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'

const SPACE = 0x20
/** Kubernetes' names: 253 letters, digits, `-` and `.` at most. */
const LONGEST = 253
const NAME = /^[a-z0-9][a-z0-9.-]* (?<process>[a-z0-9][a-z0-9.-]*) $/

export const stern: LogFormat = {
  id: 'stern',
  title: 'stern: pod and container, date and time, the program’s own line',
  stamp: (bytes, start, end, stamp) => {
    const container = afterName(bytes, start, end)
    const at = container < 0 ? -1 : afterName(bytes, container, end)
    return at >= 0 && isoStamp(bytes, at, end, stamp)
  },
  head: (before, after) => {
    const process = NAME.exec(before)?.groups?.['process']
    const head = process === undefined ? null : headOfInner(after)
    return head && { ...head, process: head.process ?? process! }
  },
  isDigitBlind: true,
  holdsObjects: true,
  samples: [
    {
      line: 'gate-7d9c8b6f5d-x2x4z gate 2025-06-04T14:07:31.250817123Z WARN slow',
      time: '2025-06-04T14:07:31.250817123',
      process: 'gate',
      level: 'WARN',
      message: 'slow',
    },
  ],
}

/** Where the text after a name begins; -1 where none stands there. */
function afterName(bytes: Uint8Array, start: number, end: number): number {
  const reach = Math.min(end, start + LONGEST)
  let at = start
  while (at < reach && isOfName(bytes[at]!)) at++
  return at > start && bytes[at] === SPACE ? at + 1 : -1
}

const isOfName = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e
