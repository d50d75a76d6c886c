import { row, sideOf } from './current'
import { DOSSIER_WORDS, Dossier, RareDossier, RegionNumber, Row, Side, State } from './layout'
import { add, setDouble, setWord, word } from './memory'
import { dossierAt, hasRoom, rareDossierAt, take } from './regions'
import { keepSynShape } from './syn-shape'

/**
 * Offset, in words, of the current flow's dossier, opened if there is none; 0, which is nobody's, where there is no room
 * for one.
 */
export function dossier(): i32 {
  const number = word(row, Row.DOSSIER)
  return (number === 0 ? open() : number) * DOSSIER_WORDS
}

/** Whether the flow has a dossier with all that may belong to it, or can get what it has not. */
export function hasDossier(flow: usize): bool {
  const number = word(flow, Row.DOSSIER)
  if (number === 0 && !hasDossierRoom()) return false
  const at = dossierAt(number * DOSSIER_WORDS)
  if (word(at, Dossier.RARE) === 0 && !hasRoom(RegionNumber.RARE_DOSSIERS)) return false
  return word(at, Dossier.OTHER_BEATS) !== 0 || hasRoom(RegionNumber.OTHER_BEATS)
}

/** Address of a dossier's rare words, opened if there are none. */
export function rareWords(offset: i32): usize {
  const at = dossierAt(offset)
  const number = word(at, Dossier.RARE)
  return number === 0 ? openRare(at) : rareDossierAt(number)
}

/** The same as far as there are any; without, they read as zeros. */
export function knownRareWords(offset: i32): usize {
  return rareDossierAt(word(dossierAt(offset), Dossier.RARE))
}

/** The sequence number before the side's first byte. */
export function baseSequence(side: i32): i32 {
  const number = word(row, Row.DOSSIER)
  if (number === 0) return word(sideOf(side), Side.NEXT_SEQ) - 1
  return word(dossierAt(number * DOSSIER_WORDS), Dossier.BASE_SEQ + side)
}

/** Counts a SYN or payload that the side sent again. */
export function countRetransmission(side: i32): void {
  const number = word(row, Row.DOSSIER)
  if (number === 0) add(sideOf(side), Side.SEGMENTS, 1)
  else add(rareWords(number * DOSSIER_WORDS), RareDossier.RETRANSMISSIONS + side, 1)
}

/** Notes that a counter of 32 bits went round: `place` 0 and 1 for both sides' payload, 2 and 3 for their bytes. */
export function carry(place: i32): void {
  const number = word(row, Row.DOSSIER)
  if (number !== 0) add(rareWords(number * DOSSIER_WORDS), RareDossier.CARRY, 1 << (place << 3))
}

/** A dossier and what the SYNs told have one number. */
function hasDossierRoom(): bool {
  return hasRoom(RegionNumber.DOSSIERS) && hasRoom(RegionNumber.SYN_SHAPES)
}

/** Moves in what the row had to hold as long as only SYNs were seen. */
function open(): i32 {
  if (!hasDossierRoom()) return 0
  const number = take(RegionNumber.DOSSIERS)
  take(RegionNumber.SYN_SHAPES)
  const at = dossierAt(number * DOSSIER_WORDS)
  setDouble(at, Dossier.PENDING_SINCE, NaN)
  setDouble(at, Dossier.LAST_PUSH, NaN)
  setDouble(at, Dossier.FIRST_RESPONSE, NaN)
  setDouble(at, Dossier.LAST_REPLY, NaN)
  for (let side = 0; side < 2; side++) moveIn(number * DOSSIER_WORDS, side)
  setWord(row, Row.DOSSIER, number)
  return number
}

function openRare(dossier: usize): usize {
  const number = take(RegionNumber.RARE_DOSSIERS)
  setWord(dossier, Dossier.RARE, number)
  const at = rareDossierAt(number)
  setDouble(at, RareDossier.ZERO_SINCE, NaN)
  return at
}

function moveIn(offset: i32, side: i32): void {
  const own = sideOf(side)
  const at = dossierAt(offset)
  setWord(at, Dossier.BASE_SEQ + side, word(own, Side.NEXT_SEQ) - 1)
  const again = word(own, Side.SEGMENTS)
  if (again > 0) setWord(rareWords(offset), RareDossier.RETRANSMISSIONS + side, again)
  setWord(own, Side.SEGMENTS, 0)
  if ((word(row, Row.STATE) & (State.SYN << side)) === 0) return
  keepSynShape(offset, side, word(own, Side.ACK), word(own, Side.PAYLOAD))
  setWord(own, Side.ACK, 0)
  setWord(own, Side.PAYLOAD, 0)
}
