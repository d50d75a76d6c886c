import { checkpoint } from '../checkpoint.ts'
import { FlowView } from '../flow/flow-view.ts'
import type { Flows } from '../flow/flows.ts'
import { ReadingAhead } from '../flow/reading-ahead.ts'
import { factsOf } from './fact.ts'
import { ListenerLives } from './listener-lives.ts'

/** One look at every flow, before any is judged: its facts, and what happened at its listener. */
export class Survey {
  /** Of each flow, by row: see `Fact`. */
  readonly facts: Int32Array
  readonly lives: ListenerLives
  /** TCP packets of all flows. */
  packets = 0

  constructor(flows: Flows) {
    const rows = flows.table.count
    this.facts = new Int32Array(rows)
    this.lives = new ListenerLives(flows)
    const view = new FlowView(flows)
    const ahead = new ReadingAhead(flows)
    for (let row = 0; row < rows; row++) {
      checkpoint()
      ahead.to(row)
      const facts = factsOf(view.at(row))
      this.facts[row] = facts
      this.packets += view.packets(0) + view.packets(1)
      this.lives.take(view, facts)
    }
  }
}
