import { checkpoint } from '../checkpoint.ts'
import { FlowFacts } from '../flow/flow-facts.ts'
import { FlowView } from '../flow/flow-view.ts'
import { ListenerLives } from './listeners/listener-lives.ts'
import type { Scanned } from './scanned.ts'

/** One look at every flow, before any is judged: its facts, and what happened at its listener. */
export class Survey {
  /** Of each flow, by row: see `Fact`. */
  readonly facts: Int32Array
  readonly lives: ListenerLives
  /** Last moment that the captures show; nanoseconds. */
  readonly captureEnd: number
  /** TCP packets of all flows. */
  packets = 0

  constructor({ captures, flows }: Scanned) {
    const rows = flows.table.count
    this.facts = new Int32Array(rows)
    this.lives = new ListenerLives(flows)
    this.captureEnd = captures.reduce((latest, { lastTime }) => Math.max(latest, lastTime ?? 0), 0)
    const source = new FlowFacts(flows, this.captureEnd)
    const view = new FlowView(flows)
    for (let from = 0; from < rows; from = source.end(from)) {
      checkpoint()
      this.packets += source.find(from, this.facts)
      for (let row = from; row < source.end(from); row++) this.lives.take(view.at(row), this.facts[row]!)
    }
  }
}
