import type { LogFile } from '../../log/event.ts'
import type { DatedLog } from './dated-log.ts'
import { type CaptureSpan, DAY, type LogTimes, SECOND } from './nominal-time.ts'

/** Zones lie on quarter hours (Nepal: +05:45), from -12:00 to +14:00. */
const ZONE_STEP = 900 * SECOND
const WEST = -12 * 3600 * SECOND
const EAST = 14 * 3600 * SECOND
/**
 * How far from the capture a log may lie and still be taken for the same run, where nothing else tells: the distance
 * within which fewer than one log in a hundred of another run would fall by chance. Zones repeat each quarter hour, whole
 * hours being the usual ones; equal clocks repeat each day.
 */
const NEAR_QUARTER = 4.5 * SECOND
const NEAR_HOUR = 18 * SECOND
export const NEAR_EQUAL = 432 * SECOND
/**
 * Days around the capture's first packet that a stamp without a date may be of. Times are exact to the nanosecond for
 * so long; a damaged time stamp makes a capture of a thousand years, whose days are not all tried.
 */
const MOST_DAYS = 104

/** What the user said of a log's clock: nanoseconds to add for its zone, and for its clock's error. */
export interface GivenClock {
  readonly zone: number | null
  readonly offset: number | null
  /** True where the day of stamps without date was given. */
  readonly dated: boolean
}

/** Offsets that a zone (and, without a date, a day) can account for, and at which the log comes near the capture. */
export function zoneOffsets({ file, times, anchors, capture }: DatedLog, given: GivenClock): number[] {
  if (file.sinceStart) return []
  // A process may have said hours ago, and nothing since, that it listens on the very port.
  const namesPort = (file.zoned || given.zone !== null) && anchors.some((anchor) => anchor.event.kind === 'listening')
  const dayless = (!file.dated && !given.dated) || !capture.dated
  const found: number[] = []
  const zones: number[] = []
  if (given.zone !== null || file.zoned) zones.push(given.zone ?? 0)
  else for (let zone = -EAST; zone <= -WEST; zone += ZONE_STEP) zones.push(zone)
  const middle = Math.round(-times.from / DAY)
  const first = dayless ? Math.max(middle - MOST_DAYS, Math.floor((capture.from - times.to - EAST) / DAY)) : 0
  const last = dayless ? Math.min(middle + MOST_DAYS, Math.ceil((capture.to - times.from - WEST) / DAY)) : 0
  for (const zone of zones)
    for (let day = first; day <= last; day++) {
      const offset = zone + day * DAY
      if (comesNear(times, offset, capture, namesPort ? DAY : nearness(file, given, zone))) found.push(offset)
    }
  return [...new Set(found)].sort((a, b) => Math.abs(a) - Math.abs(b))
}

function nearness(file: LogFile, given: GivenClock, zone: number): number {
  if (file.zoned || given.zone !== null || zone === 0) return NEAR_EQUAL
  return zone % (4 * ZONE_STEP) === 0 ? NEAR_HOUR : NEAR_QUARTER
}

/** A log that ends just before the capture may tell how it began; one that begins just after, how it ended. */
const comesNear = (times: LogTimes, offset: number, capture: CaptureSpan, near: number): boolean =>
  times.from + offset <= capture.to + near && times.to + offset >= capture.from - near
