/** Where in the memory what stands. Offsets within the log's bytes are from the window's beginning. */

export const BLOCK: i32 = 16

/** Different lines that are remembered; a power of two. */
export const REMEMBERED: i32 = 4096
/**
 * Slots that a line may be remembered in: two lines that often come, and had but one for both, would have to be learned over and
 * over. So many words are compared at once.
 */
export const WAYS: i32 = 4
export const SETS: i32 = REMEMBERED / WAYS

/** Bytes of the longest line that is remembered. */
export const LONGEST: i32 = 512
/** Digits of a line that must be the same, or must not be zero. */
export const MOST_PLACES: i32 = 32
/** Bytes of the longest stamp whose second is told by its text. */
export const LONGEST_STAMP: i32 = 3 * BLOCK

/** Where in a remembered line stand its length, how many places of digits it has, and its stamp, or {@link NO_STAMP}. */
export const LENGTH: i32 = 0
export const PLACES: i32 = 4
export const STAMP: i32 = 8
/**
 * Of the stamp: where the zone begins, behind the fraction; nanoseconds of the fraction's last digit; a mask for its digits, of
 * eight bytes before the zone; and one for all bytes that say the second.
 */
export const ZONE: i32 = 12
export const SCALE: i32 = 16
export const DIGITS_MASK: i32 = 24
export const STAMP_MASK: i32 = 32
/** How that stamp is laid out, as a number; 1 where the line tells an event; how many there are in the run that is counted. */
export const LAYOUT: i32 = STAMP_MASK + LONGEST_STAMP
export const TELLS: i32 = LAYOUT + 4
export const COUNT: i32 = LAYOUT + 8
/** Its folded bytes, and the places. */
export const BYTES: i32 = LAYOUT + BLOCK
export const PLACE: i32 = BYTES + LONGEST
export const ENTRY_BYTES: i32 = PLACE + 4 * MOST_PLACES

/** Where no stamp stands, or none whose second can be told to be another's by its text. */
export const NO_STAMP: i32 = -1

/**
 * By line: where it ends, the slot of the one that it is like, and the nanoseconds of its second, where that is the second of the
 * line before.
 */
export const FOUND: i32 = 1024
export const FOUND_BYTES: i32 = 12
export const MOST_LINES: i32 = 1024
/** What a run of lines amounts to. */
export const RUN: i32 = FOUND + FOUND_BYTES * MOST_LINES
/** Of each slot that it has: which, and how many lines; and room for what is written behind the last. */
export const COUNTED: i32 = RUN + 2 * BLOCK
export const COUNTED_BYTES: i32 = 8
/** The line that was folded last. */
export const FOLDED: i32 = COUNTED + COUNTED_BYTES * MOST_LINES + BLOCK
/** Hashes of lines that were not known, by their last bits. */
export const SEEN: i32 = FOLDED + LONGEST
/** By slot: the hash of its line. */
export const HASHES: i32 = SEEN + 4 * REMEMBERED
/** By set, a byte: the slot of it that a line is put in next. */
export const NEXT: i32 = HASHES + 4 * REMEMBERED
export const ENTRIES: i32 = NEXT + SETS
/** The bytes of the log that are looked at. */
export const WINDOW: i32 = ENTRIES + ENTRY_BYTES * REMEMBERED

export const ZERO: i32 = 0x30
