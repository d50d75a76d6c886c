import { headOf, type LogFormat } from '../format.ts'
import { epochStamp } from '../stamps/epoch-stamps.ts'
import { LEVEL_ONLY, LEVEL_PROCESS, LEVEL_THREAD_LOGGER, MESSAGE_ONLY, THREAD_LEVEL_LOGGER } from './heads.ts'

const OPEN = 0x5b
const inside = headOf(LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER, LEVEL_PROCESS, LEVEL_ONLY, MESSAGE_ONLY)

export const epoch: LogFormat = {
  id: 'epoch',
  title: 'Unix time in seconds, milliseconds, microseconds or nanoseconds',
  stamp: (bytes, start, end, stamp) => epochStamp(bytes, bytes[start] === OPEN ? start + 1 : start, end, stamp),
  head: inside,
  isDigitBlind: true,
  samples: [
    { line: '1749046051.250817 listening fd=9', time: '2025-06-04T14:07:31.250817000', message: 'listening fd=9' },
    { line: '1749046051250 INFO ready', time: '2025-06-04T14:07:31.250000000', level: 'INFO', message: 'ready' },
    { line: '[1749046051250817123] ready', time: '2025-06-04T14:07:31.250817123', message: 'ready' },
  ],
}
