import { GrowingWords } from '../growing-words.ts'
import { distance } from '../sequence.ts'
import type { Segment } from './segment.ts'
import { RareState, rareOf, SideBit, SideState } from './side-state.ts'

/** Segments that a side's list holds at most: Wireshark's own bound. */
const MOST_OF_A_SIDE = 10_000

/** A list that is out of order is gone through for each ACK that reaches into it: longer ones lose their oldest. */
const MOST_UNORDERED = 2048

/**
 * Steps through lists that are out of order which each ACK adds to a common store, what the store holds at most, and
 * the length that a list keeps once it is empty. Lossy bulk transfers live on what others leave; a capture that is made
 * to be gone through again and again costs no more than this a packet.
 */
const STEPS_PER_ACK = 128
const MOST_STEPS = 1 << 20
const LENGTH_WITHOUT_STEPS = 128

/** Of all flows together: 96 MB. */
const MOST_OF_ALL = 1 << 22

/** In `SideState.OLDEST`: the list is the segment alone that reached NEXT_SEQ, and the side's own words tell of it. */
export const SOLE = -1

const WORDS = 6
const TIME = 0
const SEQ = 2
const END = 3
const FRAME = 4
const NEWER = 5

/** What is wrapped is out of order, too. */
const WRAPPED = SideBit.WRAPPED | SideBit.UNORDERED

/** Says whether a side's list is out of order or wrapped. */
function setOrder(words: Int32Array, side: number, order: number): void {
  words[side + SideState.BITS] = (words[side + SideState.BITS]! & ~WRAPPED) | order
}

const below = (a: number, b: number): boolean => a >>> 0 < b >>> 0

/**
 * Segments sent and not acknowledged, a list per side. It gives the frame and round trip that an ACK answers, the
 * first transmission of a retransmission, and the bytes in flight. As long as a list is in order, an ACK takes
 * segments from its end and nothing is searched.
 */
export class UnackedSegments {
  /** Segments not kept because a list or all of them were full. */
  dropped = 0
  readonly #memory = new GrowingWords(1024 * WORDS)
  #words = this.#memory.words
  #doubles = this.#memory.doubles
  #used = 1
  #free = 0
  #steps = MOST_STEPS

  /** Gives a segment that stands alone its place in the list, where all but ordinary segments look for it. */
  unfold(segment: Segment, side: number): void {
    const { words, rare } = segment
    if (words[side + SideState.OLDEST] !== SOLE) return
    const node = this.#allocate()
    words[side + SideState.OLDEST] = node
    if (node === 0) return
    const at = node * WORDS
    const base = words[side + SideState.BASE]!
    const end = words[side + SideState.NEXT_SEQ]!
    this.#doubles[(at + TIME) >> 1] = segment.doubles[(side + SideState.NEXT_TIME) >> 1]!
    this.#words[at + SEQ] = words[side + SideState.LOW]! + base
    this.#words[at + END] = end
    this.#words[at + FRAME] = words[side + SideState.NEXT_FRAME]!
    this.#words[at + NEWER] = 0
    rare[rareOf(side) + RareState.NEWEST] = node
    rare[rareOf(side) + RareState.UNACKED] = 1
    rare[rareOf(side) + RareState.HIGH] = end - base
    setOrder(words, side, (words[side + SideState.LOW]! | (end - base)) < 0 ? WRAPPED : 0)
  }

  /** Counts from another base, which a SYN-ACK has set. */
  rebase(segment: Segment): void {
    const { words, forward } = segment
    if (words[forward + SideState.OLDEST] === 0) return
    this.#afford(segment, forward)
    this.#measure(segment, forward)
  }

  /** Appends the segment, whose end counts SYN and FIN, to its sender's list. False where that is full. */
  append(segment: Segment, end: number): boolean {
    const { words, rare, forward } = segment
    if (rare[rareOf(forward) + RareState.UNACKED]! >= MOST_OF_A_SIDE) {
      this.dropped++
      return false
    }
    const node = this.#allocate()
    if (node === 0) return false
    const nodes = this.#words
    const at = node * WORDS
    this.#doubles[(at + TIME) >> 1] = segment.time
    nodes[at + SEQ] = segment.absoluteSeq
    nodes[at + END] = end
    nodes[at + FRAME] = segment.frame
    nodes[at + NEWER] = 0
    const newest = rare[rareOf(forward) + RareState.NEWEST]!
    if (newest === 0) words[forward + SideState.OLDEST] = node
    else nodes[newest * WORDS + NEWER] = node
    rare[rareOf(forward) + RareState.NEWEST] = node
    rare[rareOf(forward) + RareState.UNACKED] = rare[rareOf(forward) + RareState.UNACKED]! + 1
    this.#widen(segment, end, newest === 0)
    return true
  }

