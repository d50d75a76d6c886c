import { headOf, type LogFormat } from '../format.ts'
import { digitsAt, putOnDay, timeOfDayAt, twoDigitsAt } from '../stamps/stamp-parts.ts'

const SLASH = 0x2f
const SPACE = 0x20
/** `06/04/2025 - ` in bytes: the month comes first. */
const DATE = 13

export const sourceEngine: LogFormat = {
  id: 'source-engine',
  title: 'Servers of the Source engine: L month/day/year - time: message',
  stamp: (bytes, start, end, stamp) => {
    const at = start + 2
    if (bytes[start] !== 0x4c || bytes[start + 1] !== SPACE || at + DATE >= end) return false
    if (bytes[at + 2] !== SLASH || bytes[at + 5] !== SLASH || bytes[at + 11] !== 0x2d) return false
    const year = digitsAt(bytes, at + 6, end, 4)
    if (year < 1900 || !timeOfDayAt(bytes, at + DATE, end, stamp)) return false
    stamp.start = start
    stamp.zoned = false
    return putOnDay(stamp, year, twoDigitsAt(bytes, at), twoDigitsAt(bytes, at + 3))
  },
  head: headOf(/^: (?<message>.*)$/),
  isDigitBlind: true,
  samples: [
    {
      line: 'L 06/04/2025 - 14:07:31: "Bob<3>" connected, address "10.1.2.3:50022"',
      time: '2025-06-04T14:07:31.000000000',
      message: '"Bob<3>" connected, address "10.1.2.3:50022"',
    },
  ],
}
