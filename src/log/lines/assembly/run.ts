/** Runs of lines that say the second of the line before them again, where all that is asked of them is to be counted. */
import { COUNT, COUNTED, COUNTED_BYTES, ENTRIES, ENTRY_BYTES, FOUND, FOUND_BYTES, LAYOUT, RUN, TELLS } from './layout'

/** Words of what a run amounts to: see `Run` of `line-finder.ts`. */
const FORWARDS: i32 = 0
const BACKWARDS: i32 = 4
const FARTHEST_BACK: i32 = 8
const FIRST_BACK: i32 = 12
const LATEST: i32 = 16
const SLOTS: i32 = 20

/**
 * Counts the lines of FOUND from `from` to `to`, numbers of lines there, by their slots, and follows their times. `before` and
 * `latest` are nanoseconds of their second: of the line before, and the latest there was. Ends before a line whose stamp is laid out
 * in another way, one that goes beyond the latest by more than `longest`, and one that tells an event where `stopsAtEvents` is not 0.
 * Returns where it ended; what it found is at RUN, and the slots with their counts are at COUNTED.
 */
export function countRun(
  from: i32,
  to: i32,
  layout: i32,
  before: i32,
  latest: i32,
  longest: i32,
  stopsAtEvents: i32,
): i32 {
  let forwards = 0
  let backwards = 0
  let farthest = 0
  let firstBack = to
  let slots = 0
  let line = from
  for (; line < to; line++) {
    const found = FOUND + FOUND_BYTES * line
    const nanoseconds = load<i32>(found, 8)
    if (nanoseconds < 0) break
    const slot = load<i32>(found, 4)
    const entry = ENTRIES + slot * ENTRY_BYTES
    if (load<i32>(entry + LAYOUT) !== layout || (load<i32>(entry + TELLS) & stopsAtEvents) !== 0) break
    if (nanoseconds > latest) {
      if (nanoseconds - latest > longest) break
      latest = nanoseconds
    }
    if (nanoseconds < before) {
      backwards++
      farthest = max(farthest, before - nanoseconds)
      firstBack = min(firstBack, line)
    } else forwards += i32(nanoseconds > before)
    before = nanoseconds
    const count = load<i32>(entry + COUNT)
    store<i32>(entry + COUNT, count + 1)
    store<i32>(COUNTED + COUNTED_BYTES * slots, slot)
    slots += i32(count === 0)
  }
  store<i32>(RUN + FORWARDS, forwards)
  store<i32>(RUN + BACKWARDS, backwards)
  store<i32>(RUN + FARTHEST_BACK, farthest)
  store<i32>(RUN + FIRST_BACK, firstBack)
  store<i32>(RUN + LATEST, latest)
  store<i32>(RUN + SLOTS, slots)
  takeCounts(slots)
  return line
}

/** Moves the counts of slots to the slots' numbers. */
function takeCounts(slots: i32): void {
  for (let i = 0; i < slots; i++) {
    const counted = COUNTED + COUNTED_BYTES * i
    const entry = ENTRIES + load<i32>(counted) * ENTRY_BYTES
    store<i32>(counted, load<i32>(entry + COUNT), 4)
    store<i32>(entry + COUNT, 0)
  }
}

/** Says that lines of the slot tell an event. */
export function setTelling(slot: i32): void {
  store<i32>(ENTRIES + slot * ENTRY_BYTES + TELLS, 1)
}
