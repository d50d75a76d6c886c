/** Fewer beats than these repeat themselves by chance. */
export const BEATS_NEEDED = 8
/** Gaps of a beat lie within a fifth of the middle one; the rest are holes: beats that were left out. */
const REGULAR = 0.2
const REGULAR_SHARE = 2 / 3

/** Something that recurs: times in nanoseconds, ascending, and the frame of each where it is of the wire. */
export interface BeatTrain<T> {
  readonly beats: readonly T[]
  readonly times: readonly number[]
  /** The middle one of its gaps. */
  readonly period: number
}

/** The train that these make; null where they do not beat. A ladder of growing pauses is no beat: each run climbs it alike. */
export function trainOf<T>(beats: readonly T[], timeOf: (beat: T) => number, most: number): BeatTrain<T> | null {
  const kept = beats.slice(0, most)
  if (kept.length < BEATS_NEEDED) return null
  const times = kept.map(timeOf)
  // Numbers in such an array are sorted without a call for each pair of them; most logs have thousands of trains.
  const gaps = new Float64Array(times.length - 1)
  for (let i = 0; i < gaps.length; i++) gaps[i] = times[i + 1]! - times[i]!
  const period = gaps.sort()[gaps.length >> 1]!
  const regular = gaps.filter((gap) => Math.abs(gap - period) <= period * REGULAR)
  return period > 0 && regular.length >= gaps.length * REGULAR_SHARE ? { beats: kept, times, period } : null
}

/** Index of the time nearest to `wanted`. */
export function nearest(times: readonly number[], wanted: number): number {
  let low = 0
  let high = times.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low > 0 && wanted - times[low - 1]! < times[low]! - wanted ? low - 1 : low
}
