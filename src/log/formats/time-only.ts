import { headOf, type LogFormat } from '../format.ts'
import { dayTimeStamp } from '../stamps/time-stamps.ts'
import {
  DEBUG_VIEW,
  LETTER_THREAD,
  LEVEL_ONLY,
  LEVEL_PROCESS,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
  THREAD_ONLY,
} from './heads.ts'

export const timeOnly: LogFormat = {
  id: 'time-only',
  title: 'Time of day, perhaps level and thread',
  stamp: dayTimeStamp,
  head: headOf(
    DEBUG_VIEW,
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
      line: '00000012\t2:07:31 PM\t[512] Socket 744 created',
      time: 'T14:07:31.000000000',
      process: '512',
      message: 'Socket 744 created',
    },
    { line: '14:07:31:250 ready', time: 'T14:07:31.250000000', message: 'ready' },
    { line: '88:14:07:31 ready', time: 'T14:07:31.000000000', message: 'ready' },
    { line: '02:07:31 PM ready', time: 'T14:07:31.000000000', message: 'ready' },
    { line: '14:07:31 AM4 ready', time: 'T14:07:31.000000000', message: 'AM4 ready' },
    { line: '2:07:31.250 PM ready', time: 'T14:07:31.250000000', message: 'ready' },
    { line: '14:07:31.250000 Socket 744 created', time: 'T14:07:31.250000000', message: 'Socket 744 created' },
    {
      line: '14:07:31.250000 W 00070412> Listening on Socket 744',
      time: 'T14:07:31.250000000',
      level: 'W',
      thread: '00070412',
      message: 'Listening on Socket 744',
    },
    {
      line: 'Line 88: 14:07:31.250000 W ...> uplink - IDLE CLOSE (3)',
      time: 'T14:07:31.250000000',
      level: 'W',
      thread: '...',
      message: 'uplink - IDLE CLOSE (3)',
    },
    {
      line: '14:07:31.250 [http-1] INFO  o.e.Server - started',
      time: 'T14:07:31.250000000',
      level: 'INFO',
      thread: 'http-1',
      message: 'o.e.Server - started',
    },
    { line: '14:07:31 ERROR out of memory', time: 'T14:07:31.000000000', level: 'ERROR', message: 'out of memory' },
  ],
}
