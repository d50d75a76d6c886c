import { headOf, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { HOST_PROCESS } from './heads.ts'

export const syslogIso: LogFormat = {
  id: 'syslog-iso',
  title: 'Syslog with an ISO 8601 date, journalctl -o short-iso: date and time, host, program[pid]:',
  stamp: isoStamp,
  head: headOf(HOST_PROCESS),
  isDigitBlind: true,
  samples: [
    {
      line: '2025-06-04T14:07:31+0200 edge3 gated[512]: ready',
      time: '2025-06-04T12:07:31.000000000',
      process: 'gated',
      thread: '512',
      message: 'ready',
    },
    {
      line: '2025-06-04T14:07:31.250817+02:00 edge3 gated[512]: ready',
      time: '2025-06-04T12:07:31.250817000',
      process: 'gated',
      thread: '512',
      message: 'ready',
    },
  ],
}
