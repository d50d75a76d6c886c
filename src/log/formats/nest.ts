import { headFrom, type LogFormat } from '../format.ts'
import { numericDateStamp } from '../stamps/numeric-stamps.ts'

const OPEN = 0x5b
const DASH = 0x2d
const SPACE = 0x20
/** Bytes in which the program's name and number stand before the date. */
const REACH = 48
const BEFORE = /^\[\w{1,20}\] (?<process>\d{1,9}) +- $/
const AFTER = /^ +(?<level>LOG|ERROR|WARN|DEBUG|VERBOSE|FATAL) +(?:\[(?<thread>[^\]]{1,60})\] )?(?<message>.*)$/

export const nest: LogFormat = {
  id: 'nest',
  title: 'NestJS: [Nest] process - date, time LEVEL [Context] message',
  stamp: (bytes, start, end, stamp) => {
    if (bytes[start] !== OPEN) return false
    const reach = Math.min(end, start + REACH)
    let at = start + 1
    while (at < reach && bytes[at] !== DASH) at++
    return at < reach && bytes[at + 1] === SPACE && numericDateStamp(bytes, at + 2, end, stamp)
  },
  head: (before, after) => {
    const process = BEFORE.exec(before)?.groups?.['process']
    const groups = process === undefined ? undefined : AFTER.exec(after)?.groups
    return groups === undefined ? null : { ...headFrom(groups), process: process! }
  },
  isDigitBlind: true,
  samples: [
    {
      line: '[Nest] 512  - 06/04/2025, 2:07:31 PM     LOG [Gate] listening on 10.1.2.3:7001',
      time: '2025-06-04T14:07:31.000000000',
      process: '512',
      level: 'LOG',
      thread: 'Gate',
      message: 'listening on 10.1.2.3:7001',
    },
  ],
}
