import type { LogFile } from '../../log/event.ts'
import { baseInYear } from '../../log/stamps/stamp.ts'
import type { NominalTime } from './anchor.ts'

export const SECOND = 1e9
export const DAY = 86_400 * SECOND

/** When the capture was taken, on the run's clock and on the calendar. */
export interface CaptureSpan {
  readonly epochSeconds: number
  /** Nanoseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** False where the stamps tell the time of day alone. */
  readonly dated: boolean
  /** How many files it is in. */
  readonly captures: number
}

/** A log's stamps on the run's clock, as if its clock were the capture's and its zone UTC. */
export interface LogTimes extends NominalTime {
  readonly from: number
  readonly to: number
}

/**
 * Takes the date that a log lacks from the capture (or from `date`, days since 1970), and the year likewise; of a date that may be
 * read in two ways the one nearer to it.
 * Null for a log without stamps.
 */
export function nominalTimes(file: LogFile, capture: CaptureSpan, date: number | null): LogTimes | null {
  if (file.firstTime === null || file.lastTime === null) return null
  const base = (baseSeconds(file, capture, date) - capture.epochSeconds) * SECOND
  return {
    tick: file.tick,
    from: base + file.firstTime,
    to: base + Math.max(file.lastTime, file.firstTime),
    of: (event) => (event.time === null ? null : base + event.time),
  }
}

function baseSeconds(file: LogFile, capture: CaptureSpan, date: number | null): number {
  const captureSecond = capture.epochSeconds + Math.floor(capture.from / SECOND)
  if (!file.dated) return (date ?? Math.floor(captureSecond / 86_400)) * 86_400
  if (!file.yearless && file.otherBase === null) return file.base
  const year = new Date(captureSecond * 1000).getUTCFullYear()
  // Around New Year the log may be a year behind or ahead of the capture's first packet.
  const bases = file.yearless
    ? [year - 1, year, year + 1].map((each) => baseInYear(file.base, each))
    : [file.base, file.otherBase!]
  const middle = (file.firstTime ?? 0) / SECOND
  const far = (base: number): number => Math.abs(base + middle - captureSecond)
  return bases.reduce((best, base) => (far(base) < far(best) ? base : best))
}
