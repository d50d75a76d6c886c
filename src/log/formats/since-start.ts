import { headOf, type LogFormat } from '../format.ts'
import { NO_FRACTION, StampDate, type StampReader } from '../stamps/stamp.ts'
import { digitsAt, fractionAt, isDigit, timeOfDayAt } from '../stamps/stamp-parts.ts'
import {
  DEBUG_VIEW,
  HOST_PROCESS,
  LEVEL_ONLY,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
} from './heads.ts'

const OPEN = 0x5b
const CLOSE = 0x5d
const SPACE = 0x20
const TAB = 0x09
const COLON = 0x3a
const COMMA = 0x2c
const MOST_DIGITS = 10
/** The JVM's `[0.123s][info][net] message`. */
const TAGS = /^(?:s?\])(?:\[(?<level>[a-z]{4,7})[ ]{0,4}\])?(?:\[[\w,+ ]{1,60}\])?[ \t]*(?<message>.*)$/

/** `[  512.250817]`, `0.25081734<TAB>[`: seconds. */
const secondsStamp: StampReader = (bytes, start, end, stamp) => {
  const isInBrackets = bytes[start] === OPEN
  let at = isInBrackets ? start + 1 : start
  while (isInBrackets && at < end && bytes[at] === SPACE) at++
  const from = at
  while (at < end && at - from <= MOST_DIGITS && isDigit(bytes[at])) at++
  if (at === from || at - from > MOST_DIGITS || bytes[at] !== 0x2e) return false
  stamp.seconds = digitsAt(bytes, from, end, at - from)
  fractionAt(bytes, at, end, stamp)
  const after = bytes[stamp.end] === 0x73 ? bytes[stamp.end + 1] : bytes[stamp.end]
  if (stamp.digits < 3 || (isInBrackets ? after !== CLOSE : after !== TAB || bytes[stamp.end + 1] !== OPEN))
    return false
  stamp.start = start
  return true
}

/** `[00:08:32.250,817] `: Zephyr's, hours, minutes and seconds since it was switched on, then milli- and microseconds. */
const uptimeStamp: StampReader = (bytes, start, end, stamp) => {
  if (bytes[start] !== OPEN || !timeOfDayAt(bytes, start + 1, end, stamp) || stamp.digits !== 3) return false
  const microseconds = bytes[stamp.end] === COMMA ? digitsAt(bytes, stamp.end + 1, end, 3) : -1
  if (microseconds < 0 || bytes[stamp.end + 4] !== CLOSE) return false
  stamp.nanoseconds += microseconds * 1000
  stamp.digits = 6
  // Its digits stand in two places.
  stamp.fraction = NO_FRACTION
  stamp.start = start
  stamp.end += 4
  return true
}

/**
 * Milliseconds since the program began: `512 [main] INFO …` as log4j's and logback's %r, `512 ms: …`, and ESP-IDF's
 * `I (512) tag: …`.
 */
const millisecondsStamp: StampReader = (bytes, start, end, stamp) => {
  const isInParentheses = bytes[start + 1] === SPACE && bytes[start + 2] === 0x28
  const from = isInParentheses ? start + 3 : start
  let at = from
  while (at < end && at - from <= MOST_DIGITS && isDigit(bytes[at])) at++
  if (at === from || at - from > MOST_DIGITS) return false
  const unit = unitAt(bytes, at)
  if (isInParentheses ? bytes[at] !== 0x29 : unit === at && (bytes[at] !== SPACE || bytes[at + 1] !== OPEN))
    return false
  const milliseconds = digitsAt(bytes, from, end, at - from)
  stamp.seconds = Math.floor(milliseconds / 1000)
  stamp.nanoseconds = (milliseconds % 1000) * 1e6
  stamp.digits = 3
  stamp.start = isInParentheses ? start + 2 : start
  stamp.end = isInParentheses ? at + 1 : unit
  return true
}

/** Where ` ms: ` or `ms ` ends, but for what separates it; `at` where there is none. */
function unitAt(bytes: Uint8Array, at: number): number {
  const from = bytes[at] === SPACE ? at + 1 : at
  const after = bytes[from + 2]
  const isUnit =
    bytes[from] === 0x6d && bytes[from + 1] === 0x73 && (after === SPACE || after === TAB || after === COLON)
  return isUnit ? from + 2 : at
}

/** ESP-IDF's level before the stamp, and what it says behind it of where a line was written. */
const ESP_LEVEL = /(?:^|[ \t:])([EWIDV]) $/
const ESP_TAG = /^[ \t]*(?:[\w.:-]{1,60}: )?/

const zephyr = headOf(/^\] <(?<level>[a-z]{3})> (?:[\w.-]{1,60}: )?(?<message>.*)$/, /^\] (?<message>.*)$/)
const debugView = headOf(DEBUG_VIEW)
const tagged = headOf(TAGS)
const threaded = headOf(THREAD_LEVEL_LOGGER, LEVEL_THREAD_LOGGER)
const usual = headOf(HOST_PROCESS, LEVEL_ONLY, MESSAGE_ONLY)

export const sinceStart: LogFormat = {
  id: 'since-start',
  title: 'Time since a start: of the system (dmesg), of the program (JVM, log4j’s %r), of the capture (DebugView)',
  stamp: (bytes, start, end, stamp) => {
    if (
      !secondsStamp(bytes, start, end, stamp) &&
      !uptimeStamp(bytes, start, end, stamp) &&
      !millisecondsStamp(bytes, start, end, stamp)
    )
      return false
    stamp.date = StampDate.SINCE_START
    stamp.zoned = false
    return true
  },
  head: (before, after) => {
    const level = ESP_LEVEL.exec(before)?.[1]
    if (level !== undefined) return { level, thread: null, process: null, message: after.replace(ESP_TAG, '') }
    if (after[0] === '\t') return debugView('', after)
    if (after.startsWith(' [')) return threaded('', after)
    if (after[0] === ' ' || after[0] === ':') return usual('', after)
    if (after.startsWith('] <')) return zephyr('', after)
    const head = tagged('', after)
    if (head === null || head.level !== null) return head
    return usual('', head.message)
  },
  isDigitBlind: true,
  samples: [
    { line: '[  512.250817] TCP: out of memory', time: 'T00:08:32.250817000', message: 'TCP: out of memory' },
    { line: '[0.250s][info ][gc,init] ready', time: 'T00:00:00.250000000', level: 'info', message: 'ready' },
    {
      line: '31250 [acceptor] WARN  o.e.Gate - slow',
      time: 'T00:00:31.250000000',
      level: 'WARN',
      thread: 'acceptor',
      message: 'o.e.Gate - slow',
    },
    {
      line: 'I (31250) tcp_server: accepted 10.1.2.3:50022',
      time: 'T00:00:31.250000000',
      level: 'I',
      message: 'accepted 10.1.2.3:50022',
    },
    { line: '31250 ms: ready', time: 'T00:00:31.250000000', message: 'ready' },
    {
      line: '[  512.250817] edge3 gated[512]: ready',
      time: 'T00:08:32.250817000',
      process: 'gated',
      thread: '512',
      message: 'ready',
    },
    {
      line: '00000012\t31.25081734\t[512] Socket 744 created',
      time: 'T00:00:31.250817340',
      process: '512',
      message: 'Socket 744 created',
    },
    {
      line: '[00:08:32.250,817] <wrn> net_tcp: slow',
      time: 'T00:08:32.250817000',
      level: 'wrn',
      message: 'slow',
    },
  ],
}
