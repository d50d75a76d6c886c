import { headFrom, headOf, type LogFormat } from '../format.ts'
import { isDigit } from '../stamp-parts.ts'
import { dayMonthStamp, longDateStamp, monthDayStamp, numericDateStamp } from '../stamp-readers.ts'
import { LEVEL_ONLY, LEVEL_PROCESS, LEVEL_THREAD_LOGGER, MESSAGE_ONLY, THREAD_LEVEL_LOGGER } from './heads.ts'

const REDIS_BEFORE = /^(?<process>\d+):[A-Z] $/
const REDIS_AFTER = /^ (?<level>[.*#-]) (?<message>.*)$/
const usual = headOf(LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER, LEVEL_PROCESS, LEVEL_ONLY, MESSAGE_ONLY)

export const writtenDate: LogFormat = {
  id: 'written-date',
  title: 'A date as people write it: 4 Jun 2025, Wed Jun 4 14:07:31 2025, 06/04/2025 2:07:31 PM, 04.06.2025',
  stamp: (bytes, start, end, stamp) => {
    const at = afterRole(bytes, start, end)
    return (
      dayMonthStamp(bytes, bytes[at + 3] === 0x2c ? at + 5 : at, end, stamp) ||
      numericDateStamp(bytes, at, end, stamp) ||
      longDateStamp(bytes, at, end, stamp) ||
      monthDayStamp(bytes, bytes[at + 3] === 0x20 && bytes[at + 4]! > 0x40 ? at + 4 : at, end, stamp)
    )
  },
  head: (before, after) => {
    const process = REDIS_BEFORE.exec(before)?.groups?.['process']
    const redis = process === undefined ? undefined : REDIS_AFTER.exec(after)?.groups
    return redis === undefined ? usual(before, after) : { ...headFrom(redis), process: process! }
  },
  isDigitBlind: true,
  samples: [
    {
      line: '512:M 04 Jun 2025 14:07:31.250 * Ready to accept connections tcp',
      time: '2025-06-04T14:07:31.250000000',
      process: '512',
      level: '*',
      message: 'Ready to accept connections tcp',
    },
    { line: 'Wed, 04 Jun 2025 14:07:31 +0000 slow', time: '2025-06-04T14:07:31.000000000', message: 'slow' },
    { line: 'Wed Jun  4 14:07:31 2025 started', time: '2025-06-04T14:07:31.000000000', message: 'started' },
    {
      line: '06/04/2025 2:07:31 PM service started',
      time: '2025-06-04T14:07:31.000000000',
      message: 'service started',
    },
    {
      line: '04.06.2025 14:07:31,250 ERROR kaputt',
      time: '2025-06-04T14:07:31.250000000',
      level: 'ERROR',
      message: 'kaputt',
    },
    { line: '04-06-2025 14:07:31.250 slow', time: '2025-06-04T14:07:31.250000000', message: 'slow' },
    { line: 'Jun 04, 2025 12:07:31 AM slow', time: '2025-06-04T00:07:31.000000000', message: 'slow' },
    { line: 'Jun  4 14:07:31 no program here', time: '-06-04T14:07:31.000000000', message: 'no program here' },
  ],
}

/** Where the text after Redis's `512:M ` begins; `start` without it. */
function afterRole(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && at - start < 8 && isDigit(bytes[at])) at++
  const isRole = at > start && bytes[at] === 0x3a && !isDigit(bytes[at + 1]) && bytes[at + 2] === 0x20
  return isRole ? at + 3 : start
}
