import type { EventKind, LogEvent, LogFile } from '../../log/event.ts'
import { EARLY } from '../clocks/anchor.ts'
import type { LogClock } from '../clocks/log-clock.ts'
import type { SocketLife, SocketTable } from '../sockets/socket-life.ts'

/** One log with what was made of it: its sockets replayed and, where it is of the captured run, its clock. */
export interface LoggedProcess {
  /** Indexes of its logs among those given, and the last of them. */
  readonly logs: readonly number[]
  readonly log: number
  /** What its parts are called, by their indexes; empty where it is one log. */
  readonly partNames: ReadonlyMap<number, string>
  /** What it wrote, the parts of a rotated log as one. */
  readonly file: LogFile
  readonly table: SocketTable
  /** Null for a log of another run, or without stamps. */
  readonly clock: LogClock | null
}

/** Why a log may be asked for a kind of line that it lacks. */
export interface Ground {
  /** What the log does that shows that the process writes such lines: `tells of poll results`. */
  readonly text: string
  readonly events: readonly LogEvent[]
  /** It shows lines of the very kind, not only lines of the same sort. */
  readonly sameKind: boolean
  /** Nothing but that it listens, with no word of a socket: each server prints so much, and few of them tell of accepts. */
  readonly isBanner: boolean
}

/** What a process that writes this line would as well write of accept(): it tells of its listening socket's life. */
const SOCKET_LIFE: readonly EventKind[] = ['readable', 'listening', 'socket-created']
/** What programs write of whose code tells of its sockets, though it names none when it listens. */
const OF_SOCKETS: readonly EventKind[] = [
  'bind',
  'accept-failed',
  'not-matched',
  'attach',
  'detach',
  'connection-count',
]
const NAMES: Partial<Record<EventKind, string>> = {
  accept: 'accepted connections',
  recv: 'reads',
  send: 'writes',
  readable: 'poll results',
  'socket-created': 'created sockets',
  listening: 'the start of listening',
  status: 'status changes',
}

/** What listens for Docker writes nothing of the connections that it passes on. */
const TELLS_OF_NONE = 'docker-proxy'

/** The ground on which the absence of a kind of line means something; null where the log might never write it. */
export function couldShow(process: LoggedProcess, kind: EventKind): Ground | null {
  // A read that names no socket may have been anybody's: then nobody's read is missing.
  if (process.table.others.some((event) => event.kind === kind && kind === 'recv')) return null
  const own = process.file.events.find((event) => event.kind === kind)
  if (own) return { text: `shows ${NAMES[kind] ?? kind} elsewhere`, events: [own], sameKind: true, isBanner: false }
  if (kind !== 'accept') return null
  for (const sort of SOCKET_LIFE) {
    const event = process.file.events.find((each) => each.kind === sort && each.pattern !== TELLS_OF_NONE)
    if (!event) continue
    const isBanner = sort === 'listening' && !tellsOfSockets(process)
    return { text: `tells of ${NAMES[sort] ?? sort}`, events: [event], sameKind: false, isBanner }
  }
  // A line that stores a listening socket says by the way that it listens.
  const listening = process.table.listeners[0]?.listening ?? null
  if (listening === null || listening.kind === 'listening') return null
  return { text: `tells of ${NAMES['listening']}`, events: [listening], sameKind: false, isBanner: false }
}

const tellsOfSockets = ({ file, table }: LoggedProcess): boolean =>
  file.kinds.has('socket-created') ||
  OF_SOCKETS.some((kind) => file.kinds.has(kind)) ||
  table.listeners.some(({ handle }) => handle !== null)

/** What was searched when a log lacks a line: all of it, in words. */
export const extentOf = ({ file, logs }: LoggedProcess): string =>
  logs.length === 1 ? `lines 1 to ${file.lines}` : `all ${file.lines} lines of its ${logs.length} parts`

/** A line as it is told of: where a log was cut into parts, with the part that holds it. */
export function lineOf(
  process: Pick<LoggedProcess, 'partNames'>,
  { log, line }: Pick<LogEvent, 'log' | 'line'>,
): string {
  const part = process.partNames.get(log)
  return part === undefined ? `line ${line}` : `line ${line} of ${part}`
}

/** Two lines in words; where both are of one part, it is named once. */
export function linesOf(process: Pick<LoggedProcess, 'partNames'>, a: LogEvent, b: LogEvent): string {
  const isOneFile = a.log === b.log
  return isOneFile
    ? `lines ${a.line} and ${lineOf(process, b).slice('line '.length)}`
    : `${lineOf(process, a)} and ${lineOf(process, b)}`
}

/** covered: the log goes on after that time. silent: its last line is before. outside: it begins after. */
export type Coverage = 'covered' | 'silent' | 'outside'

/** Whether a log could hold a line about `time` (nanoseconds on the run's clock). */
export function coverageAt(process: LoggedProcess, time: number): Coverage {
  if (!process.clock || time < process.clock.from - process.clock.uncertainty) return 'outside'
  return time <= process.clock.to - process.clock.uncertainty ? 'covered' : 'silent'
}

/** How far before its cause a line may seem to be: its clock's uncertainty, and packets that are stamped late. Nanoseconds. */
export const slackOf = ({ clock }: LoggedProcess): number => (clock?.uncertainty ?? 0) + EARLY

/** Run time of a life's line; null without clock or stamp. */
export const timeOf = (process: LoggedProcess, event: LogEvent | null): number | null =>
  event === null || process.clock === null ? null : process.clock.of(event)

/** Sockets that this process listens on, in the order of their lines. */
export const listenersOf = (process: LoggedProcess): readonly SocketLife[] => process.table.listeners

/** What is shown of a line: enough to know it again. */
const QUOTED = 120

/** A line as it is told of, with its words. */
export const quotedLine = (process: Pick<LoggedProcess, 'partNames'>, event: LogEvent): string =>
  `${lineOf(process, event)}: “${event.text.slice(0, QUOTED)}${event.text.length > QUOTED ? '…' : ''}”`

/** Whether the process accepted a connection after it wrote a line. */
export const acceptsAfter = (process: LoggedProcess, line: LogEvent): boolean =>
  process.file.events.some((event) => event.kind === 'accept' && event.order > line.order)
