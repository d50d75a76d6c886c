import { analyseOrdinary } from './analysis'
import { Column, Flag, RegionNumber } from './layout'
import { column } from './memory'
import { analyseOpening } from './opening'
import { flags } from './plain-segment'
import { room } from './regions'
import { countAnalysed } from './statistics'

/**
 * Analyses the batch's frames from `from` on, whose rows and sides are in their columns, and keeps their statistics where
 * somebody asked for those; returns the first that it leaves to the program, `to` if none. The batch's first frame is number
 * `firstFrame` of its capture.
 */
export function analyseFollowed(from: i32, to: i32, firstFrame: i32): i32 {
  const counts = room(RegionNumber.STATISTICS) > 0
  for (let index = from; index < to; index++) {
    if (!analyse(index, firstFrame + index)) return index
    if (counts) countAnalysed(index)
  }
  return to
}

/**
 * Analyses the batch's frame at `index`, number `frame` of its capture. False where it is the program's. What was found is
 * in the `Found`.
 */
export function analyse(index: i32, frame: i32): bool {
  const segment = column(Column.SEGMENT, index)
  if (segment < 0 || column(Column.ROW, index) < 0) return false
  return (flags(segment) & Flag.SYN) === 0 ? analyseOrdinary(index, frame) : analyseOpening(index, frame)
}
