/** What one end does, in the field's words. A push is a message: all segments up to the one that carries PSH. */
export type Word = 'SYN' | 'SYN-ACK' | 'ACK' | 'push' | 'ack' | 'FIN' | 'RST'

/** 0: who opened the connection. 1: who was connected to. Turned to that once the whole capture was read. */
export type Side = 0 | 1

/** One step of a connection's story. */
export interface Step {
  side: Side
  readonly word: Word
  /** Payload of a push; 0 for every other word. */
  bytes: number
  readonly frame: number
  /** Nanoseconds since the run's epoch. */
  readonly time: number
  /** When the other end's first acknowledgment of it without payload came, and in which frame; NaN for none. */
  ackTime: number
  ackFrame: number
}

/** Steps that follow each other, and again, as often as `count` says: the first round is kept. */
export interface Round {
  readonly steps: readonly Step[]
  count: number
  /** Frame of the last round's first step. */
  lastFrame: number
  /** When the last round began. */
  lastTime: number
  /** Mean of the times from one round's beginning to the next, and the sum of their squared distances from it. */
  meanGap: number
  squares: number
  /** Longest round, from its first step to its last. */
  longest: number
}

/** Same step, whatever the size: two services say the same with other words. */
export const sameStep = (a: Step, b: Step): boolean => a.side === b.side && a.word === b.word

/** The time from one round to the next: mean and standard deviation in nanoseconds; null for what came once. */
export function periodOf(round: Round): { readonly mean: number; readonly deviation: number } | null {
  const gaps = round.count - 1
  if (gaps < 1) return null
  return { mean: round.meanGap, deviation: gaps < 2 ? 0 : Math.sqrt(round.squares / (gaps - 1)) }
}

/** A step in words: `push 44`. */
export const stepText = (step: Step): string => (step.word === 'push' ? `push ${step.bytes}` : step.word)
