import type { LogFormat } from '../format.ts'
import { epochStamp } from '../stamps/epoch-stamps.ts'
import { isDigit } from '../stamps/stamp-parts.ts'
import { timeOnlyStamp } from '../stamps/time-stamps.ts'

const BEFORE = /^(?:\[pid[ \t]+(\d+)\]|(\d+))?[ \t]*$/
const CALL = /^[ \t](?:\w{2,40}\(|<\.\.\. \w{2,40} resumed>|\+\+\+ |--- )/

export const strace: LogFormat = {
  id: 'strace',
  title: 'strace -f -ttt (or -tt): process, time, system call with its result',
  stamp: (bytes, start, end, stamp) => {
    const at = afterProcess(bytes, start, end)
    return epochStamp(bytes, at, end, stamp) || timeOnlyStamp(bytes, at, end, stamp)
  },
  head: (before, after) => {
    const process = BEFORE.exec(before)
    if (process === null || !CALL.test(after)) return null
    return { level: null, thread: process[1] ?? process[2] ?? null, process: null, message: after.slice(1) }
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
