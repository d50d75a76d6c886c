import type { LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { numericDateStamp } from '../stamps/numeric-stamps.ts'
import type { StampReader } from '../stamps/stamp.ts'

const TAB = 0x09
/** Bytes of a first field before the time. */
const REACH = 40
const LEVEL = /^(?:Information|Info|Warning|Warn|Error|Critical|Verbose|Debug|Audit \w{7})$/i

/** A time that is a whole field. */
const fieldStamp: StampReader = (bytes, start, end, stamp) =>
  (numericDateStamp(bytes, start, end, stamp) || isoStamp(bytes, start, end, stamp)) && bytes[stamp.end] === TAB

export const tabSeparated: LogFormat = {
  id: 'tab-separated',
  title: 'Fields with tabs between, the time the second: Windows’ event log, saved as text',
  stamp: (bytes, start, end, stamp) => {
    const reach = Math.min(end, start + REACH)
    let at = start
    while (at < reach && bytes[at] !== TAB) at++
    return at < reach && at > start && fieldStamp(bytes, at + 1, end, stamp)
  },
  head: (before, after) => {
    const fields = [before.slice(0, -1), ...after.split('\t').slice(1)]
    const message = fields.at(-1)!.replace(/^"|"$/g, '')
    return { level: fields.find((field) => LEVEL.test(field)) ?? null, thread: null, process: null, message }
  },
  isDigitBlind: true,
  samples: [
    {
      line: 'Information\t6/4/2025 2:07:31 PM\tGateSvc\t1000\tNone\tListening on 10.1.2.3:7001',
      time: '2025-06-04T14:07:31.000000000',
      level: 'Information',
      message: 'Listening on 10.1.2.3:7001',
    },
    {
      line: 'gate-7\t2025-06-04T14:07:31.250Z\tslow, but sure',
      time: '2025-06-04T14:07:31.250000000',
      message: 'slow, but sure',
    },
  ],
}
