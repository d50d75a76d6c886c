/**
 * What lies where in the engine's memory, from its beginning: the batch's columns, what is counted of a capture, the regions
 * and bounds of flows, a packet and a line that are handed over, the window of a capture's bytes, and behind it the flows.
 */

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
  /** For plain segments: `State.IPV6` or 0, their addresses as rows have them, and the payload that the IP header promises. */
  VERSION: FIRST_WORDS + 10 * WORDS,
  FROM: FIRST_WORDS + 11 * WORDS,
  TO: FIRST_WORDS + 12 * WORDS,
  PAYLOAD: FIRST_WORDS + 13 * WORDS,
  /** Hash of the two ends, for what is TCP. */
  HASH: FIRST_WORDS + 6 * WORDS,
  /** Row of the flow, as guessed by the hash until it is followed, or -1. */
  ROW: FIRST_WORDS + 7 * WORDS,
  /** Who sent it: 0 where the sender of the flow's first packet did, 1 where the other end did. */
  SIDE: FIRST_WORDS + 8 * WORDS,
  /** What following it found: bits of {@link Outcome}. */
  OUTCOME: FIRST_WORDS + 9 * WORDS,
  /** After the captures, of a batch of flows: bits of the diagnosis' `Fact`. */
  FACTS: FIRST_WORDS + 9 * WORDS,
  /** After the captures, of a batch of flows whose lines are written: numbers of manners, or bits of {@link Line}. */
  MANNER: FIRST_WORDS + 9 * WORDS,
  /** And of each flow the number of the one finding about it, or -1. */
  FINDING: FIRST_WORDS + 10 * WORDS,
  /** Likewise, while chains of signals are walked along: the flows that have them, then the signal that each has come to. */
  CHAIN: FIRST_WORDS + 8 * WORDS,
  /** Likewise, flows that are to be read. */
  READ: FIRST_WORDS + 7 * WORDS,
} as const

