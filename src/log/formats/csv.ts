import type { LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { longDateStamp } from '../stamps/named-month-stamps.ts'
import { numericDateStamp } from '../stamps/numeric-stamps.ts'
import type { StampReader } from '../stamps/stamp.ts'

const QUOTE = 0x22
const COMMA = 0x2c
/** Bytes of a first field before the time. */
const REACH = 40
const LEVEL = /^"?(?:Information|Info|Warning|Warn|Error|Critical|Verbose|Debug|Audit \w{7})"?$/i
/** A field: quoted, a quote in it doubled, or without quotes and commas. */
const FIELD = /"((?:[^"]|"")*)"|([^",]+)/g

const fieldStamp: StampReader = (bytes, start, end, stamp) => {
  const isQuoted = bytes[start] === QUOTE
  const at = isQuoted ? start + 1 : start
  const isRead =
    numericDateStamp(bytes, at, end, stamp) ||
    isoStamp(bytes, at, end, stamp) ||
    // A date with a comma stands in quotes.
    (isQuoted && longDateStamp(bytes, at, end, stamp))
  if (!isRead) return false
  return bytes[stamp.end] === COMMA || (bytes[stamp.end] === QUOTE && bytes[stamp.end + 1] === COMMA)
}

export const csv: LogFormat = {
  id: 'csv',
  title: 'Comma-separated fields, the time the first or the second: Windows’ event log, Export-Csv, Kibana',
  stamp: (bytes, start, end, stamp) => {
    if (bytes[start] === QUOTE && fieldStamp(bytes, start, end, stamp)) return true
    const reach = Math.min(end, start + REACH)
    let at = start
    while (at < reach && bytes[at] !== COMMA) at++
    return at < reach && at > start && fieldStamp(bytes, at + 1, end, stamp)
  },
  head: (before, after) => {
    const fields = [before, ...after.replace(/^"/, '').matchAll(FIELD)].map((field) =>
      typeof field === 'string' ? field.replace(/[",]/g, '') : (field[1]?.replaceAll('""', '"') ?? field[2]!),
    )
    const message = fields.at(-1)!
    if (fields.length < 2) return null
    return { level: fields.find((field) => LEVEL.test(field)) ?? null, thread: null, process: null, message }
  },
  isDigitBlind: true,
  samples: [
    {
      line: 'Information,6/4/2025 2:07:31 PM,GateSvc,1000,None,"Listening on 10.1.2.3:7001"',
      time: '2025-06-04T14:07:31.000000000',
      level: 'Information',
      message: 'Listening on 10.1.2.3:7001',
    },
    {
      line: '"6/4/2025 2:07:31 PM","1000","Warning","peer said ""no"", closed"',
      time: '2025-06-04T14:07:31.000000000',
      level: 'Warning',
      message: 'peer said "no", closed',
    },
    {
      line: '"Jun 4, 2025 @ 14:07:31.250","accepted connection from 10.1.2.3:50022"',
      time: '2025-06-04T14:07:31.250000000',
      message: 'accepted connection from 10.1.2.3:50022',
    },
    {
      line: '17,2025-06-04T14:07:31.250Z,gate,accepted connection from 10.1.2.3:50022',
      time: '2025-06-04T14:07:31.250000000',
      message: 'accepted connection from 10.1.2.3:50022',
    },
  ],
}
