import { basename } from 'node:path'
import { Failure } from '../failure.ts'
import { parseDuration } from '../text/parse-duration.ts'
import { visible } from '../text/visible.ts'
import type { TimelineEntry } from './entry.ts'

/** What to show of a timeline; times as the user wrote them. */
export interface RangeRequest {
  readonly since: string | null
  readonly until: string | null
  /** A frame's number, or `LOG:LINE`. */
  readonly around: string | null
  /** Nanoseconds on either side of `around`. */
  readonly within: number
}

/** What the range's times are understood against. */
export interface Axis {
  readonly epochSeconds: number
  /** First packet, in nanoseconds since the epoch. */
  readonly from: number
  readonly logPaths: readonly string[]
}

/** The entries that fall into a range. Throws a Failure where it cannot be understood or names nothing. */
export function inRange(entries: readonly TimelineEntry[], request: RangeRequest, axis: Axis): TimelineEntry[] {
  const since = request.since === null ? Number.NEGATIVE_INFINITY : timeFrom(request.since, axis)
  const until = request.until === null ? Number.POSITIVE_INFINITY : timeFrom(request.until, axis)
  if (since > until)
    throw new Failure('--since names a time after that of --until', 'nothing can lie between them: exchange the two')
  const middle = request.around === null ? null : aroundTime(entries, request.around, axis)
  const from = middle === null ? since : Math.max(since, middle - request.within)
  const to = middle === null ? until : Math.min(until, middle + request.within)
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return [...entries]
  return entries.filter(
    ({ time, until: end, uncertainty }) => time !== null && time <= to && (end ?? time) + uncertainty >= from,
  )
}

/** `2026-11-23T03:53:41Z`, `03:53:41.5` (UTC, on the capture's first day), or `+2.5s` after the first packet. */
function timeFrom(text: string, axis: Axis): number {
  if (/^[+-]/.test(text)) {
    const after = parseDuration(text)
    if (after !== null) return axis.from + after
  }
  const clock = /^\d{1,2}:\d\d:\d\d(?:\.\d+)?$/.test(text) ? parseDuration(text.padStart(8, '0')) : null
  if (clock !== null) {
    const day = Math.floor((axis.epochSeconds + axis.from / 1e9) / 86_400) * 86_400
    return (day - axis.epochSeconds) * 1e9 + clock
  }
  const unix = /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
    : Number.NaN
  if (!Number.isNaN(unix)) return (unix / 1000 - axis.epochSeconds) * 1e9
  throw new Failure(
    `${visible(text)} is no time`,
    'give one as 2026-11-23T03:53:41Z, 03:53:41.5 (UTC) or +2.5s after the first packet',
  )
}

function aroundTime(entries: readonly TimelineEntry[], around: string, axis: Axis): number {
  const line = /^(?:(?<log>.+):)?(?<number>\d+)$/.exec(around)?.groups
  const number = Number(line?.['number'])
  const log = line?.['log']
  const named = axis.logPaths.flatMap((path, index) => (path === log || basename(path) === log ? [index] : []))
  const found = entries.find((each) =>
    log === undefined
      ? each.source === 'packet' &&
        each.frame !== null &&
        each.frame <= number &&
        (each.lastFrame ?? each.frame) >= number
      : each.source === 'log' && named.includes(each.log ?? -1) && each.line === number,
  )
  if (found && found.time !== null) return found.time
  throw new Failure(
    log === undefined
      ? `no event of the timeline is in frame ${visible(around)}`
      : `no event on the capture’s clock is in line ${visible(around)}`,
    'give the frame of a handshake, a push or a close, or the line of a log event: 38 or network.log:21',
  )
}
