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
  /**
   * The server answers after {@link LATE} on average; or some answer took so long, and waiting most of the time. Where the
   * network is known to be far enough away to explain it, it is none.
   */
  LATE: 1 << 11,
  /** A RST answered the SYN, and no SYN-ACK did, which the capture may lack: then data was taken, or something said. */
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
  /** The server's window was zero once, or the client's is; or the server's SYN-ACK told of none, and nothing opened it. */
  ZERO_WINDOW: 1 << 20,
  /** The server's first payload is another protocol's than the client's, for all that its first bytes tell. */
  AT_ODDS: 1 << 21,
  /** The server's SYN-ACK, or payload of it, came again. */
  SERVER_REPEATS: 1 << 22,
  /**
   * The client has not acknowledged all that the server sent, though nothing kept it from that: it spoke {@link PATIENCE}
   * later, bytes before others are missing, or payload was sent again and again.
   */
  REPLY_MISSED: 1 << 23,
  /**
   * Payload of either end was sent again, be it a keep-alive's byte, or bytes that the client sent before others are not in the
   * capture.
   */
  DATA_LOST: 1 << 24,
  /**
   * The first answer took at least {@link LATE}, and more than one segment of the client waited for it, or its first words in TLS or SSH did; or
   * a server that speaks first did so as late.
   */
  FIRST_LATE: 1 << 25,
  /**
   * Late, for all that the handshake tells of the network, also after the first answer, and each request and each answer in
   * one segment, none of them sent again.
   */
  SLOW: 1 << 26,
  /**
   * Pending, and perhaps for longer than {@link PATIENCE} and {@link BEYOND_HABIT} times the longest answer before; or not
   * pending, and long after an answer for which several segments of a client that speaks HTTP had waited together, or to one of
   * more requests than were answered, or one that never came to its end; or the server ended the connection before that.
   */
  OVERDUE: 1 << 27,
  /** Unanswered, and the server's system acknowledged something of it. */
  ACKED: 1 << 28,
  /** Acknowledged so, and the client, which is known for it, sent more when it had waited for {@link REPEATED}. */
  ASKED_AGAIN: 1 << 29,
  /** The first answer took at least {@link LATE}: until it came, the connection may have waited to be accepted. */
  WAITED: 1 << 30,
  /** The SYN was sent again, and the connection served after all. */
  SYN_AGAIN: 1 << 31,
} as const

/** Nanoseconds: beyond one second a person waits (Nielsen's second limit) and TCP's first time-out would have run out. */
export const LATE = 1e9

/** Nanoseconds: the first retransmission time-out (RFC 6298 §2.1), the time after which TCP itself takes silence for loss. */
export const PATIENCE = 1e9

/** So many times its longest answer so far a server may take before its silence is no longer its habit. */
export const BEYOND_HABIT = 3

/** Nanoseconds: a client that sends again has waited itself; sooner than TCP's least time-out it may just have more to send. */
export const REPEATED = 200e6

/** Whether facts hold all of one of the sets. */
export const suffice = (facts: number, sets: readonly number[]): boolean => sets.some((set) => (facts & set) === set)