export const Outcome = {
  /** It was ordinary: established, in order, nothing new in kind. */
  ORDINARY: 1,
  /** It began its flow on addresses and ports that an earlier flow of the run had. */
  REUSED: 2,
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
export const TALLY = FIRST_WORDS + 14 * WORDS
export const TALLY_FIELDS = 8

/**
 * Records that are added to while packets are followed lie in regions of the memory, which are moved as they grow. Each
 * has some words that say where: from {@link REGIONS} on, by the region's number.
 */
export const RegionNumber = {
  SLOTS: 0,
  ROWS: 1,
  DOSSIERS: 2,
  RARE_DOSSIERS: 3,
  OTHER_BEATS: 4,
  SIGNALS: 5,
  HISTORIES: 6,
  SYN_SHAPES: 7,
  /** What the sequence analysis keeps, where somebody asks for it. */
  ANALYSIS: 8,
  RARE_ANALYSIS: 9,
  UNACKED: 10,
  /** What statistics of flows keep, likewise. */
  STATISTICS: 11,
  RARE_STATISTICS: 12,
} as const
export type RegionNumber = (typeof RegionNumber)[keyof typeof RegionNumber]
export const RegionWord = {
  /** Where its records start, in bytes. */
  AT: 0,
  /** Records in use, and how many there is room for. */
  USED: 1,
  ROOM: 2,
  RECORD_BYTES: 3,
} as const
export const REGION_WORDS = 4
export const REGIONS = TALLY + TALLY_FIELDS * 8
const MOST_REGIONS = 16
/** A packet adds no more records to a region than this: so many are kept free, unless the memory is full. */
export const MOST_A_PACKET = 8

/** What bounds the following of flows, and what it counts of the run: offsets in bytes from {@link LIMITS} on. */
export const Limit = {
  /** int32: 1 where the regions cannot grow any more. */
  IS_FULL: 0,
  /** float64: bytes that may be kept of all flows. */
  MOST_BYTES: 8,
} as const
/** float64 each. */
export const Total = {
  /** Packets that some capture holds twice. */
  DUPLICATES: 16,
  /** Packets recorded after what answers them: a SYN after its SYN-ACK, data after its acknowledgment. */
  INVERSIONS: 24,
  /** Segments of connections that are not followed, because the bound of memory was reached before they began. */
  UNFOLLOWED: 32,
  /** Signals not kept because all flows together had too many. */
  DROPPED_SIGNALS: 40,
} as const
export const LIMITS = REGIONS + MOST_REGIONS * REGION_WORDS * 4

/** For the thread that uses memory ahead: an int32 that counts how often it was told to go on, or says that it is to end. */
export const Paging = { CALLS: LIMITS + 56, ENDED: -1 } as const

/** A packet that the program has decoded, for the engine to follow: offsets in bytes from {@link PACKET} on. */
export const PacketField = {
  /** float64 */
  TIME: 0,
  ORIGINAL: 8,
  FRAME_ID: 12,
  IS_IPV6: 16,
  /** Addresses as rows have them: IPv4 words, or numbers of the address table. */
  FROM: 20,
  TO: 24,
  /** Source port in the upper half, destination port in the lower. */
  PORTS: 28,
  SEQ: 32,
  ACK: 36,
  FLAGS: 40,
  WINDOW: 44,
  PAYLOAD_LENGTH: 48,
  /** IP identification in the upper half, TCP checksum in the lower. */
  FINGERPRINT: 52,
  TTL: 56,
  OPTIONS_LENGTH: 60,
  /** Bytes of the payload that are in PAYLOAD. */
  CAPTURED_LENGTH: 64,
  /** What the engine answers: the row or -1, the side, and whether the ports were used again. */
  FLOW: 68,
  SIDE: 72,
  REUSED: 76,
  /** The captured bytes of the options. */
  OPTIONS: 80,
  /** The first bytes of the payload. */
  PAYLOAD: 120,
} as const
export const MOST_OPTIONS = 40
/** Bytes of a payload that may tell of its protocol. */
export const MOST_SPEECH = 32
export const PACKET = LIMITS + 64

/** What the sequence analysis found about the segment that the assembly took last: words from {@link FOUND} on. */
export const Found = {
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
export const FOUND_WORDS = 8
export const FOUND = PACKET + PacketField.PAYLOAD + MOST_SPEECH

/**
 * Where the engine writes what is in numbers of a connection's line in a report: offsets in bytes from {@link LINE} on. A
 * text whose length is not 0 stands for numbers that are out of the ordinary.
 */
export const LineField = {
  START_LENGTH: 0,
  END_LENGTH: 4,
  START: 8,
  END: 72,
  /** Where its second stretch starts and ends; the first starts at OUTPUT, and ends where the second starts. */
  SECOND: 136,
  LAST: 140,
  /** The constant texts, as they follow each other in the line. */
  LABELS: 144,
  OUTPUT: 656,
} as const
export const LINE = PACKET + 256

/** A page of WebAssembly memory. */
export const PAGE = 65_536

/**
 * Room for the window: the largest block that a reader waits for has to be in it as a whole, also one that is passed over.
 * Mostly three places of a megabyte are used of it, and the rest is never touched.
 */
const WINDOW_ROOM = 24 << 20
/** Where the window of a capture's bytes starts: on the second page. */
export const WINDOW_START = 65_536
/** Where the window ends, and the places of IPv6 addresses begin: memory that is used where there is IPv6. */
export const WINDOW_END = WINDOW_START + WINDOW_ROOM

/** Bits of the hash of an IPv6 address, by which its number is found in one of two places: see `assembly/addresses.ts`. */
export const ADDRESS_BITS = 14
/** Four words of the address and its number, padded, so that two places are a line of the cache. */
export const ADDRESS_BYTES = 32
/** Where the flows' memory begins. */
export const FLOWS_START = WINDOW_END + 2 * ADDRESS_BYTES * (1 << ADDRESS_BITS)

/** Pages that an engine starts with: the batch, the window, the addresses, and the first flows. */
export const FIRST_PAGES = FLOWS_START / PAGE + 4
/** All that 32 bits can address. Address space alone: a page takes memory when it is first used. */
export const MOST_PAGES = 65_536

/** How the judgement of a flow is told: a text, or one before and one after a reason about times that is written in numbers. */
export const Manner = { HEAD: 0, HEAD_LENGTH: 1, TAIL: 2, TAIL_LENGTH: 3, TELLS_TIMES: 4 } as const
export const MANNER_WORDS = 8
/** What stands between the list of causes and the first frame, found by the hash of what it is told by. */
export const PassageWord = { KEY: 0, TEXT: 1, LENGTH: 2 } as const
export const PASSAGE_WORDS = 4
/** Bits of the hash. */
export const PASSAGE_BITS = 8

/** So many can be told of at most. */
export const MOST_CAPTURES = 64
export const MOST_MANNERS = 256

/** Instead of the number of a manner: the line is left to the program, or there is none. */
export const Line = { LEFT: -1, NONE: -2 } as const

/** No line is longer, if the texts of its manner, and what stands before it, have no more than half of it. */
export const LINE_BYTES = 4096

const CAPTURE_TABLE = 24
const MANNER_TABLE = CAPTURE_TABLE + MOST_CAPTURES * 8
const PASSAGE_TABLE = MANNER_TABLE + MOST_MANNERS * MANNER_WORDS * 4

/**
 * What stands in many lines of a report: offsets in bytes from {@link TEXTS} on. A text is known by two words: where it
 * starts in the memory, and how many bytes it has.
 */
export const TextField = {
  /** int32: who has put them there. */
  OWNER: 0,
  /** The text before each line. */
  NEXT: 8,
  /** int32: how many captures there are; of each the id before its first frame, and digits after the second. */
  CAPTURE_COUNT: 16,
  CAPTURES: CAPTURE_TABLE,
  /** {@link Manner} and {@link PassageWord} */
  MANNERS: MANNER_TABLE,
  PASSAGES: PASSAGE_TABLE,
  /** The bytes of the texts. */
  BYTES: PASSAGE_TABLE + (PASSAGE_WORDS << (2 + PASSAGE_BITS)),
} as const

const TEXT_ROOM = 1 << 18
/** After the captures, the window holds lines of a report as the engine writes them, a batch at a time. */
export const LINES = WINDOW_START + TEXT_ROOM
/** And what stands in many of them. */
export const TEXTS = LINES - TEXT_ROOM
/** The two IPv6 addresses of each flow of the batch that has them, for its line: rows hold only the addresses' numbers. */
export const ENDS = LINES + (BATCH + 1) * LINE_BYTES
/** Four words an address. */
export const ENDS_WORDS = 8
