import { RegionNumber } from '../engine/memory-map.ts'
import type { Flows } from './flows.ts'
import { OwnRecords, type Records } from './records.ts'
import { Region } from './region.ts'

/**
 * The statistics of a flow: a cache line for the segments of each side, and apart from it what few segments change.
 * Offsets in 32-bit words; float64 at an even word.
 */
export const STATISTICS_WORDS = 32
/** Words from one of the first side to the same one of the second. */
export const STATISTICS_SIDE_WORDS = 16

/** What a side's segments tell. */
export const SideCount = {
  /** float64: sum of the windows, in bytes. */
  WINDOW_SUM: 0,
  /** float64: the longest time between two segments. */
  IDLE_MAX: 2,
  WINDOW_MIN: 4,
  WINDOW_MAX: 5,
  WINDOWS: 6,
  /** Bits of {@link Told}, and below them those of `Completeness`. */
  BITS: 7,
  /** Round trips of what the other side sent, which this one acknowledged: float64, nanoseconds. */
  TRIP_MIN: 8,
  TRIP_MAX: 10,
  TRIP_SUM: 12,
  TRIPS: 14,
  /** Behind the highest byte that the other side sent twice. */
  AGAIN_END: 15,
} as const

export const Told = {
  /** The other side sent something twice: AGAIN_END is known. */
  AGAIN: 1 << 6,
  /** Sent a packet, and more than one. */
  ONE: 1 << 7,
  MORE: 1 << 8,
} as const
/** The bits of `Completeness`. */
export const COMPLETENESS = Told.AGAIN - 1

/** For each side a float64: payload that it sent again. */
export const RARE_STATISTICS_WORDS = 4

const FIRST_FLOWS = 256

/** Its arrays are replaced where one of them needs room: read them anew then. */
export interface StatisticsMemory {
  readonly rows: Records
  readonly rare: Records
  /** Makes room for the flow. */
  reserve(flow: number): void
}

/** Regions of the engine's memory; null where it has no room for them, or other statistics have it. */
export function statisticsOfRun(flows: Flows): StatisticsMemory | null {
  const rows = new Region(flows.engine, RegionNumber.STATISTICS, STATISTICS_WORDS * 4)
  const rare = new Region(flows.engine, RegionNumber.RARE_STATISTICS, RARE_STATISTICS_WORDS * 4)
  if (rows.room > 0 || !flows.add([rows, rare])) return null
  // A flow that has a row has room here, too.
  return { rows, rare, reserve: () => flows.reserve() }
}

/** Memory of their own. */
export function ownStatistics(): StatisticsMemory {
  const rows = new OwnRecords(STATISTICS_WORDS, FIRST_FLOWS)
  const rare = new OwnRecords(RARE_STATISTICS_WORDS, FIRST_FLOWS)
  const reserve = (flow: number) => {
    rows.makeRoom(flow + 1)
    rare.makeRoom(flow + 1)
  }
  return { rows, rare, reserve }
}
