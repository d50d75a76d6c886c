import type { Current, PacketVisitor } from '../flow/current.ts'
import { TcpAnalysis } from '../flow/tcp-analysis.ts'
import type { Filter } from './filter.ts'

const FIRST_CAPACITY = 1024

/** Sees every frame of a scan, and remembers the flows of which a filter lets a packet through. */
export class FlowMarker implements PacketVisitor {
  readonly #filter: Filter
  readonly #analysis: TcpAnalysis | null
  /** 1 for each row that is marked. */
  #rows = new Uint8Array(FIRST_CAPACITY)

  constructor(filter: Filter) {
    this.#filter = filter
    this.#analysis = filter.needs.analysis ? new TcpAnalysis() : null
  }

  visit(current: Current): void {
    this.#analysis?.visit(current)
    if (!this.#filter.needs.everyFrame && (current.flow < 0 || this.has(current.flow))) return
    if (!this.#filter.matches(current, this.#analysis) || current.flow < 0) return
    if (current.flow >= this.#rows.length) this.#grow(current.flow)
    this.#rows[current.flow] = 1
  }

  has(row: number): boolean {
    return this.#rows[row] === 1
  }

  #grow(row: number): void {
    const grown = new Uint8Array(Math.max(this.#rows.length * 2, row + 1))
    grown.set(this.#rows)
    this.#rows = grown
  }
}
