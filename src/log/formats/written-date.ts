import { headFrom, headOf, type LogFormat } from '../format.ts'
import { dayMonthStamp, longDateStamp, monthDayStamp } from '../stamps/named-month-stamps.ts'
import { numericDateStamp, yearFirstStamp } from '../stamps/numeric-stamps.ts'
import { shortYearStamp } from '../stamps/short-years.ts'
import { isDigit } from '../stamps/stamp-parts.ts'
import {
  LEVEL_ONLY,
  LEVEL_PROCESS,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
  THREAD_ONLY,
} from './heads.ts'

/** Bytes of the longest weekday: segunda-feira, понедельник. */
const WEEKDAY = 24
const REDIS_BEFORE = /^(?<process>\d+):[A-Z] $/
const REDIS_AFTER = /^ (?<level>[.*#-]) (?<message>.*)$/
const usual = headOf(LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER, LEVEL_PROCESS, THREAD_ONLY, LEVEL_ONLY, MESSAGE_ONLY)

export const writtenDate: LogFormat = {
  id: 'written-date',
  title: 'A date as people write it: 4 Jun 2025, Wed Jun 4 14:07:31 2025, 06/04/2025 2:07:31 PM, 04.06.2025',
  stamp: (bytes, start, end, stamp) => {
    const at = afterRole(bytes, start, end)
    return (
      dayMonthStamp(bytes, afterWeekday(bytes, at, end), end, stamp) ||
      numericDateStamp(bytes, at, end, stamp) ||
      shortYearStamp(bytes, at, end, stamp) ||
      longDateStamp(bytes, at, end, stamp) ||
      yearFirstStamp(bytes, at, end, stamp) ||
      monthDayStamp(bytes, at, end, stamp) ||
      monthDayStamp(bytes, afterWeekday(bytes, at, end), end, stamp)
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
    { line: '4. Juni 2025 14:07:31 kaputt', time: '2025-06-04T14:07:31.000000000', message: 'kaputt' },
    { line: 'Mi 4. Jun 14:07:31 UTC 2025 kaputt', time: '2025-06-04T14:07:31.000000000', message: 'kaputt' },
    { line: 'mer. 04 juin 2025 à 14:07:31 prêt', time: '2025-06-04T14:07:31.000000000', message: 'prêt' },
    { line: '4 de junio de 2025, 14:07:31 listo', time: '2025-06-04T14:07:31.000000000', message: 'listo' },
    { line: '04 déc. 2025 14:07:31 prêt', time: '2025-12-04T14:07:31.000000000', message: 'prêt' },
    { line: '04/06/2025 02:07:31 p. m. listo', time: '2025-04-06T14:07:31.000000000', message: 'listo' },
    { line: '2025/6/4 下午 2:07:31 就绪', time: '2025-06-04T14:07:31.000000000', message: '就绪' },
    { line: '2025年6月4日 14:07:31 準備', time: '2025-06-04T14:07:31.000000000', message: '準備' },
    {
      line: '04.06.2025;14:07:31,250;INFO;bereit',
      time: '2025-06-04T14:07:31.250000000',
      level: 'INFO',
      message: 'bereit',
    },
    { line: 'Jun 4, 2025 @ 14:07:31.250 ready', time: '2025-06-04T14:07:31.250000000', message: 'ready' },
    { line: '06/14/25 2:07:31 PM slow', time: '2025-06-14T14:07:31.000000000', message: 'slow' },
    { line: '04.06.25 14:07:31 langsam', time: '2025-06-04T14:07:31.000000000', message: 'langsam' },
    {
      line: '25/06/04 14:07:31 INFO Gate: slow',
      time: '2025-06-04T14:07:31.000000000',
      level: 'INFO',
      message: 'Gate: slow',
    },
    { line: 'Jun  4 14:07:31 no program here', time: '-06-04T14:07:31.000000000', message: 'no program here' },
  ],
}

/** Where the text after a weekday, whole or short, in whatever language, begins; `at` without a word before it. */
function afterWeekday(bytes: Uint8Array, at: number, end: number): number {
  const reach = Math.min(end, at + WEEKDAY)
  let next = at
  while (next < reach && (bytes[next]! > 0x40 || bytes[next] === 0x2d)) next++
  if (next - at < 2) return at
  if (bytes[next] === 0x2e) next++
  if (bytes[next] === 0x2c) next++
  return bytes[next] === 0x20 ? next + 1 : at
}

/** Where the text after Redis's `512:M ` begins; `start` without it. */
function afterRole(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && at - start < 8 && isDigit(bytes[at])) at++
  const isRole = at > start && bytes[at] === 0x3a && !isDigit(bytes[at + 1]) && bytes[at + 2] === 0x20
  return isRole ? at + 3 : start
}
