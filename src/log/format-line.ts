import { afterColours, withoutColours } from './colours.ts'
import { headOfFields } from './fields.ts'
import type { Encoding, Head, LogFormat } from './format.ts'
import { objectOf } from './json-object.ts'
import { NO_FRACTION, type Stamp } from './stamps/stamp.ts'
import { isDigit } from './stamps/stamp-parts.ts'

const SPACE = 0x20
const TAB = 0x09
const COLON = 0x3a
const ESCAPE = 0x1b

/** Reads the stamp of a line in `format`, after colours, or an editor's or grep's line number, where they stand before it. */
export function readStamp(format: LogFormat, bytes: Uint8Array, start: number, end: number, stamp: Stamp): boolean {
  stamp.fraction = NO_FRACTION
  if (format.stamp(bytes, start, end, stamp)) return true
  const at = bytes[start] === ESCAPE ? afterColours(bytes, start, end) : afterLineNumber(bytes, start, end)
  return at !== start && format.stamp(bytes, at, end, stamp)
}

/** Where the text after `Line 12: `, `12:`, `12: ` or `    12<TAB>` begins; `start` without such a prefix. */
export function afterLineNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  if (bytes[at] === 0x4c && bytes[at + 1] === 0x69 && bytes[at + 2] === 0x6e && bytes[at + 3] === 0x65) at += 4
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++
  const digits = at
  while (at < end && at - digits < 12 && isDigit(bytes[at])) at++
  if (at === digits) return at > start && bytes[start] !== 0x4c ? at : start
  const numbered = bytes[at] === COLON || bytes[at] === TAB
  if (bytes[at] === COLON) at++
  if (!numbered && bytes[at] !== SPACE) return start
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++
  return at
}

/** Takes the decoded line `[start, end)` apart around the stamp that was read from it; null where it is of another format. */
export function readHead(
  format: LogFormat,
  bytes: Buffer,
  start: number,
  end: number,
  stamp: Stamp,
  encoding: Encoding = 'utf8',
): Head | null {
  if (format.whole !== undefined) return format.whole(withoutColours(bytes.toString(encoding, start, end)))
  const before = stamp.start === start ? '' : withoutColours(bytes.toString(encoding, start, stamp.start))
  const head = format.head(before, withoutColours(bytes.toString(encoding, stamp.end, end)))
  return head?.message.startsWith(OBJECT) === true ? withFields(head) : head
}

/** How an object begins that a program wrote as its message. */
export const OBJECT = '{"'

/** A program's own object behind what another one put before it, such as syslog, which knows whose it is. */
function withFields(head: Head): Head {
  const fields = objectOf(head.message)
  if (fields === null) return head
  const { level, thread, process, message } = headOfFields(fields)
  return {
    level: level ?? head.level,
    thread: thread ?? head.thread,
    process: head.process ?? process,
    message,
  }
}

/** A line's head; where no format reads it, or not this one, all of it is the message. */
export function headOfLine(
  format: LogFormat | null,
  bytes: Buffer,
  start: number,
  end: number,
  stamp: Stamp,
  encoding: Encoding,
): Head {
  const head = format === null ? null : readHead(format, bytes, start, end, stamp, encoding)
  return (
    head ?? { level: null, thread: null, process: null, message: withoutColours(bytes.toString(encoding, start, end)) }
  )
}
