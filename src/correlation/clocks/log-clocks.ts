import type { LogFile } from '../../log/event.ts'
import type { ProcessLog } from '../processes/process-log.ts'
import type { Anchor } from './anchor.ts'
import type { BeatClock } from './beat-clock.ts'
import { type ClockDrift, driftOf, withoutDrift } from './clock-drift.ts'
import { type ClockStep, steppedTimes } from './clock-steps.ts'
import { clockOf, type LogClock, type Refusal, sharedClock } from './log-clock.ts'
import { type CaptureSpan, type LogTimes, nominalTimes } from './nominal-time.ts'
import type { GivenClock } from './zone-offsets.ts'

/** What the user said of the logs' clocks. */
export interface ClockOptions {
  /** Nanoseconds to add to a stamp without zone to get UTC; null to find it. */
  readonly zone: number | null
  /** Days since 1970-01-01 of stamps without date; null to take the capture's. */
  readonly logDate: number | null
  /** Nanoseconds to add to a log's stamps, by the log's index. */
  readonly offsets: ReadonlyMap<number, number>
}

/** What the lines of a log, by its index, and the packets have in common, its stamps read as `times` says. */
export interface Common {
  /** What of its lines packets can date. */
  readonly anchorsOf: (index: number, times: LogTimes) => Anchor[]
  /** What its beats say of its clock. */
  readonly beatsOf: (index: number, times: LogTimes, anchors: readonly Anchor[]) => BeatClock | null
}

/**
 * Windows' system timer makes the coarsest step that is not seen in printed times at once. Where two clocks stamped a
 * log's lines, the coarser one's step is hidden, and its lines seem to come before their causes.
 */
const COARSE = 15_625_000

/** Puts every log on the capture's clock: each alone, then with what the others show of the clock of their host. */
export function clocksOf(
  logs: readonly ProcessLog[],
  capture: CaptureSpan,
  options: ClockOptions,
  common: Common,
): (LogClock | Refusal)[] {
  const finder = new ClockFinder(capture, options, common)
  const dated = logs.map((log, index) => finder.alone(log, index))
  return finder.withHost(dated).map((clock, index) => {
    const { drift, steps } = dated[index]!
    return 'reason' in clock ? clock : { ...clock, drift, steps }
  })
}

/** A log, its stamps on the run's clock, what packets can date of it, and its clock as it shows alone. */
interface Dated {
  readonly file: LogFile
  readonly index: number
  readonly given: GivenClock
  readonly times: LogTimes | null
  readonly anchors: readonly Anchor[]
  /** Taken out of `times` already, both. */
  readonly drift: ClockDrift | null
  readonly steps: readonly ClockStep[]
  readonly clock: LogClock | Refusal
}

class ClockFinder {
  readonly #capture: CaptureSpan
  readonly #options: ClockOptions
  readonly #common: Common

  constructor(capture: CaptureSpan, options: ClockOptions, common: Common) {
    this.#capture = capture
    this.#options = options
    this.#common = common
  }

  alone(log: ProcessLog, index: number): Dated {
    const given = this.#given(log)
    const dated = this.#date(log.file, given, index)
    if (!('reason' in dated.clock) || log.file.tick >= COARSE || dated.times === null) return dated
    const coarse = this.#date({ ...log.file, tick: COARSE }, given, index)
    return 'reason' in coarse.clock ? dated : coarse
  }

  /**
   * Logs that were given together were mostly written by one host: those without a zone have the same one, and what their
   * lines show of the clock together may be more than each shows alone.
   */
  withHost(logs: readonly Dated[]): (LogClock | Refusal)[] {
    const isSure = ({ clock, file }: Dated): boolean => !('reason' in clock) && clock.pairs > 1 && !file.zoned
    const sure = logs.find(isSure)
    return logs.map((own) => {
      if (own.given.offset !== null || own.times === null || own === sure) return own.clock
      const followed =
        sure === undefined || own.file.zoned ? own.clock : this.#clockOf(own, (sure.clock as LogClock).offset)
      if (!('reason' in followed) && followed.pairs > 0) return followed
      const host = logs.filter((each) => each.file.zoned === own.file.zoned)
      const together = host.flatMap(({ anchors }) => anchors)
      const { file, times, anchors } = own
      return (host.length < 2 ? null : sharedClock({ file, times, anchors }, together)) ?? followed
    })
  }

  #clockOf({ file, index, times, anchors, given }: Omit<Dated, 'clock'>, preferred: number | null): LogClock | Refusal {
    const log = { file, times: times!, anchors, capture: this.#capture }
    return clockOf(log, given, preferred, () => this.#common.beatsOf(index, log.times, anchors))
  }

  #date(file: LogFile, given: GivenClock, index: number): Dated {
    const times = nominalTimes(file, this.#capture, this.#options.logDate)
    if (times === null) {
      const reason =
        file.lines === 0 ? 'no line of it could be read' : 'none of its lines has a time stamp that could be read'
      return { file, index, given, times, anchors: [], drift: null, steps: [], clock: { reason } }
    }
    const anchors = this.#common.anchorsOf(index, times)
    const stepped = given.offset === null ? steppedTimes(anchors, file.events, times) : null
    if (stepped !== null) {
      const { times: even, steps } = stepped
      const moved = this.#common.anchorsOf(index, even)
      return this.#place({ file, index, given, times: even, anchors: moved, drift: null, steps })
    }
    const drift = given.offset === null ? driftOf(anchors, times) : null
    if (drift === null) return this.#place({ file, index, given, times, anchors, drift, steps: [] })
    const even = withoutDrift(times, drift)
    const moved = this.#common.anchorsOf(index, even)
    return this.#place({ file, index, given, times: even, anchors: moved, drift, steps: [] })
  }

  #place(dated: Omit<Dated, 'clock'>): Dated {
    return { ...dated, clock: this.#clockOf(dated, null) }
  }

  /** What was said of one part of a log is true of all: one clock wrote them. */
  #given({ logs, file }: ProcessLog): GivenClock {
    const { offsets, zone, logDate } = this.#options
    const offset = logs.map((log) => offsets.get(log)).find((each) => each !== undefined)
    return { zone: file.zoned ? null : zone, offset: offset ?? null, dated: logDate !== null }
  }
}
