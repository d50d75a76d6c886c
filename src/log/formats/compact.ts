import { headOf, type LogFormat } from '../format.ts'
import { compactStamp } from '../stamps/stamp-readers.ts'
import {
  LETTER_THREAD,
  LEVEL_ONLY,
  LEVEL_PROCESS,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
} from './heads.ts'

export const compact: LogFormat = {
  id: 'compact',
  title: 'Date without separators: 20250604 14:07:31.250, 20250604-140731.250, 20250604T140731Z',
  stamp: compactStamp,
  head: headOf(LETTER_THREAD, LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER, LEVEL_PROCESS, LEVEL_ONLY, MESSAGE_ONLY),
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
  ],
}
