import type { StampReader } from './stamp.ts'
import { isLetter, putOnDay, timeOfDayAt, twoDigitsAt, zoneAt } from './stamp-parts.ts'

const SPACE = 0x20
const COLON = 0x3a
const SEMICOLON = 0x3b

/** Letters of a weekday in English, and of its abbreviation. */
const SHORTEST = 3
const LONGEST = 9

/** `YYYY-MM-DD` or `YYYY/MM/DD`, then `T`, a space, a tab, `;` or `:`, the time, and perhaps a zone. */
export const isoStamp: StampReader = (bytes, start, end, stamp) => {
  const separator = bytes[start + 4]
  if ((separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) || bytes[start + 7] !== separator) return false
  if (start + 10 > end) return false
  const century = twoDigitsAt(bytes, start)
  const ofCentury = twoDigitsAt(bytes, start + 2)
  const month = twoDigitsAt(bytes, start + 5)
  const day = twoDigitsAt(bytes, start + 8)
  if (century < 19 || ofCentury < 0 || month < 0 || day < 0) return false
  const gap = bytes[start + 10]
  if (
    gap !== SPACE &&
    gap !== 0x54 &&
    gap !== 0x74 &&
    gap !== 0x5f &&
    gap !== COLON &&
    gap !== 0x09 &&
    gap !== SEMICOLON
  )
    return false
  if (!timeOfDayAt(bytes, start + 11, end, stamp)) return false
  if (!putOnDay(stamp, century * 100 + ofCentury, month, day)) return false
  stamp.start = start
  zoneAt(bytes, end, stamp)
  return true
}

/** `Mon 2026-11-23 03:53:24 UTC`: systemd's. */
export const weekdayStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  while (at < end && at - start <= LONGEST && isLetter(bytes[at]!)) at++
  return at - start >= SHORTEST && bytes[at] === SPACE && isoStamp(bytes, at + 1, end, stamp)
}
