import { headFrom, type LogFormat } from '../format.ts'
import { dashedMonthDayStamp } from '../stamps/numeric-stamps.ts'

const AFTER = /^[ \t]+(?<process>\d{1,8})[ \t]+(?<thread>\d{1,8})[ \t]+(?<level>[VDIWEFA])[ \t]+(?<message>.*)$/
const TAG = /^[^:]{1,60}?[ \t]*:[ \t]/

export const logcat: LogFormat = {
  id: 'logcat',
  title: 'Android logcat (threadtime): month-day, time, process, thread, level, tag',
  stamp: dashedMonthDayStamp,
  head: (_before, after) => {
    const groups = AFTER.exec(after)?.groups
    if (groups === undefined) return null
    const head = headFrom(groups)
    return { ...head, message: head.message.replace(TAG, '') }
  },
  isDigitBlind: true,
  samples: [
    {
      line: '06-04 14:07:31.250   512   519 I Gate    : listening fd=9',
      time: '-06-04T14:07:31.250000000',
      level: 'I',
      process: '512',
      thread: '519',
      message: 'listening fd=9',
    },
  ],
}
