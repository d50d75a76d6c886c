/**
 * What the analysis remembers of a flow: one stretch of words, a head and two sides.
 * Offsets in 32-bit words; times are float64 at an even word, in nanoseconds since the run's epoch.
 */
export const FLOW_WORDS = 54

/** The head of a flow's stretch. */
export const FlowState = {
  /** float64: when the newest SYN without ACK was sent; NaN before. */
  SYN_TIME: 0,
  /** float64: from that SYN to the first ACK that is no SYN-ACK; 0 as long as it is unknown, as in Wireshark. */
  INITIAL_RTT: 2,
  /** 1 once a SYN carried data together with a Fast Open cookie (RFC 7413). */
  FAST_OPEN_DATA: 4,
  /** Where the first side's words start. */
  SIDES: 6,
} as const

/** Words of one side. */
export const SIDE_WORDS = 24

/** One side's words. A sequence number of 0 means "none yet" where Wireshark reads it so. */
export const SideState = {
  /** float64: when NEXT_SEQ was reached. */
  NEXT_TIME: 0,
  /** float64: when the side's last segment was seen. */
  LAST_TIME: 2,
  /** The sequence number that is shown as 0. */
  BASE: 4,
  /** Bits of {@link SideBit}. */
  BITS: 5,
  /** Behind the highest byte sent, SYN and FIN counted; zero-window probes left out. */
  NEXT_SEQ: 6,
  NEXT_FRAME: 7,
  /** Behind the highest byte sent without a gap: what the peer may acknowledge. */
  CONTIGUOUS: 8,
  LAST_ACK: 9,
  /** As in the header of the side's last segment; -1 before it. */
  WINDOW: 10,
  /** AnalysisFlag bits of the side's last segment. */
  LAST_FLAGS: 11,
  /** Duplicate ACKs in a row; -1 after an ACK of unseen data. */
  DUPLICATES: 12,
  /** Frame of the ACK that the duplicates repeat. */
  FIRST_ACK_FRAME: 13,
  /** The shift for its windows; -1 unknown, -2 no scaling. */
  SCALE: 14,
  /** Bytes in the SACK blocks of its last segment. */
  SACKED: 15,
  /** Bytes since the last PSH. */
  PUSHED: 16,
  /** Unacknowledged segments, a list from the oldest to the newest: see UnackedSegments. */
  OLDEST: 17,
  NEWEST: 18,
  UNACKED: 19,
  /** Lowest and highest sequence number of that list, from BASE, unsigned. */
  LOW: 20,
  HIGH: 21,
  LAST_FRAME: 22,
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
} as const

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
    for (let side = base + FlowState.SIDES; side < base + FLOW_WORDS; side += SIDE_WORDS) {
      this.words[side + SideState.WINDOW] = -1
      this.words[side + SideState.SCALE] = -1
    }
  }
}
