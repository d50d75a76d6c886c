/**
 * What rules ask first of a flow, a bit each. The engine gathers them in one look at every flow before any is judged: a rule
 * that needs a fact that a flow lacks is not asked about it, and most flows are judged by their facts alone.
 */
export const Fact = {
  /** A packet of it was captured; without, a broken header reserved the stream number. */
  SEEN: 1 << 0,
  ONE_SIDED: 1 << 1,
  MIDSTREAM: 1 << 2,
  /** Bytes that were acknowledged are not in the capture. */
  HOLED: 1 << 3,
  SERVED: 1 << 4,
  /** Payload of the server followed payload of the client. */
  ANSWERED: 1 << 5,
  /** Established, and the server never sent a byte. */
  MUTE: 1 << 6,
  /** Mute, and the client sent something. */
  UNANSWERED: 1 << 7,
  /** The client sent payload since the server last did. */
  PENDING: 1 << 8,
  /** Neither end asked or told the other anything on an established connection. */
  IDLE: 1 << 9,
  /** The server sent payload and the client none. */
  SERVER_PUSH: 1 << 10,
  /** Some answer took at least {@link LATE}. */
  LATE: 1 << 11,
  /** A RST answered the SYN, and no SYN-ACK did. */
  REFUSED: 1 << 12,
  /** SYNs of the client, and nothing of the server. */
  UNANSWERED_SYN: 1 << 13,
  /** The server sent a SYN-ACK, and the client did not acknowledge it. */
  HALF_OPEN: 1 << 14,
  /** The client acknowledged the SYN-ACK, and nothing was acknowledged after it. */
  BARE_HANDSHAKE: 1 << 15,
  SERVER_RST: 1 << 16,
  CLIENT_FIN: 1 << 17,
  SERVER_FIN: 1 << 18,
  DATA_AFTER_FIN: 1 << 19,
  /** The server's window was zero once, or the client's is. */
  ZERO_WINDOW: 1 << 20,
  /** The server's first payload names its protocol. */
  SPEAKING: 1 << 21,
  /** The server's SYN-ACK, or payload of it, was sent again. */
  SERVER_REPEATS: 1 << 22,
  /** The client has not acknowledged all that the server sent. */
  REPLY_OUTSTANDING: 1 << 23,
  /** Payload of either end was sent again, or bytes that the client sent before others are not in the capture. */
  DATA_LOST: 1 << 24,
} as const

/** Nanoseconds: no rule takes a sooner answer for a late one (a second is the first time-out of RFC 6298 §2.1). */
export const LATE = 1e9

/** Whether facts hold all of one of the sets. */
export const suffice = (facts: number, sets: readonly number[]): boolean => sets.some((set) => (facts & set) === set)
