import type { CaptureSummary } from './capture/capture-reader.ts'
import { Epoch } from './capture/epoch.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import { Failure } from './failure.ts'
import { compileFilter, type Filter } from './filter/filter.ts'
import { FlowMarker } from './filter/flow-marker.ts'
import type { PacketVisitor } from './flow/current.ts'
import { FlowStatistics } from './flow/flow-statistics.ts'
import { FlowView } from './flow/flow-view.ts'
import { TcpAnalysis } from './flow/tcp-analysis.ts'
import { conversationBits } from './listing/flow-row.ts'
import { type Scan, type ScanOptions, scan } from './scan.ts'

/** The flows that a filter chooses: those of which it lets a packet through, or whose final values it takes. */
export class FlowSelection {
  /** The run's, which filters on absolute times need to know. */
  readonly epoch = new Epoch()
  readonly #filter: Filter
  readonly #marker: FlowMarker
  readonly #finalValues: FinalValues

  /** `analysis` is shown each packet of the pass before, if there is one. */
  constructor(filter: Filter, analysis: TcpAnalysis | null = null) {
    this.#filter = filter.useEpoch(this.epoch)
    this.#marker = new FlowMarker(filter, filter.needs.flows ? null : analysis)
    this.#finalValues = new FinalValues(filter, analysis)
  }

  /** Rejects with a Failure where the filter is wrong. */
  static async of(text: string, analysis: TcpAnalysis | null): Promise<FlowSelection> {
    return new FlowSelection(await compileFilter(text), analysis)
  }

  /** What the pass over the captures has to show packets to: where final values have to be known first, who reckons them. */
  get visitors(): readonly PacketVisitor[] {
    return this.#filter.needs.flows ? this.#finalValues.visitors : [this.#marker]
  }

  /** To be told of each capture before its packets. */
  open(capture: CaptureSummary): void {
    this.#filter.useCapture(capture)
  }

  /** After the pass: what tells the chosen flows. Reads the captures again where packets and final values are mixed. */
  async chosen(scanned: Scan, paths: readonly string[], options: ScanOptions): Promise<(flow: FlowView) => boolean> {
    const { needs } = this.#filter
    if (needs.flows) {
      this.#finalValues.tell(scanned)
      if (!needs.packets) return (flow) => this.#filter.matchesFlow(flow.row)
      refusePipe(paths)
      const onCapture = (capture: CaptureSummary): void => this.open(capture)
      await scan(paths, { visitors: [this.#marker], epoch: this.epoch, onCapture, ...signalOf(options) })
    }
    return (flow) => this.#marker.has(flow.row)
  }
}

/** A filter for single packets. Where it asks for final values of flows, the captures are read once before. */
export async function packetFilter(text: string, paths: readonly string[], options: ScanOptions): Promise<Filter> {
  const filter = await compileFilter(text)
  if (!filter.needs.flows) return filter
  refusePipe(paths)
  const finalValues = new FinalValues(filter, null)
  finalValues.tell(await scan(paths, { visitors: finalValues.visitors, ...signalOf(options) }))
  return filter
}

/** What a filter asks of flows as they are in the end. */
class FinalValues {
  /** See the packets of the pass before they are told. */
  readonly visitors: readonly PacketVisitor[]
  readonly #filter: Filter
  readonly #statistics: FlowStatistics | null = null

  /** `analysis` sees each packet of that pass before them, if there is one. */
  constructor(filter: Filter, analysis: TcpAnalysis | null) {
    this.#filter = filter
    this.visitors = []
    if (!filter.needs.statistics) return
    const segments = analysis ?? new TcpAnalysis()
    this.#statistics = new FlowStatistics(segments)
    this.visitors = analysis === null ? [segments, this.#statistics] : [this.#statistics]
  }

  tell(scanned: Scan): void {
    const diagnosis = diagnose(scanned)
    const view = new FlowView(scanned.flows)
    this.#filter.useFlows({
      view,
      verdict: (row) => diagnosis.connection(row).verdict,
      completeness: (row) => this.#completeness(view.at(row)),
    })
  }

  #completeness(flow: FlowView): number {
    const [client, server] = [flow.client, flow.server].map((side) => this.#statistics!.of(flow.row, side))
    return conversationBits(flow.packets(0) + flow.packets(1), client!, server!)
  }
}

function refusePipe(paths: readonly string[]): void {
  if (!paths.includes('-')) return
  throw new Failure(
    'to choose packets by final values of flows the capture is read twice, which standard input cannot be',
    'give a file, or filter by what the packets themselves say',
  )
}

const signalOf = ({ signal }: ScanOptions): ScanOptions => (signal === undefined ? {} : { signal })
