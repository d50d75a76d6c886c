import { headOf, type LogFormat } from '../format.ts'
import { weekdayStamp } from '../stamps/iso-stamps.ts'

/** A zone by its name, where it is not UTC; then as syslog has it. */
const AFTER =
  /^(?: (?:[A-Z]{2,5}|[+-]\d{2,4}))? [\w.:-]{1,255} (?<process>[^\s[\]:]{1,100})(?:\[(?<thread>\d+)\])?: (?<message>.*)$/

export const shortFull: LogFormat = {
  id: 'short-full',
  title: 'journalctl -o short-full: weekday, date, time, zone, host, program[pid]:',
  stamp: weekdayStamp,
  head: headOf(AFTER),
  isDigitBlind: true,
  samples: [
    {
      line: 'Wed 2025-06-04 14:07:31 UTC edge3 gated[512]: listening on 10.1.2.3 port 7001',
      time: '2025-06-04T14:07:31.000000000',
      process: 'gated',
      thread: '512',
      message: 'listening on 10.1.2.3 port 7001',
    },
    {
      line: 'Wed 2025-06-04 14:07:31 CEST edge3 kernel: TCP: out of memory',
      time: '2025-06-04T14:07:31.000000000',
      process: 'kernel',
      message: 'TCP: out of memory',
    },
  ],
}
