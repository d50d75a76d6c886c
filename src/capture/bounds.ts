/** Largest captured length of one frame: libpcap's MAXIMUM_SNAPLEN, which Wireshark keeps to as well. A longer one is damage. */
export const MAX_FRAME_BYTES = 262_144

/** Largest pcapng block that is looked into: a frame of the largest size and 768 KiB of options. */
export const MAX_BLOCK_BYTES = 1 << 20

/** Largest pcapng block that is skipped: Wireshark's bound. A longer one is damage, or an absurd length would pass as a cut end. */
export const MAX_SKIPPED_BLOCK_BYTES = 16 << 20

/** Interfaces of all sections of one capture: each takes memory, and 20 bytes of the file. */
export const MAX_INTERFACES = 65_536

/** Comments kept per capture, and characters of each. */
export const MAX_COMMENTS = 100
export const MAX_COMMENT_LENGTH = 1000

/**
 * Bytes of a window that is read at once: readSync is no faster with more, and so many have mostly left the cache of the core
 * that copied them when another one comes to read them, which is then served sooner.
 */
export const WINDOW_BYTES = 2 << 20

/** Longest line of a packet list; what is longer counts as several. */
export const MAX_LINE_BYTES = 65_536

/** How much of a text is looked at for a line of a packet list before it is taken for something else. */
export const LIST_HEAD_BYTES = 65_536

/** How much of a packet list is looked through before its first frame, for what holds for all of it. */
export const LIST_SURVEY_BYTES = 16 << 20
