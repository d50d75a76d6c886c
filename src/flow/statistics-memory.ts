import { RegionNumber } from '../engine/columns.ts'
import type { Flows } from './flows.ts'
import { OwnRecords, type Records } from './records.ts'
import { Region } from './region.ts'

/**
 * What is reckoned of a flow: two cache lines that its segments touch, one for what the sides sent, one for their round
 * trips, and apart from them what few segments change. Offsets in 32-bit words; float64 at an even word.
 */
export const STATISTICS_WORDS = 32
/** Words of a side, in either line. */
export const STATISTICS_SIDE_WORDS = 8

/** What a side sent, from the first line on. */
export const SentState = {
  /** float64 */
  WINDOW_SUM: 0,
  /** float64: the longest time between two of its packets. */
  IDLE_MAX: 2,
  WINDOW_MIN: 4,
  WINDOW_MAX: 5,
  WINDOWS: 6,
  /** Bits of {@link SentBit}, and below them those of `Completeness`. */
  BITS: 7,
} as const

export const SentBit = {
  /** Something was sent twice: AGAIN_END is known. */
  AGAIN: 1 << 6,
  /** Sent a packet, and more than one. */
  ONE: 1 << 7,
  MORE: 1 << 8,
} as const
/** The bits of `Completeness`. */
export const COMPLETENESS = SentBit.AGAIN - 1

/** Where the second line starts. */
export const TRIPS = 16

/** How what a side sent was acknowledged, from the second line on. */
export const TripState = {
  /** float64, nanoseconds */
  MIN: 0,
  MAX: 2,
  SUM: 4,
  SAMPLES: 6,
  /** Behind the highest byte sent twice. */
  AGAIN_END: 7,
} as const

/** Of each side a float64: payload that it sent again. */
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
