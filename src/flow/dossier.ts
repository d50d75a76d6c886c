import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { Region } from './region.ts'

/**
 * A dossier: what is kept of a flow beyond its row once more than SYNs and RSTs were seen. 192 bytes, ordered
 * by how many packets touch them. Offsets in 32-bit words; times and sums are float64 at an even word.
 */
export const DOSSIER_WORDS = 48

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
  /** What the server had acknowledged when it last sent payload. */
  REPLY_ACK: 14,
  /** Which beat was sent last, and how often it was answered since: see beats. */
  NEWEST_BEAT: 15,

  // Second: the client's payload. See beats; the first of them is whole.
  BEAT_SIZES: 16,
  BEAT_COUNTS: 20,
  BEAT_BODY: 24,
  /** Number of the record that holds the other beats' bodies; 0 without one. */
  OTHER_BEATS: 30,
  /** Number of its rare words; 0 without any. */
  RARE: 31,

  // Third: a server that is mute, and what is told once.
  /** Acknowledgments of new client payload while the server has sent none: see window-drain. */
  ACKS: 32,
  DISCRIMINATING: 33,
  UNREAD: 34,
  READ: 35,
  /** ack + window at the handshake: the right edge if nothing is ever read. */
  EDGE: 36,
  MIN_WINDOW: 37,
  /** Sequence number before each side's first byte: the ISN, or a guess from the first packet. Two words. */
  BASE_SEQ: 38,
  /** TTL, window scale (255: none) and window of each side's SYN. Two words. */
  SYN_SHAPE: 40,
  /** MSS and a hash of the options' order of each side's SYN. Two words. */
  SYN_OPTIONS: 42,
  /** The run that the first answer ended. */
  FIRST_RUN: 44,
  RESPONSE_MAX_FRAME: 45,
  /** float64 */
  FIRST_RESPONSE: 46,
} as const

/** All dossiers of a run, `DOSSIER_WORDS` words each. Number 0 is nobody's. */
export class Dossiers extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.DOSSIERS, DOSSIER_WORDS * 4)
    this.count = 1
  }
}
