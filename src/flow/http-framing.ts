/**
 * How far the client and the server of a flow of HTTP are in their exchange: bits of `Row.SPEECH` above the two sides' speech. All are
 * zero in other protocols.
 */
export const HttpFraming = {
  /** The answer that came last ends at a number: `Dossier.ANSWER_END`, as long as the client has sent nothing since. */
  LENGTH: 1 << 16,
  /** It comes in chunks (RFC 9112 §7.1). */
  CHUNKS: 1 << 17,
  /**
   * These have not come to the last one. `Dossier.ANSWER_END` is where the chunk that came last ends. With HEADER: the last segment
   * does not end with a line.
   */
  OPEN: 1 << 18,
  /** The answer that is due has no body, whatever length it tells (HEAD), or leaves HTTP (CONNECT). */
  BODILESS: 1 << 19,
  /** Where answers begin and end is not known any more. */
  LOST: 1 << 20,
  /** In HTTP/2: the client sent something of a stream, and the server nothing of any since. */
  STREAM: 1 << 21,
  /** The header of the answer that came last has not ended so far. `Dossier.ANSWER_END` is the length that it told, with LENGTH. */
  HEADER: 1 << 22,
  /** Where chunks begin is not known any more, or what a line of the header told: it came in pieces. */
  ASTRAY: 1 << 23,
  /** From here on, in eight bits: requests that have not been answered so far. */
  REQUESTS: 24,
  MOST_REQUESTS: 255,
  /** In HTTP/2, in four bits each in place of these: streams of the client whose answers have not begun, or not ended. */
  TO_BEGIN: 24,
  TO_END: 28,
  MOST_STREAMS: 15,
} as const
