import type { LogEvent } from '../../log/event.ts'
import type { Moment } from '../wire/moment-log.ts'

/** Offsets, in nanoseconds, that put a line where the packets allow it: both ends included. */
export interface OffsetWindow {
  readonly from: number
  readonly to: number
  /** The frame that it rests on. */
  readonly frame: number
}

/** One line that the packets can tell the time of. */
export interface Anchor {
  readonly event: LogEvent
  /** Offsets at which the line falls on a moment that it may speak of. */
  readonly windows: readonly OffsetWindow[]
  /** Offsets that contradict no order of cause and effect; null where the packets set none. */
  readonly bound: { readonly from: number; readonly to: number } | null
  /** The line names what ties it to one connection: port or peer. Else any moment of its kind will do. */
  readonly certain: boolean
}

/** A packet is stamped by the capturing system a little before or after the process's own clock reads: 2 ms either way. */
export const EARLY = 2e6
/** A process that is not held up writes its line within two scheduler slices and a log flush of the packet: 60 ms. */
export const PROMPT = 60e6

/**
 * A program says that it listens when it has started, which takes a runtime or a service some seconds after listen(); its
 * clients do not wait for the line.
 */
export const STARTING = 10e9

/** Times of lines on the run's clock, before any offset is added. */
export interface NominalTime {
  /** Null for a line without a stamp. */
  of(event: LogEvent): number | null
  /** Width of a stamp: the event happened in [stamp, stamp + tick). */
  readonly tick: number
}

/** The offsets at which a line stamped `nominal` was written between `early` before and `prompt` after a moment. */
export function windowOf(nominal: number, tick: number, moment: Moment, early = EARLY, prompt = PROMPT): OffsetWindow {
  return { from: moment.time - early - nominal - tick, to: moment.time + prompt - nominal, frame: moment.frame }
}

/** Lines are compared with at most this many moments each, and at most this many lines are compared: the vote is quadratic. */
export const MOST_WINDOWS = 256
export const MOST_ANCHORS = 512
