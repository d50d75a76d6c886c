import { headOf, type LogFormat } from '../format.ts'
import { digitsAt, putOnDay, twoDigitsAt } from '../stamps/stamp-parts.ts'

const OPEN = 0x5b
const POINT = 0x2e
const COLON = 0x3a
const CLOSE = 0x5d
/** `2025.06.04-14.07.31:250` in bytes. */
const LENGTH = 23
/** The frame, the category, and a level where it is not the usual one. */
const AFTER =
  /^\]\[[ \d]{1,8}\](?<process>\w{1,60}): (?:(?<level>Fatal|Error|Warning|Display|Log|Verbose|VeryVerbose): )?(?<message>.*)$/

export const unreal: LogFormat = {
  id: 'unreal',
  title: 'Unreal Engine: [date-time:milliseconds][frame]Category: message',
  stamp: (bytes, start, end, stamp) => {
    const at = start + 1
    if (bytes[start] !== OPEN || at + LENGTH >= end || bytes[at + 4] !== POINT || bytes[at + 13] !== POINT) return false
    if (bytes[at + 10] !== 0x2d || bytes[at + 19] !== COLON || bytes[at + LENGTH] !== CLOSE) return false
    const [hour, minute, second] = [
      twoDigitsAt(bytes, at + 11),
      twoDigitsAt(bytes, at + 14),
      twoDigitsAt(bytes, at + 17),
    ]
    const milliseconds = digitsAt(bytes, at + 20, end, 3)
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 || milliseconds < 0)
      return false
    stamp.seconds = hour * 3600 + minute * 60 + second
    stamp.nanoseconds = milliseconds * 1e6
    stamp.digits = 3
    stamp.start = start
    stamp.end = at + LENGTH
    stamp.zoned = false
    return putOnDay(stamp, digitsAt(bytes, at, end, 4), twoDigitsAt(bytes, at + 5), twoDigitsAt(bytes, at + 8))
  },
  head: headOf(AFTER),
  isDigitBlind: true,
  samples: [
    {
      line: '[2025.06.04-14.07.31:250][  7]LogNet: Display: NotifyAcceptedConnection: 10.1.2.3:50022',
      time: '2025-06-04T14:07:31.250000000',
      process: 'LogNet',
      level: 'Display',
      message: 'NotifyAcceptedConnection: 10.1.2.3:50022',
    },
    {
      line: '[2025.06.04-14.07.31:250][512]LogNet: ready',
      time: '2025-06-04T14:07:31.250000000',
      process: 'LogNet',
      message: 'ready',
    },
  ],
}
