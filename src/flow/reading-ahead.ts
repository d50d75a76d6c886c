import type { Engine } from '../engine/engine.ts'
import { BATCH, Column } from '../engine/memory-map.ts'
import type { Flows } from './flows.ts'

/** Flows whose memory is touched at a time. */
export const STRETCH = BATCH

/**
 * Touches the memory of the flows that are read next, after the capture. Rows lie in the order of reading, which processors
 * foresee; dossiers and signals lie in the order of packets, and each would be waited for.
 */
export class ReadingAhead {
  /** Rows of flows that are read next, and of those whose signals are walked along. */
  readonly read: Int32Array
  readonly walked: Int32Array
  readonly #engine: Engine
  readonly #rows: number
  #reached = 0

  constructor({ engine, table }: Flows) {
    this.#engine = engine
    this.#rows = table.count
    this.read = new Int32Array(engine.memory.buffer, Column.READ, STRETCH)
    this.walked = new Int32Array(engine.memory.buffer, Column.CHAIN, STRETCH)
  }

  /** To be called with each row before it is read, in ascending order, where all are read. */
  to(row: number): void {
    if (row < this.#reached) return
    this.#reached = Math.min(row + STRETCH, this.#rows)
    this.#engine.touchFlows(row, this.#reached)
  }

  /** Touches the first so many of the rows that are read, and the signals of the first so many that are walked along. */
  touch(read: number, walked: number): void {
    this.#engine.touchListed(read)
    this.#engine.touchChains(walked)
  }
}
