import { basename } from 'node:path'
import { greatest, least } from '../extremes.ts'
import { Failure } from '../failure.ts'
import { calendarDay } from '../text/calendar-day.ts'
import { parseDuration } from '../text/parse-duration.ts'
import { visible } from '../text/visible.ts'
import type { TimelineEntry } from './entry.ts'

/** What to show of a timeline. */
export interface RangeRequest {
  readonly since: Moment | null
  readonly until: Moment | null
  readonly around: Place | null
  /** Nanoseconds on either side of `around`. */
  readonly within: number
}

/** A point in time as a user wrote it, after what it counts from. `midnight`: of the capture's first day, in UTC. */
export interface Moment {
  readonly from: 'first-packet' | 'midnight' | 'unix-epoch'
  /** Apart, because nanoseconds since 1970 are no exact number. */
  readonly seconds: number
  readonly nanoseconds: number
}

/** A frame by its number, or a line of a log. */
export interface Place {
  /** As the log was named, or by its file name; null for a frame. */
  readonly log: string | null
  readonly number: number
}

/** A stretch of time, in nanoseconds since the run's epoch. */
export interface Extent {
  readonly from: number
  readonly to: number
}

/** What the range's times are understood against. */
export interface Axis {
  readonly epochSeconds: number
  /** First packet, in nanoseconds since the epoch. */
  readonly from: number
  readonly logPaths: readonly string[]
  /** When a frame was captured; null where there is none of that number. */
  readonly timeOfFrame: (number: number) => number | null
  /** When a line of a log was written, by the capture's clock; null where that is not known. */
  readonly timeOfLine: (log: number, line: number) => number | null
}

/** When the first of the entries begins and the last one ends; null where none has a time. */
export function extentOf(entries: readonly TimelineEntry[]): Extent | null {
  const times = entries.flatMap(({ time, until }) => (time === null ? [] : [time, until ?? time]))
  return times.length === 0 ? null : { from: least(times), to: greatest(times) }
}

/** The entries that fall into a range. Throws a Failure where nothing can lie in it, or where it names nothing. */
export function inRange(entries: readonly TimelineEntry[], request: RangeRequest, axis: Axis): TimelineEntry[] {
  const since = request.since === null ? Number.NEGATIVE_INFINITY : timeOf(request.since, axis)
  const until = request.until === null ? Number.POSITIVE_INFINITY : timeOf(request.until, axis)
  if (since > until)
    throw new Failure('--since names a time after that of --until', 'nothing can lie between them: exchange the two')
  const middle = request.around === null ? null : timeAt(request.around, axis)
  const from = middle === null ? since : Math.max(since, middle - request.within)
  const to = middle === null ? until : Math.min(until, middle + request.within)
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return [...entries]
  return entries.filter(
    ({ time, until: end, uncertainty }) => time !== null && time <= to && (end ?? time) + uncertainty >= from,
  )
}

/** Reads `2026-11-23T03:53:41Z`, `03:53:41.5`, or `+2.5s`. Throws a Failure where it is none of them. */
export function parseMoment(text: string): Moment {
  if (/^[+-]/.test(text)) {
    const after = parseDuration(text)
    if (after !== null) return { from: 'first-packet', seconds: 0, nanoseconds: after }
  }
  const clock = /^\d{1,2}:\d\d:\d\d(?:\.\d+)?$/.test(text) ? parseDuration(text.padStart(8, '0')) : null
  if (clock !== null) return { from: 'midnight', seconds: 0, nanoseconds: clock }
  const seconds = secondsOfDate(text.replace(FRACTION, ''))
  const fraction = Number(`0${FRACTION.exec(text)?.[0] ?? ''}`)
  if (!Number.isNaN(seconds)) return { from: 'unix-epoch', seconds, nanoseconds: Math.round(fraction * 1e9) }
  throw new Failure(
    `${visible(text)} is not a time`,
    'give one as 2026-11-23T03:53:41Z, 03:53:41.5 (UTC) or +2.5s after the first packet',
  )
}

// A Date would drop what is less than a millisecond: the end of what packets show.
const FRACTION = /(?<=:\d\d)\.\d{1,9}/

/** Seconds since 1970 of a date with or without a time of day, in UTC where no zone is told; NaN where it is none. */
function secondsOfDate(text: string): number {
  if (calendarDay(text.slice(0, '2026-11-23'.length)) === null) return Number.NaN
  return Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`) / 1000
}

/** Reads `38` or `network.log:21`. Throws a Failure where it is neither. */
export function parsePlace(text: string): Place {
  const [, log, number] = /^(?:(.+):)?(\d{1,15})$/.exec(text) ?? []
  if (number !== undefined) return { log: log ?? null, number: Number(number) }
  throw new Failure(`${visible(text)} is not a place in a timeline`, WHERE)
}

const WHERE = 'give a frame or the line of a log event: 38 or network.log:21'

/** Nanoseconds since the run's epoch. */
function timeOf({ from, seconds, nanoseconds }: Moment, axis: Axis): number {
  if (from === 'first-packet') return axis.from + nanoseconds
  const midnight = Math.floor((axis.epochSeconds + axis.from / 1e9) / 86_400) * 86_400
  return ((from === 'midnight' ? midnight : seconds) - axis.epochSeconds) * 1e9 + nanoseconds
}

function timeAt({ log, number }: Place, axis: Axis): number {
  if (log === null) {
    const time = axis.timeOfFrame(number)
    if (time !== null) return time
    throw new Failure(`there is no frame ${number}`, 'give the number of a frame that the captures hold')
  }
  for (const index of logNamed(log, axis)) {
    const time = axis.timeOfLine(index, number)
    if (time !== null) return time
  }
  throw new Failure(
    `no event on the capture’s clock is in line ${number} of ${visible(log)}`,
    'give a line that tells of an event: noaccept logs --format ndjson lists them',
  )
}

/** Indexes of the logs of a name. */
function logNamed(name: string, { logPaths }: Axis): number[] {
  const named = logPaths.flatMap((path, index) => (path === name || basename(path) === name ? [index] : []))
  if (named.length > 0) return named
  throw new Failure(
    `--around names ${visible(name)}, which is none of the logs`,
    'name a log as it was given, or by its file name',
  )
}
