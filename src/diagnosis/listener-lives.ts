import { FlowView } from '../flow/flow-view.ts'
import type { Flows } from '../flow/flows.ts'
import { ROW_WORDS, Row, State } from '../flow/row.ts'
import { ListenerLife } from './listener-life.ts'

/** A scan of every port makes a listener of each; beyond this many their neighbours are not looked at. */
const MOST_LISTENERS = 100_000
/** Listeners of one port that are looked at as another address of the same service. */
const MOST_NAMESAKES = 1000
const IPV6_KEYS = 2 ** 48

/** The lives of all listeners of a run, gathered in one pass over its flows. */
export class ListenerLives {
  readonly all: ListenerLife[] = []
  /** Stands for a listener that is not followed. */
  readonly none = new ListenerLife(-1, 0)
  readonly #flows: Flows
  readonly #ofPort = new Map<number, ListenerLife[]>()
  /** Index into `all` + 1 by row. */
  readonly #ofRow: Int32Array

  constructor(flows: Flows) {
    this.#flows = flows
    this.#ofRow = new Int32Array(flows.table.count)
    const byKey = new Map<number, number>()
    const view = new FlowView(flows)
    for (let row = 0; row < flows.table.count; row++) {
      const key = this.#keyOf(row)
      let index = byKey.get(key)
      if (index === undefined) {
        if (this.all.length >= MOST_LISTENERS) continue
        index = this.all.push(new ListenerLife(key, row)) - 1
        byKey.set(key, index)
        this.#addNamesake(view.at(row), this.all[index]!)
      }
      this.#ofRow[row] = index + 1
      this.all[index]!.take(view.at(row))
    }
    for (const life of this.all) life.settle()
  }

  of(row: number): ListenerLife {
    return this.all[this.#ofRow[row]! - 1] ?? this.none
  }

  /** Listeners with the port of a row's server, its own among them. */
  namesakes(row: number): readonly ListenerLife[] {
    const ports = this.#flows.table.words[row * ROW_WORDS + Row.PORTS]!
    const isSecond = (this.#flows.table.words[row * ROW_WORDS + Row.STATE]! & State.CLIENT_B) === 0
    return this.#ofPort.get(isSecond ? ports & 0xffff : ports >>> 16) ?? []
  }

  #addNamesake(flow: FlowView, life: ListenerLife): void {
    const port = flow.port(flow.server)
    const known = this.#ofPort.get(port)
    if (known === undefined) this.#ofPort.set(port, [life])
    else if (known.length < MOST_NAMESAKES) known.push(life)
  }

  /** The server's address and port as one number: exact, since it has 49 bits at most. */
  #keyOf(row: number): number {
    const words = this.#flows.table.words
    const base = row * ROW_WORDS
    const state = words[base + Row.STATE]!
    const server = (state & State.CLIENT_B) === 0 ? 1 : 0
    const ports = words[base + Row.PORTS]!
    const port = server === 0 ? ports >>> 16 : ports & 0xffff
    const address = words[base + Row.ADDRESS_A + server]! >>> 0
    return ((state & State.IPV6) === 0 ? 0 : IPV6_KEYS) + address * 65_536 + port
  }
}
