import { numbered } from './numbered-pattern.ts'
import type { StampReader } from './stamps/stamp.ts'

/** How a line's bytes are read: those that are not UTF-8 as Latin-1, and those of ASCII, because it is quicker. */
export type Encoding = 'utf8' | 'latin1'

/** What stands around a line's message. Absent parts are null. */
export interface Head {
  readonly level: string | null
  readonly thread: string | null
  readonly process: string | null
  /** The line's own words, which event patterns read. */
  readonly message: string
}

/** A sample line of a format and what it must be read as: the format's test. */
export interface FormatSample {
  readonly line: string
  /** RFC 3339 in UTC with nanoseconds; `T03:22:08.906250000` without a date; `-11-23T…` without a year. */
  readonly time: string
  readonly level?: string
  readonly thread?: string
  readonly process?: string
  readonly message: string
}

/** One way to write log lines. Found by content; the most specific comes first in the registry. */
export interface LogFormat {
  readonly id: string
  readonly title: string
  /** Reads the stamp of a line from its bytes; runs on every line, so it allocates nothing, and stops at a line's end. */
  readonly stamp: StampReader
  /**
   * Takes a line apart, or null where it is not of this format. `before` and `after` are the text on either side of the
   * stamp; patterns in it have anchors and no nested quantifiers.
   */
  readonly head: (before: string, after: string) => Head | null
  /** True where `head` parts two lines at the same places if they differ in digits only, and not in one before an `x`. */
  readonly isDigitBlind?: boolean
  /** True where the message may be read from an object or from pairs: there digits of keys and numbers may part it otherwise. */
  readonly holdsObjects?: boolean
  /** Takes the whole line apart instead, where its stamp may stand anywhere in it. */
  readonly whole?: (line: string) => Head | null
  /** True where a line of it only begins an event, and its words are the next line, without a stamp. */
  readonly isHeadOfNext?: boolean
  /** True where an event goes on after it in lines without a stamp, up to an empty one. */
  readonly isHeadOfBlock?: boolean
  /** True where a stamp says when a call began, which may then have waited: it ended by the next line of its thread. */
  readonly stampsBegin?: boolean
  /** True where a line's words do not stand in its bytes as they are: no keyword is found in it, and its digits are words. */
  readonly hidesWords?: (bytes: Buffer, start: number, end: number) => boolean
  readonly samples: readonly FormatSample[]
}

/** A head function from regular expressions for the text after the stamp, with the groups level, thread, process, message. */
export function headOf(...patterns: readonly RegExp[]): LogFormat['head'] {
  const readers = patterns.map(headReader)
  return (_before, after) => {
    for (const read of readers) {
      const head = read(after)
      if (head !== null) return head
    }
    return null
  }
}

function headReader(named: RegExp): (text: string) => Head | null {
  const { pattern, numberOf } = numbered(named)
  const [level, thread, process, message] = ['level', 'thread', 'process', 'message'].map(numberOf) as [
    number,
    number,
    number,
    number,
  ]
  return (text) => {
    const match = pattern.exec(text)
    if (match === null) return null
    return {
      level: level < 0 ? null : (match[level] ?? null),
      thread: thread < 0 ? null : (match[thread] ?? null),
      process: process < 0 ? null : (match[process] ?? null),
      message: message < 0 ? '' : (match[message] ?? ''),
    }
  }
}

/** A head from the named groups of a match. */
export function headFrom(groups: Readonly<Record<string, string | undefined>>): Head {
  return {
    level: groups['level'] ?? null,
    thread: groups['thread'] ?? null,
    process: groups['process'] ?? null,
    message: groups['message'] ?? '',
  }
}
