import { row, sideOf } from './current'
import { DOSSIER_WORDS, Dossier, RegionNumber, Row, Side, State } from './layout'
import { add, setDouble, setWord, word } from './memory'
import { dossierAt, room, take, used } from './regions'

/**
 * Offset, in words, of the current flow's dossier, opened if there is none; 0, which is nobody's, where there is no room
 * for one.
 */
export function dossier(): i32 {
  const number = word(row, Row.DOSSIER)
  return (number === 0 ? open() : number) * DOSSIER_WORDS
}

/** Whether the flow has a dossier, or can get one. */
export function hasDossier(flow: usize): bool {
  return word(flow, Row.DOSSIER) !== 0 || used(RegionNumber.DOSSIERS) < room(RegionNumber.DOSSIERS)
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
  else add(dossierAt(number * DOSSIER_WORDS), Dossier.RETRANSMISSIONS + side, 1)
}

/** Notes that a counter of 32 bits went round: `place` 0 and 1 for both sides' payload, 2 and 3 for their bytes. */
export function carry(place: i32): void {
  const number = word(row, Row.DOSSIER)
  if (number !== 0) add(dossierAt(number * DOSSIER_WORDS), Dossier.CARRY, 1 << (place << 3))
}

/** Moves in what the row had to hold as long as only SYNs were seen. */
function open(): i32 {
  if (used(RegionNumber.DOSSIERS) >= room(RegionNumber.DOSSIERS)) return 0
  const number = take(RegionNumber.DOSSIERS)
  const at = dossierAt(number * DOSSIER_WORDS)
  setDouble(at, Dossier.PENDING_SINCE, NaN)
  setDouble(at, Dossier.LAST_PUSH, NaN)
  setDouble(at, Dossier.FIRST_RESPONSE, NaN)
  setDouble(at, Dossier.LAST_REPLY, NaN)
  setDouble(at, Dossier.ZERO_SINCE, NaN)
  setWord(at, Dossier.MIN_WINDOW, -1)
  for (let side = 0; side < 2; side++) moveIn(at, side)
  setWord(row, Row.DOSSIER, number)
  return number
}

function moveIn(at: usize, side: i32): void {
  const own = sideOf(side)
  setWord(at, Dossier.BASE_SEQ + side, word(own, Side.NEXT_SEQ) - 1)
  setWord(at, Dossier.RETRANSMISSIONS + side, word(own, Side.SEGMENTS))
  setWord(own, Side.SEGMENTS, 0)
  if ((word(row, Row.STATE) & (State.SYN << side)) === 0) return
  setWord(at, Dossier.SYN_SHAPE + side, word(own, Side.ACK))
  setWord(at, Dossier.SYN_OPTIONS + side, word(own, Side.PAYLOAD))
  setWord(own, Side.ACK, 0)
  setWord(own, Side.PAYLOAD, 0)
}
