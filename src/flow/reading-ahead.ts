import { DOSSIER_WORDS, Dossier } from './dossier.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row } from './row.ts'

/** Flows whose memory is touched at a time. */
const STRETCH = 64

/** Flows that have one of some facts: what a rule asks about them, it finds by walking their signals. */
interface Walked {
  /** By row. */
  readonly facts: Int32Array
  readonly having: number
}

/**
 * Touches the memory of the flows that are read next, after the capture. Rows lie in the order of reading, which processors
 * foresee; dossiers and signals lie in the order of packets, and each would be waited for. The loops are short for the
 * reason that those of the engine are (`flow-table.ts` of its assembly).
 */
export class ReadingAhead {
  /** Sum of what was read: kept, so that no compiler finds the reading useless. */
  warmth = 0
  readonly #flows: Flows
  readonly #dossiers = new Int32Array(STRETCH)
  readonly #signals = new Int32Array(STRETCH)
  readonly #walked: Walked | null
  #reached = 0

  /** Of the flows that are to be `walked`, every signal is touched; of the others none. */
  constructor(flows: Flows, walked: Walked | null = null) {
    this.#flows = flows
    this.#walked = walked
  }

  /** To be called with each row before it is read, in ascending order. */
  to(row: number): void {
    if (row >= this.#reached) this.#touch(row)
  }

  #touch(from: number): void {
    const { table, dossiers } = this.#flows
    const rows = table.words
    const words = dossiers.words
    const places = this.#dossiers
    const count = Math.min(STRETCH, table.count - from)
    const base = from * ROW_WORDS
    let warmth = 0
    for (let i = 0; i < count; i++) places[i] = rows[base + i * ROW_WORDS + Row.DOSSIER]! * DOSSIER_WORDS
    for (let i = 0; i < count; i++) warmth ^= words[places[i]!]!
    for (let i = 0; i < count; i++) warmth ^= words[places[i]! + Dossier.BEAT_SIZES]!
    for (let i = 0; i < count; i++) warmth ^= words[places[i]! + Dossier.ACKS]!
    this.warmth ^= warmth
    this.#reached = from + STRETCH
    if (this.#walked !== null) this.#walk(from, count, this.#walked)
  }

  /** A step of all chains at a time: a step of one alone would be waited for before the next could begin. */
  #walk(from: number, count: number, { facts, having }: Walked): void {
    const { table, signals } = this.#flows
    const rows = table.words
    const chains = this.#signals
    let left = 0
    for (let i = 0; i < count; i++)
      if ((facts[from + i]! & having) !== 0) chains[left++] = rows[(from + i) * ROW_WORDS + Row.SIGNALS]!
    for (let some = left; some !== 0; ) {
      some = 0
      for (let i = 0; i < left; i++) {
        const older = signals.older(chains[i]!)
        chains[i] = older
        some |= older
      }
    }
  }
}
