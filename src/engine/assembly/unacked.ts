import {
  MOST_OF_A_SIDE,
  MOST_OF_ALL,
  Node,
  OUTCOME,
  Outcome,
  RareState,
  RegionNumber,
  SideBit,
  SideState,
  SOLE,
} from './layout'
import { add, distance, double, nodeAt, roomOf, setDouble, setUsed, setWord, used, word } from './memory'

/**
 * Segments sent and not acknowledged, a list per side, as far as it is in order: `UnackedSegments` of the program goes
 * through all others. `side` is the address of a side's frequent words, `rare` of its rare ones.
 */

/** A segment that follows another takes a node for each of the two at most. */
const NODES_TO_APPEND = 2

/** True where what is behind `seq` up to `end`, which is next in line, leaves its side's list in order. */
export function canAppend(side: usize, rare: usize, seq: i32, end: i32): bool {
  const oldest = word(side, SideState.OLDEST)
  if (oldest === 0) return true
  const base = word(side, SideState.BASE)
  const low = seq - base
  if ((low | (end - base)) < 0 || !hasNodes()) return false
  if (oldest === SOLE) return word(side, SideState.LOW) >= 0
  if (!isInOrder(side) || word(rare, RareState.UNACKED) >= MOST_OF_A_SIDE) return false
  return word(rare, RareState.HIGH) >= 0 && low >= word(rare, RareState.HIGH)
}

function hasNodes(): bool {
  return used(RegionNumber.UNACKED) + NODES_TO_APPEND <= min(roomOf(RegionNumber.UNACKED), MOST_OF_ALL)
}

/** One alone needs no place in the list: most are acknowledged before another follows. */
export function append(side: usize, rare: usize, seq: i32, end: i32, frame: i32, time: f64): void {
  const oldest = word(side, SideState.OLDEST)
  if (oldest === 0) {
    setWord(side, SideState.OLDEST, SOLE)
    setWord(side, SideState.LOW, seq - word(side, SideState.BASE))
    return
  }
  if (oldest === SOLE) unfold(side, rare)
  const node = takeNode(seq, end, frame, time)
  setWord(nodeAt(word(rare, RareState.NEWEST)), Node.NEWER, node)
  setWord(rare, RareState.NEWEST, node)
  add(rare, RareState.UNACKED, 1)
  setWord(rare, RareState.HIGH, end - word(side, SideState.BASE))
}

/** Gives the segment that stands alone its place in the list. */
function unfold(side: usize, rare: usize): void {
  const base = word(side, SideState.BASE)
  const end = word(side, SideState.NEXT_SEQ)
  const frame = word(side, SideState.NEXT_FRAME)
  const node = takeNode(word(side, SideState.LOW) + base, end, frame, double(side, SideState.NEXT_TIME))
  setWord(side, SideState.OLDEST, node)
  setWord(side, SideState.BITS, word(side, SideState.BITS) & ~(SideBit.WRAPPED | SideBit.UNORDERED))
  setWord(rare, RareState.NEWEST, node)
  setWord(rare, RareState.UNACKED, 1)
}

function takeNode(seq: i32, end: i32, frame: i32, time: f64): i32 {
  const none = nodeAt(0)
  let node = word(none, Node.NEWER)
  if (node !== 0) setWord(none, Node.NEWER, word(nodeAt(node), Node.NEWER))
  else {
    node = used(RegionNumber.UNACKED)
    setUsed(RegionNumber.UNACKED, node + 1)
  }
  const at = nodeAt(node)
  setDouble(at, Node.TIME, time)
  setWord(at, Node.SEQ, seq)
  setWord(at, Node.END, end)
  setWord(at, Node.FRAME, frame)
  setWord(at, Node.NEWER, 0)
  return node
}

function isInOrder(side: usize): bool {
  return (word(side, SideState.BITS) & (SideBit.WRAPPED | SideBit.UNORDERED)) === 0
}

/** True where the acknowledgment takes segments from the list's end alone. */
export function canAcknowledge(side: usize, ack: i32): bool {
  return word(side, SideState.OLDEST) <= 0 || (isInOrder(side) && distance(ack, word(side, SideState.BASE)) >= 0)
}

/** Takes from a side's list what its peer acknowledges. */
export function acknowledge(side: usize, rare: usize, ack: i32, time: f64): void {
  const oldest = word(side, SideState.OLDEST)
  if (oldest === 0) return
  if (oldest === SOLE) takeSole(side, ack, time)
  else takeOldest(side, rare, oldest, ack, time)
}

function takeSole(side: usize, ack: i32, time: f64): void {
  const end = word(side, SideState.NEXT_SEQ)
  const low = distance(ack, word(side, SideState.BASE))
  if (distance(end, ack) > 0) {
    if (distance(low, word(side, SideState.LOW)) > 0) setWord(side, SideState.LOW, low)
    return
  }
  setWord(side, SideState.OLDEST, 0)
  if (end === ack) answers(word(side, SideState.NEXT_FRAME), time - double(side, SideState.NEXT_TIME))
}

function takeOldest(side: usize, rare: usize, oldest: i32, ack: i32, time: f64): void {
  const none = nodeAt(0)
  let node = oldest
  let taken = 0
  let at = nodeAt(node)
  while (node !== 0 && distance(word(at, Node.END), ack) <= 0) {
    if (word(at, Node.END) === ack && word(OUTCOME, Outcome.ACKS_FRAME) === 0)
      answers(word(at, Node.FRAME), time - double(at, Node.TIME))
    const newer = word(at, Node.NEWER)
    setWord(at, Node.NEWER, word(none, Node.NEWER))
    setWord(none, Node.NEWER, node)
    node = newer
    at = nodeAt(node)
    taken++
  }
  if (node !== 0) {
    if (distance(ack, word(at, Node.SEQ)) > 0) setWord(at, Node.SEQ, ack)
    setWord(side, SideState.LOW, word(at, Node.SEQ) - word(side, SideState.BASE))
  }
  if (taken === 0) return
  setWord(side, SideState.OLDEST, node)
  if (node === 0) setWord(rare, RareState.NEWEST, 0)
  add(rare, RareState.UNACKED, -taken)
}

function answers(frame: i32, roundTrip: f64): void {
  setWord(OUTCOME, Outcome.ACKS_FRAME, frame)
  setDouble(OUTCOME, Outcome.ACK_RTT, roundTrip)
}
