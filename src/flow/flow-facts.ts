import type { Engine } from '../engine/engine.ts'
import { BATCH, Column } from '../engine/memory-map.ts'
import type { Flows } from './flows.ts'

/** Has the engine find what rules ask first of flows, a batch of flows at a time. */
export class FlowFacts {
  readonly #engine: Engine
  readonly #rows: number
  readonly #captureEnd: number
  readonly #found: Int32Array

  /** `captureEnd` is the last moment that the captures show. */
  constructor({ engine, table }: Flows, captureEnd: number) {
    this.#engine = engine
    this.#captureEnd = captureEnd
    this.#rows = table.count
    this.#found = new Int32Array(engine.memory.buffer, Column.FACTS, BATCH)
  }

  /** The row behind the batch that starts at `from`. */
  end(from: number): number {
    return Math.min(from + BATCH, this.#rows)
  }

  /** Writes the facts of the batch that starts at `from` into `facts`, by row. Returns how many packets its flows have. */
  find(from: number, facts: Int32Array): number {
    const to = this.end(from)
    const packets = this.#engine.findFacts(from, to, this.#captureEnd)
    facts.set(to - from === BATCH ? this.#found : this.#found.subarray(0, to - from), from)
    return packets
  }
}
