import { HistoryPath, Letter } from './layout'

/** The history of a connection that began as they all do, packed into a slot's word: see `flow/history-path.ts`. */

/** True where the slot holds a path and no record. */
export function isPath(slot: i32): bool {
  return slot < 0
}

/** The path with one letter more, or 0 where the side has it already. */
export function lengthened(path: i32, side: i32, letter: i32): i32 {
  const number = numberOf(letter, side)
  let shift = HistoryPath.FIRST_LETTER
  for (let at = numberAt(path, shift); at !== 0; at = numberAt(path, shift)) {
    if (at === number) return 0
    shift += HistoryPath.LETTER_BITS
  }
  return path | (number << shift)
}

/** The number of a path's letter from a bit on; 0 behind the last. */
export function numberAt(path: i32, shift: i32): i32 {
  return (path >>> shift) & ((1 << HistoryPath.LETTER_BITS) - 1)
}

/** What a number stands for. */
export function letterOf(number: i32): i32 {
  return number <= 2 ? Letter.A : number <= 4 ? Letter.D : Letter.F
}
export function senderOf(number: i32): i32 {
  return (number - 1) & 1
}

function numberOf(letter: i32, side: i32): i32 {
  return (letter === Letter.A ? 1 : letter === Letter.D ? 3 : 5) + side
}
