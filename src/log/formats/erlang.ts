import type { LogFormat } from '../format.ts'
import { dayMonthStamp } from '../stamps/named-month-stamps.ts'

/** Bytes in which the report's kind stands before its date. */
const REACH = 60
const EQUALS = 0x3d
const BEFORE = /^=(?<level>[A-Z]{4,10}) REPORT={2,8} $/

export const erlang: LogFormat = {
  id: 'erlang',
  title: 'Erlang’s reports: =INFO REPORT==== date::time ===, what is reported on the next lines',
  stamp: (bytes, start, end, stamp) => {
    if (bytes[start] !== EQUALS) return false
    const reach = Math.min(end, start + REACH)
    let at = start + 1
    while (at < reach && bytes[at] !== EQUALS) at++
    while (at < reach && bytes[at] === EQUALS) at++
    return at < reach && dayMonthStamp(bytes, at + 1, end, stamp)
  },
  head: (before, after) => {
    const level = BEFORE.exec(before)?.groups?.['level']
    if (level === undefined || !/^ =*$/.test(after)) return null
    return { level: level.toLowerCase(), thread: null, process: null, message: '' }
  },
  isHeadOfNext: true,
  isDigitBlind: true,
  samples: [
    {
      line: '=INFO REPORT==== 4-Jun-2025::14:07:31.250817 ===',
      time: '2025-06-04T14:07:31.250817000',
      level: 'info',
      message: '',
    },
  ],
}
