import { headFrom, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'

const BEFORE = /^(?:Line \d+: )?[A-Z], \[$/
const AFTER = /^ #(?<thread>\d+)\][ \t]+(?<level>[A-Z]{3,7}) -- (?<process>[^:]{0,80}): ?(?<message>.*)$/
const COMMA = 0x2c
const OPEN = 0x5b

export const ruby: LogFormat = {
  id: 'ruby',
  title: 'Ruby: level letter, [time #process], level -- program: message',
  stamp: (bytes, start, end, stamp) =>
    bytes[start + 1] === COMMA && bytes[start + 3] === OPEN && isoStamp(bytes, start + 4, end, stamp),
  head: (before, after) => {
    const groups = BEFORE.test(before) ? AFTER.exec(after)?.groups : undefined
    return groups === undefined ? null : headFrom({ ...groups, process: groups['process'] || undefined })
  },
  isDigitBlind: true,
  samples: [
    {
      line: 'I, [2025-06-04T14:07:31.250817 #512]  INFO -- : listening fd=9',
      time: '2025-06-04T14:07:31.250817000',
      level: 'INFO',
      thread: '512',
      message: 'listening fd=9',
    },
    {
      line: 'E, [2025-06-04T14:07:31.250817 #512] ERROR -- gated: bind failed',
      time: '2025-06-04T14:07:31.250817000',
      level: 'ERROR',
      thread: '512',
      process: 'gated',
      message: 'bind failed',
    },
  ],
}
