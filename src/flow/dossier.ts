/**
 * A dossier: what is kept of a flow beyond its row once more than SYNs and RSTs were seen. 320 bytes; the first 64 are
 * what a packet with payload touches. Offsets in 32-bit words; times and sums are float64 at an even word.
 */
export const DOSSIER_WORDS = 80

export const Dossier = {
  /** float64: when the oldest request without an answer was sent; NaN while there is none. */
  PENDING_SINCE: 0,
  /** float64: when the client sent its newest payload. */
  LAST_PUSH: 2,
  /** Client's data segments since the server last sent payload. */
  UNANSWERED: 4,
  /** Payload from the server that followed payload from the client. */
  ANSWERED: 5,
  /** Acknowledgments of new client payload while the server has sent none: see window-drain. */
  ACKS: 6,
  DISCRIMINATING: 7,
  UNREAD: 8,
  READ: 9,
  /** ack + window at the handshake: the right edge if nothing is ever read. */
  EDGE: 10,
  MIN_WINDOW: 11,
  /** See ack-timing. */
  PROMPT_ACKS: 12,
  DELAYED_ACKS: 13,
  /** What the 32-bit counters of the row lost: a byte each for payload and bytes of both sides. */
  CARRY: 14,
  PENDING_FRAME: 15,
  /** Four beats: see beats. */
  BEATS: 16,
  /** float64: sum and largest of the response times but for the first; and the first. */
  RESPONSE_SUM: 48,
  RESPONSE_MAX: 50,
  FIRST_RESPONSE: 52,
  /** float64: when the server last sent payload. */
  LAST_REPLY: 54,
  RESPONSE_MAX_FRAME: 56,
  /** Longest run of client segments that one answer ended, and the run that the first answer ended. */
  MAX_RUN: 57,
  FIRST_RUN: 58,
  /** What each side's first payload looks like (a byte each), and who spoke first: see speech. */
  SPEECH: 59,
  /** Sequence number before each side's first byte: the ISN, or a guess from the first packet. Two words. */
  BASE_SEQ: 60,
  /** TTL, window scale (255: none) and window of each side's SYN. Two words. */
  SYN_SHAPE: 62,
  /** MSS and a hash of the options' order of each side's SYN. Two words. */
  SYN_OPTIONS: 64,
  /** The newest hole in each side's sequence: two starts, two ends. */
  HOLE_START: 66,
  HOLE_END: 68,
  /** Of the server's window: times it went to zero, times it opened again. */
  ZERO_WINDOWS: 70,
  REOPENED: 71,
  /** float64: since when it is zero; NaN while it is not. */
  ZERO_SINCE: 72,
  PROBES: 74,
  /** Keep-alives sent by the client (lower half) and by the server. */
  KEEP_ALIVES: 75,
  /** What the server had acknowledged when it last sent payload. */
  REPLY_ACK: 76,
  /** Packets that the capture holds twice. */
  DUPLICATES: 77,
  /** Bytes that each side sent and the capture does not hold (yet). Two words. */
  MISSING: 78,
} as const

const FIRST_CAPACITY = 256

/** All dossiers of a run. Number 0 is nobody's. */
export class Dossiers {
  /** `DOSSIER_WORDS` words each. Replaced when it grows: read it anew for each packet. */
  words = new Int32Array(FIRST_CAPACITY * DOSSIER_WORDS)
  doubles = new Float64Array(this.words.buffer)
  floats = new Float32Array(this.words.buffer)
  #used = 1

  /** A new one's number. */
  open(): number {
    const number = this.#used++
    if (this.#used * DOSSIER_WORDS > this.words.length) this.#grow()
    const base = number * DOSSIER_WORDS
    this.doubles[(base + Dossier.PENDING_SINCE) >> 1] = Number.NaN
    this.doubles[(base + Dossier.LAST_PUSH) >> 1] = Number.NaN
    this.doubles[(base + Dossier.FIRST_RESPONSE) >> 1] = Number.NaN
    this.doubles[(base + Dossier.LAST_REPLY) >> 1] = Number.NaN
    this.doubles[(base + Dossier.ZERO_SINCE) >> 1] = Number.NaN
    this.words[base + Dossier.MIN_WINDOW] = -1
    return number
  }

  #grow(): void {
    const grown = new Int32Array(this.words.length * 2)
    grown.set(this.words)
    this.words = grown
    this.doubles = new Float64Array(grown.buffer)
    this.floats = new Float32Array(grown.buffer)
  }
}
