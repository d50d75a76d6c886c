/**
 * A flow's row: everything that every packet touches, in 128 bytes: what both sides share in one cache line, the two
 * sides in the next.
 * Offsets in 32-bit words of the table's rows; times are float64 at an even word.
 */
export const ROW_WORDS = 32

export const Row = {
  /** Address of the end that sent the flow's first packet: the IPv4 word, or a number of the address table. */
  ADDRESS_A: 0,
  ADDRESS_B: 1,
  /** Port of A in the upper half, of B in the lower. */
  PORTS: 2,
  /** Bits of {@link State}. */
  STATE: 3,
  /** float64 */
  FIRST_TIME: 4,
  /** float64 */
  LAST_TIME: 6,
  /** Frame ids: see `Current.frameId`. */
  FIRST_FRAME: 8,
  LAST_FRAME: 9,
  /** Number of its dossier; 0 as long as it has none (a flow of SYNs and RSTs). */
  DOSSIER: 10,
  /** Its newest signal; 0 without one. */
  SIGNALS: 11,
  /** Signals kept, four bits a kind. */
  SIGNAL_COUNTS: 12,
  /** What Zeek's history has of it: see conn-state. */
  HISTORY: 14,
  /** What each side's first payload looks like, a byte each: see speech. Above that, where answers end: see `HttpFraming`. */
  SPEECH: 15,
  /** Where the two sides' blocks start. */
  SIDES: 16,
} as const

export const SIDE_WORDS = 8

/**
 * One direction's words, from `Row.SIDES + side * SIDE_WORDS`. As long as a flow has no dossier, ACK and PAYLOAD of a
 * side that sent nothing but SYNs hold the shape of its SYN: see syn-shape.
 */
export const Side = {
  PACKETS: 0,
  /** The sequence number after the highest one sent. */
  NEXT_SEQ: 1,
  /** The highest acknowledgment number sent. */
  ACK: 2,
  /** Window of the last segment, as in its header. */
  WINDOW: 3,
  /** First transmissions, modulo 2^32; the carry is in the rare words. */
  PAYLOAD: 4,
  /** Frames' lengths, modulo 2^32; the carry is in the rare words. */
  BYTES: 5,
  /** Data segments sent for the first time; as long as a flow has no dossier, SYNs sent again. */
  SEGMENTS: 6,
  /** IP identification and TCP checksum of the last packet: equal where the capture recorded it twice. */
  FINGERPRINT: 7,
} as const

/** Bits of `Row.STATE`. Those of a side stand for A; B's is one to the left. */
export const State = {
  IPV6: 1 << 0,
  /** B is the client; meaningful at once, a guess until ROLES_KNOWN. */
  CLIENT_B: 1 << 1,
  /** A SYN or SYN-ACK told who is the client. */
  ROLES_KNOWN: 1 << 2,
  SYN: 1 << 3,
  SYN_ACK: 1 << 5,
  FIN: 1 << 7,
  RST: 1 << 9,
  /** NEXT_SEQ holds a number. */
  SEQ_SET: 1 << 11,
  /** ACK holds a number. */
  ACK_SET: 1 << 13,
  /** The client acknowledged the SYN-ACK. */
  HANDSHAKE: 1 << 15,
  /** Payload was sent. */
  DATA: 1 << 16,
  /** The last window told was zero. */
  ZERO_WINDOW: 1 << 18,
  /** The sequence number that starts the stream is known: see `Dossier.BASE_SEQ`. */
  BASE_SET: 1 << 20,
  /** The other side acknowledged this side's FIN. */
  FIN_ACKED: 1 << 22,
  /** The server sent payload after it had got the client's FIN. */
  DATA_AFTER_FIN: 1 << 24,
  /** An ICMP error quoted the flow. */
  ICMP: 1 << 25,
  /** How late the newest client payload is acknowledged tells whether it is read: see ack-timing. */
  TIMED: 1 << 26,
  /** Who sent the first payload. */
  CLIENT_FIRST: 1 << 27,
  SERVER_FIRST: 1 << 28,
  /** The client acknowledged payload of the server that the capture does not hold, or a number of the server's tells of some. */
  UNSEEN_REPLY: 1 << 29,
  /** A later flow has the same ends: no further packet is this one's. */
  REPLACED: 1 << 30,
  /** A RST acknowledged something of a side that had not been seen yet. */
  RST_ACKED: 1 << 31,
} as const
