/**
 * What the analysis remembers of a flow: one stretch of words. An ordinary segment touches the first 128 bytes alone:
 * two cache lines, one a side. Behind them lies what only the others need.
 * Offsets in 32-bit words; times are float64 at an even word, in nanoseconds since the run's epoch.
 */
export const FLOW_WORDS = 64

/** What belongs to no side, from the start of the flow's stretch: between the rare words of its two sides. */
export const FlowState = {
  /** float64: when the newest SYN without ACK was sent; NaN before. */
  SYN_TIME: 40,
  /** float64: from that SYN to the first ACK that is no SYN-ACK; 0 as long as it is unknown, as in Wireshark. */
  INITIAL_RTT: 42,
  /** 1 once a SYN carried data together with a Fast Open cookie (RFC 7413). */
  FAST_OPEN_DATA: 44,
} as const

/** From a word of the first side to the same of the second, among the frequent words and the rare ones. */
export const SIDE_WORDS = 16

/** One side's words. A sequence number of 0 means "none yet" where Wireshark reads it so. */
export const SideState = {
  /** float64: when NEXT_SEQ was reached. */
  NEXT_TIME: 0,
  /** float64: when the side's last segment was seen. */
  LAST_TIME: 2,
  /** The sequence number that is shown as 0. */
  BASE: 4,
  /** Bits of {@link SideBit}, and above them the shift for its windows: see `scaleOf`. */
  BITS: 5,
  /** Behind the highest byte sent, SYN and FIN counted; zero-window probes left out. */
  NEXT_SEQ: 6,
  NEXT_FRAME: 7,
  /** Behind the highest byte sent without a gap: what the peer may acknowledge. */
  CONTIGUOUS: 8,
  LAST_ACK: 9,
  /** As in the header of the side's last segment; -1 before it. */
  WINDOW: 10,
  LAST_FRAME: 11,
  /** Unacknowledged segments, a list from the oldest to the newest, or SOLE: see UnackedSegments. */
  OLDEST: 12,
  /** Lowest sequence number of that list, from BASE, unsigned. */
  LOW: 13,
  /** Bytes since the last PSH. */
  PUSHED: 14,
  /** Frame of the ACK that the duplicates repeat. */
  FIRST_ACK_FRAME: 15,

  /** AnalysisFlag bits of the side's last segment. */
  LAST_FLAGS: 32,
  /** Duplicate ACKs in a row; -1 after an ACK of unseen data. */
  DUPLICATES: 33,
  /** Bytes in the SACK blocks of its last segment. */
  SACKED: 34,
  NEWEST: 35,
  UNACKED: 36,
  /** Highest sequence number of the list, as LOW. */
  HIGH: 37,
} as const

export const SideBit = {
  BASE_SET: 1,
  /** Sent a SYN and no ACK after it: its last window is not a scaled one. */
  FIRST_ACK: 2,
  /** A gap was seen and no ACK since: bytes in flight cannot be counted. */
  GAP: 4,
  /** Its last segment had PSH. */
  PUSHED: 8,
  /** The list of unacknowledged segments is not in the order of their numbers. */
  UNORDERED: 16,
  /** The flow's initial round trip is known. */
  ROUND_TRIP: 32,
  /** LAST_FLAGS, DUPLICATES or SACKED is not 0. */
  REMARKABLE: 64,
} as const

const SCALE_SHIFT = 8

/** The shift for a side's windows; -1 unknown, -2 no scaling. */
export function scaleOf(words: Int32Array, side: number): number {
  return words[side + SideState.BITS]! >> SCALE_SHIFT
}

/** Sets what `scaleOf` tells. */
export function setScale(words: Int32Array, side: number, scale: number): void {
  const bits = words[side + SideState.BITS]! & ((1 << SCALE_SHIFT) - 1)
  words[side + SideState.BITS] = bits | (scale << SCALE_SHIFT)
}

/** Brings the bit REMARKABLE up to date. */
export function noteRemarkable(words: Int32Array, side: number): void {
  const told =
    words[side + SideState.LAST_FLAGS]! | words[side + SideState.DUPLICATES]! | words[side + SideState.SACKED]!
  const bits = words[side + SideState.BITS]! & ~SideBit.REMARKABLE
  words[side + SideState.BITS] = told === 0 ? bits : bits | SideBit.REMARKABLE
}

const FIRST_FLOWS = 256

/** The rows of all flows. Replaced when they grow: read `words` anew for each packet. */
export class AnalysisRows {
  words = new Int32Array(FIRST_FLOWS * FLOW_WORDS)
  /** The same memory as float64, for the times. */
  doubles = new Float64Array(this.words.buffer)
  #flows = 0

  /** First word of the flow; a flow not seen before is laid out. */
  base(flow: number): number {
    while (this.#flows <= flow) this.#add()
    return flow * FLOW_WORDS
  }

  #add(): void {
    const base = this.#flows++ * FLOW_WORDS
    if (base + FLOW_WORDS > this.words.length) {
      const grown = new Int32Array(this.words.length * 2)
      grown.set(this.words)
      this.words = grown
      this.doubles = new Float64Array(grown.buffer)
    }
    this.doubles[(base + FlowState.SYN_TIME) >> 1] = Number.NaN
    for (let side = base; side <= base + SIDE_WORDS; side += SIDE_WORDS) {
      this.words[side + SideState.WINDOW] = -1
      setScale(this.words, side, -1)
    }
  }
}
