import type { LogFormat } from '../format.ts'
import { epochStamp } from '../stamps/epoch-stamps.ts'
import { StampDate, type StampReader } from '../stamps/stamp.ts'
import { digitsAt, fractionAt, isDigit } from '../stamps/stamp-parts.ts'
import { timeOnlyStamp } from '../stamps/time-stamps.ts'

const BEFORE = /^(?:\[pid[ \t]+(\d+)\]|(\d+))?[ \t]*$/
/** With -r and -ttt, the time since the call before stands behind the time. */
const CALL =
  /^[ \t](?:\(\+ {0,12}\d{1,9}\.\d{1,9}\) )?(?<message>(?:\w{2,40}\(|<\.\.\. \w{2,40} resumed>|\+\+\+ |--- ).*)$/

/** What strace -r writes of microseconds: it has no other precision that lines are likely to be mistaken for. */
const RELATIVE_DIGITS = 6
const MOST_SECONDS_DIGITS = 6

/** `0.000412 listen(`: seconds since the call of the line before began. */
const relativeStamp: StampReader = (bytes, start, end, stamp) => {
  let at = start
  while (at < end && at - start <= MOST_SECONDS_DIGITS && isDigit(bytes[at])) at++
  if (at === start || at - start > MOST_SECONDS_DIGITS || bytes[at] !== 0x2e) return false
  stamp.seconds = digitsAt(bytes, start, end, at - start)
  fractionAt(bytes, at, end, stamp)
  if (stamp.digits !== RELATIVE_DIGITS || bytes[stamp.end] !== 0x20) return false
  stamp.start = start
  stamp.date = StampDate.SINCE_PREVIOUS
  stamp.zoned = false
  return true
}

export const strace: LogFormat = {
  id: 'strace',
  title: 'strace -f -ttt (or -tt, -r): process, time, system call with its result',
  stamp: (bytes, start, end, stamp) => {
    const at = afterProcess(bytes, start, end)
    return (
      epochStamp(bytes, at, end, stamp) || timeOnlyStamp(bytes, at, end, stamp) || relativeStamp(bytes, at, end, stamp)
    )
  },
  head: (before, after) => {
    const process = BEFORE.exec(before)
    const message = CALL.exec(after)?.groups?.['message']
    if (process === null || message === undefined) return null
    return { level: null, thread: process[1] ?? process[2] ?? null, process: null, message }
  },
  stampsBegin: true,
  samples: [
    {
      line: '512  1749046051.250817 listen(5, 16)           = 0',
      time: '2025-06-04T14:07:31.250817000',
      thread: '512',
      message: 'listen(5, 16)           = 0',
    },
    {
      line: '1749046051.250817 (+     0.000412) listen(5, 16)           = 0',
      time: '2025-06-04T14:07:31.250817000',
      message: 'listen(5, 16)           = 0',
    },
    {
      line: '     2.250817 accept4(5, NULL, NULL, 0) = 7',
      time: 'T00:00:02.250817000',
      message: 'accept4(5, NULL, NULL, 0) = 7',
    },
    {
      line: '[pid   519] 14:07:31.250817 close(7)              = 0',
      time: 'T14:07:31.250817000',
      thread: '519',
      message: 'close(7)              = 0',
    },
  ],
}

/** Where the text after `[pid  519] ` or `519  ` begins. */
function afterProcess(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  if (bytes[at] === 0x5b && bytes[at + 1] === 0x70 && bytes[at + 2] === 0x69) {
    while (at < end && at - start < 20 && bytes[at] !== 0x5d) at++
    at++
  } else {
    while (at < end && at - start < 8 && isDigit(bytes[at])) at++
    // Ten digits, or digits and a colon, are the time itself.
    if (bytes[at] !== 0x20) return start
  }
  while (at < end && bytes[at] === 0x20) at++
  return at
}
