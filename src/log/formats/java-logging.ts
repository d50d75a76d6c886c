import type { LogFormat } from '../format.ts'
import { longDateStamp } from '../stamps/named-month-stamps.ts'

/** Class and method, and nothing behind them: the message is the next line. A method `listen` or `accept` says what ran, not what happened. */
const CLASS_METHOD = /^[ \t]+[\w$.]{1,200}[ \t]+[\w$<>]{1,100}[ \t]*$/

export const javaLogging: LogFormat = {
  id: 'java-logging',
  title: 'java.util.logging: date and time, class and method, the message on the next line',
  stamp: longDateStamp,
  head: (_before, after) =>
    CLASS_METHOD.test(after) ? { level: null, thread: null, process: null, message: '' } : null,
  isHeadOfNext: true,
  isDigitBlind: true,
  samples: [
    {
      line: 'Jun 04, 2025 2:07:31 PM o.e.Gate run',
      time: '2025-06-04T14:07:31.000000000',
      message: '',
    },
    { line: 'Jun 04, 2025 2:07:31 PM o.e.Gate listen', time: '2025-06-04T14:07:31.000000000', message: '' },
    {
      line: 'Jun 04, 2025 2:07:31\u202fPM o.e.Gate run',
      time: '2025-06-04T14:07:31.000000000',
      message: '',
    },
  ],
}
