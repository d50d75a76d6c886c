import { headFrom, type LogFormat } from '../format.ts'
import { monthDayStamp } from '../stamps/named-month-stamps.ts'

const BEFORE = /^(?:Line \d+: )?(?:<\d{1,3}>)?$/
// The host may be left out (macOS's `log`, a local relay); then the program stands alone.
const AFTER =
  /^[ \t]+(?:(?<host>[\w.:-]{1,255})[ \t]+)?(?<process>[^\s[\]:]{1,100})(?:\[(?<thread>\d+)\])?:[ \t]*(?<message>.*)$/

export const syslog: LogFormat = {
  id: 'syslog',
  title: 'BSD syslog (RFC 3164): month, day, time, host, program[pid]:',
  stamp: (bytes, start, end, stamp) => monthDayStamp(bytes, afterPriority(bytes, start, end), end, stamp),
  head: (before, after) => {
    const groups = BEFORE.test(before) ? AFTER.exec(after)?.groups : undefined
    return groups === undefined ? null : headFrom(groups)
  },
  isDigitBlind: true,
  samples: [
    {
      line: 'Jun  4 14:07:31 edge3 gated[512]: listening on 10.1.2.3 port 7001',
      time: '-06-04T14:07:31.000000000',
      process: 'gated',
      thread: '512',
      message: 'listening on 10.1.2.3 port 7001',
    },
    {
      line: '<30>Jun 14 14:07:31.250817 edge3 kernel: TCP: out of memory',
      time: '-06-14T14:07:31.250817000',
      process: 'kernel',
      message: 'TCP: out of memory',
    },
  ],
}

/** Where the text after `<13>` begins; `start` without such a priority. */
function afterPriority(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== 0x3c) return start
  for (let i = start + 1; i < end && i <= start + 4; i++) if (bytes[i] === 0x3e) return i + 1
  return start
}
