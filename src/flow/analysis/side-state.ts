/**
 * What the analysis remembers of a flow, in two places. An ordinary segment touches the frequent words alone: 128 bytes a
 * flow, one cache line a side. The rare ones, which only the others need, lie apart, so that they take no room between.
 * Offsets in 32-bit words; times are float64 at an even word, in nanoseconds since the run's epoch.
 */
export const FLOW_WORDS = 32

/** From a word of the first side to the same of the second; a flow's side is told by this bit of its first word. */
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
} as const

/** Rare words of a flow. */
export const RARE_WORDS = 16

/** Where a side's rare words start, from where its frequent ones do. */
export const rareOf = (side: number): number => side >> 1

/** One side's rare words, from `rareOf`; eight of them. */
export const RareState = {
  /** AnalysisFlag bits of the side's last segment. */
  LAST_FLAGS: 0,
  /** Duplicate ACKs in a row; -1 after an ACK of unseen data. */
  DUPLICATES: 1,
  /** Bytes in the SACK blocks of its last segment. */
  SACKED: 2,
  NEWEST: 3,
  UNACKED: 4,
  /** Highest sequence number of the list, as LOW. */
  HIGH: 5,
} as const

/** Times of the flow, float64, from the first side's rare words. */
export const FlowTime = {
  /** When the newest SYN without ACK was sent; NaN before. */
  SYN: 6,
  /** From that SYN to the first ACK that is no SYN-ACK; 0 as long as it is unknown, as in Wireshark. */
  INITIAL_RTT: 14,
} as const

/** Where a time of the flow lies among its rare words read as float64. */
export const timeOf = (flow: number, time: number): number => (rareOf(flow) + time) >> 1

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
  /** Its SYN carried data together with a Fast Open cookie (RFC 7413). */
  FAST_OPEN_DATA: 128,
  /** The list of unacknowledged segments holds numbers before the base, or 2^31 behind it: LOW and HIGH say nothing of its order. */
  WRAPPED: 256,
  /** From here on, signed: the shift for its windows, see `scaleOf`. */
  SCALE_SHIFT: 9,
} as const

/** The shift for a side's windows; -1 unknown, -2 no scaling. */
export function scaleOf(words: Int32Array, side: number): number {
  return words[side + SideState.BITS]! >> SideBit.SCALE_SHIFT
}

/** Sets what `scaleOf` tells. */
export function setScale(words: Int32Array, side: number, scale: number): void {
  const bits = words[side + SideState.BITS]! & ((1 << SideBit.SCALE_SHIFT) - 1)
  words[side + SideState.BITS] = bits | (scale << SideBit.SCALE_SHIFT)
}

/** Brings the bit REMARKABLE up to date. */
export function noteRemarkable(words: Int32Array, rare: Int32Array, side: number): void {
  const at = rareOf(side)
  const told = rare[at + RareState.LAST_FLAGS]! | rare[at + RareState.DUPLICATES]! | rare[at + RareState.SACKED]!
  const bits = words[side + SideState.BITS]! & ~SideBit.REMARKABLE
  words[side + SideState.BITS] = told === 0 ? bits : bits | SideBit.REMARKABLE
}
