import type { LogFormat } from '../format.ts'
import { weekdayStamp } from '../stamps/iso-stamps.ts'

/** A zone by its name, where it is not UTC; then the entry's cursor. The fields are indented beneath it. */
const AFTER = /^(?: (?:[A-Z]{2,5}|[+-]\d{2,4}))? \[s=[\da-f]{1,64};/

export const journalVerbose: LogFormat = {
  id: 'journal-verbose',
  title: 'journalctl -o verbose: weekday, date, time, zone and cursor, then a field a line',
  stamp: weekdayStamp,
  head: (_before, after) => (AFTER.test(after) ? { level: null, thread: null, process: null, message: '' } : null),
  isDigitBlind: true,
  samples: [
    {
      line: 'Wed 2025-06-04 14:07:31.250817 UTC [s=5f1c;i=1a2b;b=aa;m=1dcd;t=64;x=1]',
      time: '2025-06-04T14:07:31.250817000',
      message: '',
    },
  ],
}
