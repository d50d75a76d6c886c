import { FOUND, Found, SideBit, SideState } from './layout'
import { double, setDouble, setWord, word } from './memory'

// What a segment that the assembly analyses leaves on its sender's side. `own` is the address of the side's frequent words.

/** What is known of the segment by itself. */
export function note(own: usize, acknowledged: i32, told: i32, frame: i32, time: f64): void {
  setWord(FOUND, Found.WINDOW, scaled(told, word(own, SideState.BITS) >> SideBit.SCALE_SHIFT))
  setWord(FOUND, Found.ACKS_FRAME, 0)
  setWord(FOUND, Found.IN_FLIGHT, 0)
  setDouble(FOUND, Found.IDLE, time - double(own, SideState.LAST_TIME))
  if (acknowledged !== word(own, SideState.LAST_ACK)) {
    setWord(own, SideState.LAST_ACK, acknowledged)
    setWord(own, SideState.FIRST_ACK_FRAME, frame)
  }
  setWord(own, SideState.WINDOW, told)
  setWord(own, SideState.LAST_FRAME, frame)
  setDouble(own, SideState.LAST_TIME, time)
}

/** What it sends goes on where its side's ended, or is the side's first. */
export function advance(own: usize, number: i32, end: i32, frame: i32, time: f64): void {
  setWord(own, SideState.NEXT_SEQ, end)
  setWord(own, SideState.NEXT_FRAME, frame)
  setDouble(own, SideState.NEXT_TIME, time)
  const contiguous = word(own, SideState.CONTIGUOUS)
  if (contiguous === 0 || contiguous === number) setWord(own, SideState.CONTIGUOUS, end)
}

/** A window in bytes. */
export function scaled(told: i32, scale: i32): i32 {
  return scale > 0 ? told << scale : told
}
