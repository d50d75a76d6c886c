/** A segment that waits for its acknowledgment: a record of so many words. Number 0 is none. */
export const NODE_WORDS = 6

export const Node = {
  /** float64 */
  TIME: 0,
  SEQ: 2,
  END: 3,
  FRAME: 4,
  /** The next of its list, 0 at its end; of number 0 the first of those that were released. */
  NEWER: 5,
} as const

/** Nodes that one segment takes at most: one for each side's segment that stood alone, and one for itself. */
export const NODES_OF_A_SEGMENT = 3

/** In `SideState.OLDEST`: the list is the segment alone that reached NEXT_SEQ, and the side's own words tell of it. */
export const SOLE = -1

/** Segments that a side's list holds at most: Wireshark's own bound. */
export const MOST_OF_A_SIDE = 10_000

/** Of all flows together: 96 MB. */
export const MOST_OF_ALL = 1 << 22
