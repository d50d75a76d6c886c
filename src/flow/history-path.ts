import { Letter } from './history-records.ts'

/**
 * The history of a connection that began as they all do, SYN and SYN-ACK, and went on with each side's first ACK,
 * payload and FIN in any order: packed into a slot's word, so that most connections need no record. The sign says that
 * it is one; the letters stand above the slot's noted bits, the first lowest, three bits each.
 */
export const HistoryPath = { OPENED: 1 << 31, FIRST_LETTER: 4, LETTER_BITS: 3 } as const
const LETTER_MASK = (1 << HistoryPath.LETTER_BITS) - 1

/** The letter of each number, from 1: two numbers to a letter, side 0's before side 1's. A 0 ends the path. */
const LETTERS = [Letter.A, Letter.A, Letter.D, Letter.D, Letter.F, Letter.F] as const

/** True where the slot holds a path and no record. */
export const isPath = (slot: number): boolean => slot < 0

/** What was written after SYN and SYN-ACK, the oldest first. */
export function* written(path: number): Generator<readonly [letter: Letter, side: number]> {
  for (let shift = HistoryPath.FIRST_LETTER; letterAt(path, shift) !== 0; shift += HistoryPath.LETTER_BITS) {
    const number = letterAt(path, shift)
    yield [LETTERS[number - 1]!, (number - 1) & 1]
  }
}

/** True where the side's FIN is on the path. */
export function hasClosed(path: number, side: number): boolean {
  for (const [letter, sender] of written(path)) if (letter === Letter.F && sender === side) return true
  return false
}

const letterAt = (path: number, shift: number): number => (path >>> shift) & LETTER_MASK
