/** What a log line says happened, in the words of the socket interface. */
export const EVENT_KINDS = [
  'socket-created',
  'bind',
  'bind-failed',
  'listening',
  'accept',
  'accept-failed',
  'readable',
  'not-matched',
  'attach',
  'detach',
  'recv',
  'send',
  'connect',
  'connected',
  'connect-failed',
  'idle-close',
  'peer-close',
  'close',
  'error',
  'status',
  'no-answer',
  'process-start',
  'process-end',
  'connection-count',
  'queue-length',
  'connection-listed',
  'log-level',
  'lines-dropped',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/**
 * One line of a log that an event pattern understood. Absent facts are null.
 *
 * "Peer" is always the other end as the writing process sees it: the client of an accept, the server of a connect.
 * A `connect`, `connected` or `connect-failed` therefore has its target in `peerAddress` and `peerPort`;
 * `listening`, `bind` and `bind-failed` have theirs in `address` and `port`.
 */
export interface LogEvent {
  readonly kind: EventKind
  /** Id of the event pattern that understood the line, such as `socket-created`. */
  readonly pattern: string
  /** Index of its log among those given. */
  readonly log: number
  /** From 1, as an editor counts. */
  readonly line: number
  /** Its place in what its process wrote: the line, after the lines of earlier parts where the log was cut into several. */
  readonly order: number
  /**
   * In the log's own clock, nanoseconds: where the stamp has a date, counted from `LogFile.base`, because those since 1970 do
   * not fit into a float64; where it has none, since midnight; null without a stamp.
   */
  readonly time: number | null
  /** As printed: `00161788`, `main`, a pid. */
  readonly thread: string | null
  readonly level: string | null
  readonly process: string | null
  /** Socket handle or descriptor, as printed. Of an accept: the new connection's. */
  readonly handle: string | null
  /** Handle of the listening socket, where an accept names it too. */
  readonly listener: string | null
  /** All handles of a readable list. */
  readonly handles: readonly string[]
  readonly slot: number | null
  /** The name that the line gives to a link or a client. */
  readonly name: string | null
  readonly address: string | null
  readonly port: number | null
  readonly peerAddress: string | null
  readonly peerPort: number | null
  readonly bytes: number | null
  /** As printed: of Linux (98), of Windows sockets (10048) … `errorName` is the same on all. */
  readonly errno: number | null
  /** Symbolic name of the error, from its number, name or wording: `EADDRINUSE`, `EMFILE`, `ECONNRESET` … */
  readonly errorName: string | null
  /** The value of a status line, the reason of a close, the socket that a store replaced, the number in an idle close's brackets, a logger's level, a queue's length, who a listing says a connection belongs to: as printed. */
  readonly value: string | null
  /** The line without its stamp, at most 500 characters. */
  readonly text: string
}

/** A time in which a log has no line. Times as `LogEvent.time`. */
export interface Silence {
  readonly from: number
  readonly to: number
  /** The last line before it, and the log that holds it. */
  readonly line: number
  readonly log: number
}

/** How a log's stamps relate to a calendar. */
export interface LogFile {
  readonly path: string
  /** Id of its format, such as `time-only` or `iso8601`; `none` where no line has a time. */
  readonly format: string
  /** All formats found in it, the most frequent in its first lines first, with the lines that each read. */
  readonly formats: readonly { readonly id: string; readonly lines: number }[]
  /**
   * What `LogEvent.time` counts from: Unix seconds where stamps are dated (`dated`), else 0 for midnight of an unknown day, or for the start that stamps count from.
   */
  readonly base: number
  /** The same if the day comes first in its dates, where these may be read either way (`05/11/2026`); else null. */
  readonly otherBase: number | null
  readonly dated: boolean
  /**
   * True where the stamps name month and day but no year (syslog, glog): `base` is then in the year given to the reader,
   * else in 2000 (a leap year); `baseInYear` moves it.
   */
  readonly yearless: boolean
  /** True where stamps count from a start (of the system, of the program) that no line dates: no zone puts them on a clock. */
  readonly sinceStart: boolean
  /** True where stamps carry a zone or are Unix time, so that they need no assumption. */
  readonly zoned: boolean
  /** Smallest step that the stamps show, in nanoseconds: the uncertainty of each. 0 without stamps. */
  readonly tick: number
  readonly lines: number
  /** Lines of this log that carried a stamp. */
  readonly stamped: number
  /** Lines that no event pattern understood. */
  readonly unparsed: number
  readonly firstTime: number | null
  readonly lastTime: number | null
  /** The longest times without any line, longest first, at most 16: where the process may have stood still. */
  readonly silences: readonly Silence[]
  readonly warnings: readonly string[]
  readonly complete: boolean
  /** How many events of each kind it holds: what it could have shown. */
  readonly kinds: ReadonlyMap<EventKind, number>
  readonly events: readonly LogEvent[]
  /** Its place among the files of one process's log that was cut into several; null where it stands alone. */
  readonly rotation: Rotation | null
  /** What the lines look like that no pattern understood, the most frequent first; empty unless asked for. */
  readonly shapes: readonly LineShape[]
}

/** One process's log in several files: handles, threads and time go on from one part to the next. */
export interface Rotation {
  /** The name that the parts share. */
  readonly stem: string
  /** From 0, the oldest. */
  readonly part: number
  readonly parts: number
}

/** Lines that differ in numbers, addresses and quoted words only. */
export interface LineShape {
  readonly shape: string
  /** Lines of this shape; an estimate in a long log. */
  readonly count: number
  /** The first of them. */
  readonly line: number
}
