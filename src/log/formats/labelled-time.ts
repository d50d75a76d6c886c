import type { LogFormat } from '../format.ts'
import { epochStamp } from '../stamps/epoch-stamps.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { numericDateStamp } from '../stamps/numeric-stamps.ts'

const SPACE = 0x20
const COLON = 0x3a
/** What is printed before a time that a line holds alone, and nothing else could be meant by. */
const LABELS = [
  // journalctl -o export.
  '__REALTIME_TIMESTAMP=',
  // wevtutil /f:text, indented beneath the event.
  '  Date:',
  // Windows PowerShell's events as lists.
  'TimeCreated',
  'TimeGenerated',
  'TimeWritten',
].map((label) => Buffer.from(label))

export const labelledTime: LogFormat = {
  id: 'labelled-time',
  title: 'A field a line, its name before it: journalctl -o export, wevtutil’s text, PowerShell’s Format-List',
  stamp: (bytes, start, end, stamp) => {
    const at = afterLabel(bytes, start, end)
    return (
      at >= 0 &&
      (epochStamp(bytes, at, end, stamp) || isoStamp(bytes, at, end, stamp) || numericDateStamp(bytes, at, end, stamp))
    )
  },
  head: (_before, after) =>
    /^\d*Z?\s*$/.test(after) ? { level: null, thread: null, process: null, message: '' } : null,
  isHeadOfBlock: true,
  isDigitBlind: true,
  samples: [
    {
      line: '__REALTIME_TIMESTAMP=1749046051250817',
      time: '2025-06-04T14:07:31.250817000',
      message: '',
    },
    { line: '  Date: 2025-06-04T14:07:31.2500000Z', time: '2025-06-04T14:07:31.250000000', message: '' },
    { line: 'TimeCreated  : 6/4/2025 2:07:31 PM', time: '2025-06-04T14:07:31.000000000', message: '' },
  ],
}

/** Where the value of a field that tells the time begins; -1 where the line is none. */
function afterLabel(bytes: Uint8Array, start: number, end: number): number {
  for (const label of LABELS) {
    let i = 0
    while (i < label.length && start + i < end && bytes[start + i] === label[i]) i++
    if (i < label.length) continue
    let at = start + i
    while (at < end && (bytes[at] === SPACE || bytes[at] === COLON)) at++
    return at
  }
  return -1
}
