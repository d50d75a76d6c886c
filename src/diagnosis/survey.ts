import { checkpoint } from '../checkpoint.ts'
import { BATCH, Column } from '../engine/memory-map.ts'
import { FlowView } from '../flow/flow-view.ts'
import type { Flows } from '../flow/flows.ts'
import { ListenerLives } from './listener-lives.ts'

/** One look at every flow, before any is judged: its facts, and what happened at its listener. */
export class Survey {
  /** Of each flow, by row: see `Fact`. */
  readonly facts: Int32Array
  readonly lives: ListenerLives
  /** TCP packets of all flows. */
  packets = 0

  constructor(flows: Flows) {
    const { engine, table } = flows
    const rows = table.count
    this.facts = new Int32Array(rows)
    this.lives = new ListenerLives(flows)
    const found = new Int32Array(engine.memory.buffer, Column.FACTS, BATCH)
    const view = new FlowView(flows)
    for (let from = 0; from < rows; from += BATCH) {
      checkpoint()
      const to = Math.min(from + BATCH, rows)
      this.packets += engine.findFacts(from, to)
      this.facts.set(to - from === BATCH ? found : found.subarray(0, to - from), from)
      for (let row = from; row < to; row++) this.lives.take(view.at(row), this.facts[row]!)
    }
  }
}
