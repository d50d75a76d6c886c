import { FlowView } from '../../flow/flow-view.ts'
import type { Flows } from '../../flow/flows.ts'
import { State } from '../../flow/row.ts'
import { ListenerEnds } from './listener-ends.ts'
import { ListenerIndex } from './listener-index.ts'
import { ListenerLife } from './listener-life.ts'

/** A scan of every port makes a listener of each; beyond this many their neighbours are not looked at. */
const MOST_LISTENERS = 100_000
/** Listeners of one port that are looked at as another address of the same service. */
const MOST_NAMESAKES = 1000

/** The lives of all listeners of a run. */
export class ListenerLives {
  readonly all: ListenerLife[] = []
  /** Stands for a listener that is not followed. */
  readonly none: ListenerLife
  readonly #flows: Flows
  readonly #ofPort = new Map<number, ListenerLife[]>()
  readonly #index = new ListenerIndex()
  /** Index into `all` + 1 by row. */
  readonly #ofRow: Int32Array

  readonly #lookUpSynAcks: () => void
  readonly #lookUpEnds: (rows: readonly number[]) => ListenerEnds
  #synAcksKnown = false

  constructor(flows: Flows) {
    this.#flows = flows
    this.#lookUpSynAcks = () => this.#takeSynAcks()
    this.#lookUpEnds = (rows) => new ListenerEnds(new FlowView(flows), rows)
    this.none = new ListenerLife(0, this.#lookUpSynAcks, this.#lookUpEnds)
    this.#ofRow = new Int32Array(flows.table.count)
  }

  /** Takes a flow with its facts, in order of rows. */
  take(flow: FlowView, facts: number): void {
    const { server } = flow
    const address = flow.addressWord(server)
    const place = flow.port(server) | (flow.has(State.IPV6) ? 1 << 16 : 0)
    let number = this.#index.find(address, place)
    if (number < 0) {
      if (this.all.length >= MOST_LISTENERS) return
      number = this.#index.add(address, place)
      this.#begin(flow)
    }
    this.#ofRow[flow.row] = number + 1
    this.all[number]!.take(flow, facts)
  }

  of(row: number): ListenerLife {
    return this.all[this.#ofRow[row]! - 1] ?? this.none
  }

  /** Listeners with a port, at whatever address. */
  namesakes(port: number): readonly ListenerLife[] {
    return this.#ofPort.get(port) ?? []
  }

  #takeSynAcks(): void {
    if (this.#synAcksKnown) return
    this.#synAcksKnown = true
    const flow = new FlowView(this.#flows)
    for (let row = 0; row < this.#ofRow.length; row++)
      if (flow.at(row).has(State.SYN_ACK << flow.server)) this.all[this.#ofRow[row]! - 1]?.takeSynAcks(flow)
    for (const life of this.all) life.orderSynAcks()
  }

  #begin(flow: FlowView): void {
    const life = new ListenerLife(flow.row, this.#lookUpSynAcks, this.#lookUpEnds)
    this.all.push(life)
    const port = flow.port(flow.server)
    const known = this.#ofPort.get(port)
    if (known === undefined) this.#ofPort.set(port, [life])
    else if (known.length < MOST_NAMESAKES) known.push(life)
  }
}
