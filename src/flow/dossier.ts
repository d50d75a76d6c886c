import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { Region } from './region.ts'

/**
 * A dossier: what is kept of a flow beyond its row once more than SYNs and RSTs were seen. 128 bytes, two cache lines: who
 * waits for whom, and the client's payload. Offsets in 32-bit words; times and sums are float64 at an even word.
 */
export const DOSSIER_WORDS = 32

/** Sizes of payload that are followed as beats. */
export const BEATS = 4

export const Dossier = {
  // First cache line: every payload.
  /** float64: when the oldest request without an answer was sent; NaN while there is none. */
  PENDING_SINCE: 0,
  /** float64: when the client sent its newest payload. */
  LAST_PUSH: 2,
  /** float64: when the server last sent payload. */
  LAST_REPLY: 4,
  /** float64: sum and largest of the response times but for the first. */
  RESPONSE_SUM: 6,
  RESPONSE_MAX: 8,
  /** Client's data segments since the server last sent payload. */
  UNANSWERED: 10,
  /** Payload from the server that followed payload from the client. */
  ANSWERED: 11,
  /** Longest run of client segments that one answer ended, but for the first. */
  MAX_RUN: 12,
  /** Frame of the oldest request without an answer. */
  PENDING_FRAME: 13,
  /** In place of that while there is none: the sequence number after the answer. See `HttpFraming`. */
  ANSWER_END: 13,
  /** What the server had acknowledged when it last sent payload. */
  REPLY_ACK: 14,
  /** Which beat was sent last, and how often it was answered since: see beats. */
  NEWEST_BEAT: 15,

  // As long as the server is mute, in place of RESPONSE_SUM, RESPONSE_MAX and REPLY_ACK: see window-drain.
  /** Acknowledgments of new client payload. */
  ACKS: 6,
  DISCRIMINATING: 7,
  UNREAD: 8,
  READ: 9,
  /** ack + window at the handshake: the right edge if nothing is ever read. */
  EDGE: 14,

  // Second: the client's payload, and what the handshake and the first answer told.
  /** The first of the beats: see beats. */
  BEAT: 16,
  /** Number of the record that holds the other beats; 0 without one. */
  OTHER_BEATS: 24,
  /** Number of its rare words; 0 without any. */
  RARE: 25,
  /** Sequence number before each side's first byte: the ISN, or a guess from the first packet. Two words. */
  BASE_SEQ: 26,
  /** What each side's SYN offered to shift windows by, and whether its window was zero, a byte each: see syn-shape. */
  WINDOW_SHIFTS: 28,
  /** The run that the first answer ended. */
  FIRST_RUN: 29,
  /** float64 */
  FIRST_RESPONSE: 30,
} as const

/** All dossiers of a run, `DOSSIER_WORDS` words each. Number 0 is nobody's. */
export class Dossiers extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.DOSSIERS, DOSSIER_WORDS * 4)
    this.count = 1
  }
}
