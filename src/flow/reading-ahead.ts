import { DOSSIER_WORDS, Dossier } from './dossier.ts'
import type { Flows } from './flows.ts'
import { ROW_WORDS, Row } from './row.ts'

/** Flows whose memory is touched at a time. */
export const STRETCH = 64

/**
 * Touches the memory of the flows that are read next, after the capture. Rows lie in the order of reading, which processors
 * foresee; dossiers and signals lie in the order of packets, and each would be waited for. The loops are short for the
 * reason that those of the engine are (`flow-table.ts` of its assembly).
 */
export class ReadingAhead {
  /** Sum of what was read: kept, so that no compiler finds the reading useless. */
  warmth = 0
  readonly #flows: Flows
  readonly #rows = new Int32Array(STRETCH)
  readonly #dossiers = new Int32Array(STRETCH)
  readonly #signals = new Int32Array(STRETCH)
  #reached = 0

  constructor(flows: Flows) {
    this.#flows = flows
  }

  /** To be called with each row before it is read, in ascending order, where all are read. */
  to(row: number): void {
    if (row < this.#reached) return
    const count = Math.min(STRETCH, this.#flows.table.count - row)
    for (let i = 0; i < count; i++) this.#rows[i] = row + i
    this.touch(this.#rows, count)
    this.#reached = row + STRETCH
  }

  /** Touches the first `count` of some rows, at most a stretch of them, and their dossiers. */
  touch(of: Int32Array, count: number): void {
    const { table, dossiers } = this.#flows
    const rows = table.words
    const words = dossiers.words
    const places = this.#dossiers
    let warmth = 0
    for (let i = 0; i < count; i++) places[i] = rows[of[i]! * ROW_WORDS + Row.DOSSIER]! * DOSSIER_WORDS
    for (let i = 0; i < count; i++) warmth ^= words[places[i]!]!
    for (let i = 0; i < count; i++) warmth ^= words[places[i]! + Dossier.BEAT]!
    this.warmth ^= warmth
  }

  /**
   * Touches all signals of the first `count` of some rows. A step of all chains at a time: a step of one alone would be
   * waited for before the next could begin.
   */
  walk(of: Int32Array, count: number): void {
    const { table, signals } = this.#flows
    const rows = table.words
    const chains = this.#signals
    for (let i = 0; i < count; i++) chains[i] = rows[of[i]! * ROW_WORDS + Row.SIGNALS]!
    for (let some = count; some !== 0; ) {
      some = 0
      for (let i = 0; i < count; i++) {
        const older = signals.older(chains[i]!)
        chains[i] = older
        some |= older
      }
    }
  }
}
