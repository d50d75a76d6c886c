import type { Current, PacketVisitor } from '../flow/current.ts'
import type { Flows } from '../flow/flows.ts'
import { TcpAnalysis } from '../flow/tcp-analysis.ts'
import type { Filter } from './filter.ts'

const FIRST_CAPACITY = 1024

/** `SEEN`: a packet of side A was looked at, one without flags where those decide; B's bit is one to the left. */
const Known = { MARKED: 1, SEEN: 2 } as const

/** Sees every frame of a scan, and remembers the flows of which a filter lets a packet through. */
export class FlowMarker implements PacketVisitor {
  readonly #filter: Filter
  readonly #analysis: TcpAnalysis | null
  readonly #isAnalysisOwn: boolean
  /** The analysis has to be shown every packet. */
  #isAnalysisShownAll = false
  /** What is known of each row: bits of {@link Known}. */
  #rows = new Uint8Array(FIRST_CAPACITY)
  readonly asks?: (flow: number, side: number) => boolean

  /** `analysis` sees each packet before, where there is one beside the filter. */
  constructor(filter: Filter, analysis: TcpAnalysis | null = null) {
    this.#filter = filter
    const { needs } = filter
    this.#isAnalysisOwn = needs.analysis && analysis === null
    this.#analysis = needs.analysis ? (analysis ?? new TcpAnalysis()) : null
    if (needs.everyFrame || (needs.analysis && !needs.flagsAlone)) return
    const enough = (side: number) =>
      needs.endsAlone || needs.flagsAlone ? Known.MARKED | (Known.SEEN << side) : Known.MARKED
    this.asks = (flow, side) => this.#isAnalysisShownAll || ((this.#rows[flow] ?? 0) & enough(side)) === 0
  }

  begin(flows: Flows): void {
    if (this.#isAnalysisOwn) this.#analysis!.begin(flows)
    this.#isAnalysisShownAll = this.#analysis !== null && !this.#analysis.isServed
  }

  get isServed(): boolean {
    return this.asks !== undefined && this.#analysis?.isServed === true
  }

  visit(current: Current): void {
    if (this.#isAnalysisOwn) this.#analysis!.visit(current)
    const { needs } = this.#filter
    if (!needs.everyFrame && (current.flow < 0 || this.has(current.flow))) return
    const matches = this.#filter.matches(current, this.#analysis)
    if (current.flow < 0) return
    if (current.flow >= this.#rows.length) this.#grow(current.flow)
    const tells = !current.packet.quoted && !(needs.flagsAlone && this.#analysis!.flags !== 0)
    this.#rows[current.flow]! |= (tells ? Known.SEEN << current.side : 0) | (matches ? Known.MARKED : 0)
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
