import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import { type Head, headFrom, type LogFormat } from '../format.ts'
import { epochStamp } from '../stamps/epoch-stamps.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { dayMonthStamp, longDateStamp, monthDayStamp } from '../stamps/named-month-stamps.ts'
import { numericDateStamp } from '../stamps/numeric-stamps.ts'
import { glogStamp } from '../stamps/solid-stamps.ts'
import { Stamp, type StampReader } from '../stamps/stamp.ts'
import { timeOnlyStamp } from '../stamps/time-stamps.ts'
import type { LinearPattern } from './linear-pattern.ts'

/** How a user's format may write its time. */
export const STAMP_READERS: Readonly<Record<string, StampReader>> = {
  iso8601: isoStamp,
  epoch: epochStamp,
  'time-only': timeOnlyStamp,
  'day-month': dayMonthStamp,
  'numeric-date': numericDateStamp,
  'long-date': longDateStamp,
  'month-day': monthDayStamp,
  glog: glogStamp,
}
const ANY: StampReader = (bytes, start, end, stamp) =>
  Object.values(STAMP_READERS).some((reader) => reader(bytes, start, end, stamp))

/** A format as a user wrote it, whichever file it came from. */
export interface UserFormat {
  readonly id: string
  readonly title: string
  /** Alternatives, each with the group `time` and perhaps level, thread, process, message. */
  readonly lines: readonly LinearPattern[]
  /** A key of {@link STAMP_READERS}; null to find out. */
  readonly time: string | null
  readonly samples: readonly UserSample[]
  /** Where it stands, for complaints. */
  readonly where: string
}

export interface UserSample {
  readonly line: string
  readonly level?: string | undefined
  readonly thread?: string | undefined
  readonly process?: string | undefined
  readonly message?: string | undefined
  readonly where: string
}

/** Makes a format of a user's description, and checks it against its own samples. */
export function userFormat(user: UserFormat): LogFormat {
  const reader = user.time === null ? ANY : STAMP_READERS[user.time]!
  const format: LogFormat = {
    id: user.id,
    title: user.title,
    stamp: stampWithin(user.lines, reader),
    head: () => null,
    whole: (line) => headOf(user.lines, line),
    isDigitBlind: user.lines.every(({ isDigitBlind }) => isDigitBlind),
    samples: [],
  }
  for (const sample of user.samples) check(format, sample)
  return format
}

/** Looks for the stamp where the last line had it, and searches the line only where it is not there. */
function stampWithin(lines: readonly LinearPattern[], reader: StampReader): StampReader {
  let offset = 0
  return (bytes, start, end, stamp) => {
    if (reader(bytes, start + offset, end, stamp)) return true
    const line = lineAt(bytes, start, end)
    for (const pattern of lines) {
      const at = pattern.startOf(line, 'time')
      if (at < 0) continue
      offset = Buffer.byteLength(line.slice(0, at))
      return reader(bytes, start + offset, end, stamp)
    }
    return false
  }
}

function lineAt(bytes: Uint8Array, start: number, end: number): string {
  let to = start
  while (to < end && bytes[to] !== 0x0a && bytes[to] !== 0x0d) to++
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, to - start).toString('utf8')
}

function headOf(lines: readonly LinearPattern[], line: string): Head | null {
  for (const pattern of lines) {
    const groups = pattern.exec(line)?.groups
    if (groups !== undefined) return headFrom(groups)
  }
  return null
}

function check(format: LogFormat, sample: UserSample): void {
  const bytes = Buffer.from(sample.line)
  const shown = `${sample.where}: the sample "${visible(sample.line)}"`
  const head = format.whole!(sample.line)
  if (head === null) throw new Failure(`${shown} does not fit the line pattern of format ${visible(format.id)}`)
  if (!format.stamp(bytes, 0, bytes.length, new Stamp()))
    throw new Failure(
      `${shown} has no time that can be read where the group "time" is`,
      `times are read as ${Object.keys(STAMP_READERS).join(', ')}`,
    )
  for (const part of ['level', 'thread', 'process', 'message'] as const) {
    const expected = sample[part]
    if (expected !== undefined && head[part] !== expected)
      throw new Failure(`${shown} gives the ${part} "${visible(String(head[part]))}", not "${visible(expected)}"`)
  }
}
