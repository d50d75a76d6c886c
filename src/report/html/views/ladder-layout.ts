import type { PacketSeries } from '../../packet-series.ts'
import type { TimelineRow } from '../payload.ts'

/** One step of a ladder: a packet or a log line, from top to bottom in the order of time. */
export interface Rung {
  readonly time: number
  readonly y: number
  /** Nanoseconds since the rung before; 0 for the first. */
  readonly gap: number
  /** Row of the series; -1 for a log line. */
  readonly packet: number
  readonly line: TimelineRow | null
}

const STEP = 30
/** A pause gets more room the longer it lasts, but never much: by orders of magnitude above a millisecond. */
const pauseHeight = (gap: number): number => (gap < 1e6 ? 0 : Math.min(26, 7 * Math.log10(gap / 1e5)))

/** Packets and log lines merged by time; at equal times packets first, each in the order of its file. */
export function layRungs(
  series: PacketSeries,
  rows: readonly number[],
  lines: readonly TimelineRow[],
  top: number,
): Rung[] {
  const { time } = series.columns
  const merged: { time: number; packet: number; line: TimelineRow | null }[] = rows.map((row) => ({
    time: time[row]!,
    packet: row,
    line: null,
  }))
  for (const line of lines) merged.push({ time: line.time!, packet: -1, line })
  merged.sort((a, b) => a.time - b.time)
  let y = top
  return merged.map((one, index) => {
    const gap = index === 0 ? 0 : one.time - merged[index - 1]!.time
    y += index === 0 ? 0 : STEP + pauseHeight(gap)
    return { ...one, y, gap }
  })
}

/** Where a time falls on the ladder's clock: between its neighbours in proportion, clamped to the ends. */
export function heightOf(rungs: readonly Rung[], time: number): number {
  const first = rungs[0]!
  if (time <= first.time) return first.y
  for (let index = 1; index < rungs.length; index++) {
    const above = rungs[index - 1]!
    const below = rungs[index]!
    if (time > below.time) continue
    const share = below.time === above.time ? 1 : (time - above.time) / (below.time - above.time)
    return above.y + share * (below.y - above.y)
  }
  return rungs.at(-1)!.y
}
