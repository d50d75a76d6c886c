import { analyseOrdinary } from './analysis'
import { RegionNumber } from './layout'
import { roomOf } from './memory'
import { countOrdinary } from './statistics'

/** What becomes of a segment that was followed, where somebody asked for the analysis. */

/** Number of the batch's first frame in its capture; 0 where nobody asked. */
let firstFrame: i32 = 0

/** Says which number the batch's first frame has, where its segments are analysed as they are followed; else 0. */
export function analyse(first: i32): void {
  firstFrame = first
}

/** Analyses a followed frame where that is switched on. False where it is for the program. */
export function analyseWhereAsked(index: i32): bool {
  return firstFrame === 0 || analyseFollowed(index, firstFrame + index)
}

/** Analyses the frame at `index`, whose row and side are in their columns. False where it is for the program. */
export function analyseFollowed(index: i32, frame: i32): bool {
  if (!analyseOrdinary(index, frame)) return false
  if (roomOf(RegionNumber.STATISTICS) > 0) countOrdinary(index)
  return true
}
