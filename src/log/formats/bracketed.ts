import { headFrom, headOf, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { dayMonthStamp, monthDayStamp } from '../stamps/named-month-stamps.ts'
import { shortYearStamp } from '../stamps/short-years.ts'
import type { StampReader } from '../stamps/stamp.ts'
import { timeOnlyStamp } from '../stamps/time-stamps.ts'
import {
  LETTER_THREAD,
  LEVEL_ONLY,
  LEVEL_PROCESS,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
  THREAD_ONLY,
} from './heads.ts'

const OPEN = 0x5b
/** Within the bracket stands a level, too, and perhaps a module: Serilog's console, Rust's env_logger. */
const LEVEL_INSIDE = /^[ \t]+(?<level>[A-Z]{1,5})(?:[ \t]+(?<process>[\w:./-]{1,80}))?\][ \t]+(?<message>.*)$/
/** spdlog and Boost.Log: name or thread, level, each in brackets of its own. */
const IN_BRACKETS =
  /^[ \t]+\[(?<process>[^\]]{1,60})\][ \t]+\[(?<level>trace|debug|info|warning|error|critical|fatal)\][ \t]+(?:\[(?:thread )?(?<thread>\w{1,40})\][ \t]+)?(?<message>.*)$/
const inside = headOf(
  LETTER_THREAD,
  LEVEL_THREAD_LOGGER,
  THREAD_LEVEL_LOGGER,
  LEVEL_PROCESS,
  THREAD_ONLY,
  LEVEL_ONLY,
  MESSAGE_ONLY,
)
/** WebSphere: the zone's name within the bracket, then thread, component and level. */
const WEBSPHERE = /^ [A-Z]{3,5}\] [\da-f]{8} /
const withZone = headOf(
  /^ [A-Z]{3,5}\] (?<thread>[\da-f]{8}) (?<process>[\w.]{1,60})[ ]{1,12}(?<level>[A-Z]) {1,4}(?<message>.*)$/,
  /^ [A-Z]{3,5}\] (?<message>.*)$/,
)
const withLevel = headOf(LEVEL_INSIDE)
// Apache: `[ctime] [module:level] [pid N:tid N] [client ADDRESS]`.
const APACHE =
  /^[ \t]+\[(?:\w*:)?(?<level>\w+)\][ \t]+\[pid (?<process>\d+)(?::tid (?<thread>\d+))?\][ \t]+(?<message>.*)$/

const anyStamp: StampReader = (bytes, start, end, stamp) =>
  isoStamp(bytes, start, end, stamp) ||
  timeOnlyStamp(bytes, start, end, stamp) ||
  dayMonthStamp(bytes, start, end, stamp) ||
  monthDayStamp(bytes, start, end, stamp) ||
  shortYearStamp(bytes, start, end, stamp) ||
  // ctime begins with the weekday.
  (bytes[start + 3] === 0x20 && monthDayStamp(bytes, start + 4, end, stamp))

export const bracketed: LogFormat = {
  id: 'bracketed',
  title: 'A stamp in square brackets',
  stamp: (bytes, start, end, stamp) => bytes[start] === OPEN && anyStamp(bytes, start + 1, end, stamp),
  head: (_before, after) => {
    if (after[0] !== ']') return (WEBSPHERE.test(after) ? withZone : withLevel)('', after)
    const rest = after.slice(1)
    const known = (APACHE.exec(rest) ?? IN_BRACKETS.exec(rest))?.groups
    return known === undefined ? inside('', rest) : headFrom(known)
  },
  isDigitBlind: true,
  samples: [
    {
      line: '[2025/06/04 14:07:31.250] Socket 744 created',
      time: '2025-06-04T14:07:31.250000000',
      message: 'Socket 744 created',
    },
    { line: '[14:07:31.250] [warn] slow', time: 'T14:07:31.250000000', level: 'warn', message: 'slow' },
    {
      line: '[Wed Jun 04 14:07:31.250817 2025] [core:error] [pid 512:tid 519] (98)Address already in use',
      time: '2025-06-04T14:07:31.250817000',
      level: 'error',
      process: '512',
      thread: '519',
      message: '(98)Address already in use',
    },
    { line: '[2025-06-04 14:07:31.250 D] ready', time: '2025-06-04T14:07:31.250000000', level: 'D', message: 'ready' },
    { line: '[14:07:31 INF] ready', time: 'T14:07:31.000000000', level: 'INF', message: 'ready' },
    {
      line: '[2025-06-04T14:07:31Z WARN  gate::net] slow',
      time: '2025-06-04T14:07:31.000000000',
      level: 'WARN',
      process: 'gate::net',
      message: 'slow',
    },
    {
      line: '[2025-06-04 14:07:31.250] [gate] [info] [thread 512] ready',
      time: '2025-06-04T14:07:31.250000000',
      level: 'info',
      process: 'gate',
      thread: '512',
      message: 'ready',
    },
    { line: '[04/Jun/2025:14:07:31 +0200] started', time: '2025-06-04T12:07:31.000000000', message: 'started' },
    {
      line: '[6/14/25 14:07:31:250 CET] 00000045 TCPChannel    W   TCPC0004W: slow',
      time: '2025-06-14T14:07:31.250000000',
      thread: '00000045',
      process: 'TCPChannel',
      level: 'W',
      message: 'TCPC0004W: slow',
    },
  ],
}
