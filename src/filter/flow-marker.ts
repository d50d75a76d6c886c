import type { Current, PacketVisitor } from '../flow/current.ts'
import { TcpAnalysis } from '../flow/tcp-analysis.ts'
import type { Filter } from './filter.ts'

const FIRST_CAPACITY = 1024

/** `SEEN`: a packet of side A was looked at; B's bit is one to the left. */
const Known = { MARKED: 1, SEEN: 2 } as const

/** Sees every frame of a scan, and remembers the flows of which a filter lets a packet through. */
export class FlowMarker implements PacketVisitor {
  readonly #filter: Filter
  readonly #analysis: TcpAnalysis | null
  /** What is known of each row: bits of {@link Known}. */
  #rows = new Uint8Array(FIRST_CAPACITY)
  readonly asks?: (flow: number, side: number) => boolean

  constructor(filter: Filter) {
    this.#filter = filter
    const { analysis, everyFrame, endsAlone } = filter.needs
    this.#analysis = analysis ? new TcpAnalysis() : null
    if (analysis || everyFrame) return
    const enough = (side: number) => (endsAlone ? Known.MARKED | (Known.SEEN << side) : Known.MARKED)
    this.asks = (flow, side) => ((this.#rows[flow] ?? 0) & enough(side)) === 0
  }

  visit(current: Current): void {
    this.#analysis?.visit(current)
    if (!this.#filter.needs.everyFrame && (current.flow < 0 || this.has(current.flow))) return
    const matches = this.#filter.matches(current, this.#analysis)
    if (current.flow < 0) return
    if (current.flow >= this.#rows.length) this.#grow(current.flow)
    const seen = current.packet.quoted ? 0 : Known.SEEN << current.side
    this.#rows[current.flow]! |= seen | (matches ? Known.MARKED : 0)
  }

  has(row: number): boolean {
    return ((this.#rows[row] ?? 0) & Known.MARKED) !== 0
  }

  #grow(row: number): void {
    const grown = new Uint8Array(Math.max(this.#rows.length * 2, row + 1))
    grown.set(this.#rows)
    this.#rows = grown
  }
}
