import { distance } from '../sequence.ts'
import type { Segment } from './segment.ts'
import { RareState, rareOf, SideBit, SideState } from './side-state.ts'
import { MOST_OF_A_SIDE, MOST_OF_ALL, NODE_WORDS, Node, SOLE } from './unacked-node.ts'

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
  #steps = MOST_STEPS

  /** Gives a segment that the engine has let stand alone its place in the list, where the program looks for it. */
  unfold(segment: Segment, side: number): void {
    const { words, rare, nodes } = segment
    if (words[side + SideState.OLDEST] !== SOLE) return
    const node = this.#allocate(segment)
    words[side + SideState.OLDEST] = node
    if (node === 0) return
    const at = node * NODE_WORDS
    const base = words[side + SideState.BASE]!
    const end = words[side + SideState.NEXT_SEQ]!
    segment.nodeDoubles[(at + Node.TIME) >> 1] = segment.doubles[(side + SideState.NEXT_TIME) >> 1]!
    nodes[at + Node.SEQ] = words[side + SideState.LOW]! + base
    nodes[at + Node.END] = end
    nodes[at + Node.FRAME] = words[side + SideState.NEXT_FRAME]!
    nodes[at + Node.NEWER] = 0
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
    const { words, rare, nodes, forward } = segment
    if (rare[rareOf(forward) + RareState.UNACKED]! >= MOST_OF_A_SIDE) {
      this.dropped++
      return false
    }
    const node = this.#allocate(segment)
    if (node === 0) return false
    const at = node * NODE_WORDS
    segment.nodeDoubles[(at + Node.TIME) >> 1] = segment.time
    nodes[at + Node.SEQ] = segment.absoluteSeq
    nodes[at + Node.END] = end
    nodes[at + Node.FRAME] = segment.frame
    nodes[at + Node.NEWER] = 0
    const newest = rare[rareOf(forward) + RareState.NEWEST]!
    if (newest === 0) words[forward + SideState.OLDEST] = node
    else nodes[newest * NODE_WORDS + Node.NEWER] = node
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
    segment.rto = segment.time - segment.nodeDoubles[(oldest * NODE_WORDS + Node.TIME) >> 1]!
    segment.rtoFrame = segment.nodes[oldest * NODE_WORDS + Node.FRAME]!
  }

  /** Takes from the receiver's list what the segment acknowledges; its ACK number is read even without the ACK bit. */
  acknowledge(segment: Segment): void {
    const { words, reverse } = segment
    if (words[reverse + SideState.OLDEST] === 0) return
    const ack = (segment.absoluteAck - words[reverse + SideState.BASE]!) | 0
    const bits = words[reverse + SideState.BITS]!
    // Numbers before the base are not compared with LOW.
    if (ack < 0 || (bits & SideBit.WRAPPED) !== 0) this.#takeAnywhere(segment)
    else if ((bits & SideBit.UNORDERED) === 0) this.#takeOldest(segment)
    else if (ack > words[reverse + SideState.LOW]!) this.#takeAnywhere(segment)
  }

  #takeOldest(segment: Segment): void {
    const { words, rare, nodes, reverse, absoluteAck } = segment
    let node = words[reverse + SideState.OLDEST]!
    let taken = 0
    while (node !== 0 && distance(nodes[node * NODE_WORDS + Node.END]!, absoluteAck) <= 0) {
      const at = node * NODE_WORDS
      if (nodes[at + Node.END] === absoluteAck) this.#answers(segment, at)
      const newer = nodes[at + Node.NEWER]!
      this.#release(nodes, node)
      node = newer
      taken++
    }
    if (node !== 0) {
      const at = node * NODE_WORDS
      if (distance(absoluteAck, nodes[at + Node.SEQ]!) > 0) nodes[at + Node.SEQ] = absoluteAck
      words[reverse + SideState.LOW] = nodes[at + Node.SEQ]! - words[reverse + SideState.BASE]!
    }
    if (taken === 0) return
    words[reverse + SideState.OLDEST] = node
    if (node === 0) rare[rareOf(reverse) + RareState.NEWEST] = 0
    rare[rareOf(reverse) + RareState.UNACKED] = rare[rareOf(reverse) + RareState.UNACKED]! - taken
  }

  #takeAnywhere(segment: Segment): void {
    const { words, rare, nodes, reverse, absoluteAck } = segment
    this.#afford(segment, reverse)
    let node = words[reverse + SideState.OLDEST]!
    let kept = 0
    words[reverse + SideState.OLDEST] = 0
    let count = 0
    while (node !== 0) {
      const at = node * NODE_WORDS
      const newer = nodes[at + Node.NEWER]!
      if (distance(nodes[at + Node.END]!, absoluteAck) <= 0) {
        if (nodes[at + Node.END] === absoluteAck) this.#answers(segment, at)
        this.#release(nodes, node)
      } else {
        if (distance(absoluteAck, nodes[at + Node.SEQ]!) > 0) nodes[at + Node.SEQ] = absoluteAck
        if (kept === 0) words[reverse + SideState.OLDEST] = node
        else nodes[kept * NODE_WORDS + Node.NEWER] = node
        kept = node
        count++
      }
      node = newer
    }
    if (kept !== 0) nodes[kept * NODE_WORDS + Node.NEWER] = 0
    rare[rareOf(reverse) + RareState.NEWEST] = kept
    rare[rareOf(reverse) + RareState.UNACKED] = count
    this.#measure(segment, reverse)
  }

  /** Finds anew where a list begins and ends, and whether it is in order. */
  #measure({ words, rare, nodes }: Segment, side: number): void {
    const base = words[side + SideState.BASE]!
    let node = words[side + SideState.OLDEST]!
    if (node === 0) return
    let lowest = (nodes[node * NODE_WORDS + Node.SEQ]! - base) | 0
    let highest = (nodes[node * NODE_WORDS + Node.END]! - base) | 0
    let order = (lowest | highest) < 0 ? WRAPPED : 0
    for (node = nodes[node * NODE_WORDS + Node.NEWER]!; node !== 0; node = nodes[node * NODE_WORDS + Node.NEWER]!) {
      const low = (nodes[node * NODE_WORDS + Node.SEQ]! - base) | 0
      const high = (nodes[node * NODE_WORDS + Node.END]! - base) | 0
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
  #afford({ words, rare, nodes }: Segment, side: number): void {
    this.#steps = Math.min(MOST_STEPS, this.#steps + STEPS_PER_ACK)
    const count = rareOf(side) + RareState.UNACKED
    const most = this.#steps < rare[count]! ? LENGTH_WITHOUT_STEPS : MOST_UNORDERED
    while (rare[count]! > most) {
      const node = words[side + SideState.OLDEST]!
      words[side + SideState.OLDEST] = nodes[node * NODE_WORDS + Node.NEWER]!
      rare[count] = rare[count]! - 1
      this.#release(nodes, node)
      this.dropped++
    }
    this.#steps -= rare[count]!
  }

  /** The oldest segment with the ACK's number is the one that is meant. */
  #answers(segment: Segment, at: number): void {
    if (segment.acksFrame !== 0) return
    segment.acksFrame = segment.nodes[at + Node.FRAME]!
    segment.ackRtt = segment.time - segment.nodeDoubles[(at + Node.TIME) >> 1]!
  }

  #release(nodes: Int32Array, node: number): void {
    nodes[node * NODE_WORDS + Node.NEWER] = nodes[Node.NEWER]!
    nodes[Node.NEWER] = node
  }

  /** 0 where there is no room. */
  #allocate({ nodes, memory }: Segment): number {
    const free = nodes[Node.NEWER]!
    if (free !== 0) {
      nodes[Node.NEWER] = nodes[free * NODE_WORDS + Node.NEWER]!
      return free
    }
    if (memory.nodes.count >= Math.min(MOST_OF_ALL, memory.nodes.room)) {
      this.dropped++
      return 0
    }
    return memory.nodes.count++
  }
}
