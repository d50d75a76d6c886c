import { type Anchor, EARLY } from './anchor.ts'
import type { LogTimes } from './nominal-time.ts'

/** How much faster than the log's clock the capture's runs. */
export interface ClockDrift {
  /** Millionths: add so many nanoseconds to a log's time for each millisecond after `at`. */
  readonly ppm: number
  readonly uncertaintyPpm: number
  readonly pairs: number
  /** Where the drift turns about: nanoseconds on the run's clock before it is taken out. */
  readonly at: number
}

/** Fewer pairs than these are a few late lines as likely as a drift. */
const PAIRS_NEEDED = 8
/** Pairs that a line is laid through: each with each is compared. */
const MOST_PAIRS = 200
/** Quartz is right to 100 ppm, a virtual machine's clock to several hundred; what grows faster is a queue. */
const MOST_DRIFT = 2e-3
/** From the median of distances to a normal distribution's deviation. */
const DEVIATION = 1.4826
/** So many deviations are the interval: chance exceeds it once in 16,000 times. */
const SURE = 4

interface Pair {
  readonly time: number
  readonly offset: number
}

/**
 * The drift that lines show which name their connection: null unless it moves lines by more, over the time that they
 * cover, than one line's place is uncertain by, and by more than chance does.
 */
export function driftOf(anchors: readonly Anchor[], times: LogTimes): ClockDrift | null {
  const pairs = thinned(pairsOf(anchors, times))
  const first = pairs[0]
  const last = pairs.at(-1)
  if (!first || !last || pairs.length < PAIRS_NEEDED) return null
  const span = last.time - first.time
  const slope = medianOf(slopesOf(pairs, span / 4))
  const level = medianOf(pairs.map((pair) => pair.offset - slope * pair.time))
  const apart = medianOf(pairs.map((pair) => Math.abs(pair.offset - slope * pair.time - level)))
  // Deviation of a line's slope through evenly spread points.
  const deviation = ((apart * DEVIATION + times.tick / Math.sqrt(12)) * Math.sqrt(12 / pairs.length)) / span
  const uncertainty = SURE * deviation
  if (!(Math.abs(slope) > uncertainty) || Math.abs(slope) > MOST_DRIFT) return null
  if (Math.abs(slope) * span <= times.tick + EARLY) return null
  return { ppm: slope * 1e6, uncertaintyPpm: uncertainty * 1e6, pairs: pairs.length, at: (first.time + last.time) / 2 }
}

/** The log's times with the drift taken out: from there on one offset holds for all of them. */
export function withoutDrift(times: LogTimes, { ppm, at }: ClockDrift): LogTimes {
  const corrected = (time: number): number => time + (ppm / 1e6) * (time - at)
  return {
    tick: times.tick,
    from: corrected(times.from),
    to: corrected(times.to),
    of: (event) => {
      const time = times.of(event)
      return time === null ? null : corrected(time)
    },
  }
}

function pairsOf(anchors: readonly Anchor[], times: LogTimes): Pair[] {
  const pairs: Pair[] = []
  for (const { event, certain, windows } of anchors) {
    const time = times.of(event)
    const only = windows.length === 1 ? windows[0] : undefined
    if (certain && only && time !== null) pairs.push({ time, offset: only.from })
  }
  return pairs.sort((a, b) => a.time - b.time)
}

function thinned(pairs: readonly Pair[]): readonly Pair[] {
  const step = Math.max(1, Math.ceil(pairs.length / MOST_PAIRS))
  return step === 1 ? pairs : pairs.filter((_, index) => index % step === 0)
}

/** Theil and Sen: outliers move a median of slopes little. Neighbours say nothing of a slope. */
function slopesOf(pairs: readonly Pair[], least: number): number[] {
  const slopes: number[] = []
  pairs.forEach((a, index) => {
    for (const b of pairs.slice(index + 1))
      if (b.time - a.time > least) slopes.push((b.offset - a.offset) / (b.time - a.time))
  })
  return slopes
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
