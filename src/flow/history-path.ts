import { Letter } from './history-records.ts'

/**
 * The history of a connection that began as they all do, SYN and SYN-ACK, and went on with each side's first ACK,
 * payload and FIN in any order: packed into a slot's word, so that most connections need no record. The sign says that
 * it is one; the letters stand above the slot's noted bits, the first lowest, three bits each.
 */
export const OPENED = 1 << 31

const FIRST_LETTER = 4
const LETTER_BITS = 3
const LETTER_MASK = 7

/** By number less one, two to a letter: the first is side 0's. No number is 0, which ends the path. */
const LETTERS = [Letter.A, Letter.A, Letter.D, Letter.D, Letter.F, Letter.F] as const

const numberOf = (letter: Letter, side: number): number =>
  (letter === Letter.A ? 1 : letter === Letter.D ? 3 : 5) + side

/** True where the slot holds a path and no record. */
export const isPath = (slot: number): boolean => slot < 0

/** The path with one letter more, or 0 where the side has it already. */
export function lengthened(path: number, side: number, letter: Letter): number {
  const number = numberOf(letter, side)
  let shift = FIRST_LETTER
  for (let at = letterAt(path, shift); at !== 0; at = letterAt(path, shift)) {
    if (at === number) return 0
    shift += LETTER_BITS
  }
  return path | (number << shift)
}

/** What was written after SYN and SYN-ACK, the oldest first. */
export function* written(path: number): Generator<readonly [letter: Letter, side: number]> {
  for (let shift = FIRST_LETTER; letterAt(path, shift) !== 0; shift += LETTER_BITS) {
    const number = letterAt(path, shift)
    yield [LETTERS[number - 1]!, (number - 1) & 1]
  }
}

/** True where the side's FIN is on the path. */
export const hasClosed = (path: number, side: number): boolean => lengthened(path, side, Letter.F) === 0

const letterAt = (path: number, shift: number): number => (path >>> shift) & LETTER_MASK
