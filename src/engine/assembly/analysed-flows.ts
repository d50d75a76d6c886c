import { FlowTime, RegionNumber, SideBit, SideState } from './layout'
import { setDouble, setWord } from './memory'
import { analysedSideAt, rareAnalysisAt, setUsed, used } from './regions'

const NO_WINDOW: i32 = -1
const UNKNOWN_SCALE: i32 = -1 << SideBit.SCALE_SHIFT

/** Lays out the analysis' words of the flow, and of flows before it of which nothing was analysed yet. */
export function layOutTo(flow: i32): void {
  const first = used(RegionNumber.ANALYSIS)
  if (flow < first) return
  setUsed(RegionNumber.ANALYSIS, flow + 1)
  setUsed(RegionNumber.RARE_ANALYSIS, flow + 1)
  for (let next = first; next <= flow; next++) {
    setDouble(rareAnalysisAt(next, 0), FlowTime.SYN, NaN)
    for (let side = 0; side < 2; side++) {
      const at = analysedSideAt(next, side)
      setWord(at, SideState.WINDOW, NO_WINDOW)
      setWord(at, SideState.BITS, UNKNOWN_SCALE)
    }
  }
}
