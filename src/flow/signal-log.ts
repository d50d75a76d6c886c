import type { Current } from './current.ts'
import { GrowingWords } from './growing-words.ts'
import { ROW_WORDS, Row } from './row.ts'

/** What a signal says. The number is its counter's place in the flow's row: at most 16 kinds. */
export const Signal = {
  SYN: 0,
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
  /** Payload from the server that answers something, or its first. Value: its bytes. */
  REPLY: 7,
  /** A window of zero told. */
  ZERO_WINDOW: 8,
  /** The window opened again. Value: its bytes. */
  REOPENED: 9,
  /** A probe of a zero window. */
  PROBE: 10,
  KEEP_ALIVE: 11,
  /** An ICMP error that quotes the flow. Value: type * 256 + code. */
  ICMP: 12,
  /** An acknowledgment of bytes that the capture does not hold. */
  HOLE: 13,
  /** A reply that came later than any before. Value: the delay in milliseconds. */
  LATE_REPLY: 14,
  /** Payload sent again. */
  RETRANSMISSION: 15,
} as const
export type Signal = (typeof Signal)[keyof typeof Signal]

/** How many of each kind a flow keeps: enough to show it, few enough that no flow crowds out another. */
export const CAPS = [8, 8, 1, 8, 4, 12, 12, 4, 6, 4, 8, 4, 4, 4, 4, 8]

/** Signals of all flows together; beyond it, new ones are only counted. 24 MB. */
const MOST_SIGNALS = 1 << 20

const WORDS = 6
const KIND = 0
const OLDER = 1
const FRAME = 2
const VALUE = 3
const TIME = 4

/**
 * Facts that a verdict may cite, with their frames: appended per flow with a cap per kind, chained from the newest to
 * the oldest. Signals that an answer made pointless are given back, so that what is kept follows the flows that still
 * have something to tell.
 */
export class SignalLog {
  readonly #memory = new GrowingWords(1024 * WORDS)
  #words = this.#memory.words
  #doubles = this.#memory.doubles
  #used = 1
  #free = 0
  /** Signals not kept because all flows together had too many. */
  dropped = 0

  /** Bytes in use. */
  get bytesUsed(): number {
    return this.#used * WORDS * 4
  }

  /** Appends unless the flow has its fill of the kind. `rows` are the table's words. */
  append(rows: Int32Array, current: Current, kind: Signal, value: number): void {
    const base = current.flow * ROW_WORDS
    const counter = base + Row.SIGNAL_COUNTS + (kind >> 3)
    const shift = (kind & 7) << 2
    const had = (rows[counter]! >>> shift) & 15
    if (had >= CAPS[kind]!) return
    const signal = this.#allocate()
    if (signal === 0) return
    rows[counter] = rows[counter]! + (1 << shift)
    const words = this.#words
    const at = signal * WORDS
    words[at + KIND] = kind | (current.side << 8)
    words[at + FRAME] = current.frameId
    words[at + VALUE] = value
    words[at + OLDER] = rows[base + Row.SIGNALS]!
    this.#doubles[(at + TIME) >> 1] = current.frame.time
    rows[base + Row.SIGNALS] = signal
  }

  /** Whether the flow has a signal of the kind: one look at its row. */
  has(rows: Int32Array, row: number, kind: Signal): boolean {
    return ((rows[row * ROW_WORDS + Row.SIGNAL_COUNTS + (kind >> 3)]! >>> ((kind & 7) << 2)) & 15) !== 0
  }

  /** How many of a kind the flow has kept. */
  count(rows: Int32Array, row: number, kind: Signal): number {
    return (rows[row * ROW_WORDS + Row.SIGNAL_COUNTS + (kind >> 3)]! >>> ((kind & 7) << 2)) & 15
  }

  /** When the flow's newest signal of the kind was; NaN without one. Makes no view of it. */
  newest(rows: Int32Array, row: number, kind: Signal): number {
    const words = this.#words
    for (let at = rows[row * ROW_WORDS + Row.SIGNALS]! * WORDS; at !== 0; at = words[at + OLDER]! * WORDS)
      if ((words[at + KIND]! & 255) === kind) return this.#doubles[(at + TIME) >> 1]!
    return Number.NaN
  }

  /** When the flow's oldest signal of the kind was; NaN without one. Makes no view of it. */
  oldest(rows: Int32Array, row: number, kind: Signal): number {
    let time = Number.NaN
    if (!this.has(rows, row, kind)) return time
    const words = this.#words
    for (let at = rows[row * ROW_WORDS + Row.SIGNALS]! * WORDS; at !== 0; at = words[at + OLDER]! * WORDS)
      if ((words[at + KIND]! & 255) === kind) time = this.#doubles[(at + TIME) >> 1]!
    return time
  }

  /** The signal before this one of its flow; 0 without one, and for 0. */
  older(signal: number): number {
    return this.#words[signal * WORDS + OLDER]!
  }

  /** Gives the flow's signals of the kind back. */
  release(rows: Int32Array, row: number, kind: Signal): void {
    const base = row * ROW_WORDS
    const counter = base + Row.SIGNAL_COUNTS + (kind >> 3)
    const shift = (kind & 7) << 2
    if (((rows[counter]! >>> shift) & 15) === 0) return
    rows[counter] = rows[counter]! & ~(15 << shift)
    const words = this.#words
    let newer = 0
    for (let signal = rows[base + Row.SIGNALS]!; signal !== 0; ) {
      const older = words[signal * WORDS + OLDER]!
      if ((words[signal * WORDS + KIND]! & 255) !== kind) newer = signal
      else {
        if (newer === 0) rows[base + Row.SIGNALS] = older
        else words[newer * WORDS + OLDER] = older
        words[signal * WORDS + OLDER] = this.#free
        this.#free = signal
      }
      signal = older
    }
  }

  /** Signals of a flow, oldest first; of one kind alone where it is named. */
  of(rows: Int32Array, row: number, only?: Signal): SignalView[] {
    const words = this.#words
    const signals: SignalView[] = []
    if (only !== undefined && !this.has(rows, row, only)) return signals
    for (let at = rows[row * ROW_WORDS + Row.SIGNALS]! * WORDS; at !== 0; at = words[at + OLDER]! * WORDS) {
      const kind = (words[at + KIND]! & 255) as Signal
      if (only !== undefined && kind !== only) continue
      signals.push({
        kind,
        side: words[at + KIND]! >> 8,
        frame: words[at + FRAME]! >>> 0,
        value: words[at + VALUE]!,
        time: this.#doubles[(at + TIME) >> 1]!,
      })
    }
    return signals.reverse()
  }

  #allocate(): number {
    if (this.#free !== 0) {
      const signal = this.#free
      this.#free = this.#words[signal * WORDS + OLDER]!
      return signal
    }
    if (this.#used >= MOST_SIGNALS) {
      this.dropped++
      return 0
    }
    const signal = this.#used++
    this.#memory.reserve(this.#used * WORDS)
    this.#words = this.#memory.words
    this.#doubles = this.#memory.doubles
    return signal
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
