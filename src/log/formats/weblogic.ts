import type { LogFormat } from '../format.ts'
import { epochStamp } from '../stamps/epoch-stamps.ts'
import { longDateStamp } from '../stamps/named-month-stamps.ts'
import { isDigit, zoneAt } from '../stamps/stamp-parts.ts'

const OPEN = 0x3c
const CLOSE = 0x3e
const HASH = 0x23
/** Bytes of the fields before the one that tells Unix time. */
const REACH = 400
const EPOCH_DIGITS = 13
/** Fields in angle brackets; what stands in the last of them may hold brackets, too. */
const CONSOLE = /^[^<>]{0,12}> <(?<level>[\w-]{1,20})> (?:<[^<>]{0,80}> )?(?:<BEA-\d{6}> )?<(?<message>.*)> ?$/
const FILE = /^> (?:<[^<>]{0,120}> )?<BEA-\d{6}> (?:<[^<>]{0,80}> )?<(?<message>.*)> ?$/
const SEVERITY = /^#{4}<[^<>]{1,60}> <(?<level>[\w-]{1,20})> /

export const weblogic: LogFormat = {
  id: 'weblogic',
  title: 'WebLogic Server: date, severity, subsystem … in angle brackets',
  stamp: (bytes, start, end, stamp) => {
    if (bytes[start] === HASH) {
      const at = epochFieldAt(bytes, start, end)
      return at > 0 && epochStamp(bytes, at, end, stamp)
    }
    if (bytes[start] !== OPEN || !longDateStamp(bytes, start + 1, end, stamp)) return false
    zoneAt(bytes, end, stamp)
    return true
  },
  head: (before, after) => {
    const isFile = before[0] === '#'
    const match = (isFile ? FILE : CONSOLE).exec(after)?.groups
    if (match === undefined) return null
    const level = isFile ? SEVERITY.exec(before)?.groups?.['level'] : match['level']
    return { level: level ?? null, thread: null, process: null, message: match['message']! }
  },
  isDigitBlind: true,
  samples: [
    {
      line: '####<Jun 4, 2025 2:07:31 PM UTC> <Notice> <Server> <edge3> <gate> <main> <<WLS Kernel>> <> <> <1749046051250> <BEA-002613> <Channel "Default" is now listening on 10.1.2.9:7001 for protocols t3, http.> ',
      time: '2025-06-04T14:07:31.250000000',
      level: 'Notice',
      message: 'Channel "Default" is now listening on 10.1.2.9:7001 for protocols t3, http.',
    },
    {
      line: '<Jun 4, 2025 2:07:31 PM UTC> <Warning> <Server> <BEA-002621> <slow>',
      time: '2025-06-04T14:07:31.000000000',
      level: 'Warning',
      message: 'slow',
    },
  ],
}

/** Where the digits of `<1749046051250>` begin; 0 where there is no such field. */
function epochFieldAt(bytes: Uint8Array, start: number, end: number): number {
  const reach = Math.min(end - EPOCH_DIGITS - 1, start + REACH)
  for (let at = start; at < reach; at++)
    if (bytes[at] === OPEN && isDigit(bytes[at + 1]) && bytes[at + 1 + EPOCH_DIGITS] === CLOSE) return at + 1
  return 0
}
