import { capitalHalfAt, hourAt, putInHalf } from './half-days.ts'
import { StampDate, type StampReader } from './stamp.ts'
import { isDigit, timeOfDayAt } from './stamp-parts.ts'

const COLON = 0x3a

/** `HH:MM:SS.ffffff`: a time of an unknown day. */
export const timeOnlyStamp: StampReader = (bytes, start, end, stamp) => {
  if (!timeOfDayAt(bytes, start, end, stamp)) return false
  // `12:02:58:22` is a line number before a time.
  if (bytes[stamp.end] === COLON && isDigit(bytes[stamp.end + 1])) return false
  stamp.start = start
  stamp.date = StampDate.NONE
  stamp.zoned = false
  return true
}

/** `14:03:07.250` or `2:03:07 PM` of an unknown day: with capitals, which no word after a time has. */
export const dayTimeStamp: StampReader = (bytes, start, end, stamp) => {
  if (bytes[start + 1] !== COLON) {
    if (!timeOnlyStamp(bytes, start, end, stamp)) return false
    const half = capitalHalfAt(bytes, end, stamp)
    if (half > 0 && putInHalf(stamp, bytes[half] === 0x50)) stamp.end = half + 2
    return true
  }
  if (!hourAt(bytes, start, end, stamp)) return false
  const half = capitalHalfAt(bytes, end, stamp)
  if (half === 0 || !putInHalf(stamp, bytes[half] === 0x50)) return false
  stamp.start = start
  stamp.end = half + 2
  stamp.date = StampDate.NONE
  stamp.zoned = false
  return true
}
