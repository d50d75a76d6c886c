import { headOf, type LogFormat } from '../format.ts'
import { shortDateStamp } from '../stamps/short-years.ts'
import { compactStamp, solidStamp } from '../stamps/solid-stamps.ts'
import {
  LETTER_THREAD,
  LEVEL_ONLY,
  LEVEL_PROCESS,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
  THREAD_ONLY,
} from './heads.ts'

export const compact: LogFormat = {
  id: 'compact',
  title:
    'Date without separators: 20250604 14:07:31.250, 20250604-140731.250, 20250604T140731Z, 20250604140731250, 250604 14:07:31',
  stamp: (bytes, start, end, stamp) =>
    compactStamp(bytes, start, end, stamp) ||
    solidStamp(bytes, start, end, stamp) ||
    shortDateStamp(bytes, start, end, stamp),
  head: headOf(
    LETTER_THREAD,
    LEVEL_THREAD_LOGGER,
    THREAD_LEVEL_LOGGER,
    LEVEL_PROCESS,
    THREAD_ONLY,
    LEVEL_ONLY,
    MESSAGE_ONLY,
  ),
  isDigitBlind: true,
  samples: [
    {
      line: '20250604-140731.250 WARN slow',
      time: '2025-06-04T14:07:31.250000000',
      level: 'WARN',
      message: 'slow',
    },
    { line: '20250604T140731Z ready', time: '2025-06-04T14:07:31.000000000', message: 'ready' },
    { line: '20250604 14:07:31,250 ready', time: '2025-06-04T14:07:31.250000000', message: 'ready' },
    { line: '20250604140731250|INFO|ready', time: '2025-06-04T14:07:31.250000000', level: 'INFO', message: 'ready' },
    { line: '20250604140731 ready', time: '2025-06-04T14:07:31.000000000', message: 'ready' },
    {
      line: '250604  4:07:31 [Note] ready',
      time: '2025-06-04T04:07:31.000000000',
      message: '[Note] ready',
    },
  ],
}