  #widen(segment: Segment, end: number, first: boolean): void {
    const { words, rare, forward: side } = segment
    const base = words[side + SideState.BASE]!
    const low = (segment.absoluteSeq - base) | 0
    const high = (end - base) | 0
    if (first) {
      words[side + SideState.LOW] = low
      rare[rareOf(side) + RareState.HIGH] = high
      setOrder(words, side, (low | high) < 0 ? WRAPPED : 0)
      return
    }
    if ((low | high) < 0) setOrder(words, side, WRAPPED)
    else if (below(low, rare[rareOf(side) + RareState.HIGH]!))
      words[side + SideState.BITS] = words[side + SideState.BITS]! | SideBit.UNORDERED
    if (below(low, words[side + SideState.LOW]!)) words[side + SideState.LOW] = low
    if (below(rare[rareOf(side) + RareState.HIGH]!, high)) rare[rareOf(side) + RareState.HIGH] = high
  }

  /** Sets the retransmission's delay from the oldest segment that is still open, or from the highest one sent. */
  retransmitted(segment: Segment): void {
    const { words, forward } = segment
    const oldest = words[forward + SideState.OLDEST]!
    if (oldest === 0) {
      segment.rto = segment.time - segment.doubles[(forward + SideState.NEXT_TIME) >> 1]!
      segment.rtoFrame = words[forward + SideState.NEXT_FRAME]!
      return
    }
    segment.rto = segment.time - this.#doubles[(oldest * WORDS + TIME) >> 1]!
    segment.rtoFrame = this.#words[oldest * WORDS + FRAME]!
  }

  /** Takes from the receiver's list what the segment acknowledges; its ACK number is read even without the ACK bit. */
  acknowledge(segment: Segment): void {
    const { words, reverse } = segment
    if (words[reverse + SideState.OLDEST] === 0) return
    if (words[reverse + SideState.OLDEST] === SOLE) this.takeSole(segment)
    else {
      const ack = (segment.absoluteAck - words[reverse + SideState.BASE]!) | 0
      const bits = words[reverse + SideState.BITS]!
      // Numbers before the base are not compared with LOW.
      if (ack < 0 || (bits & SideBit.WRAPPED) !== 0) this.#takeAnywhere(segment)
      else if ((bits & SideBit.UNORDERED) === 0) this.#takeOldest(segment)
      else if (ack > words[reverse + SideState.LOW]!) this.#takeAnywhere(segment)
    }
  }

  /** The same, where the receiver's list is one segment alone. */
  takeSole(segment: Segment): void {
    const { words, doubles, reverse, absoluteAck } = segment
    const end = words[reverse + SideState.NEXT_SEQ]!
    const base = words[reverse + SideState.BASE]!
    if (distance(end, absoluteAck) <= 0) {
      words[reverse + SideState.OLDEST] = 0
      if (end !== absoluteAck) return
      segment.acksFrame = words[reverse + SideState.NEXT_FRAME]!
      segment.ackRtt = segment.time - doubles[(reverse + SideState.NEXT_TIME) >> 1]!
    } else if (distance(absoluteAck, words[reverse + SideState.LOW]! + base) > 0)
      words[reverse + SideState.LOW] = absoluteAck - base
  }

  #takeOldest(segment: Segment): void {
    const { words, rare, reverse, absoluteAck } = segment
    const nodes = this.#words
    let node = words[reverse + SideState.OLDEST]!
    let taken = 0
    while (node !== 0 && distance(nodes[node * WORDS + END]!, absoluteAck) <= 0) {
      const at = node * WORDS
      if (nodes[at + END] === absoluteAck) this.#answers(segment, at)
      const newer = nodes[at + NEWER]!
      this.#release(node)
      node = newer
      taken++
    }
    if (node !== 0) {
      const at = node * WORDS
      if (distance(absoluteAck, nodes[at + SEQ]!) > 0) nodes[at + SEQ] = absoluteAck
      words[reverse + SideState.LOW] = nodes[at + SEQ]! - words[reverse + SideState.BASE]!
    }
    if (taken === 0) return
    words[reverse + SideState.OLDEST] = node
    if (node === 0) rare[rareOf(reverse) + RareState.NEWEST] = 0
    rare[rareOf(reverse) + RareState.UNACKED] = rare[rareOf(reverse) + RareState.UNACKED]! - taken
  }

  #takeAnywhere(segment: Segment): void {
    const { words, rare, reverse, absoluteAck } = segment
    const nodes = this.#words
    this.#afford(segment, reverse)
    let node = words[reverse + SideState.OLDEST]!
    let kept = 0
    words[reverse + SideState.OLDEST] = 0
    let count = 0
    while (node !== 0) {
      const at = node * WORDS
      const newer = nodes[at + NEWER]!
      if (distance(nodes[at + END]!, absoluteAck) <= 0) {
        if (nodes[at + END] === absoluteAck) this.#answers(segment, at)
        this.#release(node)
      } else {
        if (distance(absoluteAck, nodes[at + SEQ]!) > 0) nodes[at + SEQ] = absoluteAck
        if (kept === 0) words[reverse + SideState.OLDEST] = node
        else nodes[kept * WORDS + NEWER] = node
        kept = node
        count++
      }
      node = newer
    }
    if (kept !== 0) nodes[kept * WORDS + NEWER] = 0
    rare[rareOf(reverse) + RareState.NEWEST] = kept
    rare[rareOf(reverse) + RareState.UNACKED] = count
    this.#measure(segment, reverse)
  }

  /** Finds anew where a list begins and ends, and whether it is in order. */
  #measure({ words, rare }: Segment, side: number): void {
    const nodes = this.#words
    const base = words[side + SideState.BASE]!
    let node = words[side + SideState.OLDEST]!
    if (node === 0) return
    let lowest = (nodes[node * WORDS + SEQ]! - base) | 0
    let highest = (nodes[node * WORDS + END]! - base) | 0
    let order = (lowest | highest) < 0 ? WRAPPED : 0
    for (node = nodes[node * WORDS + NEWER]!; node !== 0; node = nodes[node * WORDS + NEWER]!) {
      const low = (nodes[node * WORDS + SEQ]! - base) | 0
      const high = (nodes[node * WORDS + END]! - base) | 0
      if ((low | high) < 0) order = WRAPPED
      else if (below(low, highest)) order |= SideBit.UNORDERED
      if (below(low, lowest)) lowest = low
      if (below(highest, high)) highest = high
    }
    words[side + SideState.LOW] = lowest
    rare[rareOf(side) + RareState.HIGH] = highest
    setOrder(words, side, order)
  }

  /** Takes the steps for a list from the store; a list that is too long for it loses its oldest. */
  #afford({ words, rare }: Segment, side: number): void {
    this.#steps = Math.min(MOST_STEPS, this.#steps + STEPS_PER_ACK)
    const count = rareOf(side) + RareState.UNACKED
    const most = this.#steps < rare[count]! ? LENGTH_WITHOUT_STEPS : MOST_UNORDERED
    while (rare[count]! > most) {
      const node = words[side + SideState.OLDEST]!
      words[side + SideState.OLDEST] = this.#words[node * WORDS + NEWER]!
      rare[count] = rare[count]! - 1
      this.#release(node)
      this.dropped++
    }
    this.#steps -= rare[count]!
  }

  /** The oldest segment with the ACK's number is the one that is meant. */
  #answers(segment: Segment, at: number): void {
    if (segment.acksFrame !== 0) return
    segment.acksFrame = this.#words[at + FRAME]!
    segment.ackRtt = segment.time - this.#doubles[(at + TIME) >> 1]!
  }

  #release(node: number): void {
    this.#words[node * WORDS + NEWER] = this.#free
    this.#free = node
  }

  #allocate(): number {
    if (this.#free !== 0) {
      const node = this.#free
      this.#free = this.#words[node * WORDS + NEWER]!
      return node
    }
    if (this.#used >= MOST_OF_ALL) {
      this.dropped++
      return 0
    }
    const node = this.#used++
    this.#memory.reserve(this.#used * WORDS)
    this.#words = this.#memory.words
    this.#doubles = this.#memory.doubles
    return node
  }
}
