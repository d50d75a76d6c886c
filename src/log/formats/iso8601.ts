import { headOf, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import {
  HOST_PROCESS,
  LETTER_THREAD,
  LEVEL_ONLY,
  LEVEL_PROCESS,
  MESSAGE_ONLY,
  NGINX,
  POSTGRES,
  PYTHON_DASHES,
  THREAD_ONLY,
} from './heads.ts'

export const iso8601: LogFormat = {
  id: 'iso8601',
  title: 'ISO 8601 date and time, with or without a zone',
  stamp: isoStamp,
  head: headOf(
    LEVEL_PROCESS,
    HOST_PROCESS,
    NGINX,
    POSTGRES,
    PYTHON_DASHES,
    LETTER_THREAD,
    THREAD_ONLY,
    LEVEL_ONLY,
    MESSAGE_ONLY,
  ),
  isDigitBlind: true,
  samples: [
    {
      line: '2025-06-04T14:07:31.250817+02:00 INFO gateway[512:519] ready',
      time: '2025-06-04T12:07:31.250817000',
      level: 'INFO',
      process: 'gateway',
      thread: '519',
      message: 'ready',
    },
    {
      line: '2025-06-04T14:07:31+0200 edge3 gated[512]: ready',
      time: '2025-06-04T12:07:31.000000000',
      process: 'gated',
      thread: '512',
      message: 'ready',
    },
    {
      line: '2025-06-04 14:07:31.250 [0x00007f1a] slow',
      time: '2025-06-04T14:07:31.250000000',
      thread: '0x00007f1a',
      message: 'slow',
    },
    {
      line: '2025-06-04 14:07:31.250 [7] slow',
      time: '2025-06-04T14:07:31.250000000',
      message: '[7] slow',
    },
    { line: '2025-06-04\t14:07:31.250\tslow', time: '2025-06-04T14:07:31.250000000', message: 'slow' },
    { line: '2025-06-04T14:07:31Z started', time: '2025-06-04T14:07:31.000000000', message: 'started' },
    {
      line: '2025/06/04 14:07:31 [crit] 512#519: *7 open() failed',
      time: '2025-06-04T14:07:31.000000000',
      level: 'crit',
      process: '512',
      thread: '519',
      message: '*7 open() failed',
    },
    {
      line: '2025-06-04 14:07:31.250 UTC [512] LOG:  database system is ready',
      time: '2025-06-04T14:07:31.250000000',
      process: '512',
      level: 'LOG',
      message: 'database system is ready',
    },
    {
      line: '2025-06-04 14:07:31,250 - link.worker - WARNING - slow',
      time: '2025-06-04T14:07:31.250000000',
      level: 'WARNING',
      thread: 'link.worker',
      message: 'slow',
    },
    {
      line: '2025-06-04T14:07:31.250Z INFO table[0] = fd 7',
      time: '2025-06-04T14:07:31.250000000',
      level: 'INFO',
      message: 'table[0] = fd 7',
    },
    {
      line: '2025/06/04 14:07:31 http: Server closed',
      time: '2025-06-04T14:07:31.000000000',
      message: 'http: Server closed',
    },
  ],
}
