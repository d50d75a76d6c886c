import { analyseOrdinary } from './analysis'
import { RegionNumber } from './layout'
import { room } from './regions'
import { countOrdinary } from './statistics'

/**
 * Analyses the batch's frames from `from` on, whose rows and sides are in their columns, and keeps their statistics where
 * somebody asked for those; returns the first that it leaves to the program, `to` if none. The batch's first frame is number
 * `firstFrame` of its capture.
 */
export function analyseFollowed(from: i32, to: i32, firstFrame: i32): i32 {
  const counts = room(RegionNumber.STATISTICS) > 0
  for (let index = from; index < to; index++) {
    if (!analyseOrdinary(index, firstFrame + index)) return index
    if (counts) countOrdinary(index)
  }
  return to
}
