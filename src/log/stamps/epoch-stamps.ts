import { isoStamp } from './iso-stamps.ts'
import { NO_FRACTION, type Stamp, StampDate, type StampReader } from './stamp.ts'
import { digitsAt, fractionAt, isDigit, isLetter } from './stamp-parts.ts'

const SPACE = 0x20

/** Unix time: 10 digits with or without a fraction, or 13, 16 or 19 digits (ms, µs, ns). */
export const epochStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  while (at < end && at - start <= 19 && isDigit(bytes[at])) at++
  const length = at - start
  if (length !== 10 && length !== 13 && length !== 16 && length !== 19) return false
  stamp.start = start
  stamp.seconds = digitsAt(bytes, start, end, 10)
  // Since 2001 Unix time has ten digits; before it a ten-digit number is something else.
  if (stamp.seconds < 1e9 || stamp.seconds > 5e9) return false
  stamp.date = StampDate.FULL
  stamp.zoned = true
  // A number that goes on in letters is an id.
  if (at < end && isLetter(bytes[at]!)) return false
  if (length === 10) fractionAt(bytes, at, end, stamp)
  else {
    stamp.digits = length - 10
    stamp.nanoseconds = digitsAt(bytes, start + 10, end, stamp.digits) * 10 ** (9 - stamp.digits)
    stamp.end = at
  }
  return true
}

/** A stamp within a field: ISO 8601 or Unix time, its nanoseconds perhaps in the next field. */
export const isoOrEpochStamp: StampReader = (bytes, start, end, stamp) => {
  if (start < 0) return false
  if (isoStamp(bytes, start, end, stamp)) return true
  if (!epochStamp(bytes, start, end, stamp)) return false
  if (stamp.digits === 0) nanosecondsBehind(bytes, end, stamp)
  return true
}

/** `,"nanoOfSecond":250817000` or `" nanos="250817000` behind seconds: Java's Instant and protobuf's Timestamp. */
function nanosecondsBehind(bytes: Uint8Array, end: number, stamp: Stamp): void {
  let at = stamp.end
  const reach = Math.min(end, at + 4)
  while (at < reach && !isLetter(bytes[at]!)) at++
  for (const letter of NANO) if (bytes[at++] !== letter) return
  while (at < end && isLetter(bytes[at]!)) at++
  while (at < end && !isDigit(bytes[at]) && bytes[at]! > SPACE) at++
  let digits = 0
  while (digits < 10 && at + digits < end && isDigit(bytes[at + digits])) digits++
  if (digits === 0 || digits > 9) return
  stamp.nanoseconds = digitsAt(bytes, at, end, digits)
  stamp.digits = 9
  stamp.fraction = NO_FRACTION
}

const NANO = Buffer.from('nano')
