import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { Region } from './region.ts'
import { ROW_WORDS, Row } from './row.ts'

/** What a signal says. The number is its counter's place in the flow's row: at most 16 kinds. */
export const Signal = {
  /** Where it begins the flow it is counted alone: the row has the rest. */
  SYN: 0,
  /** Value: its window. */
  SYN_ACK: 1,
  /** The client's first acknowledgment of the SYN-ACK. */
  HANDSHAKE: 2,
  RST: 3,
  /** Value: the acknowledgment number that it carries. */
  FIN: 4,
  /** New payload from the client while the server has sent none. Value: its bytes. */
  PUSH: 5,
  /** The server acknowledged such payload. Value: its window in bytes; negative (`~window`) where it discriminates. */
  ACKED: 6,
  /** The server's first payload, what it announces, and in TLS what follows the handshake. Value: see `ReplyShape`. */
  REPLY: 7,
  /** A window of zero told. */
  ZERO_WINDOW: 8,
  /** The window opened again. Value: its bytes. */
  REOPENED: 9,
  /** A probe of a zero window. */
  PROBE: 10,
  /** Value: see `KeepAliveShape`. Of more than are kept, the last one is the newest that follows a packet of the other side. */
  KEEP_ALIVE: 11,
  /** An ICMP error that quotes the flow. Value: type * 256 + code. */
  ICMP: 12,
  /** An acknowledgment of bytes that the capture does not hold. */
  HOLE: 13,
  /** A reply that came late, and later than any before. Value: see `LateReply`. */
  LATE_REPLY: 14,
  /** Payload sent again. */
  RETRANSMISSION: 15,
} as const
export type Signal = (typeof Signal)[keyof typeof Signal]

/**
 * How many of each kind a flow keeps: enough to show it, few enough that no flow crowds out another. Written out for the
 * assembly by the build.
 * @public
 */
export const CAPS = [8, 8, 1, 8, 4, 12, 12, 5, 6, 4, 8, 4, 4, 4, 4, 8]

/** Signals of all flows together; beyond it, new ones are only counted. 48 MB. */
export const MOST_SIGNALS = 1 << 21

export const SIGNAL_WORDS = 6
/** A signal's words. */
export const SignalField = {
  /** The kind, and above its eight bits the side that sent the packet. */
  KIND: 0,
  /** The flow's signal before it; 0 for its first. */
  OLDER: 1,
  /** Frame id. */
  FRAME: 2,
  VALUE: 3,
  /** float64 */
  TIME: 4,
} as const
const { KIND, OLDER, FRAME, VALUE, TIME } = SignalField
const WORDS = SIGNAL_WORDS

/**
 * Facts that a verdict may cite, with their frames: appended per flow with a cap per kind, chained from the newest to
 * the oldest. Signals that an answer made pointless are given back, so that what is kept follows the flows that still
 * have something to tell.
 */
export class SignalLog extends Region {
  readonly #rows: Region

  constructor(engine: Engine, rows: Region) {
    super(engine, RegionNumber.SIGNALS, SIGNAL_WORDS * 4, MOST_SIGNALS)
    this.#rows = rows
    // Number 0 is none.
    this.count = 1
  }

  /** How many of a kind the flow has kept: one look at its row. */
  kept(row: number, kind: Signal): number {
    return (this.#rows.words[row * ROW_WORDS + Row.SIGNAL_COUNTS + (kind >> 3)]! >>> ((kind & 7) << 2)) & 15
  }

  /** When the flow's newest signal of the kind was; NaN without one. Makes no view of it. */
  newest(row: number, kind: Signal): number {
    if (this.kept(row, kind) === 0) return Number.NaN
    const { words } = this
    for (let at = this.#newestOf(row); at !== 0; at = words[at + OLDER]! * WORDS)
      if ((words[at + KIND]! & 255) === kind) return this.doubles[(at + TIME) >> 1]!
    return this.#beginning(row)
  }

  /** Value of the flow's newest signal of the kind that has a record; 0 without one. Makes no view of it. */
  newestValue(row: number, kind: Signal): number {
    const { words } = this
    for (let at = this.#newestOf(row); at !== 0; at = words[at + OLDER]! * WORDS)
      if ((words[at + KIND]! & 255) === kind) return words[at + VALUE]!
    return 0
  }

  /** When the flow's oldest signal of the kind was; NaN without one. Makes no view of it. */
  oldest(row: number, kind: Signal): number {
    let left = this.kept(row, kind)
    if (left === 0) return Number.NaN
    const { words } = this
    for (let at = this.#newestOf(row); at !== 0; at = words[at + OLDER]! * WORDS)
      if ((words[at + KIND]! & 255) === kind && --left === 0) return this.doubles[(at + TIME) >> 1]!
    return this.#beginning(row)
  }

  /** Signals of a flow, oldest first; of one kind alone where it is named. */
  of(row: number, only?: Signal): SignalView[] {
    const { words } = this
    const signals: SignalView[] = []
    if (only !== undefined && this.kept(row, only) === 0) return signals
    let syns = this.kept(row, Signal.SYN)
    for (let at = this.#newestOf(row); at !== 0; at = words[at + OLDER]! * WORDS) {
      const kind = (words[at + KIND]! & 255) as Signal
      if (kind === Signal.SYN) syns--
      if (only === undefined || kind === only) signals.push(this.#view(at))
    }
    if (syns > 0 && (only === undefined || only === Signal.SYN)) signals.push(this.#firstSyn(row))
    return signals.reverse()
  }

  #newestOf(row: number): number {
    return this.#rows.words[row * ROW_WORDS + Row.SIGNALS]! * WORDS
  }

  /** When the flow began: the time of a SYN that is counted and has no record. */
  #beginning(row: number): number {
    return this.#rows.doubles[(row * ROW_WORDS + Row.FIRST_TIME) >> 1]!
  }

  #view(at: number): SignalView {
    const { words } = this
    return {
      kind: (words[at + KIND]! & 255) as Signal,
      side: words[at + KIND]! >> 8,
      frame: words[at + FRAME]! >>> 0,
      value: words[at + VALUE]!,
      time: this.doubles[(at + TIME) >> 1]!,
    }
  }

  #firstSyn(row: number): SignalView {
    const frame = this.#rows.words[row * ROW_WORDS + Row.FIRST_FRAME]! >>> 0
    return { kind: Signal.SYN, side: 0, frame, value: 0, time: this.#beginning(row) }
  }
}

/** One signal, copied out. */
export interface SignalView {
  readonly kind: Signal
  /** Who sent the packet: 0 for A, 1 for B. */
  readonly side: number
  /** Frame id. */
  readonly frame: number
  readonly value: number
  /** Nanoseconds since the run's epoch. */
  readonly time: number
}
