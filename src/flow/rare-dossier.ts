import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { Region } from './region.ts'

/**
 * What few flows have to tell: of losses, of a window that was shut, of probes, of acknowledgments that were timed. 64 bytes,
 * opened when the first of it happens. Offsets in 32-bit words; the time is float64 at an even word.
 */
export const RARE_DOSSIER_WORDS = 16

export const RareDossier = {
  /** float64: since when the server's window is zero; NaN while it is not. */
  ZERO_SINCE: 0,
  /** Times it went to zero. */
  ZERO_WINDOWS: 2,
  PROBES: 3,
  /** Keep-alives sent by the client (lower half) and by the server. */
  KEEP_ALIVES: 4,
  /** What the 32-bit counters of the row lost: a byte each for payload and bytes of both sides. */
  CARRY: 5,
  /** Payload that each side sent again. Two words. */
  RETRANSMISSIONS: 6,
  /** Bytes that each side sent and the capture does not hold (yet). Two words. */
  MISSING: 8,
  /** The newest hole in each side's sequence: two starts, two ends. */
  HOLE_START: 10,
  HOLE_END: 12,
  /** See ack-timing. */
  PROMPT_ACKS: 14,
  DELAYED_ACKS: 15,
} as const

/** The rare words of all flows. Number 0 is nobody's. */
export class RareDossiers extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.RARE_DOSSIERS, RARE_DOSSIER_WORDS * 4)
    this.count = 1
  }
}
