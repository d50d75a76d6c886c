import { NO_FRACTION, type Stamp, type StampReader } from './stamp.ts'
import { digitsAt, fractionAt, isDigit, isLetter, putOnDay, timeOfDayAt, zoneAt } from './stamp-parts.ts'

const SPACE = 0x20
const COLON = 0x3a

/** `MMDD HH:MM:SS.ffffff`, or `YYYYMMDD` as newer glog prints it; without the level's letter. */
export const glogStamp: StampReader = (bytes, start, end, stamp) => {
  const long = bytes[start + 8] === SPACE
  const date = digitsAt(bytes, start, end, long ? 8 : 4)
  const at = start + (long ? 8 : 4)
  if (date < 0 || bytes[at] !== SPACE || !timeOfDayAt(bytes, at + 1, end, stamp)) return false
  stamp.start = start
  stamp.zoned = false
  const year = long ? Math.floor(date / 10_000) : -1
  return putOnDay(stamp, year, Math.floor(date / 100) % 100, date % 100)
}

/** `YYYYMMDD`, then a space, `T`, `-` or `_`, the time with or without colons, and perhaps a zone. */
export const compactStamp: StampReader = (bytes, start, end, stamp) => {
  const date = digitsAt(bytes, start, end, 8)
  const gap = bytes[start + 8]
  if (date < 1900_01_01 || (gap !== SPACE && gap !== 0x54 && gap !== 0x2d && gap !== 0x5f)) return false
  const at = start + 9
  if (bytes[at + 2] === COLON) {
    if (!timeOfDayAt(bytes, at, end, stamp)) return false
  } else {
    if (!solidTime(digitsAt(bytes, at, end, 6), stamp) || isDigit(bytes[at + 6])) return false
    fractionAt(bytes, at + 6, end, stamp)
  }
  stamp.start = start
  if (!putOnDay(stamp, Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)) return false
  zoneAt(bytes, end, stamp)
  return true
}

/** `20261123035324` or `20261123035324123`: nothing between, milliseconds or none behind. */
export const solidStamp: StampReader = (bytes, start, end, stamp) => {
  const date = digitsAt(bytes, start, end, 8)
  const time = digitsAt(bytes, start + 8, end, 6)
  if (date < 1900_01_01 || date > 2200_01_01 || !solidTime(time, stamp)) return false
  const milliseconds = digitsAt(bytes, start + 14, end, 3)
  stamp.digits = milliseconds < 0 ? 0 : 3
  stamp.nanoseconds = Math.max(milliseconds, 0) * 1e6
  stamp.fraction = NO_FRACTION
  stamp.start = start
  stamp.end = start + 14 + stamp.digits
  // A longer number, or one that goes on in letters, is an id.
  const after = bytes[stamp.end]
  if (stamp.end < end && (isDigit(after) || isLetter(after!))) return false
  stamp.zoned = false
  return putOnDay(stamp, Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)
}

/** Takes `HHMMSS` as a number. */
function solidTime(time: number, stamp: Stamp): boolean {
  const second = time % 100
  const minute = Math.floor(time / 100) % 100
  const hour = Math.floor(time / 10_000)
  if (time < 0 || hour > 23 || minute > 59 || second > 60) return false
  stamp.seconds = hour * 3600 + minute * 60 + second
  return true
}
