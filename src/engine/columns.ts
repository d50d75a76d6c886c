/** Frames that are looked at together: as many as their flows' memory can be touched ahead and still be near. */
export const BATCH = 64

const DOUBLES = BATCH * 8
const WORDS = BATCH * 4
/** What the compiler of the assembly keeps for itself lies below. */
const START = 4096
const FIRST_WORDS = START + 2 * DOUBLES

/** Where the frames of a batch lie in the engine's memory, a column for each of their fields: offsets in bytes. */
export const Column = {
  /** float64: nanoseconds since the run's epoch. */
  TIME: START,
  /** float64: where the record starts in the (uncompressed) file. */
  OFFSET: START + DOUBLES,
  /** Where the frame's bytes start and end in the memory. */
  START: FIRST_WORDS,
  END: FIRST_WORDS + WORDS,
  /** Length on the wire. */
  ORIGINAL: FIRST_WORDS + 2 * WORDS,
  LINK_TYPE: FIRST_WORDS + 3 * WORDS,
  INTERFACE: FIRST_WORDS + 4 * WORDS,
  /** Where the TCP header of a plain segment starts in the memory, -1 for any other frame. */
  SEGMENT: FIRST_WORDS + 5 * WORDS,
  /** Hash of the two ends, for what is TCP. */
  HASH: FIRST_WORDS + 6 * WORDS,
  /** Row of the flow, as guessed by the hash, or -1. */
  ROW: FIRST_WORDS + 7 * WORDS,
  /** Who sent it: 0 where the sender of the flow's first packet did, 1 where the other end did. */
  SIDE: FIRST_WORDS + 8 * WORDS,
} as const

/** What is counted of a capture while its records are read: float64, by number from {@link TALLY} on. */
export const Tally = {
  PACKETS: 0,
  WIRE_BYTES: 1,
  CUT_FRAMES: 2,
  FIRST_TIME: 3,
  LAST_TIME: 4,
  PREVIOUS_TIME: 5,
  BACKWARD_STEPS: 6,
  /** Where the next record starts in the memory. */
  POSITION: 7,
} as const
export const TALLY = FIRST_WORDS + 9 * WORDS
export const TALLY_FIELDS = 8

/**
 * Records that are added to while packets are followed lie in regions of the memory, which are moved as they grow. Each
 * has some words that say where: from {@link REGIONS} on, by the region's number.
 */
export const RegionNumber = {
  SLOTS: 0,
  ROWS: 1,
  DOSSIERS: 2,
  /** What the sequence analysis keeps, where somebody asks for it. */
  ANALYSIS: 3,
  RARE_ANALYSIS: 4,
  UNACKED: 5,
  /** What statistics of flows keep, likewise. */
  STATISTICS: 6,
  RARE_STATISTICS: 7,
} as const
export type RegionNumber = (typeof RegionNumber)[keyof typeof RegionNumber]
export const RegionWord = {
  /** Where its records start, in bytes. */
  AT: 0,
  /** Records in use, and how many there is room for. */
  USED: 1,
  ROOM: 2,
} as const
export const REGION_WORDS = 4
export const REGIONS = TALLY + TALLY_FIELDS * 8

/** What the sequence analysis found about the ordinary segment that it took last: words from {@link OUTCOME} on. */
export const Outcome = {
  /** float64: how long what it acknowledges has taken; known where ACKS_FRAME is not 0. */
  ACK_RTT: 0,
  /** float64: how long after its sender's segment before it. */
  IDLE: 2,
  ACKS_FRAME: 4,
  /** In bytes. */
  WINDOW: 5,
  /** Payload on its way; 0 where it is not known. */
  IN_FLIGHT: 6,
  /** Payload since the last PSH, where the one on its way is known. */
  PUSHED: 7,
} as const
export const OUTCOME_WORDS = 8
const MOST_REGIONS = 16
export const OUTCOME = REGIONS + MOST_REGIONS * REGION_WORDS * 4

/** A page of WebAssembly memory. */
export const PAGE = 65_536

/**
 * Room for the window: the largest block that a reader waits for has to be in it as a whole, also one that is passed over.
 * Mostly a window is a sixteenth of it, and the rest is never touched.
 */
const WINDOW_ROOM = 16 << 20
/** Where the window of a capture's bytes starts: on the second page. */
export const WINDOW_START = 65_536
/** Where the window ends, and the flows' memory begins. */
export const WINDOW_END = WINDOW_START + WINDOW_ROOM

/** Pages that an engine starts with: the batch, the window, and the first flows. */
export const FIRST_PAGES = WINDOW_END / PAGE + 4
/** All that 32 bits can address. Address space alone: a page takes memory when it is first used. */
export const MOST_PAGES = 65_536
