import {
  FOUND,
  Found,
  MOST_OF_A_SIDE,
  MOST_OF_ALL,
  Node,
  RareState,
  RegionNumber,
  SideBit,
  SideState,
  SOLE,
} from './layout'
import { add, distance, double, setDouble, setWord, word } from './memory'
import { nodeAt, rareAnalysisAt, room, take, used } from './regions'

/**
 * Segments sent and not acknowledged, a list per side, as far as it is in order: `UnackedSegments` of the program goes
 * through all others. `at` is the address of the frequent words of a flow's side.
 */

/** A segment that follows another takes a node for each of the two at most. */
const NODES_TO_APPEND = 2

/** True where what is behind `seq` up to `end`, which is next in line, leaves its side's list in order. */
export function canAppend(at: usize, flow: i32, side: i32, seq: i32, end: i32): bool {
  const oldest = word(at, SideState.OLDEST)
  if (oldest === 0) return true
  const base = word(at, SideState.BASE)
  const low = seq - base
  if ((low | (end - base)) < 0 || !hasNodes()) return false
  if (oldest === SOLE) return word(at, SideState.LOW) >= 0
  const rare = rareAnalysisAt(flow, side)
  const high = word(rare, RareState.HIGH)
  return isInOrder(at) && word(rare, RareState.UNACKED) < MOST_OF_A_SIDE && high >= 0 && low >= high
}

function hasNodes(): bool {
  return used(RegionNumber.UNACKED) + NODES_TO_APPEND <= min(room(RegionNumber.UNACKED), MOST_OF_ALL)
}

/** One alone needs no place in the list: most are acknowledged before another follows. */
export function append(at: usize, flow: i32, side: i32, seq: i32, end: i32, frame: i32, time: f64): void {
  const oldest = word(at, SideState.OLDEST)
  if (oldest === 0) {
    setWord(at, SideState.OLDEST, SOLE)
    setWord(at, SideState.LOW, seq - word(at, SideState.BASE))
    return
  }
  const rare = rareAnalysisAt(flow, side)
  if (oldest === SOLE) unfold(at, rare)
  const node = takeNode(seq, end, frame, time)
  setWord(nodeAt(word(rare, RareState.NEWEST)), Node.NEWER, node)
  setWord(rare, RareState.NEWEST, node)
  add(rare, RareState.UNACKED, 1)
  setWord(rare, RareState.HIGH, end - word(at, SideState.BASE))
}

/** Gives the segment that stands alone its place in the list. */
function unfold(at: usize, rare: usize): void {
  const base = word(at, SideState.BASE)
  const end = word(at, SideState.NEXT_SEQ)
  const frame = word(at, SideState.NEXT_FRAME)
  const node = takeNode(word(at, SideState.LOW) + base, end, frame, double(at, SideState.NEXT_TIME))
  setWord(at, SideState.OLDEST, node)
  setWord(at, SideState.BITS, word(at, SideState.BITS) & ~(SideBit.WRAPPED | SideBit.UNORDERED))
  setWord(rare, RareState.NEWEST, node)
  setWord(rare, RareState.UNACKED, 1)
}

function takeNode(seq: i32, end: i32, frame: i32, time: f64): i32 {
  const none = nodeAt(0)
  let node = word(none, Node.NEWER)
  if (node !== 0) setWord(none, Node.NEWER, word(nodeAt(node), Node.NEWER))
  else node = take(RegionNumber.UNACKED)
  const at = nodeAt(node)
  setDouble(at, Node.TIME, time)
  setWord(at, Node.SEQ, seq)
  setWord(at, Node.END, end)
  setWord(at, Node.FRAME, frame)
  setWord(at, Node.NEWER, 0)
  return node
}

function isInOrder(at: usize): bool {
  return (word(at, SideState.BITS) & (SideBit.WRAPPED | SideBit.UNORDERED)) === 0
}

/** True where the acknowledgment takes segments from the list's end alone. */
export function canAcknowledge(at: usize, ack: i32): bool {
  return word(at, SideState.OLDEST) <= 0 || (isInOrder(at) && distance(ack, word(at, SideState.BASE)) >= 0)
}

/** Takes from a side's list what its peer acknowledges. */
export function acknowledge(at: usize, flow: i32, side: i32, ack: i32, time: f64): void {
  const oldest = word(at, SideState.OLDEST)
  if (oldest === 0) return
  if (oldest === SOLE) takeSole(at, ack, time)
  else takeOldest(at, rareAnalysisAt(flow, side), oldest, ack, time)
}

function takeSole(at: usize, ack: i32, time: f64): void {
  const end = word(at, SideState.NEXT_SEQ)
  if (distance(end, ack) > 0) {
    const low = distance(ack, word(at, SideState.BASE))
    if (distance(low, word(at, SideState.LOW)) > 0) setWord(at, SideState.LOW, low)
    return
  }
  setWord(at, SideState.OLDEST, 0)
  if (end === ack) answers(word(at, SideState.NEXT_FRAME), time - double(at, SideState.NEXT_TIME))
}

function takeOldest(at: usize, rare: usize, oldest: i32, ack: i32, time: f64): void {
  let node = oldest
  let taken = 0
  for (let first = nodeAt(node); node !== 0 && distance(word(first, Node.END), ack) <= 0; first = nodeAt(node)) {
    if (word(first, Node.END) === ack && word(FOUND, Found.ACKS_FRAME) === 0)
      answers(word(first, Node.FRAME), time - double(first, Node.TIME))
    const newer = word(first, Node.NEWER)
    release(node)
    node = newer
    taken++
  }
  if (node !== 0) shorten(at, nodeAt(node), ack)
  if (taken === 0) return
  setWord(at, SideState.OLDEST, node)
  if (node === 0) setWord(rare, RareState.NEWEST, 0)
  add(rare, RareState.UNACKED, -taken)
}

/** The oldest segment that is left begins behind what was acknowledged. */
function shorten(at: usize, oldest: usize, ack: i32): void {
  if (distance(ack, word(oldest, Node.SEQ)) > 0) setWord(oldest, Node.SEQ, ack)
  setWord(at, SideState.LOW, word(oldest, Node.SEQ) - word(at, SideState.BASE))
}

function release(node: i32): void {
  setWord(nodeAt(node), Node.NEWER, word(nodeAt(0), Node.NEWER))
  setWord(nodeAt(0), Node.NEWER, node)
}

function answers(frame: i32, roundTrip: f64): void {
  setWord(FOUND, Found.ACKS_FRAME, frame)
  setDouble(FOUND, Found.ACK_RTT, roundTrip)
}
