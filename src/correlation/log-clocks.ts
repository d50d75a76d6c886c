import type { LogFile } from '../log/event.ts'
import type { Anchor } from './anchor.ts'
import { clockOf, type LogClock, type Refusal, sharedClock } from './log-clock.ts'
import { type CaptureSpan, type LogTimes, nominalTimes } from './nominal-time.ts'

/** What the user said of the logs' clocks. */
export interface ClockOptions {
  /** Nanoseconds to add to a stamp without zone to get UTC; null to find it. */
  readonly zone: number | null
  /** Days since 1970-01-01 of stamps without date; null to take the capture's. */
  readonly logDate: number | null
  /** Nanoseconds to add to a log's stamps, by the log's index. */
  readonly offsets: ReadonlyMap<number, number>
}

/** What of a log's lines packets can date, its stamps read as `times` says. */
export type AnchorsFor = (file: LogFile, index: number, times: LogTimes) => Anchor[]

/**
 * Windows' system timer makes the coarsest step that is not seen in printed times at once. Where two clocks stamped a
 * log's lines, the coarser one's step is hidden, and its lines seem to come before their causes.
 */
const COARSE = 15_625_000

/** Puts every log on the capture's clock: each alone, then with what the others show of the clock of their host. */
export function clocksOf(
  files: readonly LogFile[],
  capture: CaptureSpan,
  options: ClockOptions,
  anchorsFor: AnchorsFor,
): (LogClock | Refusal)[] {
  const known = files.map((file, index) => knownOf(file, index, capture, options, anchorsFor))
  const alone = known.map((each) => onItsOwn(each, capture, options, anchorsFor))
  return withHost(known, alone, capture, options)
}

/** A log, its stamps on the run's clock, and what packets can date of it. */
interface Known {
  readonly file: LogFile
  readonly index: number
  readonly times: LogTimes | null
  readonly anchors: readonly Anchor[]
}

function knownOf(
  file: LogFile,
  index: number,
  capture: CaptureSpan,
  options: ClockOptions,
  anchorsFor: AnchorsFor,
): Known {
  const times = nominalTimes(file, capture, options.logDate)
  return { file, index, times, anchors: times === null ? [] : anchorsFor(file, index, times) }
}

function place(
  known: Known,
  capture: CaptureSpan,
  options: ClockOptions,
  preferred: number | null,
): LogClock | Refusal {
  const { file, index, times, anchors } = known
  if (times === null) return { reason: 'none of its lines has a time stamp that could be read' }
  const given = {
    zone: file.zoned ? null : options.zone,
    offset: options.offsets.get(index) ?? null,
    dated: options.logDate !== null,
  }
  return clockOf(file, times, anchors, capture, given, preferred)
}

function onItsOwn(
  known: Known,
  capture: CaptureSpan,
  options: ClockOptions,
  anchorsFor: AnchorsFor,
): LogClock | Refusal {
  const clock = place(known, capture, options, null)
  if (!('reason' in clock) || known.file.tick >= COARSE || known.times === null) return clock
  const coarse = knownOf({ ...known.file, tick: COARSE }, known.index, capture, options, anchorsFor)
  const retried = place(coarse, capture, options, null)
  return 'reason' in retried ? clock : retried
}

/**
 * Logs that were given together were mostly written by one host: those without a zone have the same one, and what their
 * lines show of the clock together may be more than each shows alone.
 */
function withHost(
  known: readonly Known[],
  alone: readonly (LogClock | Refusal)[],
  capture: CaptureSpan,
  options: ClockOptions,
): (LogClock | Refusal)[] {
  const isSure = (clock: LogClock | Refusal): clock is LogClock => !('reason' in clock) && clock.pairs > 1
  const zone = alone.find((clock, index): clock is LogClock => isSure(clock) && !known[index]!.file.zoned)
  return alone.map((clock, index) => {
    const own = known[index]!
    if (options.offsets.has(index) || own.times === null || clock === zone) return clock
    const followed = zone === undefined || own.file.zoned ? clock : place(own, capture, options, zone.offset)
    if (!('reason' in followed) && followed.pairs > 0) return followed
    const host = known.filter((each) => each.file.zoned === own.file.zoned)
    if (host.length < 2) return followed
    return (
      sharedClock(
        own.file,
        own.times,
        own.anchors,
        host.flatMap(({ anchors }) => anchors),
      ) ?? followed
    )
  })
}
